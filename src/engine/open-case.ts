import { CodedError } from '../record/coded-error.js';
import type { CaptureWanted, PlainForm, SeriesWanted } from '../cdp/capture-request.js';
import type { EntryData } from '../record/kinds.js';
import type { ToldRow } from '../investigation/told.js';
import type { DeclarationAnswer } from '../safety/gate.js';
import type { Credentials, Signer } from '../vault/vault.js';
import type { CaseStore } from '../vault/stored-case.js';
import { addConcern, addNote, addStaffAdvice, addWords, compareClock, declareNotConcerned, sealCase, takeControls } from './case-acts.js';
import { CaseBrowsing } from './case-browsing.js';
import { demand, lockedError, type CaseContext, type CaseSurroundings } from './case-context.js';
import { CaseExports } from './case-exports.js';
import { CaseLock, type LeftBehind } from './case-lock.js';
import { CaseRecord } from './case-record.js';
import { CaptureList } from './capture-list.js';
import { Captures, type DeclarationResult, type PendingComposite } from './captures.js';
import { CaseReview } from './case-review.js';
import { IntervalCheckpoints } from './checkpoints.js';
import { CHECKED_AFTERWARDS, ownClock, type ManualComparison } from './clock-check.js';
import { findCheckpoint, type MatchingCheckpoint } from './compare-words.js';
import type { ExportOutcome, ExportRequest } from './exporting.js';
import { Halt } from './halt.js';
import type { HeldFact } from './idle-lock-held.js';
import { belongsHere } from './machine.js';
import type { Sitting } from './sitting.js';
import { TrustedTime } from './trusted-time.js';
import { addressOf } from './typed-address.js';
import { checkedTold } from './who-told.js';

/** What a case is opened with. */
export interface NewCase {
  readonly reference: string;
  readonly reason: string;
  readonly subject: EntryData<'case-opened'>['subject'];
  /** How the report came up; absent where nobody was asked. */
  readonly cameUp?: NonNullable<EntryData<'case-opened'>['cameUp']>;
  /** Addresses of the report that may be opened. */
  readonly reported?: readonly string[];
  /** Addresses of the report that are suspected to show child sexual abuse: never opened. */
  readonly suspected: readonly string[];
}

/** How long closing waits for a last time stamp. */
const LAST_STAMP_MS = 5_000;

/** A case that two reviewers have open: everything that they can do with it. */
export class OpenCase {
  readonly context: CaseContext;
  readonly captures: Captures;
  readonly list: CaptureList;
  readonly halt: Halt;
  /** What a lock of the app does here. */
  readonly lock: CaseLock;
  /** Exhibits looked at again, and redacted copies. */
  readonly review: CaseReview;
  readonly #checkpoints: IntervalCheckpoints;
  readonly #browsing: CaseBrowsing;
  readonly #exports: CaseExports;
  #kept: Promise<unknown> = Promise.resolve();

  private constructor(context: CaseContext, sitting: Sitting | null) {
    this.context = context;
    this.#checkpoints = new IntervalCheckpoints(context.record, context.ports.clock);
    this.#exports = new CaseExports(context);
    this.captures = new Captures(context);
    this.review = new CaseReview(context);
    this.list = new CaptureList({ captures: this.captures, goto: (url) => this.browsing.goto(url), prepare: (form) => this.prepareCapture(form), changed: context.announce.changed });
    this.halt = new Halt(context, { captures: this.captures, sitting: () => this.#browsing.kept, shown: () => this.review.viewer.shown, cancelWork: () => {
      this.list.stop();
      this.review.stop();
      this.#exports.cancel();
      return Promise.all([this.#exports.done(), this.review.done()]);
    } });
    this.#browsing = new CaseBrowsing(context, sitting, () => this.halt);
    this.lock = new CaseLock(context, { captures: this.captures, list: this.list, halt: this.halt, browsing: this.#browsing, review: this.review, stored: () => this.#kept });
  }

  /** Opens a new case; it is on disk when this resolves. `declaring`: both have just given their passphrases and declare that they are not concerned. @throws CodedError `browse.bad-address` for a suspected address that is none */
  static async create(store: CaseStore, context: CaseSurroundings, opening: NewCase, about: Omit<EntryData<'case-opened'>, 'reference' | 'reason' | 'subject' | 'machine' | 'cameUp'>, declaring: readonly Signer[] | null = null): Promise<OpenCase> {
    const suspected = [...new Set(opening.suspected.map((address) => addressOf(address).href))];
    const reported = [...new Set((opening.reported ?? []).map((address) => addressOf(address).href))].filter((url) => !suspected.includes(url));
    if (reported.some((url) => !/^https?:/.test(url))) throw new CodedError('browse.bad-address', 'Only addresses of websites can be opened. Check the addresses that were reported.');
    const record = await CaseRecord.load(store, context.vault.signers, context.ports);
    const { reference, reason, subject, cameUp } = opening;
    await record.add('case-opened', [...context.reviewers], { reference, reason, subject, ...about, ...(cameUp === undefined ? {} : { cameUp }), ...(context.machine === null ? {} : { machine: context.machine }) });
    if (declaring !== null) await record.add('not-concerned', declaring.map((signer) => signer.initials), { reviewers: declaring.map((signer) => signer.initials) }, { acting: declaring });
    for (const url of suspected) await record.add('suspected-address', [...context.reviewers], { url });
    for (const url of reported) await record.add('reported-address', [...context.reviewers], { url });
    return new OpenCase({ ...context, record, time: trustedTime(context, record), stopped: false, locked: false, elsewhere: false }, null);
  }

  /**
   * Continues a stored case, with what a lock has left of its sitting. A sitting that a crash cut short is closed; STOP
   * that nobody answered becomes a halt. A case that belongs to another computer is only shown, and stopped.
   */
  static async resume(store: CaseStore, surroundings: CaseSurroundings, left: LeftBehind | null = null): Promise<OpenCase> {
    const record = await read(store, surroundings);
    const elsewhere = !belongsHere(record.state.opened.machine, surroundings.machine);
    const context: CaseContext = { ...surroundings, record, time: trustedTime(surroundings, record, elsewhere), stopped: record.state.halt !== null, locked: false, elsewhere };
    // What was found behind the lock: nothing is shown any more.
    const waits = left?.sitting?.waits ?? left?.waits ?? null;
    if (waits !== null) context.stopped = true;
    const open = new OpenCase(context, left?.sitting ?? null);
    if (elsewhere) {
      await open.halt.resumeAfterRestart();
      return open;
    }
    if (left?.sitting == null) await open.#endInterrupted(left?.facts ?? []);
    else await left.sitting.unlock(context);
    if (waits !== null) await open.#browsing.halt(waits);
    await open.halt.resumeAfterRestart();
    open.context.time.resume();
    return open;
  }

  async #endInterrupted(facts: readonly HeldFact[]): Promise<void> {
    const { record } = this.context;
    for (const { kind, data } of facts) await record.add(kind, ['app'], data);
    if (!record.state.sitting || record.state.phase === 'halted') return;
    await record.add('clock-check', ['app'], ownClock(this.context.ports.clock.now(), CHECKED_AFTERWARDS));
    await record.add('sitting-ended', ['app'], { reason: 'interrupted' });
  }

  /** Whether something long is under way, which counts as somebody being there. */
  get working(): boolean {
    return this.captures.running || this.#exports.running || this.review.running;
  }

  /** Whether a bundle is being made. */
  get exporting(): boolean {
    return this.#exports.running;
  }

  /** Makes a checkpoint when ten minutes of a changing case have passed. @throws CodedError `vault.*` */
  async tick(): Promise<void> {
    if (!this.context.elsewhere && !this.context.locked) await this.#checkpoints.tick();
  }

  /** Resolves once no bundle is being made. */
  exportDone(): Promise<void> {
    return this.#exports.done();
  }

  /** Lets go of everything without a word in the record: for when it cannot be written. */
  async abandon(): Promise<void> {
    this.halt.dispose();
    this.context.time.dispose();
    this.captures.wipe();
    this.review.stop();
    await this.#browsing.dispose();
  }

  /** See {@link compareClock}. */
  compareClock(by: string, comparison: ManualComparison): Promise<EntryData<'clock-check'>> {
    return compareClock(this.context, by, comparison);
  }

  /** See {@link findCheckpoint}. */
  async compareWords(words: string): Promise<MatchingCheckpoint | null> {
    return findCheckpoint(await this.context.record.ofKinds(['checkpoint']), words);
  }

  /** The sitting under way, or null. */
  get sitting(): Sitting | null {
    return this.#browsing.sitting;
  }

  /** The sitting under way. @throws CodedError `browse.not-started`, `case.halted` */
  get browsing(): Sitting {
    return this.#browsing.demanded;
  }

  /** Starts the browser, unless it is running. */
  startBrowsing(): Promise<void> {
    return this.#browsing.start();
  }

  /** See {@link takeControls}. */
  takeControls(initials: string): Promise<void> {
    return takeControls(this.context, initials);
  }

  /** See {@link Captures.prepare}. */
  prepareCapture(wanted: CaptureWanted | SeriesWanted | PlainForm): Promise<PendingComposite> {
    demand(this.context, 'capture');
    const { browsing } = this;
    const prepared = this.captures.prepare(browsing.browser, typeof wanted === 'string' ? { form: wanted } : wanted, () => browsing.checkInnerPictures());
    this.#kept = prepared;
    return prepared;
  }

  /** See {@link Captures.declare}. @throws CodedError `gate.declared`, `gate.suspected-address`, `gate.listed` once the halt is on record */
  async declare(by: string, answer: DeclarationAnswer | null, note: string, account = ''): Promise<Extract<DeclarationResult, { kept: true }>> {
    if (this.context.locked) throw lockedError();
    const declared = this.captures.declare(by, answer, { note, account });
    this.#kept = declared;
    const result = await declared;
    if (result.kept) return result;
    await this.halt.begin(by, result.halt.cause, { view: result.view, url: result.url }, { sentence: result.halt.code === 'gate.listed' ? result.halt.sentence : '' });
    throw new CodedError(result.halt.code, result.halt.sentence);
  }

  /** Describes why the page in the view, or the case as a whole, is a concern. `title`: of a kind that the school added. */
  addConcern(by: string, category: string, description: string, title?: string): Promise<void> {
    const place = this.sitting?.place ?? null;
    return addConcern(this.context, by, { view: place?.view ?? null, url: place?.url ?? null, category, ...(title === undefined ? {} : { title }), description });
  }

  /** See {@link addStaffAdvice}. */
  addStaffAdvice(by: string, advice: EntryData<'staff-advice'>): Promise<void> {
    return addStaffAdvice(this.context, by, advice);
  }

  /** See {@link declareNotConcerned}. */
  declareNotConcerned(first: Credentials, second: Credentials): Promise<void> {
    return declareNotConcerned(this.context, first, second);
  }

  /** See {@link addNote}. */
  addNote(by: string, text: string): Promise<void> {
    return addNote(this.context, by, text);
  }

  /** See {@link addWords}. */
  addWords(by: string, to: number, text: string, told: readonly ToldRow[] = []): Promise<void> {
    return addWords(this.context, by, to, text, told);
  }

  /** Writes the conclusion down and ends the browsing. @throws CodedError `told.*`, `case.*` */
  async conclude({ told, ...conclusion }: EntryData<'conclusion'>): Promise<void> {
    demand(this.context, 'conclude');
    const rows = checkedTold(this.context, told ?? []);
    await this.#browsing.end('closed');
    demand(this.context, 'conclude');
    await this.context.record.add('conclusion', [...this.context.reviewers], { ...conclusion, ...(rows.length === 0 ? {} : { told: rows }) });
    this.context.announce.changed();
  }

  /** See {@link sealCase}. */
  seal(first: Credentials, second: Credentials, read: number): Promise<readonly string[]> {
    return sealCase(this.context, first, second, read);
  }

  /** Exports the case; one export at a time. */
  export(request: ExportRequest): Promise<ExportOutcome> {
    return this.#exports.make(request);
  }

  /** Cancels a capture or an export that is under way. */
  cancelWork(): void {
    this.list.stop();
    this.captures.cancel();
    this.review.cancel();
    this.#exports.cancel();
  }

  /**
   * Ends the sitting, makes a checkpoint, and lets go of the case; at sign-out its time stamps go on, and whoever signs out
   * ends them. Gives the eight words, or null where nothing was added.
   */
  async close(reason: 'sign-out' | 'closed'): Promise<readonly string[] | null> {
    this.cancelWork();
    this.review.stop();
    this.halt.dispose();
    const { record } = this.context;
    if (record.state.phase === 'halted') {
      await this.#browsing.dispose();
      this.captures.wipe();
      await this.#stampLast(reason);
      return null;
    }
    await this.captures.discard();
    await this.#browsing.end(reason);
    await record.settled();
    if (this.context.elsewhere) {
      this.context.time.dispose();
      return null;
    }
    const last = record.newestBut('timestamp', 'timestamp-failed');
    const words = last?.header.kind === 'checkpoint' ? null : await record.checkpoint('sign-out');
    await this.#stampLast(reason);
    return words;
  }

  async #stampLast(reason: 'sign-out' | 'closed'): Promise<void> {
    if (reason === 'closed' || this.context.elsewhere) await this.context.time.finish(LAST_STAMP_MS);
  }
}

function trustedTime(context: CaseSurroundings, record: CaseRecord, onlySignatures = false): TrustedTime {
  return new TrustedTime({ record, ports: context.ports, authorities: context.timeAuthorities, onlySignatures });
}

/** The record of a stored case. A long one takes seconds, and says how far it is. */
async function read(store: CaseStore, { vault, ports, announce }: CaseSurroundings): Promise<CaseRecord> {
  const told = { any: false };
  try {
    return await CaseRecord.load(store, vault.signers, ports, (done, total) => {
      told.any = true;
      announce.progress('start', 'Reading the record of this case', done, total, false);
    });
  } finally {
    if (told.any) announce.progressDone();
  }
}
