-- When Meta last announced that it raised the sender's level; null if it never did. Whoever owns the sender asks Meta for the level after it, also when
-- the signal of the announcement reached nobody.
ALTER TABLE senders ADD COLUMN level_news_time bigint;
