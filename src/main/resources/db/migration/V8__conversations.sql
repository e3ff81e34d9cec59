-- Conversations that providers hold for callers. A row belongs to one key; no foreign key: the tokens of PROXY_AUTH_TOKEN and
-- API_KEY have ids but no row. Where the account has gone, the conversation has gone with it.
create table conversation (
    key_id           uuid        not null,
    provider         text        not null,
    conversation_id  text        not null,
    account_id       text        not null references account (id) on delete cascade,
    model            text        not null,
    last_used_at     timestamptz not null,
    constraint conversation_is_one_per_key_and_name primary key (key_id, provider, conversation_id),
    constraint conversation_id_is_given check (length(conversation_id) between 1 and 256)
);

create index conversation_by_last_use on conversation (last_used_at);
create index conversation_of_account on conversation (account_id);
