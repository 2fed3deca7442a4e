import { CodedError } from '../record/coded-error.js';
import type { EntryData } from '../record/kinds.js';
import type { EvidenceBrowser } from '../cdp/evidence-browser.js';
import type { PageState } from '../cdp/facts.js';
import type { ViewFrame } from '../cdp/frames.js';
import { comeToRest } from './come-to-rest.js';
import { demand, lockedError, type CaseContext } from './case-context.js';
import { Questions } from './questions.js';
import { Looking, type LookingView } from './looking.js';
import type { HeldFact } from './idle-lock-held.js';
import { mediaOf, sittingFacts, VIEWPORT } from './sitting-facts.js';
import { SittingClock } from './sitting-clock.js';
import { SittingRecord } from './sitting-record.js';
import type { Place } from './sitting-hearing.js';
import { SittingRules } from './sitting-rules.js';
import type { Suspicion } from './suspicion.js';

const NOWHERE = { view: null, url: null } as const;

/**
 * One stretch of browsing: the evidence browser, and everything that it does written to the record as it happens.
 * When the record cannot be written the browser is cut off: nothing may be visited unrecorded.
 *
 * While the app is locked the browser stays as it is, but nothing can be written for want of keys. So it loads nothing:
 * every request is refused from the instant of the lock, and what was loading is stopped before the keys go. What can
 * still happen, refusals and changes within the page, is held in memory and written at the unlock. Were the app killed
 * in between, a refusal might be lost, but never a visit.
 */
export class Sitting {
  readonly #record: SittingRecord;
  #browser: EvidenceBrowser | null = null;
  #frame: ViewFrame | null = null;
  readonly questions: Questions;
  readonly #looking: Looking;
  readonly #rules: SittingRules;
  /** The checks of the computer's clock at both ends. */
  readonly clock: SittingClock;
  /** Hears, at once, of what halts the case without anybody being asked. */
  onSuspicion: (suspicion: Suspicion) => void = () => undefined;
  /** What was found while the app was locked: the halt begins before anything is shown again. */
  waits: Suspicion | null = null;

  private constructor(context: CaseContext) {
    this.#record = new SittingRecord(context, {
      turned: () => this.#looking.turned(),
      moved: (url) => this.questions.moved(url),
      asked: (question) => this.questions.ask(question),
      listed: (found, url) => this.#rules.flagged(found, url, false),
      suspected: (place) => this.onSuspicion({ cause: 'block-page', place }),
      marked: () => this.onSuspicion({ cause: 'suspected-address', place: this.place ?? NOWHERE, found: { sentence: 'The page changed its address to one that is marked as suspected.' } }),
      lost: () => this.clock.check(),
      closeBrowser: async () => this.#browser?.close(),
    });
    this.clock = new SittingClock(() => this.#context);
    this.#rules = new SittingRules(this.#record, ({ cause, list, sentence }, place, url) => this.onSuspicion({ cause, place, found: { sentence, listed: { list, url } } }));
    this.questions = new Questions(() => this.#context, this);
    this.#looking = new Looking({
      browser: () => this.browser,
      view: () => this.place?.view ?? null,
      note: (kind, data) => this.#context.record.add(kind, [this.#context.record.state.heldBy], data),
    });
  }

  get #context(): CaseContext {
    return this.#record.context;
  }

  /** Starts the browser and records that a sitting has begun. @throws CodedError `case.*`, `machine.*`, `browser.*` */
  static async start(context: CaseContext): Promise<Sitting> {
    demand(context, 'sitting');
    context.flags().demandWhole();
    const sitting = new Sitting(context);
    const { host, clock } = context.ports;
    const browser = await host.startEvidenceBrowser({ viewport: VIEWPORT, policy: sitting.#rules.policy(), sink: sitting.#record.sink(), clock, proxy: context.network().proxy, ...mediaOf(context) });
    sitting.#browser = browser;
    try {
      await context.record.add('sitting-started', [...context.reviewers], sittingFacts(context, browser));
      const lists = context.flags().inForce.map(({ source, format, values, file }) => ({ source, format, values, file }));
      if (lists.length > 0) await context.record.add('lists-in-force', ['app'], { lists });
      await sitting.#show(browser);
    } catch (error) {
      await browser.close();
      throw error;
    }
    void sitting.clock.check();
    return sitting;
  }

  /** The page in the view, or null before the first. */
  get page(): PageState | null {
    return this.#record.page;
  }

  /** The page load and the address that the view shows now; ahead of the record by what is still being written. */
  get place(): Place | null {
    return this.#record.place;
  }

  /** The running browser. @throws CodedError `browse.not-started` once the sitting has ended. */
  get browser(): EvidenceBrowser {
    if (this.#browser === null || this.#record.ended) throw new CodedError('browse.not-started', 'The browser is not running. Start it first.');
    return this.#browser;
  }

  /**
   * Opens an address that a reviewer typed; `https://` is added where no scheme was typed.
   *
   * @throws CodedError `browse.bad-address`, `browse.refused-address`, `browse.suspected-address`, `gate.listed`, `browser.*`, `case.*`
   */
  async goto(typed: string): Promise<void> {
    demand(this.#context, 'visit');
    const url = await this.#rules.typed(typed);
    await this.visit((browser) => browser.goto(url));
  }

  /** Does something to the page in the view. @throws CodedError `app.locked`, `case.*`, `browse.not-started`, and what `step` throws */
  async visit(step: (browser: EvidenceBrowser) => Promise<void>): Promise<void> {
    if (this.#record.locked) throw lockedError();
    demand(this.#context, 'visit');
    await step(this.browser);
  }

  /** The filter's own page, while it is the one in the view. */
  get blockPage(): { readonly url: string; readonly by: EntryData<'block-page'>['by']; readonly pattern: string } | null {
    const blocked = this.#record.blockPage;
    return blocked === null ? null : { url: blocked.url, by: blocked.by, pattern: blocked.pattern };
  }

  /** See {@link WhereFrom.ask}. */
  async askWhereFrom(by: string): Promise<void> {
    if (this.#record.locked) throw lockedError();
    await this.#record.whereFrom.ask(by);
  }

  /** Whether pictures are hidden and text comes first. */
  get looking(): LookingView {
    return this.#looking.view;
  }

  /** Hides pictures in the view, or shows them. */
  shield(on: boolean): Promise<void> {
    return this.visit(() => this.#looking.shield(on));
  }

  /** Shows what lies at a point of the view (null: all of it) while it is held down. */
  holdShield(point: { readonly x: number; readonly y: number } | null, down: boolean): Promise<void> {
    return this.visit(() => this.#looking.hold(point, down));
  }

  /** Loads text and links alone from now on, or everything again. */
  textFirst(on: boolean): Promise<void> {
    return this.visit(() => this.#looking.textFirst(on));
  }

  /** Sends the latest frame (again), unless the case is stopped. A lock forgets it. */
  showFrame(): void {
    if (this.#frame !== null && !this.#context.stopped) this.#context.announce.frame(this.#frame.mediaType, this.#frame.data);
  }

  /**
   * Stops everything at once and leaves the browser as it is: nothing is closed, cleared or navigated. What the browser
   * tells of until then is still recorded.
   */
  async cutOff(): Promise<void> {
    this.#frame = null;
    this.#record.leave();
    await this.#browser?.cutOff();
    this.#record.cutOff();
  }

  /** Closes the browser and, unless a halt already did, records the end. */
  async end(reason: EntryData<'sitting-ended'>['reason']): Promise<void> {
    if (this.#record.ended) return;
    this.#record.leave();
    this.#record.end();
    const checked = this.clock.check();
    await this.#browser?.stopFrames().catch(() => undefined);
    await this.#browser?.close();
    await checked;
    await this.#context.record.add('sitting-ended', ['app'], { reason });
  }

  /** Closes the browser without a word in the record: for a halted case, whose record already tells of the end. */
  async dispose(): Promise<void> {
    this.#record.drop();
    await this.clock.settle();
    await this.#browser?.close();
  }

  /** The app locks: not one frame, input or request from now on. */
  blank(): void {
    this.#record.lock();
    this.#frame = null;
  }

  /** Stops what is loading and waits, briefly, until the page has come to rest. */
  async quieten(): Promise<void> {
    const browser = this.#browser;
    if (browser !== null && !this.#record.ended && !this.#record.cut) await comeToRest(browser);
  }

  /** From now on nothing can be written: what the browser tells is held. */
  hold(): void {
    this.#record.hold();
  }

  /** What is held and not yet in a record. */
  get held(): readonly HeldFact[] {
    return this.#record.held;
  }

  /** Both are back: writes down what was held and shows the page again. `context` is that of the case as opened anew. */
  async unlock(context: CaseContext): Promise<void> {
    await this.#record.unlock(context);
    const { ended, cut } = this.#record;
    if (ended && context.record.state.sitting) {
      void this.clock.check();
      await context.record.add('sitting-ended', ['app'], { reason: 'interrupted' });
    }
    if (!ended && !cut && !context.stopped && this.#browser !== null) await this.#show(this.#browser);
  }

  async #show(browser: EvidenceBrowser): Promise<void> {
    this.#record.seen(true);
    await browser.startFrames((frame) => {
      this.#frame = this.#record.locked ? null : frame;
      this.showFrame();
    });
  }

  /** See {@link SittingRules.checkInnerPictures}. */
  async checkInnerPictures(): Promise<void> {
    await this.#rules.checkInnerPictures(this.browser);
  }
}
