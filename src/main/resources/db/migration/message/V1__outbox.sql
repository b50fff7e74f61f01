-- Messages on their way out: written with what they tell, sent afterwards. Where to is looked up when one is sent, so
-- that no phone or e-mail address stands here.
create table message_outgoing (
    id uuid primary key,
    about uuid not null,
    account_id uuid not null references access_account (id),
    way text not null check (way in ('SMS', 'WECHAT', 'EMAIL')),
    subject text not null,
    content text not null,
    written_at timestamptz not null,
    due_at timestamptz not null,
    attempts int not null default 0,
    state text not null default 'WAITING' check (state in ('WAITING', 'SENT', 'GIVEN_UP')),
    ended_at timestamptz,
    reason text not null default '',
    unique (about, account_id, way)
);

create index message_outgoing_due on message_outgoing (due_at, id) where state = 'WAITING';
create index message_outgoing_ended on message_outgoing (ended_at) where state <> 'WAITING';
