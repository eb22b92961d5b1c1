-- Of which content an agent made this one, by its fingerprint; null if a user entered it. So a task that still has the
-- old login can tell a renewal, which is its own too, from another choice of the user's.
ALTER TABLE secret ADD COLUMN renewed_from VARCHAR(64);
