-- The key with which a caller cancelled a message by itself; null when its campaign was cancelled or failed, and as long as it is not cancelled.
ALTER TABLE messages ADD COLUMN cancel_key_id text;
