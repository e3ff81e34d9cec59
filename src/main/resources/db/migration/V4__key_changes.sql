-- News of keys. Every gateway listens; one that hears the id of a key forgets what it knows of it, one that hears nothing
-- in particular forgets all. Use of a key (lifetime_tokens, last_used_at) is no news.
create function tell_key_change() returns trigger
    language plpgsql as
$$
begin
    if tg_op = 'TRUNCATE' then
        perform pg_notify('api_key', '');
    else
        perform pg_notify('api_key', coalesce(new.id, old.id)::text);
    end if;
    return null;
end
$$;

create trigger key_comes_or_goes after insert or delete on api_key
    for each row execute function tell_key_change();

create trigger key_changes after update on api_key
    for each row
    when ((old.digest, old.pepper_id, old.previous_digest, old.previous_valid_until, old.name, old.forced_model,
           old.allowed_models, old.token_limit_per_day, old.token_limit_per_5h, old.requests_per_minute,
           old.tokens_per_minute, old.max_concurrent_streams, old.spend_limit_per_day, old.spend_currency,
           old.expires_at, old.enabled)
          is distinct from
          (new.digest, new.pepper_id, new.previous_digest, new.previous_valid_until, new.name, new.forced_model,
           new.allowed_models, new.token_limit_per_day, new.token_limit_per_5h, new.requests_per_minute,
           new.tokens_per_minute, new.max_concurrent_streams, new.spend_limit_per_day, new.spend_currency,
           new.expires_at, new.enabled))
    execute function tell_key_change();

create trigger keys_are_emptied after truncate on api_key
    for each statement execute function tell_key_change();

-- Tokens that a key has used at another gateway, in the rolling windows of this one.
create function carry_over(key uuid, at timestamptz, tokens bigint) returns void
    language plpgsql as
$$
#variable_conflict use_variable
declare
    used_in timestamptz := date_trunc('minute', least(at, clock_timestamp()));
begin
    if tokens <= 0 or used_in < date_trunc('minute', clock_timestamp()) - interval '24 hours' then
        return;
    end if;
    perform lock_accounts(array[key]);
    insert into quota_bucket as b (key_id, minute, tokens, spend) values (key, used_in, tokens, 0)
        on conflict on constraint quota_bucket_is_one_minute do update set tokens = b.tokens + excluded.tokens;
    update quota_account a
       set day_tokens = a.day_tokens + case when used_in >= a.day_from then tokens else 0 end,
           five_hours_tokens = a.five_hours_tokens + case when used_in >= a.five_hours_from then tokens else 0 end
     where a.key_id = key;
end
$$;

-- Accounts at providers, each with one secret that is sealed (AES-256-GCM, bound to table, row and column) under a key
-- kept outside the database.
create table account (
    id         text        not null,
    provider   text        not null,
    secret     bytea       not null,
    preview    text        not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint account_has_one_id primary key (id),
    constraint account_id_is_given check (length(id) between 1 and 128),
    constraint preview_shows_little check (length(preview) <= 9)
);

create index account_of_provider on account (provider, created_at, id);
