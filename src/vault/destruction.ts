import { z } from 'zod';
import { utf8 } from '../record/bytes.js';
import { canonicalJson } from '../record/canonical-json.js';
import { CodedError } from '../record/coded-error.js';
import { headerSchema, initialsSchema, instantSchema, sha256Schema, signatureSchema } from '../record/entry.js';
import { KIND_SCHEMAS } from '../record/kinds.js';
import { backupsOf } from './backup.js';
import { addBoxed, boxedRows } from './boxed-rows.js';
import type { CaseList } from './case-list.js';
import type { VaultParts } from './locked-vault.js';
import { excepting } from './migrations.js';
import { parseRows } from './rows.js';
import { isDiskTrouble } from './storage-error.js';
import { forgetJournal } from './roster-change.js';
import type { Signer } from './vault.js';
import type { CaseStore } from './stored-case.js';

const LONGEST_REASON = 2_000;
const text = z.string().max(5_000);
const count = z.int().min(0);

/** What stays of a case that was destroyed; both reviewers sign it. */
const statementSchema = z.strictObject({
  format: z.literal('countersign-destruction'),
  v: z.literal(1),
  case: headerSchema.shape.case,
  /** The case's own reference, or its id where the record names none. */
  reference: text,
  reason: text,
  at: instantSchema,
  by: z.array(initialsSchema).length(2),
  firstEntryAt: instantSchema,
  entries: count,
  evidenceFiles: count,
  /** Hash of the last entry. */
  head: sha256Schema,
  /** The last checkpoint: its place, and the hash that its eight words stand for. */
  checkpoint: z.strictObject({ seq: count, hash: sha256Schema }).nullable(),
  /** Backups that hold the case. */
  backups: z.array(z.strictObject({ at: instantSchema, place: text })).max(10_000),
  /** Exports that were made of it. */
  exports: z.array(z.strictObject({ at: instantSchema, recipient: text })).max(10_000),
});

const destructionSchema = z.strictObject({ statement: statementSchema, signatures: z.array(signatureSchema.omit({ how: true })).length(2) });

/** A certificate of destruction. Each signature is RSASSA-PKCS1-v1_5 with SHA-256 over {@link destructionBytes}. */
export type Destruction = Readonly<z.infer<typeof destructionSchema>>;

/** What is true after a destruction, as far as the app can know. The words for each are made elsewhere. */
export const DESTRUCTION_FACTS = [
  /** The case's key, its entries and its list of files are no longer in the database, and the space was overwritten. */
  'key-overwritten',
  /** They are no longer in the database; it could not be rebuilt now, so free pages of it were only zeroed. */
  'database-not-rebuilt',
  /** The evidence files were removed from the folder. */
  'files-removed',
  /** Some could not be removed now; that is tried at every opening. Without the key they cannot be read. */
  'files-remain',
  /** Disks may keep what was removed or overwritten; overwriting is not claimed for them. Without the key it cannot be read. */
  'disk-may-keep-blocks',
  /** Backups hold the case with its key: they must be destroyed too. */
  'backups-hold-it',
  /** What was exported is with others, or where it was put. */
  'exports-exist',
  /** Copies that someone made of the folder without Countersign are not known. */
  'other-copies-unknown',
] as const;

/** See {@link DESTRUCTION_FACTS}. */
export type DestructionFact = (typeof DESTRUCTION_FACTS)[number];

/** What a case is destroyed with. */
export interface DestructionContext {
  readonly parts: VaultParts;
  readonly vaultKey: Uint8Array;
  readonly cases: CaseList;
  readonly signers: readonly [Signer, Signer];
  demandUnlocked(): void;
}

/** The bytes that both sign. */
export function destructionBytes(statement: Destruction['statement']): Uint8Array {
  return utf8(`Countersign destruction v1\n${canonicalJson(statement)}`);
}

/** Refuses a reason that says nothing. @throws CodedError `destroy.no-reason`. */
export function checkReason(reason: string): void {
  const fits = reason.trim() !== '' && reason.isWellFormed() && [...reason].length <= LONGEST_REASON;
  if (!fits) throw new CodedError('destroy.no-reason', `Say why this case is destroyed, in at most ${LONGEST_REASON} characters.`, { where: 'reason' });
}

/** The name of the one setting that says something of a case; it goes with the case. */
export function caseSetting(id: string): string {
  return `case:${id}`;
}

/** Destroys a case whose store nobody uses any more; see `UnlockedVault.destroyCase`. */
export async function destroy(context: DestructionContext, store: CaseStore, reason: string, typedReference: string): Promise<{ certificate: Destruction; facts: DestructionFact[] }> {
  const { parts, vaultKey, cases, signers } = context;
  const statement = await describe(context, store, reason);
  if (typedReference.normalize('NFKC').trim() !== statement.reference.normalize('NFKC').trim()) throw new CodedError('destroy.other-reference', 'This is not the reference of the case. Nothing was destroyed. Type it exactly as it stands on the screen.', { where: 'reference' });
  const bytes = destructionBytes(statement);
  const certificate: Destruction = { statement, signatures: signers.map((s) => ({ by: s.initials, certificate: s.certificate, value: Buffer.from(s.sign(bytes)).toString('base64') })) };
  const { database, ports } = parts;
  await database.transaction((sql) =>
    excepting(sql, (['objects', 'entries', 'cases'] as const).map((table) => ({ table, act: 'delete' })), async () => {
      context.demandUnlocked();
      await addBoxed(sql, 'destructions', store.id, certificate, vaultKey, ports.random);
      await sql.run('INSERT INTO removals (file) SELECT file FROM objects WHERE case_id = ?', store.id);
      for (const table of ['kept_states', 'objects', 'heads', 'entries']) await sql.run(`DELETE FROM ${table} WHERE case_id = ?`, store.id);
      await cases.remove(sql, store.id);
      await sql.run('DELETE FROM settings WHERE name = ?', caseSetting(store.id));
    }),
  );
  const rebuilt = await database.run('VACUUM').then(() => true, () => false);
  await forgetJournal(parts);
  const left = await removeFiles(parts);
  const facts: DestructionFact[] = [rebuilt ? 'key-overwritten' : 'database-not-rebuilt', left === 0 ? 'files-removed' : 'files-remain', 'disk-may-keep-blocks'];
  if (statement.backups.length > 0) facts.push('backups-hold-it');
  if (statement.exports.length > 0) facts.push('exports-exist');
  return { certificate, facts: [...facts, 'other-copies-unknown'] };
}

/** Every certificate of destruction, oldest first. @throws CodedError `vault.altered`. */
export function destructionsOf({ parts, vaultKey, demandUnlocked }: Pick<DestructionContext, 'parts' | 'vaultKey' | 'demandUnlocked'>): Promise<Destruction[]> {
  return boxedRows(parts.database, 'destructions', destructionSchema, vaultKey, demandUnlocked);
}

const fileRows = z.array(z.strictObject({ file: z.string().regex(/^[0-9a-f]{32}$/) })).max(100_000);

/** Removes the files of destroyed cases that are still there, at most 100,000 at a time; gives how many are left of those. */
export async function removeFiles({ database, objects }: Pick<VaultParts, 'database' | 'objects'>): Promise<number> {
  const files = parseRows(fileRows, await database.all('SELECT file FROM removals LIMIT 100000')).map((row) => row.file);
  if (files.length === 0) return 0;
  try {
    const gone = await objects.remove(files);
    await database.transaction(async (sql) => {
      for (const file of gone) await sql.run('DELETE FROM removals WHERE file = ?', file);
    });
    return files.length - gone.length;
  } catch (error) {
    // A disk that fails now is no reason to keep anybody out; it is tried again at the next opening.
    if (!isDiskTrouble(error)) throw error;
    return files.length;
  }
}

async function describe({ parts, vaultKey, signers, demandUnlocked }: DestructionContext, store: CaseStore, reason: string): Promise<Destruction['statement']> {
  let reference = store.id;
  let firstEntryAt: string | null = null;
  let checkpoint: { seq: number; hash: string } | null = null;
  let evidenceFiles = 0;
  const exports: { at: string; recipient: string }[] = [];
  for await (const { header, body } of store.entries()) {
    firstEntryAt ??= header.at;
    if (header.kind === 'case-opened') reference = KIND_SCHEMAS['case-opened'].safeParse(body.data).data?.reference ?? reference;
    if (header.kind === 'checkpoint') checkpoint = { seq: header.seq, hash: header.prev };
    if (header.kind === 'capture') evidenceFiles += KIND_SCHEMAS.capture.safeParse(body.data).data?.parts.length ?? 0;
    if (header.kind === 'redaction') evidenceFiles += KIND_SCHEMAS.redaction.safeParse(body.data).data?.parts.length ?? 0;
    if (header.kind === 'export') exports.push({ at: header.at, recipient: KIND_SCHEMAS.export.safeParse(body.data).data?.recipient ?? 'other' });
  }
  const { head } = store;
  if (head === null || firstEntryAt === null) throw new CodedError('case.unknown', 'There is no such case on this computer.');
  const backups = (await backupsOf(parts, vaultKey, demandUnlocked)).filter((b) => b.cases.includes(store.id)).map(({ at, place }) => ({ at, place }));
  return {
    format: 'countersign-destruction', v: 1, case: store.id, reference, reason, at: parts.ports.clock.now(), by: signers.map((s) => s.initials),
    firstEntryAt, entries: head.seq + 1, evidenceFiles, head: head.hash, checkpoint, backups, exports: exports.slice(-10_000),
  };
}
