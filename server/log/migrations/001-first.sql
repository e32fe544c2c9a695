-- Every table is WITHOUT ROWID: rows lie in the order of their keys, so that the file does not remember who came first.
-- Times are whole milliseconds since 1970.

CREATE TABLE sessions (
  id         TEXT PRIMARY KEY,
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

CREATE TABLE events (
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  seq     INTEGER NOT NULL CHECK (seq > 0),
  at      INTEGER NOT NULL,
  step    TEXT,
  data    TEXT NOT NULL,
  PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

-- Neither author nor sequence number: a receipt says that a command was answered, and nothing more.
CREATE TABLE receipts (
  session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  hash    TEXT NOT NULL,
  PRIMARY KEY (session, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
  hash       TEXT PRIMARY KEY,
  role       TEXT NOT NULL CHECK (role IN ('host', 'facilitator', 'cofacilitator', 'screen', 'participant')),
  session    TEXT REFERENCES sessions (id) ON DELETE CASCADE,
  person     TEXT,
  name       TEXT,
  -- Revoking deletes the row, and with it every key made from it.
  parent     TEXT REFERENCES keys (hash) ON DELETE CASCADE,
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
