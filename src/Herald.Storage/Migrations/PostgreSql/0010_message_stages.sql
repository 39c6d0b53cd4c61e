-- Where a message stands before it has left: its state while that is Queued (10), Claimed (20) or Unknown (25), else 0. What the indexes of the queue
-- ask for, instead of the state: PostgreSQL writes every index of a table anew for an update that changes a column of any index's condition, and a
-- message that has left changes its state three times more, but never its stage. Such updates stay on the row's page and write no index.
ALTER TABLE messages ADD COLUMN stage smallint NOT NULL GENERATED ALWAYS AS (CASE WHEN state IN (10, 20, 25) THEN state ELSE 0 END) STORED;

DROP INDEX messages_due;
DROP INDEX messages_claimed;
DROP INDEX messages_expiring;
DROP INDEX messages_unknown;
CREATE INDEX messages_due ON messages (tenant_id, sender_id, campaign_id, class, due_time, message_id) WHERE stage = 10;
CREATE INDEX messages_claimed ON messages (tenant_id, campaign_id, claim_expire_time) WHERE stage = 20;
CREATE INDEX messages_expiring ON messages (expire_time) WHERE stage = 10 AND expire_time IS NOT NULL;
CREATE INDEX messages_unknown ON messages (due_time) WHERE stage = 25;

-- Room on each page for what its rows become: an attempt is written twice, a message five times.
ALTER TABLE messages SET (fillfactor = 70);
ALTER TABLE message_attempts SET (fillfactor = 50);

-- Bodies of deliveries are read once, a moment later, and deleted in days: the default compression took more time than all else of storing them.
DO $$
BEGIN
  ALTER TABLE webhook_inbox ALTER COLUMN body SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  -- A server that was built without it keeps them as they came.
  ALTER TABLE webhook_inbox ALTER COLUMN body SET STORAGE EXTERNAL;
END $$;
