-- An applicant who turned out to be a member elsewhere waits for the answer to this wish for a transfer.
alter table joining_application add column transfer_id uuid;
create index joining_application_by_transfer on joining_application (transfer_id) where transfer_id is not null;
-- What the other union objected, for the union that decides; the applicant does not read it.
alter table joining_application add column objection text not null default '';
