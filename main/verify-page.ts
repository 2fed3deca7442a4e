import { readFile } from 'node:fs/promises';
import { CodedError } from '../src/record/coded-error.js';
import { VERIFY_PAGE_FILE } from './paths.js';

/** The page that checks bundles, as it was built with this app. @throws CodedError `app.incomplete` when it is not there */
export async function verifyPage(): Promise<Uint8Array> {
  try {
    return await readFile(VERIFY_PAGE_FILE);
  } catch (error) {
    throw new CodedError('app.incomplete', 'A part of the app is missing: the page that checks bundles. Install the app again.', { cause: error });
  }
}
