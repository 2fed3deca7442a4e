import { realpath } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { hex } from '../record/bytes.js';
import { CodedError, isCoded } from '../record/coded-error.js';
import { headerSchema, initialsSchema, instantSchema } from '../record/entry.js';
import { addBoxed, boxedRows } from './boxed-rows.js';
import { copyCrisis } from './crisis.js';
import { Database } from './database.js';
import { copyFileDurably, syncFile } from './durable-file.js';
import { cancelled } from './full-check.js';
import { takeInstanceLock } from './instance-lock.js';
import type { VaultParts } from './locked-vault.js';
import { readMarker } from './marker.js';
import { fillNewFolder } from './new-folder.js';
import { copyObjects, type CopyProgress, type CopyResult } from './object-copy.js';
import type { VaultPorts } from './ports.js';
import { loadRoster } from './roster.js';
import { parseRows } from './rows.js';
import { damaged } from './storage-error.js';
import { openDatabase } from './vault-database.js';

const backupSchema = z.strictObject({
  at: instantSchema,
  /** The folder, as it was given. */
  place: z.string().max(4_096),
  by: z.array(initialsSchema).length(2),
  cases: z.array(headerSchema.shape.case).max(100_000),
});

/** A copy that was made of the vault: when, where, by whom, and which cases are in it. */
export type BackupRecord = Readonly<z.infer<typeof backupSchema>>;

const idRows = z.array(z.strictObject({ id: headerSchema.shape.case })).max(100_000);
const integrityRows = z.tuple([z.strictObject({ integrity_check: z.literal('ok') })]);

/** What a backup is made with. */
export interface BackupContext {
  readonly parts: VaultParts;
  readonly vaultKey: Uint8Array;
  readonly by: readonly string[];
  demandUnlocked(): void;
}

/** See `UnlockedVault.backup`. */
export async function backUp({ parts, vaultKey, by, demandUnlocked }: BackupContext, to: string, onProgress: (progress: CopyProgress) => void, signal?: AbortSignal): Promise<BackupRecord> {
  if (await isInside(to, parts.folder)) throw new CodedError('backup.inside-vault', 'A backup cannot lie inside the vault itself. Choose a folder on another disk.');
  const goOn = (): void => {
    demandUnlocked();
    if (signal?.aborted === true) throw cancelled();
  };
  return fillNewFolder(to, async () => {
    goOn();
    const path = join(to, 'vault.db');
    await parts.database.inTurn((sql) => sql.run('VACUUM INTO ?', path));
    await syncFile(path);
    const copy = await Database.open(path);
    const record = { at: parts.ports.clock.now(), place: to, by: [...by], cases: [] as string[] };
    try {
      record.cases = parseRows(idRows, await copy.all('SELECT id FROM cases ORDER BY number')).map((row) => row.id);
      const { missing, altered } = await copyObjects(copy, parts.folder, to, parts.ports.sha256, onProgress, goOn);
      if (missing + altered > 0) throw new CodedError('backup.evidence-damaged', 'Some evidence files are missing or were changed, so a backup would not be whole. Run the full check; it names them. No backup was made.');
    } finally {
      await copy.close();
    }
    await copyCrisis(parts.folder, to);
    goOn();
    await parts.database.inTurn(async (sql) => {
      demandUnlocked();
      await addBoxed(sql, 'backups', hex(parts.ports.random.bytes(16)), record, vaultKey, parts.ports.random);
    });
    return record;
  });
}

/** Every backup that was made, oldest first. @throws CodedError `vault.altered`. */
export function backupsOf(parts: VaultParts, vaultKey: Uint8Array, demandUnlocked: () => void): Promise<BackupRecord[]> {
  return boxedRows(parts.database, 'backups', backupSchema, vaultKey, demandUnlocked);
}

/**
 * Makes a vault at `to`, which must be absent or empty, from the backup at `from`, which stays as it is. Evidence files that
 * are missing from the backup or were changed in it are counted; everything else is restored, and the full check names them.
 *
 * @throws CodedError `vault.not-a-vault`, `vault.newer`, `vault.not-empty`, `vault.in-use`, `vault.damaged`, `vault.altered`,
 * `vault.cancelled`, `vault.disk-full`, `vault.write-failed`; then the folder is left as it was.
 */
export async function restoreVault(from: string, to: string, ports: VaultPorts, onProgress: (progress: CopyProgress) => void = () => undefined, signal?: AbortSignal): Promise<CopyResult> {
  await readMarker(from);
  const goOn = (): void => { if (signal?.aborted === true) throw cancelled(); };
  // A backup may lie where nothing can be written, and then nobody has it open either.
  const lock = await takeInstanceLock(from).catch((error: unknown) => {
    if (isCoded(error, 'vault.in-use')) throw error;
    return null;
  });
  try {
    return await fillNewFolder(to, async () => {
      goOn();
      if (!(await copyFileDurably(join(from, 'vault.db'), join(to, 'vault.db')))) throw damaged();
      await copyFileDurably(join(from, 'vault.db-wal'), join(to, 'vault.db-wal'));
      const database = await openDatabase(to);
      try {
        if (!integrityRows.safeParse(await database.all('PRAGMA integrity_check(1)')).success) throw damaged();
        await loadRoster(database, ports.sha256);
        const result = await copyObjects(database, from, to, ports.sha256, onProgress, goOn);
        await copyCrisis(from, to);
        return result;
      } finally {
        await database.close();
      }
    });
  } finally {
    await lock?.release();
  }
}

async function isInside(path: string, folder: string): Promise<boolean> {
  const real = async (wanted: string): Promise<string> => realpath(wanted).catch(async () => (dirname(wanted) === wanted ? wanted : join(await real(dirname(wanted)), wanted.slice(dirname(wanted).length))));
  const [inner, outer] = [await real(resolve(path)), await real(resolve(folder))];
  return inner === outer || inner.startsWith(outer + sep);
}
