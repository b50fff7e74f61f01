-- Whoever answers for both sides asks nobody; it stands on the board all the same, and can be undone there.
alter table transfer_request add column at_once boolean not null default false;
