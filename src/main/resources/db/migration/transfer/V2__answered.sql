-- What was answered last stands on every board.
create index transfer_request_answered on transfer_request (answered_at desc) where state <> 'waiting';
