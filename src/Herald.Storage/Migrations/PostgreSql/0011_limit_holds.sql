-- When the limit of the portfolio last put a message off; null if it never did. For the message's story: nothing goes by it.
ALTER TABLE messages ADD COLUMN limit_hold_time bigint;
