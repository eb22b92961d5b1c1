-- Lines of the agents' programs that this release does not know; the lines themselves are in the tasks' logs.
CREATE TABLE unknown_line (
  agent VARCHAR(64) NOT NULL,
  version VARCHAR(200) NOT NULL,
  -- what the line says of its kind
  kind VARCHAR(200) NOT NULL,
  lines BIGINT NOT NULL,
  -- the last time, and in which task; that may be deleted meanwhile
  last_at BIGINT NOT NULL,
  last_task_id VARCHAR(64) NOT NULL,
  PRIMARY KEY (agent, version, kind)
);

-- the version of the agent's program, once it was started
ALTER TABLE attempt ADD COLUMN agent_version VARCHAR(200);
