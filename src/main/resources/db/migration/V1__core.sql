-- One schema for SQLite and PostgreSQL: instants are epoch milliseconds, ids and JSON are text, no vendor types.
-- Statements that only one of them knows go to db/migration/sqlite or db/migration/postgresql.

-- People and the ways they prove who they are. Tokens and keys are stored as SHA-256 hashes only.
CREATE TABLE users (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  name VARCHAR(200) NOT NULL,
  email VARCHAR(320) NOT NULL,
  email_verified BOOLEAN NOT NULL,
  password_hash VARCHAR(255),
  role VARCHAR(16) NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  -- the sequence of the user's task changes, see task.change_seq
  change_seq BIGINT NOT NULL,
  CONSTRAINT users_email UNIQUE (email)
);

CREATE TABLE login_session (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  token_hash VARCHAR(64) NOT NULL,
  user_id VARCHAR(64) NOT NULL,
  ip_address VARCHAR(64) NOT NULL,
  user_agent VARCHAR(512) NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  CONSTRAINT login_session_token UNIQUE (token_hash),
  CONSTRAINT login_session_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX login_session_by_user ON login_session (user_id);

CREATE TABLE access_key (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  user_id VARCHAR(64) NOT NULL,
  name VARCHAR(200),
  start VARCHAR(16) NOT NULL,
  key_hash VARCHAR(64) NOT NULL,
  permissions TEXT NOT NULL,
  enabled BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  expires_at BIGINT,
  last_request_at BIGINT,
  CONSTRAINT access_key_hash UNIQUE (key_hash),
  CONSTRAINT access_key_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX access_key_by_user ON access_key (user_id);

-- Server-wide facts that must be one per database (the setup state, the check value of the encryption key).
CREATE TABLE fact (
  name VARCHAR(64) NOT NULL PRIMARY KEY,
  content TEXT NOT NULL
);

-- The queue is this table: a pending row is claimed by one update.
CREATE TABLE task (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  user_id VARCHAR(64) NOT NULL,
  title VARCHAR(400) NOT NULL,
  prompt TEXT NOT NULL,
  status VARCHAR(16) NOT NULL,
  phase VARCHAR(24),
  progress INT NOT NULL,
  agent VARCHAR(32) NOT NULL,
  model VARCHAR(200),
  repository VARCHAR(400) NOT NULL,
  base_branch VARCHAR(400),
  branch VARCHAR(400) NOT NULL,
  permission_mode VARCHAR(16) NOT NULL,
  keep_alive BOOLEAN NOT NULL,
  pull_request VARCHAR(16) NOT NULL,
  max_duration_minutes INT,
  attempt INT NOT NULL,
  -- how the next attempt starts: fresh, follow_up or finish_only
  start_mode VARCHAR(16) NOT NULL,
  error_code VARCHAR(64),
  error_message TEXT,
  commit_id VARCHAR(64),
  pull_request_url VARCHAR(1000),
  input_tokens BIGINT,
  output_tokens BIGINT,
  cached_tokens BIGINT,
  cost_usd DOUBLE PRECISION,
  -- a resumable session of the agent's own, for follow-ups
  agent_session VARCHAR(200),
  -- the commit we last pushed to the working branch; a push carries a lease on it
  pushed_commit VARCHAR(64),
  created_at BIGINT NOT NULL,
  -- when it entered the queue: creation, retry or follow-up
  queued_at BIGINT NOT NULL,
  started_at BIGINT,
  completed_at BIGINT,
  updated_at BIGINT NOT NULL,
  owner_node VARCHAR(64),
  cancel_requested_at BIGINT,
  -- position in the owner's sequence of task changes; each change of what the list shows moves it
  change_seq BIGINT NOT NULL,
  CONSTRAINT task_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX task_newest ON task (user_id, created_at, id);
CREATE INDEX task_newest_by_status ON task (user_id, status, created_at, id);
CREATE INDEX task_queue ON task (user_id, status, queued_at, id);
CREATE INDEX task_owned ON task (status, owner_node);
CREATE INDEX task_changes ON task (user_id, change_seq);

CREATE TABLE task_count (
  user_id VARCHAR(64) NOT NULL,
  status VARCHAR(16) NOT NULL,
  tasks BIGINT NOT NULL,
  PRIMARY KEY (user_id, status)
);

-- Deleted tasks, kept for readers of the change feed that were away, and as the list of what is still to be swept:
-- events and files go after the row, in pieces.
CREATE TABLE task_tombstone (
  user_id VARCHAR(64) NOT NULL,
  change_seq BIGINT NOT NULL,
  task_id VARCHAR(64) NOT NULL,
  swept BOOLEAN NOT NULL,
  PRIMARY KEY (user_id, change_seq)
);
CREATE INDEX task_tombstone_unswept ON task_tombstone (swept);

-- The record of one attempt: everything needed to take it up again after the server died.
CREATE TABLE attempt (
  task_id VARCHAR(64) NOT NULL,
  attempt INT NOT NULL,
  -- the step that is under way, see Step
  step VARCHAR(16) NOT NULL,
  -- what the agent is asked: the task's prompt or a follow-up
  prompt TEXT NOT NULL,
  -- the agent's session it goes on with, if any
  resume_session VARCHAR(200),
  -- how often the agent was started anew within the attempt (its session was lost): names its control directory
  launch INT NOT NULL,
  -- the seq of its first event
  first_seq BIGINT,
  base_branch VARCHAR(400),
  base_commit VARCHAR(64),
  start_commit VARCHAR(64),
  result_commit VARCHAR(64),
  -- bytes of the agent's stdout and stderr all of whose events are stored
  stdout_position BIGINT NOT NULL,
  stderr_position BIGINT NOT NULL,
  -- when the attempt ends at the latest; moved while it waits for a person
  deadline_at BIGINT NOT NULL,
  awaiting_since BIGINT,
  -- how the agent's part ended, once it has; null code: well
  agent_error_code VARCHAR(64),
  agent_error_message TEXT,
  -- what it used; the task's row has the sum of its attempts
  input_tokens BIGINT,
  output_tokens BIGINT,
  cached_tokens BIGINT,
  cost_usd DOUBLE PRECISION,
  started_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (task_id, attempt),
  CONSTRAINT attempt_task FOREIGN KEY (task_id) REFERENCES task (id) ON DELETE CASCADE
);

-- What the server wrote to an agent, in order; the agent's input file is these rows' bytes, one after the other.
CREATE TABLE agent_input (
  task_id VARCHAR(64) NOT NULL,
  attempt INT NOT NULL,
  n INT NOT NULL,
  -- start, prompt, answer, interrupt, close, or reply (caused by the agent's own line)
  cause VARCHAR(16) NOT NULL,
  payload TEXT NOT NULL,
  -- the agent's stdout position at which it was given
  stdout_position BIGINT NOT NULL,
  input_offset BIGINT NOT NULL,
  bytes TEXT NOT NULL,
  PRIMARY KEY (task_id, attempt, n)
);

CREATE TABLE permission (
  task_id VARCHAR(64) NOT NULL,
  request_id VARCHAR(128) NOT NULL,
  attempt INT NOT NULL,
  seq BIGINT NOT NULL,
  tool_name VARCHAR(200) NOT NULL,
  expires_at BIGINT NOT NULL,
  decision VARCHAR(16),
  message TEXT,
  decided_by VARCHAR(64),
  decided_at BIGINT,
  -- true once the answer is in the event log and the agent's input
  delivered BOOLEAN NOT NULL,
  PRIMARY KEY (task_id, request_id),
  CONSTRAINT permission_task FOREIGN KEY (task_id) REFERENCES task (id) ON DELETE CASCADE
);
CREATE INDEX permission_open ON permission (task_id, delivered);

-- What the user said after the prompt. A row waits until an attempt takes it, or is dropped when the attempt fails.
CREATE TABLE follow_up (
  id VARCHAR(64) NOT NULL PRIMARY KEY,
  task_id VARCHAR(64) NOT NULL,
  -- order within the task
  n BIGINT NOT NULL,
  content TEXT NOT NULL,
  -- queued, taken or dropped
  state VARCHAR(16) NOT NULL,
  -- the seq of the event log at which it was taken: its place in the conversation
  taken_seq BIGINT,
  created_at BIGINT NOT NULL,
  CONSTRAINT follow_up_order UNIQUE (task_id, n),
  CONSTRAINT follow_up_task FOREIGN KEY (task_id) REFERENCES task (id) ON DELETE CASCADE
);

CREATE TABLE idempotency_key (
  user_id VARCHAR(64) NOT NULL,
  key_text VARCHAR(255) NOT NULL,
  body_hash VARCHAR(64) NOT NULL,
  task_id VARCHAR(64) NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, key_text)
);
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);

-- The event log. next_seq and epoch live apart from the task, since every append touches them and nothing else needs them.
CREATE TABLE event_log (
  task_id VARCHAR(64) NOT NULL PRIMARY KEY,
  next_seq BIGINT NOT NULL,
  -- who may append: raised by each claim, so a node that lost the task can no longer write
  epoch BIGINT NOT NULL,
  CONSTRAINT event_log_task FOREIGN KEY (task_id) REFERENCES task (id) ON DELETE CASCADE
);

CREATE TABLE event (
  task_id VARCHAR(64) NOT NULL,
  seq BIGINT NOT NULL,
  kind VARCHAR(24) NOT NULL,
  created_at BIGINT NOT NULL,
  -- for message events the seq at which the message began: a reader that starts in the middle reads from there once
  message_start BIGINT,
  body TEXT NOT NULL,
  PRIMARY KEY (task_id, seq)
);
