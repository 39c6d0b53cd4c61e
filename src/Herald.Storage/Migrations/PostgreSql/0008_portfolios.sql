-- A few thousand: Meta's business portfolios, each with the limit that all its numbers share. people_max is how many different people it may reach
-- in a moving day outside of their windows, null where that is unlimited or not known. Locked by every claim of a limited one.
CREATE TABLE portfolios (
  portfolio_id    text     NOT NULL,
  people_max      integer,
  reserve_percent smallint NOT NULL,
  update_time     bigint   NOT NULL,
  PRIMARY KEY (portfolio_id)
);

-- The portfolio of a sender; null before it is known.
ALTER TABLE senders ADD COLUMN portfolio_id text;

-- When a limited portfolio last wrote to a contact outside a window; of the last day, so at most its limit. Read by key within the claim.
CREATE TABLE portfolio_reach (
  tenant_id    uuid   NOT NULL,
  contact_id   uuid   NOT NULL,
  portfolio_id text   NOT NULL,
  reach_time   bigint NOT NULL,
  PRIMARY KEY (tenant_id, contact_id, portfolio_id)
);
CREATE INDEX portfolio_reach_by_age ON portfolio_reach (reach_time);

-- The same, counted by spans of ten minutes, so that a claim reads some hundred rows at most: reached is how many contacts were last reached in
-- the span, planned how many messages were put off to it.
CREATE TABLE portfolio_spans (
  portfolio_id text    NOT NULL,
  span_time    bigint  NOT NULL,
  reached      integer NOT NULL,
  planned      integer NOT NULL,
  PRIMARY KEY (portfolio_id, span_time)
);
