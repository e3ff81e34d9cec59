-- Responses that callers may ask for again or build on, each with the whole list of items it was made from. Both are the
-- JSON as the caller knows it. A row belongs to one key; no foreign key: the tokens of PROXY_AUTH_TOKEN and API_KEY have
-- ids but no row.
create table transcript (
    key_id       uuid        not null,
    response_id  text        not null,
    response     bytea       not null,
    input_items  bytea       not null,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    constraint transcript_is_one_per_key_and_response primary key (key_id, response_id),
    constraint response_id_is_given check (length(response_id) between 1 and 256),
    constraint transcript_expires_after_it_was_made check (expires_at > created_at)
);

create index transcript_by_expiry on transcript (expires_at);
