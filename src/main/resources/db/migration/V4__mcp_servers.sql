-- An attempt that waits for its agent's quota: when it first began to, and until when it waits now. Whether the error of
-- its agent's part may pass by itself.
ALTER TABLE attempt ADD COLUMN quota_since BIGINT;
ALTER TABLE attempt ADD COLUMN quota_until BIGINT;
ALTER TABLE attempt ADD COLUMN agent_error_retryable BOOLEAN;
