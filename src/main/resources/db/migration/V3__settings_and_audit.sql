-- What an admin set. Secret settings are not here but among the encrypted secrets.
CREATE TABLE setting (
  name VARCHAR(100) NOT NULL PRIMARY KEY,
  -- JSON
  content TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- Who did what. Each entry's mac covers the entry and the mac before it.
CREATE TABLE audit_entry (
  n BIGINT NOT NULL PRIMARY KEY,
  created_at BIGINT NOT NULL,
  actor VARCHAR(64) NOT NULL,
  action VARCHAR(64) NOT NULL,
  target VARCHAR(400) NOT NULL,
  ip VARCHAR(64) NOT NULL,
  -- a JSON object
  details TEXT NOT NULL,
  mac VARCHAR(64) NOT NULL
);
CREATE INDEX audit_entry_by_action ON audit_entry (action, n);
CREATE INDEX audit_entry_by_actor ON audit_entry (actor, n);

-- How long the chain is: one row, made with the first entry. The seal is a MAC of its own, so that a chain that was cut
-- can't be given a fitting head.
CREATE TABLE audit_head (
  name VARCHAR(16) NOT NULL PRIMARY KEY,
  entries BIGINT NOT NULL,
  mac VARCHAR(64) NOT NULL,
  seal VARCHAR(64) NOT NULL
);

-- The lists of all users' tasks.
CREATE INDEX task_newest_of_all ON task (created_at, id);
CREATE INDEX task_newest_of_all_by_status ON task (status, created_at, id);

-- Tokens that were sent somewhere and prove, once, that they arrived: for password resets, e-mail addresses, and
-- sign-ins that are under way at a provider.
CREATE TABLE verification (
  token_hash VARCHAR(64) NOT NULL PRIMARY KEY,
  purpose VARCHAR(32) NOT NULL,
  user_id VARCHAR(64),
  -- JSON
  content TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT verification_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX verification_by_user ON verification (user_id);
CREATE INDEX verification_by_end ON verification (expires_at);

-- Who at a provider of sign-ins is which user here.
CREATE TABLE linked_account (
  -- the issuer, or the provider's id where there is none
  provider VARCHAR(400) NOT NULL,
  subject VARCHAR(255) NOT NULL,
  user_id VARCHAR(64) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (provider, subject),
  CONSTRAINT linked_account_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX linked_account_by_user ON linked_account (user_id);

-- A JSON object of the key's owner, or null.
ALTER TABLE access_key ADD COLUMN metadata TEXT;
