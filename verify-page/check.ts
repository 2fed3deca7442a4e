import { CodedError, isCoded } from '../src/record/coded-error.js';
import type { VerifyReport } from '../src/verify/report.js';
import type { Trust } from '../src/verify/signature-checks.js';
import { demandSchools } from '../src/verify/typed-fingerprint.js';
import { verifyBundle } from '../src/verify/verify.js';
import { openChosen, type Chosen } from './files.js';
import { pageSha256, wholeSha256 } from './hash.js';

/** How often the page is told how far the check is, in milliseconds. */
const TELL_EVERY_MS = 250;

/** What a check needs besides the bundle. */
export interface CheckOptions {
  readonly passphrase: string | null;
  readonly trust: Trust;
  readonly now: string;
  /** Bytes of the case's files that were checked, and how many there are. */
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** Checks a bundle with the verifier that the app and the command line use. @throws CodedError `bundle.*`, `verify.*` */
export async function checkChosen(chosen: Chosen, options: CheckOptions): Promise<VerifyReport> {
  try {
    const source = await openChosen(chosen, options.passphrase);
    try {
      const report = await verifyBundle(source, options.trust, {
        sha256: await pageSha256(), sha256Whole: wholeSha256, subtle: globalThis.crypto.subtle, now: options.now, onProgress: sparing(options.onProgress), signal: options.signal,
      });
      demandSchools(options.trust, report);
      return report;
    } finally {
      await source.close();
    }
  } catch (error) {
    if (isCoded(error)) throw error;
    throw new CodedError('verify.failed', 'Something went wrong while this page checked the bundle. Reload the page and try again, or follow VERIFY.txt.', { cause: error });
  }
}

function sparing(onProgress: CheckOptions['onProgress']): CheckOptions['onProgress'] {
  let last = 0;
  return (done, total) => {
    const now = performance.now();
    if (done < total && now - last < TELL_EVERY_MS) return;
    last = now;
    onProgress(done, total);
  };
}
