-- Entries that no link holds yet: written with the entry, taken away when it is sealed.
create table audit_tail (
    entry_id uuid primary key
);

insert into audit_tail (entry_id) select id from audit_entry;

-- The chain: each link's digest is made of its entry and of the digest before it, with a key that the database has not.
create table audit_link (
    number bigint primary key check (number > 0),
    entry_id uuid not null unique,
    key_id integer not null,
    digest bytea not null check (length(digest) = 32),
    sealed_at timestamptz not null
);
