import { z } from 'zod';
import { hex, utf8 } from '../record/bytes.js';
import { canonicalBytes, canonicalJson } from '../record/canonical-json.js';
import { initialsSchema, instantSchema, sha256Schema } from '../record/entry.js';
import type { Sha256 } from '../record/ports.js';
import { agreementKeyOf, fingerprint, isRoot, verifyWith } from './certificate.js';
import type { Database, Sql } from './database.js';
import { kdfSchema } from './ports.js';
import type { LockedSecret } from './reviewer-secret.js';
import { parseRows } from './rows.js';
import { altered, damaged } from './storage-error.js';
import { RECOVERY, type SplitKey } from './vault-key.js';

const line = z.string().min(1).max(500);

/** What a reviewer is in the school. */
export const ROLES = ['senior-leader', 'dsl', 'head', 'chair-of-governors'] as const;

/** See {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** How often one reviewer's keys can be replaced. */
export const MOST_EARLIER_KEYS = 15;

const memberSchema = z.strictObject({
  initials: initialsSchema,
  name: line,
  position: line,
  /** Absent stands for `senior-leader`. */
  role: z.enum(ROLES).exactOptional(),
  certificate: sha256Schema,
  status: z.enum(['active', 'removed']),
  removedAt: instantSchema.nullable(),
  /** Certificates whose keys were replaced, oldest first, each with the instant from which on it is revoked. */
  earlier: z.array(z.strictObject({ certificate: sha256Schema, until: instantSchema })).min(1).max(MOST_EARLIER_KEYS).exactOptional(),
});

/** Nobody is ever taken off a roster, so this counts those who were removed too. */
export const MOST_REVIEWERS = 50;

/**
 * Who may open the vault, signed by the installation's root. The newest roster counts; the older ones stay. The root
 * is pinned under every passphrase, so a roster that nobody but one reviewer made is refused by the other's sign-in.
 */
export const rosterSchema = z.strictObject({
  format: z.literal('countersign-roster'),
  v: z.literal(1),
  number: z.int().min(1).max(1_000_000),
  at: instantSchema,
  organisation: line,
  computer: z.strictObject({ name: line, location: line }),
  root: sha256Schema,
  /** `vaultKeyDigest` of the vault key. */
  vaultKey: sha256Schema,
  /** SHA-256 over the canonical JSON of the split keys. */
  shares: sha256Schema,
  reviewers: z.array(memberSchema).min(2).max(MOST_REVIEWERS),
  /** Public key (X25519) of the inbox that anyone may write to. */
  inbox: sha256Schema.exactOptional(),
  /** The recovery sheet that counts: who holds it, since when, and its X25519 public key. */
  recovery: z.strictObject({ holder: line, at: instantSchema, key: sha256Schema }).exactOptional(),
});

/** See {@link rosterSchema}. */
export type RosterStatement = z.infer<typeof rosterSchema>;

/** A reviewer of the roster. */
export type Member = z.infer<typeof memberSchema> & { readonly certificatePem: string; /** Of `earlier`, in its order. */ readonly earlierPems: readonly string[] };

/** The newest roster with all that belongs to it. */
export interface Roster {
  readonly statement: RosterStatement;
  readonly rootPem: string;
  /** The root's private key under the vault key. */
  readonly rootKey: Buffer;
  readonly members: readonly Member[];
  readonly secrets: readonly LockedSecret[];
  readonly splits: readonly SplitKey[];
}

/** What the root signs for a roster: the purpose keeps the signature from being passed off as any other. */
export function rosterBytes(statementText: string): Uint8Array {
  return utf8(`Countersign roster v1\n${statementText}`);
}

/** What a roster's `shares` commits to. */
export function splitsDigest(splits: readonly SplitKey[], sha256: Sha256): string {
  return hex(sha256.of(canonicalBytes(splits.map((s) => [s.first, s.second, hex(s.firstShare), hex(s.secondShare)]))));
}

/** A roster's statement about one reviewer. */
export function listed({ initials, name, position, role, certificate, status, removedAt, earlier }: Member): RosterStatement['reviewers'][number] {
  return { initials, name, position, ...(role === undefined ? {} : { role }), certificate, status, removedAt, ...(earlier === undefined ? {} : { earlier }) };
}

/** Adds a roster; certificates and keys that the database has already are passed over. Older shares must be gone. */
export async function insertRoster(sql: Sql, roster: Roster, signature: Buffer): Promise<void> {
  const { statement, rootPem, members, secrets, splits } = roster;
  for (const pem of [rootPem, ...members.flatMap((m) => [m.certificatePem, ...m.earlierPems])]) {
    await sql.run('INSERT INTO certificates (fingerprint, pem) VALUES (?, ?) ON CONFLICT DO NOTHING', fingerprint(pem), pem);
  }
  for (const { certificate, kdf, salt, box } of secrets) {
    await sql.run('INSERT INTO reviewer_keys (certificate, kdf, salt, box) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', certificate, canonicalJson(kdf), Buffer.from(salt), box);
  }
  await sql.run('INSERT INTO rosters (number, statement, signature) VALUES (?, ?, ?)', statement.number, canonicalJson(statement), signature);
  await sql.run('INSERT INTO root_key (id, box) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET box = excluded.box', roster.rootKey);
  for (const { first, second, firstShare, secondShare } of splits) {
    await sql.run('INSERT INTO shares (roster, first, second, first_share, second_share) VALUES (?, ?, ?, ?, ?)', statement.number, first, second, firstShare, secondShare);
  }
}

const blob = (least: number, most: number) => z.instanceof(Buffer).refine((b) => b.length >= least && b.length <= most);
const rosterRows = z.tuple([z.strictObject({ number: z.int(), statement: z.string().max(1_000_000), signature: blob(384, 384) })]);
const rootKeyRows = z.tuple([z.strictObject({ box: blob(1_000, 10_000) })]);
const certificateRows = z.array(z.strictObject({ fingerprint: sha256Schema, pem: z.string().max(10_000) }));
const keyRows = z.array(z.strictObject({ certificate: sha256Schema, kdf: z.string().max(500), salt: blob(16, 16), box: blob(500, 10_000) }));
const shareRows = z.array(z.strictObject({ roster: z.int(), first: initialsSchema, second: z.union([initialsSchema, z.literal(RECOVERY)]), first_share: blob(80, 80), second_share: blob(80, 80) }));

/**
 * The newest roster, once everything in it fits together: signatures, fingerprints, shares.
 *
 * Whoever owns the disk can make a whole roster of their own that fits together too; `checkSecret` at sign-in tells.
 *
 * @throws CodedError `vault.damaged`, `vault.altered`.
 */
export async function loadRoster(database: Database, sha256: Sha256): Promise<Roster> {
  const [row] = parseRows(rosterRows, await database.all('SELECT * FROM rosters ORDER BY number DESC LIMIT 1'));
  const statement = parseStatement(row.statement);
  const certificates = parseRows(certificateRows, await database.all('SELECT * FROM certificates LIMIT 1000'));
  const pemOf = (wanted: string): string => {
    const pem = certificates.find((c) => c.fingerprint === wanted)?.pem;
    if (pem === undefined || safeFingerprint(pem) !== wanted) throw altered('A certificate in the vault was changed.', `certificates/${wanted}`);
    return pem;
  };
  const rootPem = pemOf(statement.root);
  if (!isRoot(rootPem) || row.number !== statement.number || !verifyWith(rootPem, rosterBytes(row.statement), row.signature)) throw rosterAltered();
  const members = statement.reviewers.map((member): Member => ({ ...member, certificatePem: pemOf(member.certificate), earlierPems: (member.earlier ?? []).map((each) => pemOf(each.certificate)) }));
  for (const member of members) {
    const ours = [member.certificatePem, ...member.earlierPems].every((pem) => agreementKeyOf(pem, rootPem) !== null);
    if (!ours) throw altered(`The certificate of ${member.initials} was changed.`, `certificates/${member.certificate}`);
  }
  const splits = parseRows(shareRows, await database.all('SELECT * FROM shares WHERE roster = ? ORDER BY first, second LIMIT 2000', row.number)).map((s) => ({
    first: s.first, second: s.second, firstShare: s.first_share, secondShare: s.second_share,
  }));
  if (splitsDigest(splits, sha256) !== statement.shares) throw rosterAltered();
  const [rootKey] = parseRows(rootKeyRows, await database.all('SELECT box FROM root_key LIMIT 2'));
  return { statement, rootPem, rootKey: rootKey.box, members, secrets: await loadSecrets(database), splits };
}

async function loadSecrets(database: Database): Promise<LockedSecret[]> {
  const rows = parseRows(keyRows, await database.all('SELECT * FROM reviewer_keys LIMIT 1000'));
  return rows.map((row) => {
    const kdf = kdfSchema.safeParse(parseJson(row.kdf));
    if (!kdf.success) throw damaged();
    return { certificate: row.certificate, kdf: kdf.data, salt: row.salt, box: row.box };
  });
}

function parseStatement(text: string): RosterStatement {
  const statement = rosterSchema.safeParse(parseJson(text));
  if (!statement.success || canonicalJson(statement.data) !== text) throw rosterAltered();
  const initials = statement.data.reviewers.map((r) => r.initials);
  if (new Set(initials).size !== initials.length) throw rosterAltered();
  return statement.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function safeFingerprint(pem: string): string | null {
  try {
    return fingerprint(pem);
  } catch {
    return null;
  }
}

function rosterAltered(): Error {
  return altered('The list of reviewers in the vault was changed.', 'rosters');
}
