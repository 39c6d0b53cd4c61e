-- What a message's story needs beyond what stood here already. A row for each status would cost about 400 bytes a message with its
-- index, three rows of them; as columns beside the times of the statuses it costs 2 bytes for the price, and nothing for what is null.
-- price: 100 times the type (1 regular, 2 free_customer_service, 3 free_entry_point, 9 another) plus the category (1 marketing,
-- 2 marketing_lite, 3 utility, 4 authentication, 5 authentication-international, 6 service, 7 referral_conversion,
-- 8 general_purpose_ai, 99 another), as a status told it.
ALTER TABLE messages ADD COLUMN price smallint;
-- A failed status, kept also when later evidence proves it wrong.
ALTER TABLE messages ADD COLUMN fail_time bigint;
ALTER TABLE messages ADD COLUMN fail_code integer;
-- How long WhatsApp took to answer; null when no request was made.
ALTER TABLE message_attempts ADD COLUMN latency_ms integer;
-- For when the message was put off; null when it was not.
ALTER TABLE message_attempts ADD COLUMN retry_time bigint;
-- The message that it answers, if known. Found by the contact, whose ledger is short.
ALTER TABLE consent_events ADD COLUMN message_id uuid;
