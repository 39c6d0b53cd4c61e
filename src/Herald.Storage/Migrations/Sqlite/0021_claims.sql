-- As on PostgreSQL, to which it matters that a claim changes no index: a message stays in the index of the queue while it is claimed, so whoever wants what is
-- queued asks for its state too. Claims are found by rows of their own, one a batch.
DROP INDEX messages_due;
DROP INDEX messages_claimed;
DROP INDEX messages_expiring;
DROP INDEX messages_unknown;
DROP INDEX messages_limited;
ALTER TABLE messages DROP COLUMN stage;
-- Where a message stands before it has left: 10 while its state is Queued (10) or Claimed (20), 25 while that is Unknown, else 0.
ALTER TABLE messages ADD COLUMN queue_stage integer GENERATED ALWAYS AS (CASE state WHEN 10 THEN 10 WHEN 20 THEN 10 WHEN 25 THEN 25 ELSE 0 END) VIRTUAL;
CREATE INDEX messages_due ON messages (tenant_id, sender_id, campaign_id, class, due_time, message_id) WHERE queue_stage = 10;
CREATE INDEX messages_expiring ON messages (expire_time) WHERE queue_stage = 10 AND expire_time IS NOT NULL;
CREATE INDEX messages_unknown ON messages (due_time) WHERE queue_stage = 25;
CREATE INDEX messages_limited ON messages (tenant_id, sender_id, campaign_id, class, due_time, message_id)
  WHERE queue_stage = 10 AND due_time = limit_due_time;

-- What one claim took, until it has run out and nothing of it is claimed any more.
CREATE TABLE claims (
  tenant_id   text    NOT NULL,
  sender_id   text    NOT NULL,
  epoch       integer NOT NULL,
  claim_id    integer NOT NULL PRIMARY KEY,
  expire_time integer NOT NULL,
  message_ids text    NOT NULL
);
CREATE INDEX claims_by_epoch ON claims (tenant_id, sender_id, epoch);
CREATE INDEX claims_by_expire_time ON claims (expire_time);

INSERT INTO claims (tenant_id, sender_id, epoch, expire_time, message_ids)
SELECT tenant_id, sender_id, claim_epoch, claim_expire_time, json_group_array(message_id)
FROM messages
WHERE state = 20 AND claim_epoch IS NOT NULL AND claim_expire_time IS NOT NULL
GROUP BY tenant_id, sender_id, claim_epoch, claim_expire_time;
