-- Since when a contact's data is kept and not used; null for almost all. Read by key where consent is, and never searched for.
ALTER TABLE contacts ADD COLUMN restrict_time bigint;
