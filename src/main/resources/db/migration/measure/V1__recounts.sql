-- Each comparison of a feature's counters with the records that they count. The counters are named as the feature is.
create table measure_recount (
    id uuid primary key,
    counters text not null,
    counted_at timestamptz not null,
    asked_by text not null,
    differences int not null check (differences >= 0),
    -- The first of them, a line each: month, union, what was counted and what is on record.
    first_ones text not null
);

create index measure_recount_latest on measure_recount (counters, counted_at desc);
