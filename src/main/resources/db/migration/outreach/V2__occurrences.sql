-- The date that a meeting day gave to a meeting: wherever the meeting is moved, that date is taken.
alter table outreach_meeting add column due_on date;
update outreach_meeting set due_on = on_day where day_id is not null;
alter table outreach_meeting add constraint outreach_meeting_due check ((due_on is null) = (day_id is null));
drop index outreach_meeting_of_day;
create unique index outreach_meeting_of_day on outreach_meeting (day_id, due_on) where day_id is not null;

-- What a successor finds.
create index outreach_question_open on outreach_question (meeting_id) where became is null;
