-- Of which contents agents made this one, by their fingerprints, the newest first; null if a user entered it. So a task
-- that still has an old login can tell a renewal, which is its own too, from another choice of the user's.
ALTER TABLE secret ADD COLUMN renewed_from VARCHAR(1039);
