-- Requests that were cut off are looked for at each new one.
create index idempotency_reply_begun on idempotency_reply (begun_at) where status is null;
