-- The first rows of a file, sealed: among them stand its headings. Shown to whoever says which column is which.
create table enrolment_first (
    id uuid primary key,
    list_id uuid not null references enrolment_list (id) on delete cascade,
    row integer not null,
    cells_sealed bytea not null,
    unique (list_id, row)
);

-- Which column is which below headings that a union's lists have, as somebody chose it. The headings are kept as their hash:
-- they may be longer than an index takes.
create table enrolment_choice (
    union_id uuid not null references org_union (id),
    headings bytea not null,
    -- Names of columns, and their places in the file, counted from 0; a column that the file has not is missing.
    columns text[] not null,
    places integer[] not null,
    chosen_by text not null,
    chosen_at timestamptz not null,
    primary key (union_id, headings)
);

-- The row that was held to have the headings.
alter table enrolment_list add column head_row integer not null default 0;
-- Who chose the columns by which it was read; empty when its headings were understood.
alter table enrolment_list add column chosen_by text not null default '';
-- Rows that were read though the spreadsheet does not show them.
alter table enrolment_list add column rows_hidden integer not null default 0;

alter table enrolment_list drop constraint enrolment_list_state_check;
alter table enrolment_list add check (state in
    ('COMING', 'SENT', 'UNCLEAR', 'READ', 'BROKEN', 'ENTERED', 'TAKEN_BACK', 'CANCELLED'));

drop index enrolment_list_open;
create index enrolment_list_open on enrolment_list (sent_at) where state in ('COMING', 'SENT', 'UNCLEAR', 'READ', 'BROKEN');
