import { CodedError } from '../record/coded-error.js';
import { MAX_ADDRESS } from '../investigation/addresses.js';
import type { EntryData, NavigationCause } from '../record/kinds.js';
import type { EvidenceSink, NavigationRefusedFact, PageState, RefusalFact } from '../cdp/facts.js';
import { isSuspected } from '../safety/address-form.js';
import type { CaseContext } from './case-context.js';
import { bounded } from './entry-bounds.js';
import { UncheckedLog } from './flag-watch.js';
import { HeldFacts, type HeldFact, type HeldKind } from './idle-lock-held.js';
import type { Place, SittingHearing } from './sitting-hearing.js';
import { PageTime } from './page-time.js';
import { WhereFrom } from './where-from.js';

/** Causes that a person brings about with the mouse or the keyboard. */
const BY_A_PERSON: ReadonlySet<NavigationCause> = new Set<NavigationCause>(['typed', 'link', 'form', 'history', 'reload', 'popup']);

/**
 * Writes what the browser of a sitting tells to the record, as it happens, and knows from it what is in the view. While
 * the app is locked nothing can be written for want of keys: then it is held. When the record cannot be written the
 * browser is closed.
 */
export class SittingRecord {
  #context: CaseContext;
  readonly #hearing: SittingHearing;
  readonly #time: PageTime;
  readonly #unchecked: UncheckedLog;
  /** Where the pages come from. */
  readonly whereFrom: WhereFrom;
  #held: HeldFacts | null = null;
  #page: PageState | null = null;
  #place: Place | null = null;
  #blockPage: EntryData<'block-page'> | null = null;
  #locked = false;
  #cut = false;
  #ended = false;

  constructor(context: CaseContext, hearing: SittingHearing) {
    this.#context = context;
    this.#hearing = hearing;
    this.#time = new PageTime(context.ports.clock);
    this.#unchecked = new UncheckedLog((url, why, count) => {
      if (this.writes) this.#context.record.add('not-checked', ['app'], { view: this.#place?.view ?? null, url: url.slice(0, MAX_ADDRESS), why, count }).catch((error: unknown) => void this.cannotRecord(error));
    });
    this.whereFrom = new WhereFrom({ context: () => this.#context, writes: () => this.writes, cannotRecord: (error) => void this.cannotRecord(error) });
  }

  /** The case that is written to. */
  get context(): CaseContext {
    return this.#context;
  }

  /** The page in the view, or null before the first. */
  get page(): PageState | null {
    return this.#page;
  }

  /** See {@link Place}; ahead of the record by what is still being written. */
  get place(): Place | null {
    return this.#place;
  }

  /** The filter's own page, while it is the one in the view. */
  get blockPage(): EntryData<'block-page'> | null {
    return this.#blockPage?.view === this.#place?.view ? this.#blockPage : null;
  }

  /** Whether the app is locked, from its first instant. */
  get locked(): boolean {
    return this.#locked;
  }

  /** Whether the browser was cut off. */
  get cut(): boolean {
    return this.#cut;
  }

  /** Whether the sitting is over. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Whether what happens now can be written at once. */
  get writes(): boolean {
    return !this.#cut && !this.#ended && !this.#locked && this.#held === null;
  }

  /** What is held and not yet in a record. */
  get held(): readonly HeldFact[] {
    return this.#held?.facts ?? [];
  }

  /** What was not compared with the flag lists. */
  get unchecked(): UncheckedLog {
    return this.#unchecked;
  }

  /** The reviewers can, or cannot, see the view from now on. */
  seen(visible: boolean): void {
    this.#time.seen(visible);
  }

  /** The app locks. */
  lock(): void {
    this.#locked = true;
    this.#time.seen(false);
  }

  /** From now on nothing can be written: what the browser tells is held. */
  hold(): void {
    this.#held ??= new HeldFacts(this.#context.ports.clock);
  }

  /** Both are back: writes down what was held, to the case as it was opened anew. */
  async unlock(context: CaseContext): Promise<void> {
    this.#context = context;
    await this.#held?.drain(({ kind, data }) => context.record.add(kind, ['app'], data));
    this.#held = null;
    this.#locked = false;
  }

  /** The page goes, and none takes its place. */
  leave(): void {
    this.#leave(null);
  }

  /** The browser stands still: nothing that it tells counts any more. */
  cutOff(): void {
    this.#cut = true;
  }

  /** The sitting is over; what is still to be said of it is said. */
  end(): void {
    this.#unchecked.flush();
    this.drop();
  }

  /** The sitting is over, without another word. */
  drop(): void {
    this.#ended = true;
  }

  #note<K extends HeldKind>(kind: K, cause: NavigationCause | null, data: EntryData<K>): void {
    if (this.#cut || this.#ended) return;
    if (this.#held !== null) {
      if (!this.#held.take(kind, bounded(data))) void this.#tooMuch();
      return;
    }
    const by = cause !== null && BY_A_PERSON.has(cause) ? this.#context.record.state.heldBy : 'app';
    this.#context.record.add(kind, [by], bounded(data)).catch((error: unknown) => void this.cannotRecord(error));
  }

  /** Writes down how long the page stood there that another one, or none, takes the place of. */
  #leave(next: Place | null): void {
    const left = this.#time.arrived(next);
    if (left !== null) this.#note('page-left', null, left);
  }

  /** What the browser is given to tell to. */
  sink(): EvidenceSink {
    const note = <K extends HeldKind>(kind: K, cause: NavigationCause | null, data: EntryData<K>): void => this.#note(kind, cause, data);
    return {
      navigation: (fact) => {
        if (fact.main) {
          this.#unchecked.flush();
          this.#place = { view: fact.view, url: fact.url };
          // The browser tells of its title and history a moment later; what is asked for until then is asked of this page.
          this.#page = { ...this.#place, title: '', loading: true, canGoBack: this.#page?.canGoBack ?? false, canGoForward: false };
          this.#leave(this.#place);
          this.#hearing.moved(fact.url);
        }
        note('navigation', fact.main ? fact.cause : null, fact);
        if (!fact.main || this.#held !== null || this.#cut || this.#ended) return;
        this.whereFrom.arrived(fact);
        void this.#hearing.turned().catch((error: unknown) => this.cannotRecord(error));
      },
      inPage: (fact) => {
        if (fact.main) this.#place = { view: fact.view, url: fact.url };
        const found = this.#context.flags().matcher?.address(fact.url) ?? null;
        if (found !== null) this.#hearing.listed(found, fact.url);
        else if (isSuspected(this.#context.record.state.suspected, fact.url)) this.#hearing.marked();
        note('navigation-in-page', fact.main ? fact.cause : null, fact);
      },
      failed: (fact) => {
        if (fact.main && fact.view !== this.#place?.view) {
          this.#blockPage = null;
          this.#leave({ view: fact.view, url: fact.url });
        }
        note('navigation-failed', fact.main ? fact.cause : null, fact);
      },
      refused: (fact) => (isNavigation(fact) ? note('navigation-refused', fact.cause, fact) : note('refusal', null, fact)),
      title: (view, title) => note('title', null, { view, title }),
      noted: (kind, fact) => {
        note(kind, null, fact);
        if (kind === 'block-page') this.#blocked(fact as EntryData<'block-page'>);
      },
      asked: (question) => this.#hearing.asked(question),
      page: (page) => {
        this.#page = page;
        this.#context.announce.changed();
      },
      closed: () => void this.#lost(),
    };
  }

  #blocked(found: EntryData<'block-page'>): void {
    const { view, url, says } = found;
    this.#blockPage = found;
    this.#context.announce.changed();
    // Of a frame that the filter replaced: the halt is about the page around it.
    if (says === 'suspected') this.#hearing.suspected(this.#place?.view === view ? this.#place : { view, url });
  }

  async #tooMuch(): Promise<void> {
    this.#ended = true;
    this.#context.announce.alert('browse.too-much', 'The page did so much while the app was locked that the browser was closed. Everything up to then is safe.');
    await this.#hearing.closeBrowser();
  }

  /** Nothing may be visited unrecorded: the browser is closed, and the reviewers are told. */
  async cannotRecord(error: unknown): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const why = error instanceof CodedError ? error.sentence : 'The record could not be written.';
    this.#context.announce.alert('browse.not-recorded', `${why} The browser was closed, because nothing may be visited without being recorded. Everything up to then is safe.`);
    await this.#hearing.closeBrowser();
    this.#context.announce.changed();
  }

  async #lost(): Promise<void> {
    if (this.#ended || this.#context.stopped) return;
    this.#ended = true;
    this.#context.announce.alert('browser.closed', 'The browser stopped by itself. Everything up to then is safe. You can start it again.');
    void this.#hearing.lost();
    await this.#context.record.add('sitting-ended', ['app'], { reason: 'interrupted' }).catch(() => undefined);
    this.#context.announce.changed();
  }
}

function isNavigation(fact: NavigationRefusedFact | RefusalFact): fact is NavigationRefusedFact {
  return 'cause' in fact;
}
