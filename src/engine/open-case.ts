import { CodedError } from '../record/coded-error.js';
import type { CaptureWanted, PlainForm, SeriesWanted } from '../cdp/capture-request.js';
import type { EntryData } from '../record/kinds.js';
import type { DeclarationAnswer } from '../safety/gate.js';
import type { CaseStore, Credentials } from '../vault/vault.js';
import { CaseRecord } from './case-record.js';
import { confirmBoth, demand, demandSignedIn, lockedError, type CaseContext, type CaseSurroundings } from './case-context.js';
import { CaptureList } from './capture-list.js';
import { Captures, type DeclarationResult, type PendingComposite } from './captures.js';
import { exportCase, type ExportOutcome, type ExportRequest } from './exporting.js';
import { IntervalCheckpoints } from './checkpoints.js';
import { manualCheck, type ManualComparison } from './clock-check.js';
import { findCheckpoint, type MatchingCheckpoint } from './compare-words.js';
import type { FlagFound } from './flag-matching.js';
import { Halt } from './halt.js';
import type { HeldFact } from './idle-lock-held.js';
import { belongsHere } from './machine.js';
import { Sitting } from './sitting.js';
import { TrustedTime } from './trusted-time.js';
import { addressOf } from './typed-address.js';

/** What a case is opened with. */
export interface NewCase {
  readonly reference: string;
  readonly reason: string;
  readonly subject: EntryData<'case-opened'>['subject'];
  /** Addresses of the report that are suspected to show child sexual abuse: never opened. */
  readonly suspected: readonly string[];
}

/** How long signing out waits for a last time stamp. */
const LAST_STAMP_MS = 5_000;

/** What a lock, or signing out of a locked app, leaves of a sitting. */
export interface LeftBehind {
  /** The browser as it stands, or null when it is gone. */
  readonly sitting: Sitting | null;
  /** What the browser told that no record has yet, where it is gone. */
  readonly facts: readonly HeldFact[];
}

/** A case that two reviewers have open: everything that they can do with it. */
export class OpenCase {
  readonly context: CaseContext;
  readonly captures: Captures;
  readonly list: CaptureList;
  readonly halt: Halt;
  readonly #checkpoints: IntervalCheckpoints;
  #sitting: Sitting | null;
  #exporting: AbortController | null = null;
  #exported: Promise<unknown> = Promise.resolve();
  #kept: Promise<unknown> = Promise.resolve();

  private constructor(context: CaseContext, sitting: Sitting | null) {
    this.context = context;
    this.#sitting = sitting;
    this.#checkpoints = new IntervalCheckpoints(context.record, context.ports.clock);
    this.captures = new Captures(context);
    this.list = new CaptureList({ captures: this.captures, goto: (url) => this.browsing.goto(url), prepare: (form) => this.prepareCapture(form), changed: context.announce.changed });
    this.halt = new Halt(context, { captures: this.captures, sitting: () => this.#sitting, cancelWork: () => {
      this.list.stop();
      this.#exporting?.abort();
    } });
    if (sitting !== null) this.#watch(sitting);
  }

  /** Opens a new case; it is on disk when this resolves. @throws CodedError `browse.bad-address` for a suspected address that is none */
  static async create(store: CaseStore, context: CaseSurroundings, opening: NewCase, about: Omit<EntryData<'case-opened'>, 'reference' | 'reason' | 'subject' | 'machine'>): Promise<OpenCase> {
    const suspected = opening.suspected.map((address) => addressOf(address).href);
    const record = await CaseRecord.load(store, context.vault.signers, context.ports);
    const { reference, reason, subject } = opening;
    await record.add('case-opened', [...context.reviewers], { reference, reason, subject, ...about, ...(context.machine === null ? {} : { machine: context.machine }) });
    for (const url of suspected) await record.add('suspected-address', [...context.reviewers], { url });
    return new OpenCase({ ...context, record, time: trustedTime(context, record), stopped: false, locked: false, elsewhere: false }, null);
  }

  /**
   * Continues a stored case, with what a lock has left of its sitting. A sitting that a crash cut short is closed; STOP
   * that nobody answered becomes a halt. A case that belongs to another computer is only shown.
   */
  static async resume(store: CaseStore, surroundings: CaseSurroundings, left: LeftBehind | null = null): Promise<OpenCase> {
    const record = await CaseRecord.load(store, surroundings.vault.signers, surroundings.ports);
    const elsewhere = !belongsHere(record.state.opened.machine, surroundings.machine);
    const context: CaseContext = { ...surroundings, record, time: trustedTime(surroundings, record), stopped: record.state.halt !== null, locked: false, elsewhere };
    const open = new OpenCase(context, left?.sitting ?? null);
    if (elsewhere) {
      context.time.dispose();
      return open;
    }
    if (left?.sitting == null) await open.#endInterrupted(left?.facts ?? []);
    else await left.sitting.unlock(context);
    await open.halt.resumeAfterRestart();
    open.context.time.resume();
    return open;
  }

  async #endInterrupted(facts: readonly HeldFact[]): Promise<void> {
    const { record } = this.context;
    for (const { kind, data } of facts) await record.add(kind, ['app'], data);
    if (record.state.sitting && record.state.phase !== 'halted') await record.add('sitting-ended', ['app'], { reason: 'interrupted' });
  }

  /** Whether something long is under way, which counts as somebody being there. */
  get working(): boolean {
    return this.captures.running || this.#exporting !== null;
  }

  /** Whether a bundle is being made. */
  get exporting(): boolean {
    return this.#exporting !== null;
  }

  /** Makes a checkpoint when ten minutes of a changing case have passed. @throws CodedError `vault.*` */
  async tick(): Promise<void> {
    if (!this.context.elsewhere && !this.context.locked) await this.#checkpoints.tick();
  }

  /** The app locks: from this instant nothing is shown, taken or loaded. */
  blank(): void {
    this.context.locked = true;
    this.halt.dispose();
    this.list.stop();
    this.captures.cancel();
    this.#sitting?.blank();
  }

  /** After {@link blank}: writes down that the app locks, lets go of what waits for a declaration, and brings the page to rest. */
  async goQuiet(reason: EntryData<'locked'>['reason']): Promise<void> {
    const { record, reviewers, elsewhere } = this.context;
    await this.#kept.catch(() => undefined);
    await this.captures.discard();
    if (!elsewhere) await record.add('locked', reason === 'idle' ? ['app'] : [...reviewers], { reason });
    await this.#sitting?.quieten();
  }

  /** Resolves once no bundle is being made. */
  async exportDone(): Promise<void> {
    await this.#exported.catch(() => undefined);
  }

  /** The last step before the keys go: the checkpoint. From here on the browser's facts are held. */
  async checkpointForLock(): Promise<void> {
    const { record, elsewhere } = this.context;
    this.#sitting?.hold();
    await record.settled();
    if (!elsewhere) await record.checkpoint('lock');
  }

  /** What stays once the keys are gone. */
  leave(): LeftBehind {
    this.context.time.dispose();
    return { sitting: this.#sitting, facts: [] };
  }

  /** Lets go of everything without a word in the record: for when it cannot be written. */
  async abandon(): Promise<void> {
    this.halt.dispose();
    this.context.time.dispose();
    this.captures.wipe();
    await this.#sitting?.dispose();
  }

  /** Both came back before the keys were gone. */
  async unblank(): Promise<void> {
    this.context.locked = false;
    await this.#sitting?.unlock(this.context);
    await this.addResumed();
  }

  /** Whether the record ends in a lock that nobody has opened: they signed out of a locked app, or it was ended. */
  get wasLocked(): boolean {
    const last = this.context.record.entries.findLast(({ header }) => header.kind === 'locked' || header.kind === 'resumed' || header.kind === 'sitting-ended');
    return last?.header.kind === 'locked';
  }

  /** Writes down that both are back. */
  async addResumed(): Promise<void> {
    const { record, reviewers, elsewhere } = this.context;
    if (!elsewhere) await record.add('resumed', [...reviewers], { reviewers: [...reviewers] });
  }

  /** A reviewer held the computer's clock against another. @throws CodedError `clock.bad-time` */
  async compareClock(by: string, comparison: ManualComparison): Promise<EntryData<'clock-check'>> {
    const check = manualCheck(comparison, this.context.ports.clock.now());
    demand(this.context, 'note');
    demandSignedIn(this.context, by);
    await this.context.record.add('clock-check', [by], check);
    this.context.announce.changed();
    return check;
  }

  /** See {@link findCheckpoint}. */
  compareWords(words: string): MatchingCheckpoint | null {
    return findCheckpoint(this.context.record.entries, words);
  }

  /** The sitting under way, or null. */
  get sitting(): Sitting | null {
    return this.#sitting !== null && this.context.record.state.sitting ? this.#sitting : null;
  }

  /** The sitting under way. @throws CodedError `browse.not-started`, `case.halted` */
  get browsing(): Sitting {
    demand(this.context, 'visit');
    if (this.sitting === null) throw new CodedError('browse.not-started', 'The browser is not running. Start it first.');
    return this.sitting;
  }

  /** Starts the browser, unless it is running. */
  async startBrowsing(): Promise<void> {
    demand(this.context, 'sitting');
    if (this.sitting !== null) return;
    this.context.announce.progress('start', 'Starting the browser', 0, 0, false);
    try {
      this.#sitting = await Sitting.start(this.context);
      this.#watch(this.#sitting);
    } finally {
      this.context.announce.progressDone();
    }
    this.context.announce.changed();
  }

  /** What the filter says is suspected, or what is found on a list, begins the halt at once; nobody is asked. */
  #watch(sitting: Sitting): void {
    const begin = (cause: 'block-page' | FlagFound['cause'], place: { view: string | null; url: string | null }, found?: { sentence: string; listed: { list: string; url: string } }): void => {
      if (this.context.stopped || this.context.locked) return;
      this.halt.begin('app', cause, place, found).catch((error: unknown) => {
        const why = error instanceof CodedError ? error.sentence : 'Something went wrong inside the app.';
        this.context.announce.alert('halt.not-recorded', `The case is halted, but that could not be written to the record. Call the police. ${why}`);
      });
    };
    sitting.onSuspected((place) => begin('block-page', place));
    sitting.onFlagged = ({ cause, list, sentence }, place, url) => begin(cause, place, { sentence, listed: { list, url } });
  }

  /** Gives the controls to one of the two. */
  async takeControls(initials: string): Promise<void> {
    demand(this.context, 'note');
    demandSignedIn(this.context, initials);
    if (this.context.record.state.heldBy !== initials) await this.context.record.add('controls', [initials], { heldBy: initials });
    this.context.announce.changed();
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

  /** Describes why the page in the view, or the case as a whole, is a concern. */
  async addConcern(by: string, category: string, description: string): Promise<void> {
    demand(this.context, 'concern');
    demandSignedIn(this.context, by);
    const place = this.sitting?.place ?? null;
    await this.context.record.add('concern', [by], { view: place?.view ?? null, url: place?.url ?? null, category, description });
    this.context.announce.changed();
  }

  /** Of a case about a member of staff: writes down what the LADO or the police advised before anything was opened. */
  async addStaffAdvice(by: string, advice: EntryData<'staff-advice'>): Promise<void> {
    demand(this.context, 'staff-advice');
    demandSignedIn(this.context, by);
    await this.context.record.add('staff-advice', [by], advice);
    this.context.announce.changed();
  }

  /** Both declare, with their passphrases, that they are not the person concerned, nor that person's partner or relative. */
  async declareNotConcerned(first: Credentials, second: Credentials): Promise<void> {
    demand(this.context, 'staff-advice');
    const acting = await confirmBoth(this.context, first, second);
    demand(this.context, 'staff-advice');
    const reviewers = acting.map((signer) => signer.initials);
    await this.context.record.add('not-concerned', reviewers, { reviewers }, { acting });
    this.context.announce.changed();
  }

  /** Adds a note; a halted case takes them too. */
  async addNote(by: string, text: string): Promise<void> {
    demand(this.context, 'note');
    demandSignedIn(this.context, by);
    await this.context.record.add('note', [by], { text });
    this.context.announce.changed();
  }

  /** Writes the conclusion down and ends the browsing. */
  async conclude(conclusion: EntryData<'conclusion'>): Promise<void> {
    demand(this.context, 'conclude');
    await this.#endSitting('closed');
    demand(this.context, 'conclude');
    await this.context.record.add('conclusion', [...this.context.reviewers], conclusion);
    this.context.announce.changed();
  }

  /** Both give their passphrases again and the case is closed for good. Gives the eight words of the last checkpoint. */
  async seal(first: Credentials, second: Credentials): Promise<readonly string[]> {
    demand(this.context, 'seal');
    const acting = await confirmBoth(this.context, first, second);
    demand(this.context, 'seal');
    const { record } = this.context;
    await record.addWith('seal', acting.map((s) => s.initials), () => this.#summary(), { acting });
    const words = await record.checkpoint('seal');
    this.context.announce.changed();
    return words;
  }

  /** Exports the case; one export at a time. */
  async export(request: ExportRequest): Promise<ExportOutcome> {
    if (this.#exporting !== null) throw new CodedError('export.busy', 'A bundle is being made already. Wait for it, or cancel it.');
    const exporting = new AbortController();
    this.#exporting = exporting;
    const made = exportCase(this.context, request, exporting.signal);
    this.#exported = made;
    try {
      return await made;
    } finally {
      this.#exporting = null;
      this.context.announce.changed();
    }
  }

  /** Cancels a capture or an export that is under way. */
  cancelWork(): void {
    this.list.stop();
    this.captures.cancel();
    this.#exporting?.abort();
  }

  /** Ends the sitting, makes a checkpoint, and lets go of the case. Gives the eight words, or null where nothing was added. */
  async close(reason: 'sign-out' | 'closed'): Promise<readonly string[] | null> {
    this.cancelWork();
    this.halt.dispose();
    const { record } = this.context;
    if (record.state.phase === 'halted') {
      await this.#sitting?.dispose();
      this.captures.wipe();
      await this.context.time.finish(LAST_STAMP_MS);
      return null;
    }
    await this.captures.discard();
    await this.#endSitting(reason);
    await record.settled();
    if (this.context.elsewhere) return null;
    const last = record.entries.findLast(({ header }) => header.kind !== 'timestamp' && header.kind !== 'timestamp-failed');
    const words = last?.header.kind === 'checkpoint' ? null : await record.checkpoint('sign-out');
    await this.context.time.finish(LAST_STAMP_MS);
    return words;
  }

  async #endSitting(reason: EntryData<'sitting-ended'>['reason']): Promise<void> {
    const sitting = this.#sitting;
    this.#sitting = null;
    if (sitting !== null && this.context.record.state.sitting) await sitting.end(reason);
    await sitting?.dispose();
  }

  #summary(): EntryData<'seal'> {
    const { record } = this.context;
    const { exhibits, concerns } = record.state;
    const head = record.store.head;
    if (head === null) throw new RangeError('a case has entries before it is sealed');
    return { entries: head.seq + 1, exhibits: exhibits.length, quarantined: exhibits.filter((e) => e.quarantined).length, concerns: concerns.length, head: head.hash };
  }
}

function trustedTime(context: CaseSurroundings, record: CaseRecord): TrustedTime {
  return new TrustedTime({ record, ports: context.ports, authorities: context.timeAuthorities });
}
