-- A code of its own for a place where people join (a station, a stall, a site): it leads to a union, and who came by it
-- can be counted. The unions' own codes are digits; these begin with a letter.
create table joining_code (
    id uuid primary key,
    code text not null unique check (code ~ '^[A-Z][A-Z0-9]{6}$'),
    union_id uuid not null references org_union (id),
    label text not null check (label <> ''),
    made_at timestamptz not null,
    ended_at timestamptz check (ended_at >= made_at)
);

create unique index joining_code_by_union on joining_code (union_id, label) where ended_at is null;
create index joining_application_by_code on joining_application (scanned) where state <> 'draft';
