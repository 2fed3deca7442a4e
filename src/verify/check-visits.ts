import type { RecordCheck, SeenEntry } from './entries.js';
import { page } from './check-exhibits.js';
import { counted } from './plain-words.js';
import type { Findings } from './report.js';

/** `visits.accounted`: every page view, and what became of it, from the headers on; the sums must add up. */
export class VisitCheck implements RecordCheck {
  visits = 0;
  readonly #findings: Findings;
  readonly #views = new Set<string>();
  readonly #opened = new Set<string>();
  readonly #tried = new Set<string>();
  readonly #deeds = { capture: new Set<string>(), concern: new Set<string>(), halt: new Set<string>() };
  readonly #blocked = new Set<string>();
  readonly #suspected = new Set<string>();
  #refused = 0;
  #withheld = 0;
  /** How many page views the whole record has, as the last export says. */
  #stated: { views: number; where: string } | null = null;
  #withheldDeeds = 0;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    this.#stated = entry.kind === 'export' && entry.data?.disclosure !== undefined ? { views: entry.data.disclosure.views, where: entry.where } : null;
    switch (entry.kind) {
      case 'suspected-address':
        if (entry.data !== null) this.#suspected.add(page(entry.data.url));
        break;
      case 'navigation':
        if (entry.withheld) this.#withheld += 1;
        if (entry.data !== null) this.#open(entry.data.main ? entry.data.view : null, entry.data.url, entry.where);
        break;
      case 'navigation-in-page':
        if (entry.data !== null) this.#open(null, entry.data.url, entry.where);
        break;
      case 'navigation-failed':
        if (entry.withheld) this.#withheld += 1;
        if (entry.data !== null) this.#views.add(entry.data.view);
        if (entry.data?.main === true) this.#tried.add(entry.data.view);
        break;
      case 'navigation-refused':
        this.#refused += 1;
        break;
      case 'capture':
      case 'concern':
      case 'halt':
        if (entry.withheld) this.#withheldDeeds += 1;
        if (entry.data !== null && entry.data.view !== null) this.#deed(entry.kind, entry.data.view, entry.where);
        break;
      case 'block-page':
        if (entry.data !== null) this.#blocked.add(entry.data.view);
        break;
      default:
    }
  }

  finish(): void {
    const { capture, concern, halt } = this.#deeds;
    const seen = new Set<string>();
    const first = (views: ReadonlySet<string>): number => {
      const before = seen.size;
      for (const view of views) if (this.#opened.has(view) || this.#tried.has(view)) seen.add(view);
      return seen.size - before;
    };
    // The first that is true of a view counts it, so that the sum is the number of views.
    const [halted = 0, captured = 0, concerned = 0, blocked = 0, left = 0, failed = 0] = [halt, capture, concern, this.#blocked, this.#opened, this.#tried].map(first);
    const both = this.#both();
    const captures = `${captured} captured${both === 0 ? '' : ` (${both} of them with a concern as well)`}`;
    const hidden = this.#stated === null ? 0 : this.#stated.views - seen.size;
    // A view that is not told has at least one withheld entry; one that is told has its own.
    if (this.#stated !== null && (hidden < 0 || hidden > this.#withheld)) this.#findings.fail('visits.accounted', `The reviewers’ keys signed for ${this.#stated.views} page views. Here are ${seen.size}, and ${counted(this.#withheld, 'entry about pages', 'entries about pages')} withheld: that does not add up.`, this.#stated.where);
    const sums = `${counted(seen.size, 'page view')}: ${halted} halted, ${captures}, ${concerned} with a concern and no capture, ${blocked} blocked, ${left} left with nothing done, ${failed} failed.`;
    const deeds = this.#withheldDeeds === 0 ? '' : ` Of captures, concerns and halts, ${this.#withheldDeeds === 1 ? '1 is withheld: its page is' : `${this.#withheldDeeds} are withheld: their pages are`} counted as if nothing had been done.`;
    this.#findings.pass('visits.accounted', `${sums} ${this.#refused} refused${this.#withheld === 0 ? '' : this.#stated === null ? `, ${this.#withheld} withheld` : `; ${hidden} more ${hidden === 1 ? 'page view is' : 'page views are'} withheld, in ${counted(this.#withheld, 'entry', 'entries')}`}.${deeds}`);
  }

  /** Page views that were captured and have a concern, where no halt counts them. */
  #both(): number {
    const { capture, concern, halt } = this.#deeds;
    return [...capture].filter((view) => concern.has(view) && !halt.has(view) && (this.#opened.has(view) || this.#tried.has(view))).length;
  }

  #open(view: string | null, url: string, where: string): void {
    if (this.#suspected.has(page(url))) this.#findings.fail('visits.accounted', 'An address that was marked as suspected was opened.', where);
    if (view === null) return;
    this.visits += 1;
    this.#views.add(view);
    this.#opened.add(view);
  }

  #deed(kind: 'capture' | 'concern' | 'halt', view: string, where: string): void {
    this.#deeds[kind].add(view);
    if (!this.#views.has(view) && this.#withheld === 0) this.#findings.fail('visits.accounted', `A ${kind} belongs to a page view (${view}) that is not in the record.`, where);
  }
}
