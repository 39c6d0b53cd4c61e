-- For when a caller wanted a single message to be sent, if that was later than at once; due_time moves when it is put off, this does not.
ALTER TABLE messages ADD COLUMN send_time bigint;

-- Stage 10 is Queued: what waits untouched, waits for that time.
UPDATE messages SET send_time = due_time
WHERE stage = 10 AND campaign_id IS NULL AND api_key_id IS NOT NULL AND attempts = 0 AND limit_hold_time IS NULL AND contact_hold_time IS NULL
  AND due_time > create_time;
