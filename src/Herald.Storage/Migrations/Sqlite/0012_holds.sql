-- To when the limit of the portfolio last put a message off; null if it never did. The message waits for the limit as long as that is its due time:
-- whatever else puts it off gives it another one.
ALTER TABLE messages ADD COLUMN limit_due_time integer;
-- When marketing to the message's contact was last held back, and until when; null if it never was. For the message's story: nothing goes by it.
ALTER TABLE messages ADD COLUMN contact_hold_time integer;
ALTER TABLE messages ADD COLUMN contact_hold_until integer;

-- What waits for the limit, to be brought forward when there is room; as large as that. An entry changes only when its due time does, which the queue's
-- index holds anyway.
CREATE INDEX messages_limited ON messages (tenant_id, sender_id, campaign_id, class, due_time, message_id) WHERE stage = 10 AND due_time = limit_due_time;
-- The senders that share a limit.
CREATE INDEX senders_by_portfolio ON senders (portfolio_id) WHERE portfolio_id IS NOT NULL;
