-- Where a message stands before it has left: its state while that is Queued (10), Claimed (20) or Unknown (25), else 0. What the indexes of the queue
-- ask for, as on PostgreSQL, where a condition on the state would cost every later change of it a write into every index.
ALTER TABLE messages ADD COLUMN stage integer GENERATED ALWAYS AS (CASE WHEN state IN (10, 20, 25) THEN state ELSE 0 END) VIRTUAL;

DROP INDEX messages_due;
DROP INDEX messages_claimed;
DROP INDEX messages_expiring;
DROP INDEX messages_unknown;
CREATE INDEX messages_due ON messages (tenant_id, sender_id, campaign_id, class, due_time, message_id) WHERE stage = 10;
CREATE INDEX messages_claimed ON messages (tenant_id, campaign_id, claim_expire_time) WHERE stage = 20;
CREATE INDEX messages_expiring ON messages (expire_time) WHERE stage = 10 AND expire_time IS NOT NULL;
CREATE INDEX messages_unknown ON messages (due_time) WHERE stage = 25;
