-- What is kept is kept for a time. One replica at a time deletes, `most` rows in a statement, and what others hold is
-- left for later, so that no call waits. Each function returns how many rows are gone.

create function retention_turn() returns boolean
    language sql as
$$ select pg_try_advisory_xact_lock(hashtextextended('serai.usage.retention', 0)) $$;

create function forget_usage_events(older_than_seconds bigint, most integer) returns integer
    language plpgsql as
$$
declare
    gone integer;
begin
    if not retention_turn() then
        return 0;
    end if;
    delete from usage_event e
     using (select id from usage_event
             where at < clock_timestamp() - make_interval(secs => older_than_seconds)
             order by at limit most for update skip locked) old
     where e.id = old.id;
    get diagnostics gone = row_count;
    return gone;
end
$$;

create function forget_usage_minutes(older_than_seconds bigint, most integer) returns integer
    language plpgsql as
$$
declare
    gone integer;
begin
    if not retention_turn() then
        return 0;
    end if;
    delete from usage_minute m
     using (select key_id, minute, model, provider, currency from usage_minute
             where minute < clock_timestamp() - make_interval(secs => older_than_seconds)
             order by minute limit most for update skip locked) old
     where m.key_id = old.key_id and m.minute = old.minute and m.model = old.model
       and m.provider = old.provider and m.currency = old.currency;
    get diagnostics gone = row_count;
    return gone;
end
$$;

create function forget_quota_buckets(older_than_seconds bigint, most integer) returns integer
    language plpgsql as
$$
declare
    gone integer;
begin
    if not retention_turn() then
        return 0;
    end if;
    delete from quota_bucket b
     using (select key_id, minute from quota_bucket
             where minute < clock_timestamp() - make_interval(secs => older_than_seconds)
             order by minute limit most for update skip locked) old
     where b.key_id = old.key_id and b.minute = old.minute;
    get diagnostics gone = row_count;
    return gone;
end
$$;
