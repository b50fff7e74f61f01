-- With what phones seal that have no network: the public key goes to them with the page of a code, the private one stays here,
-- sealed. What lies on a phone can be opened by nobody who finds it.
create table stall_key (
    id uuid primary key,
    code text not null unique,
    public_key bytea not null,
    private_sealed bytea not null,
    made_at timestamptz not null
);
