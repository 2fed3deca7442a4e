import * as zip from '@zip.js/zip.js';
import { CodedError } from '../record/coded-error.js';

const NOT_A_ZIP = new CodedError('bundle.not-a-zip', 'This file is not a ZIP, or its end is missing. Copy it again and retry.');
const CUT_SHORT = new CodedError('bundle.cut-short', 'This ZIP is cut short: a part of it is missing. Copy it again and retry.');
const DAMAGED = new CodedError('bundle.damaged', 'This ZIP is damaged: what it holds does not match its own checksums. Copy it again and retry.');
const UNSUPPORTED = new CodedError('bundle.unsupported', 'This ZIP is packed in a way that cannot be read here. Unpack it with 7-Zip and choose the folder.');

const KNOWN = new Map<string, CodedError>([
  [zip.ERR_EOCDR_NOT_FOUND, NOT_A_ZIP],
  [zip.ERR_BAD_FORMAT, NOT_A_ZIP],
  [zip.ERR_CENTRAL_DIRECTORY_NOT_FOUND, CUT_SHORT],
  [zip.ERR_EOCDR_LOCATOR_ZIP64_NOT_FOUND, CUT_SHORT],
  [zip.ERR_ENTRY_DATA_OUT_OF_BOUNDS, CUT_SHORT],
  [zip.ERR_OVERLAPPING_ENTRY, new CodedError('bundle.overlapping', 'Two files in this ZIP share the same bytes. A bundle never does that.')],
  [zip.ERR_DUPLICATED_NAME, new CodedError('bundle.duplicate-name', 'Two files in this ZIP have the same name. A bundle never does that.')],
  [zip.ERR_UNSAFE_FILENAME, new CodedError('bundle.unsafe-path', 'A file in this ZIP has a name that leads out of the bundle.')],
  [zip.ERR_ENCRYPTED, new CodedError('bundle.encrypted', 'This ZIP needs a passphrase. Type the one that came with it by another route.')],
  [zip.ERR_ENCRYPTED_CENTRAL_DIRECTORY, UNSUPPORTED],
  [zip.ERR_INVALID_PASSWORD, new CodedError('bundle.wrong-passphrase', 'This passphrase does not open the ZIP. Check each word and try again.')],
  [zip.ERR_SPLIT_ZIP_FILE, UNSUPPORTED],
  [zip.ERR_UNSUPPORTED_COMPRESSION, UNSUPPORTED],
  [zip.ERR_UNSUPPORTED_ENCRYPTION, UNSUPPORTED],
]);

/** What zip.js threw, as a person may read it. Whatever is not known is a damaged ZIP: no input may do worse. */
export function zipFailure(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  const message = memberOf(error, 'message');
  if (memberOf(error, 'reason') === zip.WARNING_DUPLICATE_FILENAME) return KNOWN.get(zip.ERR_DUPLICATED_NAME) ?? DAMAGED;
  return KNOWN.get(message) ?? DAMAGED;
}

function memberOf(error: unknown, name: 'message' | 'reason'): string {
  if (typeof error !== 'object' || error === null || !(name in error)) return '';
  const value: unknown = (error as Record<typeof name, unknown>)[name];
  return typeof value === 'string' ? value : '';
}
