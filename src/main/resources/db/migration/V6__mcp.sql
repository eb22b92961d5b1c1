-- Servers of tools (MCP) that a user's agents may use. Values of variables and headers are in `secret`, purpose mcp/<name>.
CREATE TABLE mcp_server (
  user_id VARCHAR(64) NOT NULL,
  name VARCHAR(64) NOT NULL,
  -- JSON: command and arguments, or the address; names of variables or headers
  definition TEXT NOT NULL,
  -- whether tasks use it that do not say which they use
  enabled BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, name),
  CONSTRAINT mcp_server_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

-- the names of those that the task uses, a JSON array; null for none
ALTER TABLE task ADD COLUMN mcp_servers TEXT;

-- a fingerprint of the login file that the attempt's agent got, so that a refreshed one can be taken back
ALTER TABLE attempt ADD COLUMN login_given VARCHAR(64);
