-- Lists of members that unions bring as a file: read and looked through first, then entered, perhaps taken back.
create table enrolment_list (
    id uuid primary key,
    union_id uuid not null references org_union (id),
    sent_by text not null,
    sent_at timestamptz not null,
    file_name text not null,
    people text not null check (people in ('OPENING', 'JOINING')),
    state text not null check (state in ('SENT', 'READ', 'BROKEN', 'ENTERED', 'TAKEN_BACK', 'CANCELLED')),
    -- Rows that were read so far.
    rows_read integer not null default 0,
    rows_good integer not null default 0,
    rows_bad integer not null default 0,
    unread text[] not null default '{}',
    -- Why it could not be read, as a sentence's key and what fills it.
    broken text not null default '',
    broken_facts text[] not null default '{}',
    entered_on date,
    entered_unions uuid[] not null default '{}',
    entered integer not null default 0,
    entered_again integer not null default 0,
    left_after integer not null default 0
);

create index enrolment_list_by_union on enrolment_list (union_id, sent_at);
create index enrolment_list_waiting on enrolment_list (sent_at) where state = 'SENT';

-- The file in sealed parts; gone when it is not needed any more.
create table enrolment_part (
    id uuid primary key,
    list_id uuid not null references enrolment_list (id) on delete cascade,
    number integer not null,
    sealed bytea not null,
    unique (list_id, number)
);

-- A row with faults: its cells as they were typed, sealed, and what is wrong with which.
create table enrolment_fault (
    id uuid primary key,
    list_id uuid not null references enrolment_list (id) on delete cascade,
    row integer not null,
    cells_sealed bytea not null,
    faults text not null,
    unique (list_id, row)
);
