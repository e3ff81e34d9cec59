-- Keys of callers. The key itself is nowhere: only its keyed digest (HMAC-SHA-256 with a pepper kept outside the database).
create table api_key (
    id                      uuid        not null,
    digest                  bytea       not null,
    pepper_id               text        not null,
    display_prefix          text        not null,
    display_last_four       text        not null,
    name                    text        not null,
    forced_model            text,
    allowed_models          text[]      not null default '{}',
    token_limit_per_day     bigint,
    token_limit_per_5h      bigint,
    requests_per_minute     integer,
    tokens_per_minute       bigint,
    max_concurrent_streams  integer,
    spend_limit_per_day     numeric(20, 8),
    spend_currency          text,
    expires_at              timestamptz,
    enabled                 boolean     not null default true,
    previous_digest         bytea,
    previous_valid_until    timestamptz,
    lifetime_tokens         bigint      not null default 0,
    created_at              timestamptz not null default now(),
    updated_at              timestamptz not null default now(),
    last_used_at            timestamptz,
    constraint api_key_has_one_id primary key (id),
    constraint one_key_per_digest unique (digest),
    constraint one_key_per_previous_digest unique (previous_digest),
    constraint digest_is_sha_256 check (octet_length(digest) = 32 and octet_length(previous_digest) = 32),
    constraint display_shows_little check (length(display_prefix) <= 8 and length(display_last_four) <= 4),
    constraint name_is_given check (name <> '' and length(name) <= 255),
    constraint token_limits_are_positive check (token_limit_per_day > 0 and token_limit_per_5h > 0),
    constraint rates_are_positive check (requests_per_minute > 0 and tokens_per_minute > 0 and max_concurrent_streams > 0),
    constraint spend_limit_has_currency check (spend_limit_per_day is null or (spend_limit_per_day > 0 and spend_currency is not null)),
    constraint spend_currency_is_iso_4217 check (spend_currency ~ '^[A-Z]{3}$'),
    constraint previous_digest_has_an_end check ((previous_digest is null) = (previous_valid_until is null)),
    constraint lifetime_tokens_never_fall_below_zero check (lifetime_tokens >= 0)
);

create index api_key_newest_first on api_key (created_at desc, id);

-- One row for each finished call, written once by its id. No foreign key: a deleted key keeps its history, and the
-- tokens of PROXY_AUTH_TOKEN and API_KEY have ids but no row.
create table usage_event (
    id                  uuid        not null,
    at                  timestamptz not null,
    key_id              uuid,
    key_name            text        not null,
    protocol            text        not null,
    model               text        not null,
    provider            text,
    upstream_model      text,
    status              integer     not null,
    outcome             text        not null,
    stream              boolean     not null,
    input_tokens        bigint      not null,
    cached_input_tokens bigint      not null,
    cache_write_tokens  bigint      not null,
    output_tokens       bigint      not null,
    reasoning_tokens    bigint      not null,
    estimated           boolean     not null,
    attempts            integer     not null,
    duration_ms         bigint      not null,
    first_content_ms    bigint,
    upstream_ms         bigint      not null,
    constraint usage_event_is_counted_once primary key (id),
    constraint tokens_are_never_negative check (
        input_tokens >= 0 and cached_input_tokens >= 0 and cache_write_tokens >= 0
        and output_tokens >= 0 and reasoning_tokens >= 0)
);

create index usage_event_of_key on usage_event (key_id, at);
create index usage_event_by_time on usage_event (at);
