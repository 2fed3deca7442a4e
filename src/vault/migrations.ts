import { z } from 'zod';
import { CodedError } from '../record/coded-error.js';
import { Database, type ScriptSql } from './database.js';
import { FLAG_LISTS } from './flag-lists.js';
import { altered, damaged } from './storage-error.js';

/** "CSv1" in ASCII: SQLite's application id of a vault. */
export const APPLICATION_ID = 0x43537631;

/** Rows that may be added and never changed or removed; the database itself refuses. */
const APPEND_ONLY = ['rosters', 'certificates', 'reviewer_keys', 'shares', 'cases', 'entries', 'objects'] as const;

const TABLES = `
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
const APPENDING = `
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

function appendOnly(table: string): string {
  return `${guard(table, 'update')}\n${guard(table, 'delete')}\n`;
}

function guard(table: string, act: 'update' | 'delete'): string {
  return `CREATE TRIGGER ${table}_no_${act} BEFORE ${act.toUpperCase()} ON ${table} BEGIN SELECT RAISE(ABORT, '${table} may only be added to'); END;`;
}

/** The vault key is replaced whenever reviewers are: what only the old one opens must not stay beside the old rosters. */
const ROOT_KEY = `
CREATE TABLE root_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  box BLOB NOT NULL
) STRICT;
INSERT INTO root_key (id, box) SELECT 1, root_key FROM rosters ORDER BY number DESC LIMIT 1;
ALTER TABLE rosters DROP COLUMN root_key;
`;

const BACKUPS = `
CREATE TABLE backups (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  box BLOB NOT NULL
) STRICT;
`;

/** `removals`: evidence files of destroyed cases that are still to be removed. */
const DESTRUCTIONS = `
CREATE TABLE destructions (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  box BLOB NOT NULL
) STRICT;
CREATE TABLE removals (
  file TEXT PRIMARY KEY
) STRICT;
`;

const INBOX = `
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
const KEPT_STATES = `
CREATE TABLE kept_states (
  case_id TEXT PRIMARY KEY REFERENCES cases (id),
  box BLOB NOT NULL
) STRICT;
`;

/** An append-only table, and what must be possible there for once. */
export interface Exception {
  readonly table: 'reviewer_keys' | 'shares' | 'cases' | 'entries' | 'objects' | 'backups' | 'destructions';
  readonly act: 'update' | 'delete';
}

/**
 * Takes the guards of append-only tables away while `work` runs, inside its transaction; they are back before it ends.
 * For the few acts that two reviewers do on purpose: another vault key, another passphrase, the destruction of a case.
 */
export async function excepting<T>(sql: ScriptSql, exceptions: readonly Exception[], work: () => Promise<T>): Promise<T> {
  await sql.script(exceptions.map(({ table, act }) => `DROP TRIGGER ${table}_no_${act};`).join('\n'));
  const result = await work();
  await sql.script(exceptions.map(({ table, act }) => guard(table, act)).join('\n'));
  return result;
}

/** One step of the schema; its number is the version that it leads to. */
export interface Migration {
  readonly number: number;
  readonly script: string;
}

/**
 * Nothing changes in the tables, but the entries may be of kinds, or say things, that an app before does not know: it refuses the vault as
 * newer (`vault.newer`), and does not take what it cannot read for altered. A test holds the newest such step against the kinds.
 */
const KINDS_CHANGED = 'SELECT 1;';

/** Every step from an empty database, in order. A step that has been released is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  { number: 1, script: `PRAGMA application_id = ${APPLICATION_ID};\n${TABLES}${APPENDING}${APPEND_ONLY.map(appendOnly).join('')}` },
  { number: 2, script: ROOT_KEY },
  { number: 3, script: BACKUPS + appendOnly('backups') },
  { number: 4, script: DESTRUCTIONS + appendOnly('destructions') },
  { number: 5, script: INBOX },
  { number: 6, script: FLAG_LISTS },
  { number: 7, script: KINDS_CHANGED },
  { number: 8, script: KEPT_STATES },
];

const numberRow = z.tuple([z.record(z.string(), z.int())]).transform(([row]) => Object.values(row)[0] ?? 0);

/**
 * Brings the database to the newest version, each step in a transaction of its own.
 *
 * @throws CodedError `vault.newer` when it is ahead of this app, `vault.damaged` when it is no vault's.
 */
export async function migrate(database: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  const version = await pragma(database, 'user_version');
  const newest = migrations.at(-1)?.number ?? 0;
  const isOurs = (await pragma(database, 'application_id')) === APPLICATION_ID;
  if (version === 0 ? (await schemaOf(database)) !== '[]' : version < 0 || !isOurs) throw damaged();
  if (version > newest) throw newer();
  for (const { number, script } of migrations.filter((m) => m.number > version)) {
    await database.transaction(async (sql) => {
      await sql.script(script);
      await sql.run(`PRAGMA user_version = ${number}`);
    });
  }
}

/** A vault of a later Countersign. */
export function newer(): CodedError {
  return new CodedError('vault.newer', 'This vault was made by a newer Countersign. Install the newest version on this computer, then open it again. Nothing was changed.');
}

/**
 * Whether the tables, views, indexes and triggers are exactly those that the migrations make. A trigger put there by
 * other hands could drop what the app believes to be kept.
 *
 * @throws CodedError `vault.altered`.
 */
export async function checkSchema(database: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  const model = await Database.open(':memory:');
  try {
    await migrate(model, migrations);
    if ((await schemaOf(database)) !== (await schemaOf(model))) throw altered("The structure of the vault's database was changed.", 'schema');
  } finally {
    await model.close();
  }
}

async function schemaOf(database: Database): Promise<string> {
  return JSON.stringify(await database.all('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name LIMIT 1000'));
}

async function pragma(database: Database, name: string): Promise<number> {
  const rows = numberRow.safeParse(await database.all(`PRAGMA ${name}`));
  if (!rows.success) throw damaged();
  return rows.data;
}
