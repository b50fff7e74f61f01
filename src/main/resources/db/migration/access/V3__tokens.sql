-- A session that its owner named is the token of a program: listed, ended by hand, good for the API alone.
alter table access_session add column id uuid;
alter table access_session add column label text check (label <> '');
alter table access_session add column used_on date;
alter table access_session add constraint access_session_named check ((id is null) = (label is null));
create unique index access_session_by_id on access_session (id);
create unique index access_session_by_label on access_session (account_id, label);
