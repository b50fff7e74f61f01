-- The key with which is sealed now. Older ones still open what they sealed.
alter table seal_check add column key_id integer not null default 1;

-- What every running node says every few seconds: the newest key in its file, and the one it seals with, since when.
create table seal_node (
    node uuid primary key,
    name text not null,
    newest_key integer not null,
    key_id integer not null,
    since timestamptz not null,
    said_at timestamptz not null
);

-- Each change of the key in use, until everything is sealed with the new one.
create table seal_rotation (
    key_id integer primary key,
    begun_at timestamptz not null,
    resealed bigint not null default 0,
    ended_at timestamptz
);
