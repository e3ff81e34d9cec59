-- Videos that are being made at a provider, and those that were. A job's id is that of the call that asked for it, and so
-- that of its usage event. Nothing of the request's content is kept. Only this database's clock decides.
create table video_job (
    id              uuid        not null,
    key_id          uuid        not null,
    model           text        not null,
    size            text,
    seconds         integer,
    state           text        not null,
    progress        integer     not null default 0,
    created_at      timestamptz not null,
    -- when a provider took it on
    begun_at        timestamptz,
    -- where it is made: the provider's kind, its address, its model, the name of the key or account, and its name there
    provider        text,
    base_url        text,
    upstream_model  text,
    credential      text,
    task            text,
    conversation    text,
    -- who looks after it now, and when somebody is to look next
    lease           uuid,
    lease_until     timestamptz not null,
    next_look_at    timestamptz not null,
    looks           integer     not null default 0,
    misses          integer     not null default 0,
    -- what came of it
    completed_at    timestamptz,
    video_url       text,
    cover_url       text,
    duration        text,
    resolution      text,
    failure_code    text,
    failure_message text,
    constraint video_job_is_made_once primary key (id),
    constraint video_job_state_is_known check (state in ('submitting', 'queued', 'in_progress', 'completed', 'failed')),
    constraint video_job_under_way_has_a_place check (
        state not in ('queued', 'in_progress', 'completed') or (provider is not null and task is not null and begun_at is not null)),
    constraint video_job_that_failed_says_why check (
        (state = 'failed') = (failure_code is not null and failure_message is not null)),
    constraint video_job_ends_once check ((state in ('completed', 'failed')) = (completed_at is not null))
);

create index video_job_of_key on video_job (key_id, created_at desc, id);
create index video_job_under_way on video_job (next_look_at) where state in ('submitting', 'queued', 'in_progress');
create index video_job_ended on video_job (completed_at) where completed_at is not null;
