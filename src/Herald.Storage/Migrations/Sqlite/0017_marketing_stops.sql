-- Whether a Throttled sender sends no marketing until it is Active again, because Meta limits it for spam (131048). Read by each claim with the sender's state.
ALTER TABLE senders ADD COLUMN is_marketing_stopped integer NOT NULL DEFAULT 0;
