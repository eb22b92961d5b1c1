-- What a task's terminal shows: one row of bytes over all its attempts and shells, masked. Only grows.
CREATE TABLE terminal (
  task_id VARCHAR(64) NOT NULL PRIMARY KEY,
  -- how many bytes there are
  end_at BIGINT NOT NULL,
  -- how many shells were opened, and whether the last of them is open
  shell INT NOT NULL,
  shell_open BOOLEAN NOT NULL,
  -- how far the last shell's spool is taken in
  taken BIGINT NOT NULL,
  screen_rows INT NOT NULL,
  screen_columns INT NOT NULL,
  -- the agent's command that was shown last
  agent_call VARCHAR(200),
  CONSTRAINT terminal_task FOREIGN KEY (task_id) REFERENCES task (id) ON DELETE CASCADE
);

-- Pieces of it in base64.
CREATE TABLE terminal_output (
  task_id VARCHAR(64) NOT NULL,
  start_at BIGINT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (task_id, start_at),
  CONSTRAINT terminal_output_task FOREIGN KEY (task_id) REFERENCES task (id) ON DELETE CASCADE
);
