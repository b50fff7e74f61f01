-- A union, of whatever kind. Its name and its place are dated rows of their own.
create table org_union (
    id uuid primary key,
    code text not null unique,
    kind text not null,
    for_new_form boolean not null default false,
    founded_on date not null,
    dissolved_on date check (dissolved_on >= founded_on),
    children_ever integer not null default 0
);

create sequence org_union_code start 100001;

create table org_union_name (
    id uuid primary key,
    union_id uuid not null references org_union (id),
    name text not null check (name <> ''),
    short_name text not null,
    pinyin text not null,
    initials text not null,
    valid_from date not null,
    valid_to date check (valid_to > valid_from)
);

create unique index org_union_name_now on org_union_name (union_id) where valid_to is null;
create unique index org_union_name_from on org_union_name (union_id, valid_from);

-- Where a union stands: five digits a level, so that a subtree is one range of paths.
create table org_placement (
    id uuid primary key,
    union_id uuid not null references org_union (id),
    parent_id uuid references org_union (id),
    path text collate "C" not null check (path ~ '^[0-9]{5}(\.[0-9]{5}){0,7}$'),
    valid_from date not null,
    valid_to date check (valid_to > valid_from)
);

create unique index org_placement_now on org_placement (union_id) where valid_to is null;
create unique index org_placement_from on org_placement (union_id, valid_from);
create unique index org_placement_path_now on org_placement (path) where valid_to is null;
create index org_placement_by_path on org_placement (path, union_id);
create index org_placement_by_parent on org_placement (parent_id) where valid_to is null;

-- What every other module may join: where each union stood, and when.
create view org_place as
select union_id, path, valid_from, valid_to
  from org_placement;

-- A base union under a territory may belong to an industry at the same time.
create table org_affiliation (
    id uuid primary key,
    union_id uuid not null references org_union (id),
    federation_id uuid not null references org_union (id),
    valid_from date not null,
    valid_to date check (valid_to > valid_from)
);

create unique index org_affiliation_now on org_affiliation (union_id, federation_id) where valid_to is null;

-- Chair, vice-chairs, social workers and other staff of a union.
create table org_staff (
    id uuid primary key,
    union_id uuid not null references org_union (id),
    position text not null,
    name text not null check (name <> ''),
    qualification text not null,
    valid_from date not null,
    valid_to date check (valid_to > valid_from)
);

create index org_staff_by_union on org_staff (union_id, valid_from);

-- Committees, branches and preparatory groups within a union.
create table org_body (
    id uuid primary key,
    union_id uuid not null references org_union (id),
    kind text not null,
    name text not null check (name <> ''),
    valid_from date not null,
    valid_to date check (valid_to > valid_from)
);

create index org_body_by_union on org_body (union_id, valid_from);
