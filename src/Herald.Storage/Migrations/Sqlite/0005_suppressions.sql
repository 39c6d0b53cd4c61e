-- Who refused something and was erased since: keyed hashes of all identities, so that the refusal outlives the data. A few rows for each such
-- person. Read by hash whenever identities become a contact's, never listed. scope_id is a sender or the nil uuid (tenant). A time says when
-- the purpose was revoked; null where it was not.
CREATE TABLE suppressions (
  tenant_id      text    NOT NULL,
  identity_hash  text    NOT NULL,
  scope_id       text    NOT NULL,
  marketing_time integer,
  utility_time   integer,
  erase_time     integer NOT NULL,
  PRIMARY KEY (tenant_id, identity_hash, scope_id)
);

-- One row: the key of those hashes, encrypted with the data protection key ring. Without it no hash can be found again.
CREATE TABLE identity_keys (
  key_id      integer NOT NULL CHECK (key_id = 1),
  cipher      blob    NOT NULL,
  create_time integer NOT NULL,
  PRIMARY KEY (key_id)
);
