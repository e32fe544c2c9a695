-- Times are whole milliseconds since 1970. Where a table is WITHOUT ROWID, rows lie in the order of their keys, so that
-- the file does not remember who came first.
--
-- A session's events and receipts lie in two tables of its own (log_<number>, receipts_<number>; see sqlite-events.ts).
-- SQLite leaves stale copies of rows in the gaps of pages that it splits or joins, whatever secure_delete says; but a
-- page belongs to one table, and a table that is emptied at once has its pages overwritten. So a session can be
-- erased to the last byte at the cost of its own size. Foreign keys would forbid that way of emptying.

CREATE TABLE sessions (
  id         TEXT PRIMARY KEY,
  number     INTEGER NOT NULL UNIQUE,
  code       TEXT NOT NULL,
  join_token TEXT NOT NULL UNIQUE,
  title      TEXT NOT NULL,
  phase      TEXT NOT NULL CHECK (phase IN ('draft', 'open', 'live', 'ended')),
  created_at INTEGER NOT NULL,
  ended_at   INTEGER
) STRICT, WITHOUT ROWID;

-- An ended session keeps its code for the record, while the same digits may one day admit to another.
CREATE UNIQUE INDEX sessions_by_code ON sessions (code) WHERE phase <> 'ended';
CREATE INDEX sessions_by_any_code ON sessions (code);

-- The codes of deleted sessions, as numbers: an old poster must not lead into a stranger's room.
CREATE TABLE spent_codes (
  code     INTEGER PRIMARY KEY,
  spent_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
  hash       TEXT PRIMARY KEY,
  role       TEXT NOT NULL CHECK (role IN ('host', 'facilitator', 'cofacilitator', 'screen', 'participant')),
  session    TEXT,
  person     TEXT,
  name       TEXT,
  -- The hash of the key that this one was exchanged for.
  parent     TEXT,
  handle     TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX keys_by_session ON keys (session, role);
CREATE INDEX keys_by_parent ON keys (parent) WHERE parent IS NOT NULL;

CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
