import { readFile, stat } from 'node:fs/promises';
import { CodedError, isCoded } from '../../src/record/coded-error.js';
import { nodeSha256, systemClock } from '../../src/engine/node-ports.js';
import type { VerifyReport } from '../../src/verify/report.js';
import type { Trust } from '../../src/verify/signature-checks.js';
import { demandSchools, trustFrom } from '../../src/verify/typed-fingerprint.js';
import { verifyBundle } from '../../src/verify/verify.js';
import { openBundle } from './bundle-source.js';
import { EXIT, fail, type Output } from './output.js';

/** What `countersign verify` is given. */
export interface VerifyOptions {
  readonly bundle: string;
  readonly root: string | undefined;
  /** What the printed enrolment sheet gives of the root: eight words or 64 hexadecimal digits. */
  readonly fingerprint?: string | undefined;
  readonly passphraseFile: string | undefined;
  /** A file with the root certificate of a time stamping authority to trust. */
  readonly timeRoot?: string | undefined;
}

/** The largest certificate or passphrase file that is read, in bytes. */
const MAX_SMALL_FILE = 65_536;

/** `countersign verify`: checks a bundle. Gives the exit code: 0 unchanged, 1 a check failed, 2 not a bundle. */
export async function verifyCommand(options: VerifyOptions, output: Output): Promise<number> {
  try {
    const rootPem = options.root === undefined ? undefined : await readSmall(options.root, 'verify.root-not-found', 'The certificate file cannot be read. Check its name.');
    const timeRoot = options.timeRoot === undefined ? undefined : await readSmall(options.timeRoot, 'verify.time-root-not-found', 'The certificate file of the time stamping authority cannot be read. Check its name.');
    const passphrase =
      options.passphraseFile === undefined
        ? undefined
        : (await readSmall(options.passphraseFile, 'verify.passphrase-not-found', 'The passphrase file cannot be read. Check its name.')).replace(/\r?\n$/, '');
    const report = await checkBundle(options.bundle, { ...trustFrom(options.fingerprint ?? ''), ...(rootPem === undefined ? {} : { rootPem }), ...(timeRoot === undefined ? {} : { tsaRoots: [timeRoot] }) }, passphrase, output);
    demandSchools(trustFrom(options.fingerprint ?? ''), report);
    showReport(report, output);
    output.json({ ok: report.verdict !== 'changed', code: null, ...report });
    return report.verdict === 'changed' ? EXIT.failed : EXIT.done;
  } catch (error) {
    return fail(error, output);
  }
}

/** Opens and verifies a bundle on disk. @throws CodedError `bundle.*` */
export async function checkBundle(path: string, trust: Trust, passphrase: string | undefined, output: Output): Promise<VerifyReport> {
  const source = await openBundle(path, passphrase === undefined ? {} : { passphrase });
  try {
    return await verifyBundle(source, trust, {
      sha256: nodeSha256,
      subtle: globalThis.crypto.subtle,
      now: systemClock.now(),
      onProgress: (done, total) => output.progress('Checking every file', done, total),
    });
  } finally {
    await source.close();
  }
}

/** Prints a report for a person. */
export function showReport(report: VerifyReport, output: Output): void {
  for (const check of report.checks) {
    const mark = { pass: '✓', fail: '✗', note: '·' }[check.outcome];
    output.say(`  ${mark} ${check.title}${check.detail === '' ? '' : `: ${check.detail}`}${check.where === null ? '' : ` (${check.where})`}`);
  }
  output.say(report.sentence);
}

async function readSmall(path: string, code: string, sentence: string): Promise<string> {
  try {
    if ((await stat(path)).size > MAX_SMALL_FILE) throw new CodedError(code, sentence);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCoded(error)) throw error;
    throw new CodedError(code, sentence, { cause: error });
  }
}
