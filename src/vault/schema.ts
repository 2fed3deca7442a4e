/** "CSv1" in ASCII: SQLite's application id of a vault. */
export const APPLICATION_ID = 0x43537631;

/** Rows that may be added and never changed or removed; the database itself refuses. */
export const APPEND_ONLY = ['rosters', 'certificates', 'reviewer_keys', 'shares', 'cases', 'entries', 'objects'] as const;

/** The first tables. */
export const TABLES = `
CREATE TABLE rosters (
  number INTEGER PRIMARY KEY,
  statement TEXT NOT NULL,
  signature BLOB NOT NULL,
  root_key BLOB NOT NULL
) STRICT;
CREATE TABLE certificates (
  fingerprint TEXT PRIMARY KEY,
  pem TEXT NOT NULL
) STRICT;
CREATE TABLE reviewer_keys (
  certificate TEXT PRIMARY KEY REFERENCES certificates (fingerprint),
  kdf TEXT NOT NULL,
  salt BLOB NOT NULL,
  box BLOB NOT NULL
) STRICT;
CREATE TABLE shares (
  roster INTEGER NOT NULL REFERENCES rosters (number),
  first TEXT NOT NULL,
  second TEXT NOT NULL CHECK (first < second),
  first_share BLOB NOT NULL,
  second_share BLOB NOT NULL,
  PRIMARY KEY (roster, first, second)
) STRICT;
CREATE TABLE cases (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  wrapped_key BLOB NOT NULL
) STRICT;
CREATE TABLE entries (
  case_id TEXT NOT NULL REFERENCES cases (id),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  header TEXT NOT NULL,
  signatures TEXT NOT NULL,
  body BLOB NOT NULL,
  UNIQUE (case_id, seq)
) STRICT;
CREATE INDEX checkpoints ON entries (case_id, seq) WHERE kind = 'checkpoint';
CREATE TABLE heads (
  case_id TEXT PRIMARY KEY REFERENCES cases (id),
  seq INTEGER NOT NULL,
  objects INTEGER NOT NULL,
  mac BLOB NOT NULL
) STRICT;
CREATE TABLE objects (
  case_id TEXT NOT NULL,
  exhibit TEXT NOT NULL,
  part TEXT NOT NULL,
  seq INTEGER NOT NULL,
  file TEXT NOT NULL UNIQUE,
  cipher_sha256 TEXT NOT NULL,
  box BLOB NOT NULL,
  PRIMARY KEY (case_id, exhibit, part),
  FOREIGN KEY (case_id, seq) REFERENCES entries (case_id, seq)
) STRICT;
CREATE TABLE case_list (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  box BLOB NOT NULL
) STRICT;
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  box BLOB NOT NULL
) STRICT;
CREATE TABLE attempts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  initials TEXT NOT NULL
) STRICT;
CREATE TABLE attempts_settled (
  initials TEXT PRIMARY KEY,
  up_to INTEGER NOT NULL
) STRICT;
`;

/** An entry and its case's head change in one statement, so that one append is one step of SQLite. */
export const APPENDING = `
CREATE TRIGGER entries_in_order BEFORE INSERT ON entries
WHEN NEW.seq <> (SELECT coalesce(max(seq), -1) + 1 FROM entries WHERE case_id = NEW.case_id)
BEGIN SELECT RAISE(ABORT, 'an entry follows the one before it'); END;
CREATE VIEW appends AS
SELECT e.case_id, e.seq, e.kind, e.header, e.signatures, e.body, h.objects, h.mac FROM entries e JOIN heads h ON h.case_id = e.case_id AND h.seq = e.seq;
CREATE TRIGGER appends_insert INSTEAD OF INSERT ON appends
BEGIN
  INSERT INTO entries (case_id, seq, kind, header, signatures, body) VALUES (NEW.case_id, NEW.seq, NEW.kind, NEW.header, NEW.signatures, NEW.body);
  INSERT INTO heads (case_id, seq, objects, mac) VALUES (NEW.case_id, NEW.seq, NEW.objects, NEW.mac)
  ON CONFLICT (case_id) DO UPDATE SET seq = excluded.seq, objects = excluded.objects, mac = excluded.mac;
END;
`;

/** The guards of an append-only table. */
export function appendOnly(table: string): string {
  return `${guard(table, 'update')}\n${guard(table, 'delete')}\n`;
}

/** The trigger that refuses one act on a table. */
export function guard(table: string, act: 'update' | 'delete'): string {
  return `CREATE TRIGGER ${table}_no_${act} BEFORE ${act.toUpperCase()} ON ${table} BEGIN SELECT RAISE(ABORT, '${table} may only be added to'); END;`;
}

/** The vault key is replaced whenever reviewers are: what only the old one opens must not stay beside the old rosters. */
export const ROOT_KEY = `
CREATE TABLE root_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  box BLOB NOT NULL
) STRICT;
INSERT INTO root_key (id, box) SELECT 1, root_key FROM rosters ORDER BY number DESC LIMIT 1;
ALTER TABLE rosters DROP COLUMN root_key;
`;

/** What is known of each backup, boxed. */
export const BACKUPS = `
CREATE TABLE backups (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  box BLOB NOT NULL
) STRICT;
`;

/** `removals`: evidence files of destroyed cases that are still to be removed. */
export const DESTRUCTIONS = `
CREATE TABLE destructions (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  box BLOB NOT NULL
) STRICT;
CREATE TABLE removals (
  file TEXT PRIMARY KEY
) STRICT;
`;

/** What is written down before two have signed in, sealed for them. */
export const INBOX = `
CREATE TABLE inbox_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  box BLOB NOT NULL
) STRICT;
CREATE TABLE inbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lane TEXT NOT NULL CHECK (lane IN ('person', 'vault')),
  sealed BLOB NOT NULL
) STRICT;
`;

/** What the app made of a case's entries so far: a second copy, which may be replaced or lost. */
export const KEPT_STATES = `
CREATE TABLE kept_states (
  case_id TEXT PRIMARY KEY REFERENCES cases (id),
  box BLOB NOT NULL
) STRICT;
`;
