-- Secrets, encrypted with AES-256-GCM; owner, purpose and key id are authenticated with the content. Which key new ones
-- are encrypted with says the fact `encryption_key`.
CREATE TABLE secret (
  -- a user's id, or the name of what of the server's own it belongs to
  owner VARCHAR(64) NOT NULL,
  purpose VARCHAR(64) NOT NULL,
  -- the owner if that is a user, so that the secret goes with the account
  user_id VARCHAR(64),
  key_id VARCHAR(64) NOT NULL,
  -- base64 of nonce, ciphertext and tag
  sealed TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (owner, purpose),
  CONSTRAINT secret_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX secret_by_user ON secret (user_id);
CREATE INDEX secret_by_key ON secret (key_id);
