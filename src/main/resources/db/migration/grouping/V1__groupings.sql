-- Unions that belong together across the tree: an area of streets, or an association of unions. One union above them all
-- looks after it.
create table grouping_grouping (
    id uuid primary key,
    kind text not null check (kind in ('AREA', 'REGIONAL', 'INDUSTRY')),
    owner_id uuid not null references org_union (id),
    name text not null check (name <> ''),
    short_name text not null,
    began_on date not null,
    closed_on date check (closed_on >= began_on)
);

create index grouping_by_owner on grouping_grouping (owner_id);
create unique index grouping_name_now on grouping_grouping (owner_id, name) where closed_on is null;

-- Which union belonged to which, from a day to the day on which it did no more.
create table grouping_union (
    id uuid primary key,
    grouping_id uuid not null references grouping_grouping (id),
    union_id uuid not null references org_union (id),
    valid_from date not null,
    valid_to date check (valid_to > valid_from)
);

create unique index grouping_union_now on grouping_union (grouping_id, union_id) where valid_to is null;
create index grouping_union_by_union on grouping_union (union_id) where valid_to is null;
