-- What was answered to a program's request that creates something, kept for a day: sent again, it is answered again.
create table idempotency_reply (
    account_id uuid not null,
    route text not null,
    key_hash bytea not null,
    body_hash bytea not null,
    begun_at timestamptz not null,
    seal_row uuid not null,
    status integer,
    reply_sealed bytea,
    primary key (account_id, route, key_hash)
);

create index idempotency_reply_by_time on idempotency_reply (begun_at);
