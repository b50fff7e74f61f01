-- Whether whom staff took down was a member of another union then: sent again, it has the same answer.
alter table joining_application add column taken_elsewhere boolean not null default false;
