-- least: 1
-- (The oldest schema whose program may still write beside this one: while servers are brought up to date one by one, two versions work
-- on one database. A change that an older program would break says its own number here, and then old servers have to go first.)
--
-- Times are whole milliseconds since 1970. COLLATE "C": one order everywhere, whatever the database's language.
--
-- A session's events and receipts lie in two tables of its own (log_<number>, receipts_<number>; see postgres-tables.ts). PostgreSQL
-- leaves a removed row in its page until others need the room, and no command takes single rows out of a file; but a dropped table's
-- file is gone with its commit. So a session is erased to the last byte at the cost of its own size, and others are not touched.
--
-- SET STATISTICS 0: ANALYZE would copy the most common values into pg_statistic, where nobody would look for them to erase them.

CREATE TABLE sessions (
  id         text COLLATE "C" PRIMARY KEY,
  code       text COLLATE "C" NOT NULL,
  join_token text COLLATE "C" NOT NULL UNIQUE,
  title      text NOT NULL,
  phase      text COLLATE "C" NOT NULL CHECK (phase IN ('draft', 'open', 'live', 'ended')),
  created_at bigint NOT NULL,
  ended_at   bigint,
  -- Since when it is on hold: nothing deletes it.
  held       bigint
);
ALTER TABLE sessions
  ALTER id SET STATISTICS 0, ALTER code SET STATISTICS 0, ALTER join_token SET STATISTICS 0, ALTER title SET STATISTICS 0;

-- An ended session keeps its code for the record, while the same digits may one day admit to another.
CREATE UNIQUE INDEX sessions_by_code ON sessions (code) WHERE phase <> 'ended';
CREATE INDEX sessions_by_any_code ON sessions (code);

-- Where each session's log stands, and the number of the tables that it stands in, which a rewrite changes. A row of its own, which
-- is written with every append: half a page stays free, so that the next version of a row lies in the same page and no index is touched.
CREATE TABLE heads (
  session text COLLATE "C" PRIMARY KEY,
  number  integer NOT NULL UNIQUE,
  seq     integer NOT NULL,
  edition integer NOT NULL
) WITH (fillfactor = 50);
ALTER TABLE heads ALTER session SET STATISTICS 0;
CREATE SEQUENCE table_numbers AS integer;

-- The codes of deleted sessions, as numbers: an old poster must not lead into a stranger's room.
CREATE TABLE spent_codes (
  code     integer PRIMARY KEY,
  spent_at bigint NOT NULL
);

CREATE TABLE keys (
  hash       text COLLATE "C" PRIMARY KEY,
  role       text COLLATE "C" NOT NULL CHECK (role IN ('host', 'facilitator', 'cofacilitator', 'screen', 'participant')),
  session    text COLLATE "C",
  person     text COLLATE "C",
  name       text,
  -- The hash of the key that this one was exchanged for.
  parent     text COLLATE "C",
  handle     text COLLATE "C" NOT NULL UNIQUE,
  created_at bigint NOT NULL,
  expires_at bigint
);
ALTER TABLE keys
  ALTER hash SET STATISTICS 0, ALTER session SET STATISTICS 0, ALTER person SET STATISTICS 0,
  ALTER name SET STATISTICS 0, ALTER parent SET STATISTICS 0, ALTER handle SET STATISTICS 0;
CREATE INDEX keys_by_session ON keys (session, role);
CREATE INDEX keys_by_parent ON keys (parent) WHERE parent IS NOT NULL;

CREATE TABLE settings (
  name  text COLLATE "C" PRIMARY KEY,
  value text NOT NULL
);
ALTER TABLE settings ALTER value SET STATISTICS 0;

-- What was promised away and still lies in a file: tables to be dropped, tables to be written anew (postgres-owed.ts).
CREATE TABLE owed (
  what  text COLLATE "C" PRIMARY KEY,
  since bigint NOT NULL
);
