-- The ledger: what keys have used, what their running calls have reserved, and the functions that change both. One
-- statement reserves, one settles. Only this database's clock decides. Money is whole billionths (nanos) of a currency.

alter table usage_event
    add column cost_nanos bigint not null default 0,
    add column currency   text,
    add column settled_at timestamptz,
    add constraint cost_is_never_negative check (cost_nanos >= 0);

-- What was used, for statistics: outlives the events.
create table usage_minute (
    key_id              uuid        not null,
    minute              timestamptz not null,
    model               text        not null,
    provider            text        not null,
    currency            text        not null,
    key_name            text        not null,
    calls               bigint      not null,
    failures            bigint      not null,
    estimated           bigint      not null,
    input_tokens        bigint      not null,
    cached_input_tokens bigint      not null,
    cache_write_tokens  bigint      not null,
    output_tokens       bigint      not null,
    reasoning_tokens    bigint      not null,
    cost_nanos          bigint      not null,
    constraint usage_minute_is_kept_once primary key (key_id, minute, model, provider, currency),
    constraint usage_is_never_negative check (
        calls >= 0 and failures >= 0 and estimated >= 0 and input_tokens >= 0 and cached_input_tokens >= 0
        and cache_write_tokens >= 0 and output_tokens >= 0 and reasoning_tokens >= 0 and cost_nanos >= 0)
);

create index usage_minute_by_time on usage_minute (minute);

-- What a key used in one minute, by the minute of the settlement; the rolling windows are sums of these.
create table quota_bucket (
    key_id uuid        not null,
    minute timestamptz not null,
    tokens bigint      not null,
    spend  bigint      not null,
    constraint quota_bucket_is_one_minute primary key (key_id, minute),
    constraint bucket_is_never_negative check (tokens >= 0 and spend >= 0)
) with (fillfactor = 70);

create index quota_bucket_by_time on quota_bucket (minute);

-- One row a key: the lock of the key's ledger, and sums that would be slow to take anew for each call.
--   day_tokens, day_spend = the buckets since day_from; five_hours_tokens = those since five_hours_from
--   reserved_tokens, reserved_spend, open_calls = the key's reservations
--   slice_calls, slice_tokens = calls admitted and tokens settled in slices of five seconds, the newest first
create table quota_account (
    key_id            uuid        not null,
    reserved_tokens   bigint      not null default 0,
    reserved_spend    bigint      not null default 0,
    open_calls        integer     not null default 0,
    day_from          timestamptz not null,
    day_tokens        bigint      not null default 0,
    day_spend         bigint      not null default 0,
    five_hours_from   timestamptz not null,
    five_hours_tokens bigint      not null default 0,
    newest_slice      bigint      not null,
    slice_calls       bigint[]    not null default array_fill(0::bigint, array[13]),
    slice_tokens      bigint[]    not null default array_fill(0::bigint, array[13]),
    constraint quota_account_is_one_per_key primary key (key_id),
    constraint account_is_never_negative check (
        reserved_tokens >= 0 and reserved_spend >= 0 and open_calls >= 0
        and day_tokens >= 0 and day_spend >= 0 and five_hours_tokens >= 0)
) with (fillfactor = 50);

-- What a running call may use. The gateway that runs the call moves the deadline on; one whose gateway died is swept
-- after it, and charged its input.
create table reservation (
    id           uuid        not null,
    key_id       uuid        not null,
    tokens       bigint      not null,
    spend        bigint      not null,
    input_tokens bigint      not null,
    input_cost   bigint      not null,
    currency     text,
    key_name     text        not null,
    protocol     text        not null,
    model        text        not null,
    stream       boolean     not null,
    opened_at    timestamptz not null,
    deadline     timestamptz not null,
    constraint reservation_is_made_once primary key (id),
    constraint reservation_is_never_negative check (tokens >= 0 and spend >= 0 and input_tokens >= 0 and input_cost >= 0)
);

create index reservation_of_key on reservation (key_id);
create index reservation_by_deadline on reservation (deadline);

-- The functions on the way of calls are planned once by each connection, and with indexes: to plan anew costs four times what
-- it takes to run them, and a plan is often made while the tables are still empty, when reading them whole seems cheap.
create function slice_of(at timestamptz) returns bigint
    language sql stable as
$$ select floor(extract(epoch from at) / 5)::bigint $$;

-- Slices after `by` more slices have begun.
create function moved_slices(slices bigint[], by bigint) returns bigint[]
    language sql immutable as
$$
    select case
        when by <= 0 then slices
        when by >= 13 then array_fill(0::bigint, array[13])
        else array_fill(0::bigint, array[by::integer]) || slices[1:13 - by::integer]
    end
$$;

create function sum_of(slices bigint[]) returns bigint
    language sql immutable as
$$ select sum(slice)::bigint from unnest(slices) slice $$;

-- The account as it stands at `at`: what has left its windows is taken off. Buckets older than 25 hours may be gone, so
-- an account that was not looked at for an hour is counted anew.
create function account_at(account quota_account, at timestamptz) returns quota_account
    language plpgsql stable as
$$
declare
    day_start        timestamptz := date_trunc('minute', at) - interval '24 hours';
    five_hours_start timestamptz := date_trunc('minute', at) - interval '5 hours';
    slices           bigint := slice_of(at) - account.newest_slice;
    gone             record;
begin
    if account.day_from < day_start - interval '1 hour' then
        select coalesce(sum(b.tokens), 0) as tokens, coalesce(sum(b.spend), 0) as spend into gone
          from quota_bucket b where b.key_id = account.key_id and b.minute >= day_start;
        account.day_tokens := gone.tokens;
        account.day_spend := gone.spend;
        account.day_from := day_start;
    elsif account.day_from < day_start then
        select coalesce(sum(b.tokens), 0) as tokens, coalesce(sum(b.spend), 0) as spend into gone
          from quota_bucket b
         where b.key_id = account.key_id and b.minute >= account.day_from and b.minute < day_start;
        account.day_tokens := account.day_tokens - gone.tokens;
        account.day_spend := account.day_spend - gone.spend;
        account.day_from := day_start;
    end if;
    if account.five_hours_from < five_hours_start - interval '1 hour' then
        select coalesce(sum(b.tokens), 0) as tokens into gone
          from quota_bucket b where b.key_id = account.key_id and b.minute >= five_hours_start;
        account.five_hours_tokens := gone.tokens;
        account.five_hours_from := five_hours_start;
    elsif account.five_hours_from < five_hours_start then
        select coalesce(sum(b.tokens), 0) as tokens into gone
          from quota_bucket b
         where b.key_id = account.key_id and b.minute >= account.five_hours_from and b.minute < five_hours_start;
        account.five_hours_tokens := account.five_hours_tokens - gone.tokens;
        account.five_hours_from := five_hours_start;
    end if;
    if slices > 0 then
        account.slice_calls := moved_slices(account.slice_calls, slices);
        account.slice_tokens := moved_slices(account.slice_tokens, slices);
        account.newest_slice := account.newest_slice + slices;
    end if;
    return account;
end
$$;

-- Makes the accounts that are missing and locks all of them, in one order everywhere.
create function lock_accounts(keys uuid[]) returns void
    language plpgsql as
$$
declare
    at timestamptz := clock_timestamp();
begin
    insert into quota_account (key_id, day_from, five_hours_from, newest_slice)
    select distinct k.id, date_trunc('minute', at) - interval '24 hours', date_trunc('minute', at) - interval '5 hours',
           slice_of(at)
      from unnest(keys) k(id)
     where not exists (select from quota_account a where a.key_id = k.id)
     order by k.id
        on conflict (key_id) do nothing;
    perform from quota_account a where a.key_id = any(keys) order by a.key_id for update;
end
$$;

-- Seconds until `excess` tokens (or spend) have left a window of `span`; null when they never will.
create function window_frees_in(key uuid, span interval, excess bigint, spending boolean) returns integer
    language sql as
$$
    select case when min(minute) is not null then
               greatest(1, ceil(extract(epoch from min(minute) + span + interval '1 minute' - clock_timestamp())))::integer
           end
      from (select b.minute, sum(case when spending then b.spend else b.tokens end) over (order by b.minute) as gone
              from quota_bucket b
             where b.key_id = key and b.minute >= date_trunc('minute', clock_timestamp()) - span) leaving
     where gone >= excess
$$;

-- Seconds until `excess` has left the slices of the last minute; null when it never will.
create function slices_free_in(slices bigint[], newest bigint, excess bigint) returns integer
    language sql as
$$
    select case when max(place) is not null then
               greatest(1, ceil((newest - max(place) + 14) * 5 - extract(epoch from clock_timestamp())))::integer
           end
      from (select s.place, sum(s.slice) over (order by s.place desc) as gone
              from unnest(slices) with ordinality s(slice, place)) leaving
     where gone >= excess
$$;

-- Admits a call of a key, if every limit that is given leaves room for what is asked, and reserves it. Said twice for
-- one call it counts once. `owed` is what earlier calls used beyond their reservations and have not settled yet. Returns which limit refused it (null: admitted), in how many seconds there may be room (null:
-- never, for this call), and the key's state behind it.
create function reserve_quota(
    call uuid, key uuid, name text, protocol text, model text, stream boolean,
    asked_tokens bigint, asked_spend bigint, asked_input bigint, input_cost bigint, currency text, owed bigint,
    day_limit bigint, five_hours_limit bigint, spend_limit bigint,
    calls_per_minute bigint, tokens_per_minute bigint, concurrent_limit integer)
    returns table (
        refused text, free_in integer, day_tokens bigint, five_hours_tokens bigint, day_spend bigint,
        minute_calls bigint, minute_tokens bigint, reserved_tokens bigint, reserved_spend bigint, open_calls integer)
    language plpgsql
    set enable_seqscan = off set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_variable
declare
    a       quota_account;
    at      timestamptz;
    calls   bigint;
    tokens  bigint;
    held    bigint;
    refusal record;
begin
    select * into a from quota_account q where q.key_id = key for update;
    if not found then
        perform lock_accounts(array[key]);
        select * into strict a from quota_account q where q.key_id = key;
    end if;
    at := clock_timestamp();
    if a.newest_slice < slice_of(at) then
        a := account_at(a, at);
    end if;
    select sum(s.calls), sum(s.tokens) into calls, tokens from unnest(a.slice_calls, a.slice_tokens) s(calls, tokens);
    held := a.reserved_tokens + owed;

    -- of the limits in the way the one that is in the way longest; `never` beats all
    if a.day_tokens + held + asked_tokens > day_limit
        or a.five_hours_tokens + held + asked_tokens > five_hours_limit
        or a.day_spend + a.reserved_spend + asked_spend > spend_limit
        or tokens + held + asked_tokens > tokens_per_minute
        or calls + 1 > calls_per_minute
        or a.open_calls + 1 > concurrent_limit
    then
        if exists (select from reservation r where r.id = call) then
            return query select null::text, null::integer, a.day_tokens, a.five_hours_tokens, a.day_spend, calls, tokens,
                                held, a.reserved_spend, a.open_calls;
            return;
        end if;
        select * into refusal from (
            select 'day' as refused,
                   case when asked_tokens > day_limit then null
                        else coalesce(window_frees_in(key, interval '24 hours',
                                a.day_tokens + asked_tokens - day_limit, false), 5) end as free_in
             where a.day_tokens + held + asked_tokens > day_limit
            union all
            select 'five_hours',
                   case when asked_tokens > five_hours_limit then null
                        else coalesce(window_frees_in(key, interval '5 hours',
                                a.five_hours_tokens + asked_tokens - five_hours_limit, false), 5) end
             where a.five_hours_tokens + held + asked_tokens > five_hours_limit
            union all
            select 'spend',
                   case when asked_spend > spend_limit then null
                        else coalesce(window_frees_in(key, interval '24 hours',
                                a.day_spend + asked_spend - spend_limit, true), 5) end
             where a.day_spend + a.reserved_spend + asked_spend > spend_limit
            union all
            select 'minute_tokens',
                   case when asked_tokens > tokens_per_minute then null
                        else coalesce(slices_free_in(a.slice_tokens, a.newest_slice,
                                tokens + asked_tokens - tokens_per_minute), 5) end
             where tokens + held + asked_tokens > tokens_per_minute
            union all
            select 'minute_calls',
                   coalesce(slices_free_in(a.slice_calls, a.newest_slice, calls + 1 - calls_per_minute), 5)
             where calls + 1 > calls_per_minute
            union all
            select 'concurrent', 1
             where a.open_calls + 1 > concurrent_limit
        ) limits
        order by limits.free_in desc nulls first
        limit 1;
        return query select refusal.refused, refusal.free_in, a.day_tokens, a.five_hours_tokens, a.day_spend, calls,
                            tokens, held, a.reserved_spend, a.open_calls;
        return;
    end if;

    -- a reservation that a crash of the database forgets is missed by nobody: its call settles all the same
    perform set_config('synchronous_commit', 'off', true);
    insert into reservation values (call, key, asked_tokens, asked_spend, asked_input, input_cost, currency, name,
                                    protocol, model, stream, at, at + interval '60 seconds')
        on conflict do nothing;
    if not found then
        return query select null::text, null::integer, a.day_tokens, a.five_hours_tokens, a.day_spend, calls, tokens,
                            held, a.reserved_spend, a.open_calls;
        return;
    end if;
    a.reserved_tokens := a.reserved_tokens + asked_tokens;
    a.reserved_spend := a.reserved_spend + asked_spend;
    a.open_calls := a.open_calls + 1;
    a.slice_calls[1] := a.slice_calls[1] + 1;
    update quota_account q
       set reserved_tokens = a.reserved_tokens, reserved_spend = a.reserved_spend, open_calls = a.open_calls,
           day_from = a.day_from, day_tokens = a.day_tokens, day_spend = a.day_spend,
           five_hours_from = a.five_hours_from, five_hours_tokens = a.five_hours_tokens,
           newest_slice = a.newest_slice, slice_calls = a.slice_calls, slice_tokens = a.slice_tokens
     where q.key_id = key;
    return query select null::text, null::integer, a.day_tokens, a.five_hours_tokens, a.day_spend, calls + 1, tokens,
                        held + asked_tokens, a.reserved_spend, a.open_calls;
end
$$;

-- Takes back what was charged for reservations that were swept, since their calls have reported after all.
create function reverse_lost(calls uuid[]) returns void
    language plpgsql as
$$
begin
    with lost as (
        delete from usage_event e where e.id = any(calls) and e.outcome = 'lost' returning e.*
    ), charged as (
        select l.key_id, date_trunc('minute', l.settled_at) as minute, sum(l.input_tokens + l.output_tokens)::bigint as tokens,
               sum(case when l.currency = k.spend_currency then l.cost_nanos else 0 end)::bigint as spend
          from lost l left join api_key k on k.id = l.key_id
         group by 1, 2
    ), buckets as (
        update quota_bucket b set tokens = b.tokens - c.tokens, spend = greatest(0, b.spend - c.spend)
          from charged c where b.key_id = c.key_id and b.minute = c.minute
    ), accounts as (
        update quota_account a
           set day_tokens = a.day_tokens - c.day_tokens, day_spend = greatest(0, a.day_spend - c.day_spend),
               five_hours_tokens = a.five_hours_tokens - c.five_hours_tokens
          from (select c.key_id,
                       sum(case when c.minute >= q.day_from then c.tokens else 0 end)::bigint as day_tokens,
                       sum(case when c.minute >= q.day_from then c.spend else 0 end)::bigint as day_spend,
                       sum(case when c.minute >= q.five_hours_from then c.tokens else 0 end)::bigint as five_hours_tokens
                  from charged c join quota_account q on q.key_id = c.key_id group by c.key_id) c
         where a.key_id = c.key_id
    ), minutes as (
        update usage_minute m
           set calls = m.calls - l.calls, failures = m.failures - l.calls, estimated = m.estimated - l.calls,
               input_tokens = m.input_tokens - l.input_tokens, output_tokens = m.output_tokens - l.output_tokens,
               cost_nanos = m.cost_nanos - l.cost_nanos
          from (select key_id, date_trunc('minute', at) as minute, model, coalesce(provider, '') as provider,
                       coalesce(currency, '') as currency, count(*) as calls, sum(input_tokens)::bigint as input_tokens,
                       sum(output_tokens)::bigint as output_tokens, sum(cost_nanos)::bigint as cost_nanos
                  from lost group by 1, 2, 3, 4, 5) l
         where m.key_id = l.key_id and m.minute = l.minute and m.model = l.model and m.provider = l.provider
           and m.currency = l.currency
    )
    update api_key k set lifetime_tokens = k.lifetime_tokens - c.tokens
      from (select c.key_id, sum(c.tokens)::bigint as tokens from charged c group by c.key_id) c
     where k.id = c.key_id;
end
$$;

-- Writes what calls have used, each once by its id: the events, the windows of their keys, the statistics; closes their
-- reservations. `events` is an array of rows of usage_event. Returns the ids that were new.
create function settle_usage(events json) returns setof uuid
    language plpgsql
    set enable_seqscan = off set plan_cache_mode = force_generic_plan as
$$
declare
    given      usage_event[];
    calls      uuid[];
    settled    timestamptz;
    minute_now timestamptz;
    slice      bigint;
begin
    select array_agg(e), array_agg(e.id) into given, calls from json_populate_recordset(null::usage_event, events) e;
    if given is null then
        return;
    end if;
    perform lock_accounts(array(select distinct e.key_id from unnest(given) e where e.key_id is not null));
    if exists (select from usage_event u where u.id = any(calls) and u.outcome = 'lost') then
        perform reverse_lost(array(
            select u.id from usage_event u, unnest(given) e
             where u.id = e.id and u.outcome = 'lost' and e.outcome <> 'lost'));
    end if;
    settled := clock_timestamp();
    minute_now := date_trunc('minute', settled);
    slice := slice_of(settled);

    return query
    with fresh as (
        insert into usage_event (id, at, key_id, key_name, protocol, model, provider, upstream_model, status, outcome,
                                 stream, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,
                                 reasoning_tokens, estimated, attempts, duration_ms, first_content_ms, upstream_ms,
                                 cost_nanos, currency, settled_at)
        select e.id, e.at, e.key_id, e.key_name, e.protocol, e.model, e.provider, e.upstream_model, e.status, e.outcome,
               e.stream, e.input_tokens, e.cached_input_tokens, e.cache_write_tokens, e.output_tokens,
               e.reasoning_tokens, e.estimated, e.attempts, e.duration_ms, e.first_content_ms, e.upstream_ms,
               coalesce(e.cost_nanos, 0), e.currency, settled
          from unnest(given) e
            on conflict (id) do nothing
     returning usage_event.*
    ), closed as (
        delete from reservation r where r.id = any(calls) returning r.key_id, r.tokens, r.spend
    ), freed as (
        select c.key_id, sum(c.tokens)::bigint as tokens, sum(c.spend)::bigint as spend, count(*)::integer as calls
          from closed c group by c.key_id
    ), used as (
        select f.key_id, sum(f.input_tokens + f.output_tokens)::bigint as tokens,
               sum(case when f.currency = k.spend_currency then f.cost_nanos else 0 end)::bigint as spend,
               max(f.at) as last_used
          from fresh f left join api_key k on k.id = f.key_id
         where f.key_id is not null
         group by f.key_id
    ), buckets as (
        insert into quota_bucket as b (key_id, minute, tokens, spend)
        select u.key_id, minute_now, u.tokens, u.spend from used u where u.tokens > 0 or u.spend > 0
            on conflict (key_id, minute) do update set tokens = b.tokens + excluded.tokens, spend = b.spend + excluded.spend
    ), accounts as (
        update quota_account a
           set reserved_tokens = a.reserved_tokens - coalesce(f.tokens, 0),
               reserved_spend = a.reserved_spend - coalesce(f.spend, 0),
               open_calls = a.open_calls - coalesce(f.calls, 0),
               day_tokens = a.day_tokens + coalesce(u.tokens, 0),
               day_spend = a.day_spend + coalesce(u.spend, 0),
               five_hours_tokens = a.five_hours_tokens + coalesce(u.tokens, 0),
               newest_slice = greatest(a.newest_slice, slice),
               slice_calls = case when slice > a.newest_slice then moved_slices(a.slice_calls, slice - a.newest_slice)
                                  else a.slice_calls end,
               slice_tokens = case when slice > a.newest_slice
                                   then added(moved_slices(a.slice_tokens, slice - a.newest_slice), coalesce(u.tokens, 0))
                                   else added(a.slice_tokens, coalesce(u.tokens, 0)) end
          from used u full join freed f on f.key_id = u.key_id
         where a.key_id = coalesce(u.key_id, f.key_id)
    ), minutes as (
        insert into usage_minute as m (key_id, minute, model, provider, currency, key_name, calls, failures, estimated,
                                       input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,
                                       reasoning_tokens, cost_nanos)
        select f.key_id, date_trunc('minute', f.at), f.model, coalesce(f.provider, ''), coalesce(f.currency, ''),
               max(f.key_name), count(*), count(*) filter (where f.outcome <> 'ok'), count(*) filter (where f.estimated),
               sum(f.input_tokens)::bigint, sum(f.cached_input_tokens)::bigint, sum(f.cache_write_tokens)::bigint,
               sum(f.output_tokens)::bigint, sum(f.reasoning_tokens)::bigint, sum(f.cost_nanos)::bigint
          from fresh f where f.key_id is not null
         group by 1, 2, 3, 4, 5
         order by 1, 2, 3, 4, 5
            on conflict (key_id, minute, model, provider, currency) do update
               set key_name = excluded.key_name, calls = m.calls + excluded.calls, failures = m.failures + excluded.failures,
                   estimated = m.estimated + excluded.estimated, input_tokens = m.input_tokens + excluded.input_tokens,
                   cached_input_tokens = m.cached_input_tokens + excluded.cached_input_tokens,
                   cache_write_tokens = m.cache_write_tokens + excluded.cache_write_tokens,
                   output_tokens = m.output_tokens + excluded.output_tokens,
                   reasoning_tokens = m.reasoning_tokens + excluded.reasoning_tokens,
                   cost_nanos = m.cost_nanos + excluded.cost_nanos
    ), keys as (
        update api_key k
           set lifetime_tokens = k.lifetime_tokens + u.tokens, last_used_at = greatest(k.last_used_at, u.last_used)
          from used u where k.id = u.key_id
    )
    select f.id from fresh f;
end
$$;

create function added(slices bigint[], amount bigint) returns bigint[]
    language sql immutable as
$$ select array[slices[1] + amount] || slices[2:13] $$;

-- Closes reservations past their deadline, `most` of them: their gateway is gone. Each is charged its input, as an
-- estimate; should its call report after all, that charge is taken back. Returns how many there were.
create function sweep_reservations(most integer) returns integer
    language plpgsql
    set enable_seqscan = off set plan_cache_mode = force_generic_plan as
$$
declare
    events json;
begin
    select json_agg(json_build_object(
               'id', r.id, 'at', r.opened_at, 'key_id', r.key_id, 'key_name', r.key_name, 'protocol', r.protocol,
               'model', r.model, 'status', 0, 'outcome', 'lost', 'stream', r.stream, 'input_tokens', r.input_tokens,
               'cached_input_tokens', 0, 'cache_write_tokens', 0, 'output_tokens', 0, 'reasoning_tokens', 0,
               'estimated', true, 'attempts', 0, 'duration_ms', 0, 'upstream_ms', 0,
               'cost_nanos', r.input_cost, 'currency', r.currency))
      into events
      from (select * from reservation r where r.deadline < clock_timestamp() order by r.deadline limit most) r;
    return (select count(*) from settle_usage(coalesce(events, '[]'::json)));
end
$$;

-- The day of spending begins anew, in another currency perhaps.
create function restart_spending(key uuid) returns void
    language plpgsql as
$$
begin
    perform lock_accounts(array[key]);
    update quota_bucket b set spend = 0 where b.key_id = key;
    update quota_account a set day_spend = 0 where a.key_id = key;
end
$$;
