-- A file of unions as it was sent, kept until it is founded or a day has passed. Whoever sent it looks it through; nothing
-- of it counts before.
create table org_import (
    id uuid primary key,
    union_id uuid not null references org_union (id),
    account_id uuid not null,
    file_name text not null,
    content bytea not null,
    kept_at timestamptz not null,
    -- How many unions were founded from it; its content is let go then.
    founded integer check (founded > 0)
);

create index org_import_by_age on org_import (kept_at);
