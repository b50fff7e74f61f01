-- Someone who signs in by phone has no sign-in name, and no name before they have told it.
alter table access_account alter column login drop not null;
alter table access_account drop constraint access_account_name_check;
alter table access_account add constraint access_account_named check (login is null or name <> '');

-- A session is complete when all steps of signing in are done, however many there are.
alter table access_session rename column second_factor to complete;

-- Attempts are counted in one place for every module now.
drop table access_attempt;
