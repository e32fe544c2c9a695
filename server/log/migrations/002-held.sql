-- Since when a session is on hold: nothing deletes it, neither a person nor its age. NULL: it is not.
ALTER TABLE sessions ADD COLUMN held INTEGER;
