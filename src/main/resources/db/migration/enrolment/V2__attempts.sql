-- How often somebody began to read a list, so that one that ends whoever reads it is given up, and when that was last.
alter table enrolment_list add column attempts integer not null default 0;
alter table enrolment_list add column tried_at timestamptz;

-- People who were no members any more when it was taken back.
alter table enrolment_list add column taken_back integer not null default 0;
update enrolment_list set taken_back = entered - left_after where state = 'TAKEN_BACK';

-- A file may come in parts.
alter table enrolment_list drop constraint enrolment_list_state_check;
alter table enrolment_list add check (state in ('COMING', 'SENT', 'READ', 'BROKEN', 'ENTERED', 'TAKEN_BACK', 'CANCELLED'));

drop index enrolment_list_waiting;
create index enrolment_list_open on enrolment_list (sent_at) where state in ('COMING', 'SENT', 'READ', 'BROKEN');

