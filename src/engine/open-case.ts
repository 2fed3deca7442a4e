import { CodedError } from '../record/coded-error.js';
import type { CaptureForm } from '../cdp/capture.js';
import type { EntryData } from '../record/kinds.js';
import type { DeclarationAnswer } from '../safety/gate.js';
import type { CaseStore, Credentials } from '../vault/vault.js';
import { CaseRecord } from './case-record.js';
import { confirmBoth, demand, demandSignedIn, type CaseContext, type CaseSurroundings } from './case-context.js';
import { Captures, type DeclarationResult, type PendingComposite } from './captures.js';
import { exportCase, type ExportOutcome, type ExportRequest } from './exporting.js';
import { Halt } from './halt.js';
import { addressOf, Sitting } from './sitting.js';
import { TrustedTime } from './trusted-time.js';

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

/** A case that two reviewers have open: everything that they can do with it. */
export class OpenCase {
  readonly context: CaseContext;
  readonly captures: Captures;
  readonly halt: Halt;
  #sitting: Sitting | null = null;
  #exporting: AbortController | null = null;

  private constructor(context: CaseContext) {
    this.context = context;
    this.captures = new Captures(context);
    this.halt = new Halt(context, { captures: this.captures, sitting: () => this.#sitting, cancelWork: () => this.#exporting?.abort() });
  }

  /** Opens a new case; it is on disk when this resolves. @throws CodedError `browse.bad-address` for a suspected address that is none */
  static async create(store: CaseStore, context: CaseSurroundings, opening: NewCase, about: Omit<EntryData<'case-opened'>, 'reference' | 'reason' | 'subject'>): Promise<OpenCase> {
    const suspected = opening.suspected.map((address) => addressOf(address).href);
    const record = await CaseRecord.load(store, context.vault.signers, context.ports);
    const { reference, reason, subject } = opening;
    await record.add('case-opened', [...context.reviewers], { reference, reason, subject, ...about });
    for (const url of suspected) await record.add('suspected-address', [...context.reviewers], { url });
    return new OpenCase({ ...context, record, time: trustedTime(context, record), stopped: false });
  }

  /** Continues a stored case. A sitting that a crash cut short is closed; STOP that nobody answered becomes a halt. */
  static async resume(store: CaseStore, context: CaseSurroundings): Promise<OpenCase> {
    const record = await CaseRecord.load(store, context.vault.signers, context.ports);
    const open = new OpenCase({ ...context, record, time: trustedTime(context, record), stopped: false });
    if (record.state.sitting && record.state.phase !== 'halted') await record.add('sitting-ended', ['app'], { reason: 'interrupted' });
    await open.halt.resumeAfterRestart();
    open.context.time.resume();
    return open;
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
    } finally {
      this.context.announce.progressDone();
    }
    this.context.announce.changed();
  }

  /** Gives the controls to one of the two. */
  async takeControls(initials: string): Promise<void> {
    demandSignedIn(this.context, initials);
    if (this.context.record.state.heldBy !== initials) await this.context.record.add('controls', [initials], { heldBy: initials });
    this.context.announce.changed();
  }

  /** See {@link Captures.prepare}. */
  prepareCapture(form: CaptureForm): Promise<PendingComposite> {
    demand(this.context, 'capture');
    return this.captures.prepare(this.browsing.browser, form);
  }

  /** See {@link Captures.declare}. @throws CodedError `gate.declared`, `gate.suspected-address` once the halt is on record */
  async declare(by: string, answer: DeclarationAnswer | null, note: string): Promise<Extract<DeclarationResult, { kept: true }>> {
    const result = await this.captures.declare(by, answer, note);
    if (result.kept) return result;
    await this.halt.begin(by, result.halt.cause, { view: result.view, url: result.url });
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
    try {
      return await exportCase(this.context, request, exporting.signal);
    } finally {
      this.#exporting = null;
      this.context.announce.changed();
    }
  }

  /** Cancels a capture or an export that is under way. */
  cancelWork(): void {
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
