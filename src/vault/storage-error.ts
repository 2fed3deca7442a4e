import { CodedError, isCoded } from '../record/coded-error.js';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);
const DAMAGED = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_TOOBIG', 'SQLITE_FORMAT', 'SQLITE_SCHEMA', 'SQLITE_MISMATCH']);
const BUSY = new Set(['SQLITE_BUSY', 'SQLITE_LOCKED']);

const SAFE = 'Everything that was shown as kept is safe; this last step was not kept.';

/**
 * What a failure of the disk or of SQLite is called: `vault.disk-full`, `vault.damaged`, `vault.in-use`, and for all
 * else `vault.write-failed` or `vault.read-failed`. Coded errors pass as they are.
 */
export function storageError(error: unknown, doing: 'read' | 'write'): CodedError {
  if (error instanceof CodedError) return error;
  const code = systemCode(error);
  if (FULL.has(code)) return new CodedError('vault.disk-full', `The disk of this computer is full. ${SAFE} Make space on the disk, then try again.`, { cause: error });
  if (DAMAGED.has(code)) return damaged(error);
  if (BUSY.has(code)) return inUse(error);
  if (doing === 'read') {
    return new CodedError('vault.read-failed', 'The vault could not be read from the disk. Nothing was changed. Try again; if it happens again, stop and call your technical support.', { cause: error });
  }
  return new CodedError('vault.write-failed', `This could not be written to the disk. ${SAFE} Try again; if it happens again, stop and call your technical support.`, { cause: error });
}

/** The vault's files cannot be what Countersign wrote. */
export function damaged(cause?: unknown): CodedError {
  return new CodedError('vault.damaged', 'A file of this vault is damaged. Do not try to repair it. Keep the computer as it is and call your technical support.', { cause });
}

/** Something in the vault was changed by other hands than Countersign's; `what` is a sentence that says what. */
export function altered(what: string, where?: string): CodedError {
  const rest = 'Countersign did not do this. Stop, leave the computer as it is, and tell the person responsible for it.';
  return new CodedError('vault.altered', `${what} ${rest}`, where === undefined ? {} : { where });
}

/** Another Countersign holds the vault. */
export function inUse(cause?: unknown): CodedError {
  return new CodedError('vault.in-use', 'Countersign is already open on this computer. Use the window that is open, or close it first.', { cause });
}

/** Whether `error` is the file system's word for "there is no such file". */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(systemCode(error));
}

/** `code` of an error of Node or SQLite, or an empty text. Such an error may come from another realm. */
export function systemCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** Whether the disk failed, or was full; nothing is wrong with what stands there. */
export function isDiskTrouble(error: unknown): boolean {
  return isCoded(error, 'vault.disk-full') || isCoded(error, 'vault.write-failed') || isCoded(error, 'vault.read-failed');
}
