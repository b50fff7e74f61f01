-- Nobody signs in with an account that is closed; a link by which password and second factor are set opens it again.
alter table access_account add column closed_at timestamptz;

-- When its owner last showed in a session who they are; null for programs, and for who came by another's word.
alter table access_session add column confirmed_at timestamptz;
