import { CodedError } from '../record/coded-error.js';

/** An export that was called off. */
export function cancelled(): CodedError {
  return new CodedError('export.cancelled', 'You stopped the export. Nothing was written.');
}

/** Of an export that failed or was called off something is still there. */
export function leftBehind(cause: unknown): CodedError {
  return new CodedError('export.left-behind', 'The bundle was not made, but a part of it could not be removed. Look in the folder that you chose for a name that ends in “.partial”, and delete it.', { cause });
}

/** The refusal to write over something that exists. */
export function targetExists(): CodedError {
  return new CodedError('export.exists', 'There is already a file or folder with this name. Nothing was overwritten. Choose another name.');
}

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT']);
const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

/** The operating system's name for what went wrong (`ENOSPC`), or an empty text. */
export function systemCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** `error` as a person may read it; a {@link CodedError} stays what it is. */
export function exportFailure(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  const code = systemCode(error);
  if (DISK_FULL.has(code)) {
    return new CodedError('export.disk-full', 'The disk is full. The bundle was not made and the unfinished copy was removed. Make room or choose another disk.', { cause: error });
  }
  if (code === 'EFBIG') {
    return new CodedError('export.file-too-large', 'This drive cannot hold a file this large. Use a drive formatted as exFAT or NTFS, or export to a folder.', { cause: error });
  }
  if (code === 'EEXIST' || code === 'ENOTEMPTY') return targetExists();
  if (NOT_WRITABLE.has(code)) {
    return new CodedError('export.not-writable', 'The bundle cannot be written there. Choose a folder that exists and that you may write to.', { cause: error });
  }
  return new CodedError('export.failed', 'The bundle could not be made. Nothing in the case was changed. Try again.', { cause: error });
}
