-- What was changed through the admin API. No foreign key: the trail outlives the keys it tells of.
create table admin_audit (
    id       bigint      generated always as identity,
    at       timestamptz not null,
    action   text        not null,
    key_id   uuid,
    key_name text        not null,
    address  text        not null,
    call_id  text        not null,
    changes  jsonb       not null,
    constraint admin_audit_has_one_id primary key (id)
);

create index admin_audit_of_key on admin_audit (key_id, id desc);
