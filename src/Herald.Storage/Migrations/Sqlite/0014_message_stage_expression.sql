-- The same stage, said so that SQLite compares numbers: for IN with three of them it makes a table in memory, once for each index that an update of a
-- message might change, which took a third of the time of such an update.
DROP INDEX messages_due;
DROP INDEX messages_claimed;
DROP INDEX messages_expiring;
DROP INDEX messages_unknown;
DROP INDEX messages_limited;
ALTER TABLE messages DROP COLUMN stage;
ALTER TABLE messages ADD COLUMN stage integer GENERATED ALWAYS AS (CASE state WHEN 10 THEN 10 WHEN 20 THEN 20 WHEN 25 THEN 25 ELSE 0 END) VIRTUAL;
CREATE INDEX messages_due ON messages (tenant_id, sender_id, campaign_id, class, due_time, message_id) WHERE stage = 10;
CREATE INDEX messages_claimed ON messages (tenant_id, campaign_id, claim_expire_time) WHERE stage = 20;
CREATE INDEX messages_expiring ON messages (expire_time) WHERE stage = 10 AND expire_time IS NOT NULL;
CREATE INDEX messages_unknown ON messages (due_time) WHERE stage = 25;
CREATE INDEX messages_limited ON messages (tenant_id, sender_id, campaign_id, class, due_time, message_id) WHERE stage = 10 AND due_time = limit_due_time;
