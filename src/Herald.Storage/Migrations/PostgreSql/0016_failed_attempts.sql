-- When a status told that what an attempt had handed over will not arrive, and with what code, if the message was put off for another attempt then;
-- null else. The last failure of a message stands in its own row.
ALTER TABLE message_attempts ADD COLUMN fail_time bigint;
ALTER TABLE message_attempts ADD COLUMN fail_code integer;
