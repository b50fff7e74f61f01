-- Whom staff took down at a stall: an application without an account of its own. Its phone, if it has one, is sealed here.
alter table joining_application alter column account_id drop not null;
alter table joining_application add column phone_sealed bytea;
alter table joining_application add column taken_by_id uuid;
alter table joining_application add column taken_by text not null default '';
alter table joining_application
    add constraint joining_application_whose
        check ((account_id is not null and taken_by = '') or (account_id is null and taken_by <> '' and state <> 'draft'));
create index joining_application_taken on joining_application (scanned, sent_at) where taken_by <> '';
