-- Times are bigint microseconds since 1970-01-01T00:00Z. Enumerations are smallint with the values of Herald.Domain.

-- A few thousand rows. Read by id on each call (cached by the tenant grain), listed by operators.
CREATE TABLE tenants (
  tenant_id      uuid     NOT NULL,
  kind           smallint NOT NULL,
  state          smallint NOT NULL,
  display_name   text     NOT NULL,
  time_zone      text     NOT NULL,
  default_region text     NOT NULL,
  language       text     NOT NULL,
  version        bigint   NOT NULL,
  create_time    bigint   NOT NULL,
  update_time    bigint   NOT NULL,
  PRIMARY KEY (tenant_id)
);

-- A few keys a tenant. Found by key id on every gRPC call.
CREATE TABLE api_keys (
  tenant_id     uuid     NOT NULL REFERENCES tenants,
  key_id        text     NOT NULL,
  secret_hash   bytea    NOT NULL,
  display_name  text     NOT NULL,
  scopes        integer  NOT NULL,
  create_time   bigint   NOT NULL,
  revoke_time   bigint,
  PRIMARY KEY (tenant_id, key_id)
);
CREATE UNIQUE INDEX api_keys_by_key_id ON api_keys (key_id);

-- A few senders a tenant. Found by phone_number_id for every webhook change.
CREATE TABLE senders (
  tenant_id            uuid     NOT NULL REFERENCES tenants,
  sender_id            uuid     NOT NULL,
  kind                 smallint NOT NULL,
  state                smallint NOT NULL,
  state_reason         text     NOT NULL,
  waba_id              text     NOT NULL,
  phone_number_id      text     NOT NULL,
  display_phone_number text     NOT NULL,
  verified_name        text     NOT NULL,
  quality_rating       text     NOT NULL,
  messages_per_second  integer  NOT NULL,
  token_cipher         bytea,
  version              bigint   NOT NULL,
  create_time          bigint   NOT NULL,
  update_time          bigint   NOT NULL,
  PRIMARY KEY (tenant_id, sender_id)
);
CREATE UNIQUE INDEX senders_by_phone_number_id ON senders (phone_number_id);
CREATE INDEX senders_by_waba_id ON senders (waba_id);

-- A few owners a tenant. Found by phone for every message to a control number.
CREATE TABLE owners (
  tenant_id    uuid     NOT NULL REFERENCES tenants,
  owner_id     uuid     NOT NULL,
  phone        text     NOT NULL,
  role         smallint NOT NULL,
  language     text     NOT NULL,
  link_time    bigint   NOT NULL,
  remove_time  bigint,
  PRIMARY KEY (tenant_id, owner_id)
);
CREATE UNIQUE INDEX owners_active_by_phone ON owners (phone, tenant_id) WHERE remove_time IS NULL;

-- Codes live for minutes; kept as keyed hashes. Found by hash alone because the phone is not yet known to any tenant.
CREATE TABLE owner_link_codes (
  tenant_id   uuid     NOT NULL REFERENCES tenants,
  code_hash   bytea    NOT NULL,
  role        smallint NOT NULL,
  language    text     NOT NULL,
  create_time bigint   NOT NULL,
  expire_time bigint   NOT NULL,
  use_time    bigint,
  PRIMARY KEY (tenant_id, code_hash)
);
CREATE UNIQUE INDEX owner_link_codes_by_hash ON owner_link_codes (code_hash);

-- Up to 6,000 a WABA. Found by Meta's id or by name and language for webhooks.
CREATE TABLE templates (
  tenant_id        uuid     NOT NULL REFERENCES tenants,
  template_id      uuid     NOT NULL,
  waba_id          text     NOT NULL,
  meta_template_id text,
  name             text     NOT NULL,
  language         text     NOT NULL,
  category         smallint NOT NULL,
  state            smallint NOT NULL,
  rejected_reason  text     NOT NULL,
  quality          text     NOT NULL,
  definition       text     NOT NULL,
  version          bigint   NOT NULL,
  create_time      bigint   NOT NULL,
  update_time      bigint   NOT NULL,
  PRIMARY KEY (tenant_id, template_id)
);
CREATE UNIQUE INDEX templates_by_name ON templates (tenant_id, waba_id, name, language);
CREATE INDEX templates_by_meta_id ON templates (meta_template_id) WHERE meta_template_id IS NOT NULL;

CREATE TABLE contact_lists (
  tenant_id    uuid   NOT NULL REFERENCES tenants,
  list_id      uuid   NOT NULL,
  display_name text   NOT NULL,
  version      bigint NOT NULL,
  create_time  bigint NOT NULL,
  update_time  bigint NOT NULL,
  PRIMARY KEY (tenant_id, list_id)
);

-- Millions of rows. Read by id (claim, freeze) and listed by id. phone and user_id are the addresses in use now;
-- every identity ever known stands in contact_identities.
CREATE TABLE contacts (
  tenant_id      uuid   NOT NULL,
  contact_id     uuid   NOT NULL,
  phone          text,
  user_id        text,
  parent_user_id text,
  username       text,
  display_name   text   NOT NULL,
  language       text   NOT NULL,
  time_zone      text   NOT NULL,
  attributes     text   NOT NULL,
  version        bigint NOT NULL,
  create_time    bigint NOT NULL,
  update_time    bigint NOT NULL,
  PRIMARY KEY (tenant_id, contact_id)
);

-- One to four rows a contact. kind: 1 phone (E.164 digits), 2 user id (BSUID), 3 parent user id, 4 username.
CREATE TABLE contact_identities (
  tenant_id  uuid     NOT NULL,
  kind       smallint NOT NULL,
  value      text     NOT NULL,
  contact_id uuid     NOT NULL,
  PRIMARY KEY (tenant_id, kind, value)
);
CREATE INDEX contact_identities_by_contact ON contact_identities (tenant_id, contact_id);

-- The audience is frozen by walking this key.
CREATE TABLE contact_list_members (
  tenant_id  uuid NOT NULL,
  list_id    uuid NOT NULL,
  contact_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, list_id, contact_id)
);
CREATE INDEX contact_list_members_by_contact ON contact_list_members (tenant_id, contact_id);

-- Append-only. evidence_key makes a repeated webhook or import row a no-op. scope_id is a sender or the nil uuid (tenant).
CREATE TABLE consent_events (
  tenant_id    uuid     NOT NULL,
  contact_id   uuid     NOT NULL,
  event_id     uuid     NOT NULL,
  purpose      smallint NOT NULL,
  action       smallint NOT NULL,
  scope_id     uuid     NOT NULL,
  source       smallint NOT NULL,
  evidence_key text     NOT NULL,
  evidence     text     NOT NULL,
  actor        text     NOT NULL,
  campaign_id  uuid,
  event_time   bigint   NOT NULL,
  record_time  bigint   NOT NULL,
  PRIMARY KEY (tenant_id, contact_id, event_id)
);
CREATE UNIQUE INDEX consent_events_by_evidence ON consent_events (tenant_id, contact_id, evidence_key);
CREATE INDEX consent_events_by_campaign ON consent_events (tenant_id, campaign_id, contact_id) WHERE campaign_id IS NOT NULL;

-- The projection: one row a contact for the tenant scope (nil uuid), one for each sender with a preference of its own.
-- States: 0 unknown, 1 granted, 2 revoked. Read inside the claim.
CREATE TABLE consents (
  tenant_id        uuid     NOT NULL,
  contact_id       uuid     NOT NULL,
  scope_id         uuid     NOT NULL,
  marketing        smallint NOT NULL,
  marketing_time   bigint   NOT NULL,
  marketing_source smallint NOT NULL,
  utility          smallint NOT NULL,
  utility_time     bigint   NOT NULL,
  utility_source   smallint NOT NULL,
  PRIMARY KEY (tenant_id, contact_id, scope_id)
);

-- How many opted out, and since when.
CREATE INDEX consents_revoked ON consents (tenant_id, marketing_time)
  WHERE marketing = 2 AND scope_id = '00000000-0000-0000-0000-000000000000';

-- When a person last wrote to a sender: opens the 24 hour window.
CREATE TABLE contact_windows (
  tenant_id    uuid   NOT NULL,
  contact_id   uuid   NOT NULL,
  sender_id    uuid   NOT NULL,
  inbound_time bigint NOT NULL,
  PRIMARY KEY (tenant_id, contact_id, sender_id)
);

-- Thousands a tenant. prepare_cursor is the last frozen contact while PREPARING.
CREATE TABLE campaigns (
  tenant_id       uuid     NOT NULL REFERENCES tenants,
  campaign_id     uuid     NOT NULL,
  display_name    text     NOT NULL,
  template_id     uuid     NOT NULL,
  sender_id       uuid     NOT NULL,
  list_id         uuid     NOT NULL,
  parameters      text     NOT NULL,
  state           smallint NOT NULL,
  pause_cause     smallint NOT NULL,
  pause_actor     text     NOT NULL,
  state_detail    text     NOT NULL,
  recipients      bigint   NOT NULL,
  prepare_cursor  uuid,
  prepare_done    boolean  NOT NULL,
  last_request_id text     NOT NULL,
  schedule_time   bigint,
  launch_time     bigint,
  start_time      bigint,
  end_time        bigint,
  version         bigint   NOT NULL,
  create_time     bigint   NOT NULL,
  update_time     bigint   NOT NULL,
  PRIMARY KEY (tenant_id, campaign_id),
  CONSTRAINT campaigns_end CHECK ((state IN (6, 7, 8)) = (end_time IS NOT NULL))
);
-- Due schedules and work to prepare or complete; only live campaigns are in it.
CREATE INDEX campaigns_live ON campaigns (state, schedule_time) WHERE state IN (2, 3, 4, 5);
-- Ended before all was sent: what is still queued of them is swept up.
CREATE INDEX campaigns_broken_off ON campaigns (end_time) WHERE state IN (7, 8);
-- Whose messages a sender may claim now; a handful a sender.
CREATE INDEX campaigns_running ON campaigns (tenant_id, sender_id, campaign_id) WHERE state = 4;

-- One row an outgoing message, up to hundreds of millions. class: 1 authentication, 2 reply, 3 utility, 4 marketing.
-- content is set for free-form messages only, until they leave; template messages take their parameters from campaign and contact.
CREATE TABLE messages (
  tenant_id          uuid     NOT NULL,
  message_id         uuid     NOT NULL,
  campaign_id        uuid,
  contact_id         uuid     NOT NULL,
  sender_id          uuid     NOT NULL,
  class              smallint NOT NULL,
  state              smallint NOT NULL,
  suppression_reason smallint NOT NULL,
  error_code         integer  NOT NULL,
  error_detail       text     NOT NULL,
  template_id        uuid,
  content            text,
  dedupe_key         text,
  due_time           bigint   NOT NULL,
  attempts           smallint NOT NULL,
  claim_node         text,
  claim_epoch        bigint,
  claim_expire_time  bigint,
  wamid              text,
  create_time        bigint   NOT NULL,
  claim_time         bigint,
  accept_time        bigint,
  sent_time          bigint,
  delivered_time     bigint,
  read_time          bigint,
  end_time           bigint,
  PRIMARY KEY (tenant_id, message_id)
)
-- Every message is written about five times within minutes; the defaults would look at a large table far too seldom.
WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);
-- Every change of state writes into every index without a WHERE, about five times a message: each must earn its place.
-- One message a campaign and contact; reports and lists walk a campaign by it.
CREATE UNIQUE INDEX messages_by_campaign_contact ON messages (tenant_id, campaign_id, contact_id) WHERE campaign_id IS NOT NULL;
CREATE UNIQUE INDEX messages_by_dedupe_key ON messages (tenant_id, dedupe_key) WHERE dedupe_key IS NOT NULL;
-- What is due, in the order it is claimed, campaign by campaign, so that the queue of a paused one is never walked over; also finds
-- what a campaign still has queued. Holds queued rows only, so it stays as small as the queue.
CREATE INDEX messages_due ON messages (tenant_id, sender_id, campaign_id, class, due_time, message_id) WHERE state = 10;
-- Claims to be given up after a crash, and what a campaign waits for before it completes; at most what is in flight.
CREATE INDEX messages_claimed ON messages (tenant_id, campaign_id, claim_expire_time) WHERE state = 20;
-- Opt-outs suppress a person's queued messages at once; the messages of a person are listed.
CREATE INDEX messages_by_contact ON messages (tenant_id, contact_id, message_id);
-- Statuses that carry no callback data of ours, and button taps that quote a message.
CREATE INDEX messages_by_wamid ON messages (tenant_id, wamid) WHERE wamid IS NOT NULL;

-- Written in the claim, before the request: the journal. outcome: 0 open, 1 accepted, 2 refused, 3 unknown, 4 not sent.
CREATE TABLE message_attempts (
  tenant_id  uuid     NOT NULL,
  message_id uuid     NOT NULL,
  attempt    smallint NOT NULL,
  node       text     NOT NULL,
  epoch      bigint   NOT NULL,
  start_time bigint   NOT NULL,
  end_time   bigint,
  outcome    smallint NOT NULL,
  error_code integer  NOT NULL,
  PRIMARY KEY (tenant_id, message_id, attempt)
);

-- Raw deliveries. state: 1 waiting, 2 done, 3 dead. body_hash makes Meta's repetition of one delivery a no-op.
CREATE TABLE webhook_inbox (
  delivery_id  uuid     NOT NULL,
  body_hash    bytea    NOT NULL,
  body         bytea    NOT NULL,
  state        smallint NOT NULL,
  attempts     smallint NOT NULL,
  error        text     NOT NULL,
  receive_time bigint   NOT NULL,
  next_time    bigint   NOT NULL,
  done_time    bigint,
  PRIMARY KEY (delivery_id)
);
CREATE UNIQUE INDEX webhook_inbox_by_hash ON webhook_inbox (body_hash);
CREATE INDEX webhook_inbox_waiting ON webhook_inbox (delivery_id) WHERE state = 1;
CREATE INDEX webhook_inbox_dead ON webhook_inbox (delivery_id) WHERE state = 3;
CREATE INDEX webhook_inbox_done ON webhook_inbox (done_time) WHERE state = 2;

-- Kinds of webhook changes that nothing handles yet, counted so that nobody has to guess.
CREATE TABLE webhook_unknown_kinds (
  kind       text   NOT NULL,
  count      bigint NOT NULL,
  first_time bigint NOT NULL,
  last_time  bigint NOT NULL,
  PRIMARY KEY (kind)
);

-- The answer to a mutation, repeated when the caller repeats its request_id. response is null while the first call runs.
CREATE TABLE idempotent_requests (
  tenant_id    uuid   NOT NULL,
  request_id   text   NOT NULL,
  method       text   NOT NULL,
  request_hash bytea  NOT NULL,
  resource_id  uuid   NOT NULL,
  response     bytea,
  create_time  bigint NOT NULL,
  PRIMARY KEY (tenant_id, request_id)
);
CREATE INDEX idempotent_requests_by_age ON idempotent_requests (create_time);

CREATE TABLE audit_log (
  tenant_id uuid   NOT NULL,
  audit_id  uuid   NOT NULL,
  time      bigint NOT NULL,
  actor     text   NOT NULL,
  action    text   NOT NULL,
  resource  text   NOT NULL,
  outcome   text   NOT NULL,
  peer      text   NOT NULL,
  detail    text   NOT NULL,
  PRIMARY KEY (tenant_id, audit_id)
);

-- Who works on what. A lease is taken, renewed and checked in the database's own time.
CREATE TABLE leases (
  lease_name  text   NOT NULL,
  node        text   NOT NULL,
  epoch       bigint NOT NULL,
  expire_time bigint NOT NULL,
  PRIMARY KEY (lease_name)
);

-- Private documents of grains; every write is conditional on the version that was read.
CREATE TABLE grain_documents (
  grain_type  text   NOT NULL,
  grain_id    text   NOT NULL,
  state_name  text   NOT NULL,
  version     bigint NOT NULL,
  payload     text,
  update_time bigint NOT NULL,
  PRIMARY KEY (grain_type, grain_id, state_name)
);

CREATE TABLE data_protection_keys (
  key_id text NOT NULL,
  xml    text NOT NULL,
  PRIMARY KEY (key_id)
);
