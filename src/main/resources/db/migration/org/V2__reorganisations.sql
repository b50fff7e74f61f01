-- A union that is dissolved leaves what is on record of it to another, its heir. Its estate stands where the heir stands: a
-- placement that goes on as long as there are records, so that whoever asks where they belong today finds one answer.
alter table org_union add column heir_id uuid references org_union (id);
alter table org_union add constraint org_union_heir check ((dissolved_on is null) = (heir_id is null));
alter table org_placement add column estate boolean not null default false;

drop index org_placement_path_now;
create unique index org_placement_path_now on org_placement (path) where valid_to is null and not estate;
create index org_placement_ended on org_placement (valid_to) where valid_to is not null;

create or replace view org_place as
select union_id, path, valid_from, valid_to, estate
  from org_placement;

-- What was ordered to be done to the tree, at once or when its day comes.
create table org_reorganisation (
    id uuid primary key,
    union_id uuid not null references org_union (id),
    kind text not null check (kind in ('move', 'merge', 'dissolve')),
    target_id uuid references org_union (id),
    effective_on date not null,
    state text not null check (state in ('planned', 'done', 'cancelled', 'failed')),
    -- The code of the refusal by which it failed on its day.
    failure text not null default '',
    ordered_at timestamptz not null,
    account_id uuid,
    actor text not null,
    check ((kind = 'dissolve') = (target_id is null)),
    check ((state = 'failed') = (failure <> ''))
);

create index org_reorganisation_due on org_reorganisation (effective_on, ordered_at) where state = 'planned';
create index org_reorganisation_by_union on org_reorganisation (union_id, ordered_at);
create unique index org_reorganisation_planned on org_reorganisation (union_id) where state = 'planned';
