-- What partners send one by one. Both columns are null for messages of campaigns, where they cost nothing.
-- api_key_id is the key that sent it; a free-form message with one is held to the 24 hour window when it is claimed.
ALTER TABLE messages ADD COLUMN api_key_id text;
-- When it is too late to send it.
ALTER TABLE messages ADD COLUMN expire_time integer;
-- What may become too late while nobody claims it; queued rows with an expiry only.
CREATE INDEX messages_expiring ON messages (expire_time) WHERE state = 10 AND expire_time IS NOT NULL;
