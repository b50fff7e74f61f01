-- Sessions that are over are cleared away at each sign-in.
create index access_session_by_expiry on access_session (expires_at);
