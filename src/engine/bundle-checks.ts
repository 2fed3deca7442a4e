import { randomUUID } from 'node:crypto';
import { CodedError } from '../record/coded-error.js';
import type { AppState } from '../ipc/state.js';
import type { VerifyView } from '../ipc/verify-contract.js';
import { hashWords } from '../record/words.js';
import type { VerifyReport } from '../verify/report.js';
import type { Trust } from '../verify/signature-checks.js';
import type { BundleSource, RandomAccess } from '../verify/source.js';
import { demandSchools, trustFrom } from '../verify/typed-fingerprint.js';
import { verifyBundle } from '../verify/verify.js';
import { openZip } from '../verify/zip.js';
import { nodeZipPorts } from './node-zip.js';
import type { OwnRecords } from './older-record.js';
import type { EnginePorts } from './ports.js';

/** A place in memory or on disk that takes a bundle piece by piece and gives it back at random. */
export interface BundleIntake {
  write(bytes: Uint8Array): Promise<void>;
  access(): RandomAccess;
  discard(): Promise<void>;
}

/** Makes an intake for a bundle of `size` bytes. */
export type BundleOpener = (size: number) => Promise<BundleIntake>;

/** A bundle on this computer that the app was opened with; the host alone knows where it lies. */
export interface OfferedBundle {
  /** Its name, fit to be shown. */
  readonly name: string;
  /** Bytes of a file; null for a folder. */
  readonly size: number | null;
  /** Whether it needs a passphrase; null where that shows only when it is checked. */
  readonly encrypted: boolean | null;
  /** @throws CodedError `bundle.*` */
  open(passphrase: string | undefined): Promise<BundleSource>;
}

/** What a bundle is held against. */
interface Known {
  readonly passphrase: string | null;
  /** The fingerprint that was typed, in hexadecimal or in words, or null. */
  readonly root: string | null;
  /** The fingerprint of this computer's installation, which vouches for its own bundles, or null. */
  readonly own: string | null;
  /** Holds a bundle of this installation against its own record; null while nobody is signed in. */
  readonly ownRecords?: OwnRecords | null;
}

interface Check {
  readonly intake: BundleIntake;
  readonly size: number;
  received: number;
  readonly cancel: AbortController;
}

/** How many bundles may be on their way at once. */
const MAX_CHECKS = 2;

/** Checks bundles that the screens hand over in pieces, and the one that the app was opened with; needs no sign-in. */
export class BundleChecks {
  readonly #ports: EnginePorts;
  readonly #open: BundleOpener;
  readonly #progress: (step: string, done: number, total: number) => void;
  readonly #checks = new Map<string, Check>();
  #offered: { readonly id: string; readonly bundle: OfferedBundle } | null = null;
  #checkingOffered: AbortController | null = null;

  constructor(ports: EnginePorts, open: BundleOpener, progress: (step: string, done: number, total: number) => void) {
    this.#ports = ports;
    this.#open = open;
    this.#progress = progress;
  }

  /** A bundle of `size` bytes is coming. */
  async begin(_name: string, size: number): Promise<{ id: string }> {
    if (this.#checks.size >= MAX_CHECKS) throw new CodedError('verify.busy', 'Another bundle is being checked. Wait for it, or cancel it.');
    const id = randomUUID();
    this.#checks.set(id, { intake: await this.#open(size), size, received: 0, cancel: new AbortController() });
    return { id };
  }

  /** The next piece. */
  async piece(id: string, base64: string): Promise<void> {
    const check = this.#find(id);
    const bytes = Buffer.from(base64, 'base64');
    check.received += bytes.length;
    if (check.received > check.size) throw new CodedError('verify.too-long', 'The file is longer than it said. Choose it again.');
    this.#progress('Reading the file', check.received, check.size);
    await check.intake.write(bytes);
  }

  /** The app was opened with a bundle, which takes the place of one before it. */
  offer(bundle: OfferedBundle): void {
    this.#offered = { id: randomUUID(), bundle };
  }

  /** The bundle that the app was opened with, as the screens may know it. */
  get offered(): NonNullable<AppState['offered']> | null {
    if (this.#offered === null) return null;
    const { id, bundle: { name, size, encrypted } } = this.#offered;
    return { id, name, size, encrypted };
  }

  /** Checks the bundle that the app was opened with, where it lies. @throws CodedError `verify.*`, `bundle.*` */
  async checkOffered(id: string, known: Known): Promise<VerifyView> {
    if (this.#offered?.id !== id) throw new CodedError('verify.unknown', 'Choose the file again.');
    if (this.#checkingOffered !== null) throw new CodedError('verify.busy', 'Another bundle is being checked. Wait for it, or cancel it.');
    const { bundle } = this.#offered;
    const cancel = new AbortController();
    this.#checkingOffered = cancel;
    try {
      return await this.#judge((passphrase) => bundle.open(passphrase), known, cancel.signal);
    } finally {
      this.#checkingOffered = null;
    }
  }

  /**
   * All pieces are here: checks the bundle.
   *
   * @param root the fingerprint that was typed, in hexadecimal or in words, or null
   * @param own the fingerprint of this computer's installation, which vouches for its own bundles, or null
   * @param ownRecords holds a bundle of this installation against its own record; null while nobody is signed in
   */
  async finish(id: string, passphrase: string | null, root: string | null, own: string | null, ownRecords: OwnRecords | null = null): Promise<VerifyView> {
    const check = this.#find(id);
    try {
      if (check.received !== check.size) throw new CodedError('verify.cut-short', 'The file did not arrive whole. Choose it again.');
      return await this.#judge((given) => openZip(check.intake.access(), { passphrase: given, ports: nodeZipPorts }), { passphrase, root, own, ownRecords }, check.cancel.signal);
    } finally {
      await this.cancel(id);
    }
  }

  async #judge(open: (passphrase: string | undefined) => Promise<BundleSource>, { passphrase, root, own, ownRecords = null }: Known, signal: AbortSignal): Promise<VerifyView> {
    const typed = (root ?? '').trim() === '' ? null : trustFrom(root ?? '');
    const source = await open(passphrase ?? undefined);
    try {
      // Most bundles that are checked here were made here.
      const first = await this.#verify(source, typed ?? (own === null ? {} : { rootFingerprint: own, ownRoot: true }), signal);
      if (typed !== null) demandSchools(typed, first);
      const isOwn = typed === null && own !== null && first.root?.fingerprint === own;
      const report = typed !== null || own === null || isOwn ? first : await this.#verify(source, {}, signal);
      const view = viewOf(report, report.verdict !== 'unchanged' ? null : isOwn ? 'this-computer' : 'typed');
      const compared = report.verdict === 'unchanged' && report.root?.fingerprint === own && report.case.id !== null ? await ownRecords?.(report.case.id, source) : null;
      return compared == null ? view : { ...view, checks: [...view.checks, compared] };
    } finally {
      await source.close();
    }
  }

  /** Lets go of a bundle. */
  async cancel(id: string): Promise<void> {
    if (this.#offered?.id === id) this.#offered = null;
    const check = this.#checks.get(id);
    this.#checks.delete(id);
    check?.cancel.abort();
    await check?.intake.discard();
  }

  /** Stops every check; the bundle that the app was opened with can be checked again. */
  cancelAll(): void {
    this.#checkingOffered?.abort();
    for (const id of [...this.#checks.keys()]) void this.cancel(id);
  }

  #verify(source: BundleSource, trust: Trust, signal: AbortSignal): Promise<VerifyReport> {
    const onProgress = (done: number, total: number): void => {
      this.#progress('Checking every file', done, total);
    };
    return verifyBundle(source, trust, { sha256: this.#ports.sha256, subtle: globalThis.crypto.subtle, now: this.#ports.clock.now(), onProgress, signal });
  }

  #find(id: string): Check {
    const check = this.#checks.get(id);
    if (check === undefined) throw new CodedError('verify.unknown', 'Choose the file again.');
    return check;
  }
}

function viewOf(report: VerifyReport, trustedBy: VerifyView['trustedBy']): VerifyView {
  const { verdict, sentence, signers, root, tagManifestSha256, checks } = report;
  const bundle = tagManifestSha256 === null ? null : { tagManifest: tagManifestSha256, words: hashWords(tagManifestSha256) };
  return { verdict, sentence, signers: signers.map(({ name, position }) => ({ name, position })), root, trustedBy, bundle, checks };
}
