-- Accounts as a pool. Every secret of theirs is sealed under its own column. generation counts the access tokens that an
-- account has had; epoch changes when what was known of its health is void.
alter table account
    add column given           bytea,
    add column previous_secret bytea,
    add column secret_at       timestamptz not null default now(),
    add column access_token    bytea,
    add column access_from     timestamptz,
    add column access_until    timestamptz,
    add column renew_at        timestamptz,
    add column subject         text,
    add column generation      bigint      not null default 0,
    add column health          text        not null default 'healthy',
    add column rests_until     timestamptz,
    add column failures        integer     not null default 0,
    add column last_failure    text,
    add column last_failure_at timestamptz,
    add column epoch           bigint      not null default 0,
    add column checked_at      timestamptz,
    add column next_check_at   timestamptz,
    add column uses            bigint      not null default 0,
    add column last_used_at    timestamptz,
    add constraint account_health_is_known check (health in ('healthy', 'resting', 'dead')),
    add constraint resting_has_an_end check ((health = 'resting') = (rests_until is not null)),
    add constraint access_token_has_its_times check (
        (access_token is null) = (access_from is null)
        and (access_token is null) = (access_until is null)
        and (access_token is null) = (renew_at is null)),
    add constraint account_uses_never_fall_below_zero check (uses >= 0 and failures >= 0);

create index account_out_of_its_pool on account (checked_at) where health = 'dead';

-- News of accounts, as of keys. Use of an account and its checks are no news.
create function tell_account_change() returns trigger
    language plpgsql as
$$
begin
    if tg_op = 'TRUNCATE' then
        perform pg_notify('account', '');
    else
        perform pg_notify('account', coalesce(new.id, old.id));
    end if;
    return null;
end
$$;

create trigger account_comes_or_goes after insert or delete on account
    for each row execute function tell_account_change();

create trigger account_changes after update on account
    for each row
    when ((old.provider, old.generation, old.health, old.rests_until, old.epoch)
          is distinct from
          (new.provider, new.generation, new.health, new.rests_until, new.epoch))
    execute function tell_account_change();

create trigger accounts_are_emptied after truncate on account
    for each statement execute function tell_account_change();
