-- Contacts that a person's own message showed to be one person: it carried an identity of each. Each pair stands in both directions. As many rows as there
-- are such people, which are few. Read by contact when somebody opts out, and when they are erased.
CREATE TABLE contact_twins (
  tenant_id  text NOT NULL,
  contact_id text NOT NULL,
  twin_id    text NOT NULL,
  PRIMARY KEY (tenant_id, contact_id, twin_id)
);
