import { CodedError } from '../record/coded-error.js';
import { HALT_STEPS } from '../investigation/policy/halt-steps.js';
import { CUT_OFF_STEPS, type EntryData } from '../record/kinds.js';
import type { ListedFlag } from '../safety/gate.js';
import type { Credentials } from '../vault/vault.js';
import { confirmBoth, demand, demandSignedIn, type CaseContext } from './case-context.js';
import { CHECKED_AFTERWARDS, ownClock } from './clock-check.js';
import { toQuarantine } from './exhibit-parts.js';
import { copiesOf, NO_COPIES, type HaltCopies } from './halt-copies.js';
import type { Captures } from './captures.js';
import type { Sitting } from './sitting.js';

/** How a halt ends, in both reviewers' words. */
export type HaltEnding = EntryData<'halt-ended'>;

/** How long the question after STOP may go unanswered before it is a halt. */
export const ANSWER_WITHIN_MS = 120_000;

/** How long a halt waits for a time server's answer before it writes down that the sitting has ended. */
const CLOCK_MS = 1_000;

/** How long a halt waits for a bundle's last bytes to be gone before it writes down what was done. */
const GONE_MS = 1_000;

/** What a halt acts on. */
export interface HaltTargets {
  readonly captures: Captures;
  readonly sitting: () => Sitting | null;
  /** References of the exhibits that are on the screen. */
  readonly shown: () => readonly string[];
  /** Stops long work that could keep or hand out bytes; resolves once nothing of it goes on. */
  readonly cancelWork: () => Promise<unknown>;
}

/**
 * The halt of one case (DESIGN promise 4). Whatever sets it off, the order is: refuse, blank, wipe, cut the browser off,
 * write it down, quarantine. The refusing and blanking are done before the first `await`.
 */
export class Halt {
  readonly #context: CaseContext;
  readonly #targets: HaltTargets;
  #timer: NodeJS.Timeout | null = null;
  #copies: HaltCopies = NO_COPIES;
  #key = 0;
  #workGone: Promise<unknown> = Promise.resolve();

  constructor(context: CaseContext, targets: HaltTargets) {
    this.#context = context;
    this.#targets = targets;
  }

  /** Bundles and backups that hold what was quarantined. */
  get copies(): HaltCopies {
    return this.#copies;
  }

  /** STOP. The view is blank when this returns to the event loop; the promise resolves once STOP is on record. */
  async stop(by: string | null): Promise<void> {
    demand(this.#context, 'stop');
    const shown = this.#targets.shown();
    const place = { ...this.#seize(), ...(shown.length === 0 ? {} : { shown: [...shown] }) };
    this.#timer = setTimeout(() => void this.answer(null, 'unanswered', '').catch(() => undefined), ANSWER_WITHIN_MS);
    this.#timer.unref();
    await this.#writeFirst([by ?? 'app'], place);
  }

  /** What the reviewers said after STOP; `unanswered` when nobody did. */
  async answer(by: string | null, cause: 'stop-suspected' | 'stop-unsure' | 'unanswered' | 'interrupted', sentence: string): Promise<void> {
    demand(this.#context, 'answer-stop');
    if (by !== null) demandSignedIn(this.#context, by);
    this.#clearTimer();
    const halt = this.#context.record.state.halt;
    await this.#writeHalt([by ?? 'app'], { cause, sentence, view: halt?.view ?? null, url: halt?.url ?? null, ...(halt?.shown === undefined ? {} : { shown: [...halt.shown] }) });
  }

  /** A halt that needs no question: a declaration that suspects, a suspected address, the filter's own page, or something on a flag list. */
  async begin(by: string, cause: 'after-crash-suspected' | 'after-crash-unsure' | 'declared-suspected' | 'declared-unsure' | 'suspected-address' | 'block-page' | ListedFlag['cause'], place: { view: string | null; url: string | null }, found: { readonly sentence: string; readonly listed?: NonNullable<EntryData<'halt'>['listed']> } = { sentence: '' }): Promise<void> {
    this.#seize();
    // What was declared on still stands on the screen: it goes now, and not once everything is written down.
    this.#context.announce.changed();
    // The file makes it a halt whatever happens next. The entry waits: what was on its way comes before it in the record.
    const marked = this.mark();
    const steps = await this.#cutOff();
    await this.#writeHalt([by], { cause, ...found, ...place }, { steps, marked });
  }

  /** Writes the file that makes this computer halted, which needs no key. @throws CodedError `vault.*` */
  async mark(): Promise<void> {
    const { record, vault, ports, contacts } = this.#context;
    await vault.writeCrisis({ caseReference: record.state.opened.reference, at: record.state.halt?.at ?? ports.clock.now(), contacts: { ...contacts() } });
  }

  /** STOP was pressed by mistake: both sign that nothing was wrong, and the case is open again. The browser starts anew. */
  async withdraw(first: Credentials, second: Credentials, reason: string): Promise<void> {
    demand(this.#context, 'answer-stop');
    const acting = await confirmBoth(this.#context, first, second);
    demand(this.#context, 'answer-stop');
    this.#clearTimer();
    await this.#context.record.add('stop-withdrawn', acting.map((s) => s.initials), { reason }, { acting });
    await this.#context.vault.clearCrisis();
    this.#context.stopped = false;
    await this.#targets.sitting()?.end('closed');
    this.#context.announce.changed();
  }

  /** Ticks or unticks a step. @throws CodedError `halt.unknown-step` */
  async step(by: string, step: string, done: boolean): Promise<void> {
    demand(this.#context, 'halt-step');
    demandSignedIn(this.#context, by);
    if (!HALT_STEPS.some(({ id }) => id === step)) throw new CodedError('halt.unknown-step', 'There is no such step.');
    await this.#context.record.add('halt-step', [by], { step, done });
    this.#context.announce.changed();
  }

  /** Writes down a call to the police; without a time of its own it was made just now. @throws CodedError `halt.call-time`, `case.*`, `auth.*` */
  async call(by: string, call: Omit<EntryData<'police-call'>, 'calledAt'> & { readonly calledAt?: string }): Promise<void> {
    demand(this.#context, 'police-call');
    demandSignedIn(this.#context, by);
    const now = this.#context.ports.clock.now();
    if (call.calledAt !== undefined && Date.parse(call.calledAt) > Date.parse(now)) throw new CodedError('halt.call-time', 'This time has not come yet. Write down when you called.', { where: 'calledAt' });
    await this.#context.record.add('police-call', [by], { ...call, calledAt: call.calledAt ?? now });
    this.#context.announce.changed();
  }

  /** Both sign that the police allow this computer to be used again; the case stays halted. */
  async release(first: Credentials, second: Credentials, text: string): Promise<void> {
    demand(this.#context, 'release');
    const acting = await confirmBoth(this.#context, first, second);
    demand(this.#context, 'release');
    await this.#context.record.add('halt-released', acting.map((s) => s.initials), { text }, { acting });
    await this.#context.record.checkpoint('halt');
    await this.#context.vault.clearCrisis();
    await this.#targets.sitting()?.dispose();
    this.#context.announce.changed();
  }

  /**
   * The halt ends, with both passphrases and after a call to the police. Handed to the police: the case takes nothing more.
   * No further action: the reviewers' own procedure goes on; what was quarantined stays so, and the page is never opened again.
   *
   * @throws CodedError `case.not-halted`, `case.stop-unanswered`, `case.no-police-call`, `halt.advice-incomplete`, `auth.*`
   */
  async end(first: Credentials, second: Credentials, ending: HaltEnding): Promise<void> {
    demand(this.#context, 'end-halt');
    demandWholeAdvice(ending);
    const acting = await confirmBoth(this.#context, first, second);
    demand(this.#context, 'end-halt');
    const { record, vault } = this.#context;
    await this.#quarantine();
    await record.add('halt-ended', acting.map((s) => s.initials), ending, { acting });
    await record.checkpoint('halt');
    if (ending.how === 'no-further-action') {
      await vault.clearCrisis();
      await this.#targets.sitting()?.dispose();
      this.#context.stopped = false;
    }
    this.#context.announce.changed();
  }

  /** What a reviewer said of the page that was open when the app or the browser stopped by itself. */
  async answerInterruption(by: string, answer: 'not-suspected' | 'suspected' | 'unsure'): Promise<void> {
    demand(this.#context, 'answer-interruption');
    demandSignedIn(this.#context, by);
    const { interrupted } = this.#context.record.state;
    if (interrupted === null) return;
    if (answer !== 'not-suspected') await this.begin(by, answer === 'suspected' ? 'after-crash-suspected' : 'after-crash-unsure', interrupted);
    else await this.#context.record.add('interruption-answered', [by], { ...interrupted, answer });
    this.#context.announce.changed();
  }

  /** After a restart: STOP that nobody answered is a halt, and so is one that reached the crisis file and not the record. */
  async resumeAfterRestart(): Promise<void> {
    await this.#followCrisis();
    const { halt } = this.#context.record.state;
    if (halt === null) return;
    this.#context.stopped = true;
    if (!halt.answered) await this.answer(null, 'interrupted', '');
    // What a crash left out on another computer holds here, and is written there.
    else if (halt.ended === null && !this.#context.elsewhere) await this.#finish();
    await this.#readCopies();
  }

  async #followCrisis(): Promise<void> {
    const { record, vault } = this.#context;
    const crisis = this.#context.crisis();
    const { state } = record;
    if (crisis?.caseReference !== state.opened.reference) return;
    if (state.halt?.released === true) return vault.clearCrisis();
    if (state.phase === 'halted') return;
    const over = record.newest('stop-withdrawn', 'halt-ended');
    if (over !== null && over.header.at >= crisis.at) return vault.clearCrisis();
    // On another computer than the case's own no page was open.
    const page = this.#context.elsewhere ? null : (state.interrupted ?? (state.view === null ? null : { view: state.view.id, url: state.view.url }));
    await record.add('stop', ['app'], page ?? { view: null, url: null });
    if (this.#context.elsewhere) await record.add('cut-off', ['app'], await this.#cutOff());
  }

  /** Lets go of the timer; for closing. */
  dispose(): void {
    this.#clearTimer();
  }

  /** The part that must not wait for anything. */
  #seize(): { view: string | null; url: string | null } {
    this.#key = this.#context.ports.clock.monotonicMs();
    this.#context.stopped = true;
    this.#context.announce.blank();
    this.#targets.captures.wipe();
    this.#workGone = this.#targets.cancelWork();
    return this.#targets.sitting()?.place ?? { view: null, url: null };
  }

  /** Frames, then every session off line, then the processes. Gives what was done, to be recorded. */
  async #cutOff(): Promise<EntryData<'cut-off'>> {
    const at = (): number => Math.max(0, Math.round(this.#context.ports.clock.monotonicMs() - this.#key));
    const early = at();
    const gone = within(this.#workGone, GONE_MS);
    let stands = true;
    try {
      await this.#targets.sitting()?.cutOff();
    } catch {
      // The browser may be gone or hang: closing is worse than leaving it frozen, but an unfrozen one must not go on.
      stands = false;
      await this.#targets.sitting()?.dispose();
    }
    const late = at();
    const removed = await gone;
    const exports = { afterMs: at(), done: removed };
    const { elsewhere, machine } = this.#context;
    return {
      steps: CUT_OFF_STEPS.map((step) => ({ step, ...(step === 'exports' ? exports : step === 'offline' || step === 'processes' ? { afterMs: late, done: stands } : { afterMs: early, done: true }) })),
      ...(elsewhere && machine !== null ? { machine } : {}),
    };
  }

  async #writeFirst(by: readonly string[], place: EntryData<'stop'>): Promise<void> {
    // All three begin in one turn of the event loop. The file that makes this a halt after a crash is first in line for the disk.
    const crisis = this.mark();
    const cutOff = this.#cutOff();
    const written = this.#context.record.add('stop', by, place);
    // After STOP is on its way to the disk, and before the processes stop.
    void this.#targets.sitting()?.clock.check();
    const told = cutOff.then((steps) => this.#context.record.add('cut-off', ['app'], steps));
    await Promise.all([told, written, crisis]);
    this.#context.announce.changed();
  }

  /** `begun`: what {@link begin} has done by now; the browser was cut off and marked before where it is absent. */
  async #writeHalt(by: readonly string[], data: EntryData<'halt'>, begun: { readonly steps: EntryData<'cut-off'>; readonly marked: Promise<void> } | null = null): Promise<void> {
    const { record } = this.#context;
    // The one must not keep the other from being written.
    const [marked, written] = await Promise.allSettled([begun?.marked ?? this.mark(), record.add('halt', by, data)]);
    for (const each of [written, marked]) if (each.status === 'rejected') throw each.reason;
    if (begun !== null) {
      void this.#targets.sitting()?.clock.check();
      await record.add('cut-off', ['app'], begun.steps);
    }
    await this.#finish();
    await this.#readCopies();
    this.#context.announce.changed();
  }

  /** What follows from a halt and may be missing after a crash. */
  async #finish(): Promise<void> {
    const { record } = this.#context;
    const changed = await this.#quarantine();
    // A sitting that a copied record stands in was another computer's.
    const ended = record.state.sitting && !this.#context.elsewhere;
    if (ended) await this.#endSitting();
    if (changed || ended || record.state.checkpoint?.reason !== 'halt') await record.checkpoint('halt');
    if (record.state.halt?.released === false) await this.mark();
  }

  async #endSitting(): Promise<void> {
    const { record, ports } = this.#context;
    const sitting = this.#targets.sitting();
    if (sitting === null) await record.add('clock-check', ['app'], ownClock(ports.clock.now(), CHECKED_AFTERWARDS));
    else await sitting.clock.settle(CLOCK_MS);
    await record.add('sitting-ended', ['app'], { reason: 'halt' });
  }

  async #quarantine(): Promise<boolean> {
    const { record } = this.#context;
    const { exhibits, reason } = await toQuarantine(record);
    const found = new Set(exhibits.map((exhibit) => exhibit.reference));
    for (const exhibit of found) await record.add('quarantine', ['app'], { exhibit, reason });
    return found.size > 0;
  }

  async #readCopies(): Promise<void> {
    const { record, vault } = this.#context;
    // That the list of backups cannot be read must not keep the halt from being written.
    this.#copies = await copiesOf(record, vault).catch(() => NO_COPIES);
  }

  #clearTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}

/** Whether `work` has ended, one way or the other, within so many milliseconds. */
async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => { timer = setTimeout(() => { resolve(false); }, ms); });
  const ended = work.then(() => true, () => true);
  return Promise.race([ended, late]).finally(() => { clearTimeout(timer); });
}

/** That nothing more is done rests on an officer's words: who said them, when, and what they were. */
function demandWholeAdvice({ how, officer, advisedAt, text }: HaltEnding): void {
  if (how === 'no-further-action' && (officer.trim() === '' || text.trim() === '' || advisedAt === null)) {
    throw new CodedError('halt.advice-incomplete', 'Write down which officer advised no further action, in which call, and in what words.');
  }
}
