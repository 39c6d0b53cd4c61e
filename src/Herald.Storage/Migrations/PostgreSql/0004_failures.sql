-- What Meta's refusals say of a person: cannot be reached (the code, until the address changes or they write), and no marketing before a time.
ALTER TABLE contacts ADD COLUMN unreachable_code integer NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN unreachable_time bigint;
ALTER TABLE contacts ADD COLUMN hold_since bigint;
ALTER TABLE contacts ADD COLUMN hold_count integer NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN hold_time bigint;
ALTER TABLE contacts ADD COLUMN hold_until bigint;

-- Since when a sender is in its state, and when to look whether it can send again; check_count makes the waits grow.
ALTER TABLE senders ADD COLUMN state_time bigint;
ALTER TABLE senders ADD COLUMN check_time bigint;
ALTER TABLE senders ADD COLUMN check_count integer NOT NULL DEFAULT 0;
CREATE INDEX senders_to_check ON senders (check_time) WHERE check_time IS NOT NULL;
