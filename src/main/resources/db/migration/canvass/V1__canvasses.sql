-- A table of employers as it was sent, sealed, kept until it is entered or a day has passed. Whoever sent it looks it
-- through; nothing of it counts before.
create table canvass (
    id uuid primary key,
    union_id uuid not null references org_union (id),
    account_id uuid not null,
    file_name text not null,
    -- let go when it is entered
    content_sealed bytea,
    kept_at timestamptz not null,
    -- how many came to be on record by it, and how many were changed
    recorded integer check (recorded >= 0),
    changed integer check (changed >= 0),
    check ((recorded is null) = (changed is null) and (recorded is null) = (content_sealed is not null))
);

create index canvass_by_age on canvass (kept_at);
