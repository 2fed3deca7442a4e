import { join } from 'node:path';
import { randomInt } from 'node:crypto';
import { CodedError, isCoded } from '../record/coded-error.js';
import { hashWords } from '../record/words.js';
import { acceptBundle } from './bundle-acceptance.js';
import { carrierCipher } from './carried-cipher.js';
import { suggestPassphrase } from './passphrases.js';
import type { EntryData } from '../record/kinds.js';
import { exportBundle } from '../bundle/bundle.js';
import type { Credentials } from '../vault/vault.js';
import type { BundleExhibit } from '../bundle/bundle-input.js';
import { PRACTICE_MARKING, type Marking } from '../investigation/policy/markings.js';
import { confirmBoth, demand, type CaseContext } from './case-context.js';
import { disclosedEntries, EVERYTHING, planDisclosure, type Disclosure, type DisclosureWish } from './disclosure.js';
import { outOfReach, readExhibitPart } from './exhibit-parts.js';
import { putReceipt } from './copy-receipts.js';
import { redactedName } from './redactions.js';
import { keptSelfTest } from './self-tests.js';
import { putVerifyPage } from './verify-page.js';
import { wholeRecord } from './whole-record.js';

/** Who a bundle is for. */
export type Recipient = EntryData<'export'>['recipient'];

/** What is asked for. */
export interface ExportRequest {
  readonly recipient: Recipient;
  readonly first: Credentials;
  readonly second: Credentials;
  /** A file that does not exist yet; null: a name of the app's own in its export folder. */
  readonly path: string | null;
  readonly form: 'zip' | 'folder';
  /** True: encrypt under words of the app's own making. A text: encrypt under it. False: not encrypted. */
  readonly encrypt: boolean | string;
  /** What is withheld, where the recipient is one that something can be withheld from; absent: nothing. */
  readonly disclosure?: DisclosureWish;
  /** The marking of this bundle; null for none, absent: as the settings say. */
  readonly marking?: Marking | null;
}

/** What was made. */
export interface ExportOutcome {
  /** Sequence number of the `export` entry. */
  readonly seq: number;
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  readonly tagManifest: string;
  /** Eight words that stand for the tag manifest's hash, to be read out. */
  readonly words: readonly string[];
  readonly passphrase: string | null;
  /** The page beside it that checks it in a browser; null where there is none. */
  readonly verifyPage: string | null;
  /** The one-page receipt (PDF) beside it; null where it could not be written. */
  readonly receipt: string | null;
}

/** Exports the case as a bundle; `signal` cancels it and leaves nothing behind. */
export async function exportCase(context: CaseContext, request: ExportRequest, signal: AbortSignal): Promise<ExportOutcome> {
  demand(context, 'export');
  const signers = await confirmBoth(context, request.first, request.second);
  const { record, ports, announce } = context;
  // Taken before anything is written: when the app locks meanwhile, only the keys of this case are left to the export.
  const [certificates, selfTest] = [context.vault.certificates(), await keptSelfTest(context.vault)];
  const marking = markingOf(context, request.marking);
  const path = request.path ?? join(ports.exportFolder, fileName(record.state.opened.reference, request.recipient, ports.clock.now(), marking));
  const passphrase = request.encrypt === true ? suggestPassphrase(8, randomInt) : request.encrypt === false ? null : request.encrypt;
  demand(context, 'export');
  const whole = await wholeRecord(context, 'export');
  const plan = (): Disclosure => planDisclosure(whole, request.recipient, request.disclosure ?? EVERYTHING);
  let disclosed = plan();
  await record.checkpoint('export');
  const started = await record.addWith('export', signers.map((s) => s.initials), () => {
    demand(context, 'export');
    disclosed = plan();
    const { rows, hidden, exhibits, views } = disclosed;
    return { recipient: request.recipient, exhibits: exhibits.length, withheld: hidden.size, quarantined: outOfReach(whole).size, disclosure: { views, withheld: [...rows] } };
  });
  // A time stamp or an answer that comes in meanwhile belongs to what follows.
  const entries = whole.entries.slice(0, started.header.seq + 1);
  try {
    const result = await exportBundle(
      {
        organisation: record.state.opened.organisation,
        computer: record.state.opened.computer,
        caseReference: record.state.opened.reference,
        caseId: record.store.id,
        recipient: request.recipient,
        entries: disclosedEntries(entries, disclosed),
        exhibits: bundleExhibits(context, disclosed),
        certificates: { ...certificates, timeRoots: context.timeAuthorities().map(({ name, rootPem }) => ({ name, rootPem })) },
        signers,
        selfTest,
        ...(marking === undefined ? {} : { marking }),
        versions: { app: ports.versions.app, browser: ports.versions.browser, node: ports.versions.node, system: ports.versions.system },
      },
      { path, form: request.form, ...(passphrase === null ? {} : { passphrase }) },
      {
        clock: ports.clock,
        sha256: ports.sha256,
        cipher: carrierCipher,
        printPdf: (html, _options, pictures, givenUp) => ports.host.printPdf(html, pictures, givenUp),
        onProgress: (step, done, total) => announce.progress('export', step, done, total, true),
        timestamps: (sha256) => context.time.stampSignatures(sha256, signal),
        accept: (written) => acceptBundle(written, { rootPem: certificates.rootPem, tsaRoots: context.timeAuthorities().map((each) => each.rootPem) }, {
          sha256: ports.sha256, now: ports.clock.now(), signal, onProgress: (done, total) => announce.progress('export', 'Checking the bundle', done, total, true),
        }),
        signal,
      },
    );
    await record.add('export-finished', ['app'], { tagManifest: result.tagManifestSha256, files: result.files, bytes: result.bytes, code: null });
    return { seq: started.header.seq, verifyPage: await putVerifyPage(ports.verifyPage, path), receipt: await putReceipt(context, started.header.seq, path, marking), path, files: result.files, bytes: result.bytes, tagManifest: result.tagManifestSha256, words: hashWords(result.tagManifestSha256), passphrase };
  } catch (error) {
    const code = isCoded(error) ? error.code : 'export.failed';
    await record.add('export-finished', ['app'], { tagManifest: null, files: 0, bytes: 0, code });
    if (isCoded(error)) throw error;
    throw new CodedError('export.failed', 'The bundle could not be made. The case itself is safe. Try again.', { cause: error });
  } finally {
    announce.progressDone();
  }
}

function bundleExhibits(context: CaseContext, { exhibits }: Disclosure): BundleExhibit[] {
  return exhibits.map(({ exhibit: { reference }, redaction, parts }) => ({
    reference,
    parts: parts.map((part) => ({ ...part, read: () => readExhibitPart(context, reference, part.name) })),
    ...(redaction === null ? {} : { redaction: redaction.number, picture: redactedName(redaction.number) }),
  }));
}

/** A name that says nothing of what is inside: marking, reference, recipient and time. */
function fileName(reference: string, recipient: Recipient, now: string, marking: string | undefined): string {
  const plain = reference.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || 'case';
  return `${markingPrefix(marking)}${plain.slice(0, 60)}-${recipient}-${now.slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}.zip`;
}

/** What stands on every page: that it is a practice; else what was chosen for this bundle (null is none), or the school's own. */
export function markingOf({ ports, settings }: CaseContext, chosen?: Marking | null): string | undefined {
  if (ports.practising === true) return PRACTICE_MARKING;
  return chosen === undefined ? settings().marking : (chosen ?? undefined);
}

/** What a marking adds before a bundle's name: `TOP-SECRET-`; nothing where there is none. */
export function markingPrefix(marking: string | undefined): string {
  return marking === undefined ? '' : `${marking.replaceAll(' ', '-')}-`;
}
