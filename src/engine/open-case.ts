import { CodedError } from '../record/coded-error.js';
import type { CaptureWanted, PlainForm, SeriesWanted } from '../cdp/capture-request.js';
import type { EntryData } from '../record/kinds.js';
import type { ToldRow } from '../investigation/told.js';
import type { DeclarationAnswer } from '../safety/gate.js';
import type { Credentials } from '../vault/vault.js';
import { addConcern, addNote, addStaffAdvice, addWords, compareClock, declareNotConcerned, sealCase, takeControls } from './case-acts.js';
import { CaseBrowsing } from './case-browsing.js';
import { demand, lockedError, type CaseContext } from './case-context.js';
import { CaseExports } from './case-exports.js';
import { CaseLock } from './case-lock.js';
import { CaptureList } from './capture-list.js';
import { Captures, type DeclarationResult, type PendingComposite } from './captures.js';
import { CaseReview } from './case-review.js';
import { IntervalCheckpoints } from './checkpoints.js';
import type { ManualComparison } from './clock-check.js';
import { findCheckpoint, type MatchingCheckpoint } from './compare-words.js';
import type { ExportOutcome, ExportRequest } from './exporting.js';
import { Halt } from './halt.js';
import type { Sitting } from './sitting.js';
import type { Suspicion } from './suspicion.js';
import { checkedTold } from './who-told.js';

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

  /** @param sitting what a lock has left, or null; a case comes into being by {@link createCase} and {@link resumeCase} */
  constructor(context: CaseContext, sitting: Sitting | null) {
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

  /** Begins the halt that a suspicion asks for, which waited behind a lock. */
  suspect(suspicion: Suspicion): Promise<void> {
    return this.#browsing.halt(suspicion);
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
