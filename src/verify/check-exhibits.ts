import type { EntryData } from '../record/kinds.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import type { FrameCheck } from './check-frame.js';
import type { Findings } from './report.js';

/** A payload file as it was found. */
export interface FoundFile {
  readonly size: number;
  readonly sha256: string;
}

interface Captured {
  /** Every address that the page load showed, without fragments. */
  readonly shown: Set<string>;
  readonly data: EntryData<'capture'>;
  readonly where: string;
}

/** `exhibits.*` and `halt.quarantine`: the exhibits' files against the entries that took them. */
export class ExhibitCheck implements RecordCheck {
  readonly captures = new Map<string, Captured>();
  readonly quarantined = new Set<string>();
  readonly #frame: FrameCheck;
  readonly #findings: Findings;
  readonly #produced = new Map<string, number>();
  readonly #halts: { view: string | null; url: string | null; where: string; captured: ReadonlySet<string> }[] = [];
  readonly #shown = new Map<string, Set<string>>();
  #withheld = 0;

  constructor(frame: FrameCheck, findings: Findings) {
    this.#frame = frame;
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    if ((entry.kind === 'navigation' || entry.kind === 'navigation-in-page') && entry.data?.main === true) this.#addressesOf(entry.data.view).add(page(entry.data.url));
    if (entry.kind === 'capture') {
      if (entry.data === null) this.#withheld += 1;
      else this.#capture(entry.data, entry);
    } else if (entry.kind === 'quarantine' && entry.data !== null) {
      if (!this.captures.has(entry.data.exhibit) && this.#withheld === 0) this.#findings.fail('exhibits.entries', `${entry.data.exhibit} was quarantined but never captured.`, entry.where);
      this.quarantined.add(entry.data.exhibit);
    } else if (entry.kind === 'halt' && entry.data !== null) this.#halts.push({ view: entry.data.view, url: entry.data.url, where: entry.where, captured: new Set(this.captures.keys()) });
    if (entry.kind === 'sitting-started') this.#forgetOldLoads();
  }

  /** Called by {@link settle}, which needs the files as well. */
  finish(): void {
    this.#findings.pass('exhibits.entries', `${this.captures.size} exhibits${this.#withheld === 0 ? '' : `, and ${this.#withheld} whose entries are withheld`}.`);
    for (const halt of this.#halts) {
      const addresses = new Set(halt.view === null ? [] : this.#shown.get(halt.view));
      if (halt.url !== null) addresses.add(page(halt.url));
      for (const [reference, { data, shown }] of this.captures) {
        // Where no page was open nobody said which: everything that had been captured by then.
        const all = halt.view === null && halt.url === null && halt.captured.has(reference);
        const same = all || data.view === halt.view || addresses.has(page(data.url)) || [...shown].some((address) => addresses.has(address));
        if (same && !this.quarantined.has(reference)) this.#findings.fail('halt.quarantine', `${reference} was taken from the page that led to a halt, and was not quarantined.`, halt.where);
      }
    }
  }

  /** Compares the exhibits with the files under `data/exhibits/`. */
  settle(files: ReadonlyMap<string, FoundFile>): void {
    const expected = new Set<string>();
    for (const [reference, captured] of this.captures) {
      const folder = `data/exhibits/${reference.replace('/', '-')}/`;
      if (this.quarantined.has(reference)) continue;
      for (const part of captured.data.parts) {
        const path = `${folder}${part.name}`;
        expected.add(path);
        const found = files.get(path);
        if (found === undefined) this.#findings.fail('exhibits.files', `A file of ${reference} is missing.`, path);
        else if (found.sha256 !== part.sha256 || found.size !== part.size) this.#findings.fail('exhibits.files', `A file of ${reference} is not the one that was captured.`, path);
      }
      this.#composite(reference, captured, files.get(`${folder}page.png`));
    }
    for (const path of files.keys()) {
      if (!path.startsWith('data/exhibits/') || expected.has(path)) continue;
      const reference = (path.split('/')[2] ?? '').replace('-', '/');
      if (this.quarantined.has(reference)) this.#findings.fail('halt.quarantine', `A file of ${reference}, which is quarantined, is in this bundle. Do not open it.`, path);
      else this.#findings.fail('exhibits.files', 'A file stands among the exhibits that no entry of the record captured.', path);
    }
    this.#findings.pass('exhibits.files', `${expected.size} files of ${this.captures.size - this.quarantined.size} exhibits.`);
    this.#findings.pass('exhibits.composite', 'Each picture’s SHA-256 is the one that a reviewer declared on.');
    this.#findings.pass('halt.quarantine', this.quarantined.size === 0 ? 'Nothing was quarantined.' : `${this.quarantined.size} quarantined, and none of their files is here.`);
  }

  #capture(data: EntryData<'capture'>, entry: SeenEntry): void {
    const fail = (sentence: string): void => this.#findings.fail('exhibits.entries', sentence, entry.where);
    const initials = data.exhibit.slice(0, 3);
    const number = (this.#produced.get(initials) ?? 0) + 1;
    if (this.captures.has(data.exhibit)) fail(`Two captures have the reference ${data.exhibit}.`);
    else if (this.#withheld === 0 && data.exhibit !== `${initials}/${number}`) fail(`${data.exhibit} stands where ${initials}/${number} should.`);
    this.#produced.set(initials, Number(data.exhibit.slice(4)));
    if (this.#frame.reviewers.size > 0 && !(this.#frame.reviewers.has(initials) && this.#frame.reviewers.has(data.declaration.by))) fail(`${data.exhibit} was produced or declared on by somebody who is not a reviewer of this case.`);
    if (data.declaration.at > entry.header.at) fail(`${data.exhibit} was kept before anybody declared on it.`);
    if (new Set(data.parts.map((part) => part.name)).size !== data.parts.length) fail(`${data.exhibit} lists a file twice.`);
    for (const fault of faultsOfForm(data)) this.#findings.fail('exhibits.composite', `${data.exhibit} ${fault}`, entry.where);
    this.captures.set(data.exhibit, { data, shown: this.#addressesOf(data.view), where: entry.where });
  }

  #addressesOf(view: string): Set<string> {
    const known = this.#shown.get(view) ?? new Set<string>();
    this.#shown.set(view, known);
    return known;
  }

  /** Loads of an earlier sitting cannot halt the case any more; those that were captured are kept with their exhibits. */
  #forgetOldLoads(): void {
    const halted = new Set(this.#halts.map((halt) => halt.view));
    for (const view of this.#shown.keys()) if (!halted.has(view)) this.#shown.delete(view);
  }

  #composite(reference: string, { data, where }: Captured, picture: FoundFile | undefined): void {
    if (data.image !== null && picture?.sha256 !== data.composite) this.#findings.fail('exhibits.composite', `The picture of ${reference} is not the one that was declared on.`, where);
    const pictures = data.parts.some((part) => part.mediaType.startsWith('image/'));
    if ((data.image === null) !== (data.form === 'text') || (data.form === 'text' && pictures)) this.#findings.fail('exhibits.composite', `${reference} does not hold what its form of capture says.`, where);
  }
}

/** What does not fit together in what an entry says of its form of capture; each ends a sentence that begins with the exhibit. */
function faultsOfForm(data: EntryData<'capture'>): string[] {
  const faults: string[] = [];
  const numbered = data.parts.map((part) => part.name).filter((name) => /^page-\d+\.png$/.test(name));
  if (numbered.some((name, i) => name !== `page-${String(i + 1).padStart(3, '0')}.png`)) faults.push('has numbered pictures that do not follow one another.');
  if ((data.form === 'series') !== (data.pictures !== undefined)) faults.push('does not say when its pictures were taken, or says it of one picture.');
  if (data.pictures !== undefined && data.pictures.length !== numbered.length) faults.push('does not hold as many pictures as it says.');
  if ((data.form === 'element') !== (data.element !== undefined)) faults.push('does not say which element it shows, or names one that it does not show.');
  const text = data.parts.find((part) => part.name === 'page.txt');
  if (data.image === null && text?.sha256 !== data.composite) faults.push('holds another text than the one that was declared on.');
  return faults;
}

/** An address without its fragment. */
export function page(url: string): string {
  const mark = url.indexOf('#');
  return mark < 0 ? url : url.slice(0, mark);
}
