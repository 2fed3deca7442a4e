import type { EntryData } from '../record/kinds.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import type { FrameCheck } from './check-frame.js';
import { counted } from './plain-words.js';
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

/** A line of the sheet of what is withheld that is about an exhibit. */
type WithheldExhibit = NonNullable<EntryData<'export'>['disclosure']>['withheld'][number];

interface Redacted {
  readonly data: EntryData<'redaction'>;
  readonly where: string;
}

/** `exhibits.*` and `halt.quarantine`: the exhibits' files against the entries that took them, and against what the last export says is withheld. */
export class ExhibitCheck implements RecordCheck {
  readonly captures = new Map<string, Captured>();
  readonly quarantined = new Set<string>();
  readonly #frame: FrameCheck;
  readonly #findings: Findings;
  readonly #produced = new Map<string, number>();
  readonly #halts: { view: string | null; url: string | null; where: string; captured: ReadonlySet<string>; onScreen: readonly string[] }[] = [];
  readonly #shown = new Map<string, Set<string>>();
  readonly #redactions = new Map<string, Redacted[]>();
  /** What the last export withholds, by exhibit. */
  #sheet = new Map<string, WithheldExhibit>();
  #withheld = 0;
  #redactionsWithheld = 0;

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
    } else if (entry.kind === 'halt' && entry.data !== null) this.#halts.push({ view: entry.data.view, url: entry.data.url, where: entry.where, captured: new Set(this.captures.keys()), onScreen: entry.data.shown ?? [] });
    if (entry.kind === 'redaction') this.#redaction(entry);
    if (entry.kind === 'export') this.#sheet = new Map((entry.data?.disclosure?.withheld ?? []).flatMap((row) => (row.exhibit === null ? [] : [[row.exhibit, row] as const])));
    if (entry.kind === 'sitting-started') this.#forgetOldLoads();
  }

  /** Called by {@link settle}, which needs the files as well. */
  finish(): void {
    this.#findings.pass('exhibits.entries', `${counted(this.captures.size, 'exhibit')}${this.#withheld === 0 ? '' : `, and ${counted(this.#withheld, 'exhibit')} more with a withheld entry`}.`);
    for (const halt of this.#halts) {
      const addresses = new Set(halt.view === null ? [] : this.#shown.get(halt.view));
      if (halt.url !== null) addresses.add(page(halt.url));
      // STOP over an exhibit is about the page that it was captured from.
      const over = halt.onScreen.flatMap((reference) => this.captures.get(reference) ?? []);
      for (const { data, shown } of over) for (const address of [page(data.url), ...shown]) addresses.add(address);
      const views = new Set([halt.view, ...over.map(({ data }) => data.view)]);
      for (const [reference, { data, shown }] of this.captures) {
        // Where no page was open nobody said which: everything that had been captured by then.
        const all = halt.view === null && halt.url === null && over.length === 0 && halt.captured.has(reference);
        const same = all || views.has(data.view) || addresses.has(page(data.url)) || [...shown].some((address) => addresses.has(address));
        if (same && !this.quarantined.has(reference)) this.#findings.fail('halt.quarantine', `${reference} was taken from the page that led to a halt, and was not quarantined.`, halt.where);
      }
    }
  }

  /** Compares the exhibits with the files under `data/exhibits/`. */
  settle(files: ReadonlyMap<string, FoundFile>): void {
    const expected = new Set<string>();
    for (const reference of new Set([...this.captures.keys(), ...this.#sheet.keys()])) {
      if (this.quarantined.has(reference)) continue;
      const captured = this.captures.get(reference);
      const row = this.#sheet.get(reference);
      for (const part of this.#partsHere(reference, captured, row)) {
        const path = `${folderOf(reference)}${part.name}`;
        expected.add(path);
        const found = files.get(path);
        if (found === undefined) this.#findings.fail('exhibits.files', `A file of ${reference} is missing.`, path);
        else if (found.sha256 !== part.sha256 || found.size !== part.size) this.#findings.fail('exhibits.files', `A file of ${reference} is not the one that was captured.`, path);
      }
      if (captured !== undefined) this.#composite(reference, captured, row === undefined ? (files.get(`${folderOf(reference)}page.png`)?.sha256 ?? '') : null);
      if (captured !== undefined && row !== undefined && row.sha256 !== captured.data.composite) this.#findings.fail('exhibits.redacted', `The sheet of what is withheld names another hash for ${reference} than the record.`, captured.where);
    }
    this.#unlisted(files, expected);
    this.#findings.pass('exhibits.files', `${counted(expected.size, 'file')} of ${counted(this.captures.size - this.quarantined.size, 'exhibit')}${this.#sheet.size === 0 ? '' : `; of ${[...this.#sheet.keys()].join(', ')} nothing or a redacted copy alone`}.`);
    this.#findings.pass('exhibits.composite', 'Each picture’s SHA-256 is the one that a reviewer declared on.');
    this.#findings.pass('exhibits.redacted', this.#redactions.size === 0 ? 'There is no redacted copy.' : `Redacted copies of ${[...this.#redactions.keys()].join(', ')}: each names its original’s hash.`);
    this.#findings.pass('halt.quarantine', this.quarantined.size === 0 ? 'Nothing was quarantined.' : `${this.quarantined.size} quarantined, and none of their files is here.`);
  }

  /** Which files of an exhibit belong into the bundle: everything, what takes its place, or nothing. */
  #partsHere(reference: string, captured: Captured | undefined, row: WithheldExhibit | undefined): EntryData<'capture'>['parts'] {
    const copies = this.#redactions.get(reference) ?? [];
    if (row === undefined) return [...(captured?.data.parts ?? []), ...copies.flatMap((copy) => copy.data.parts)];
    if (row.redaction === null) return [];
    const copy = copies.find((each) => each.data.number === row.redaction);
    if (copy === undefined) this.#findings.fail('exhibits.redacted', `Redacted copy ${row.redaction} of ${reference} should be here, and no entry of the record made it.`);
    return copy?.data.parts ?? [];
  }

  #unlisted(files: ReadonlyMap<string, FoundFile>, expected: ReadonlySet<string>): void {
    for (const path of files.keys()) {
      if (!path.startsWith('data/exhibits/') || expected.has(path)) continue;
      const reference = (path.split('/')[2] ?? '').replace('-', '/');
      if (this.quarantined.has(reference)) this.#findings.fail('halt.quarantine', `A file of ${reference}, which is quarantined, is in this bundle. Do not open it.`, path);
      else if (this.#sheet.has(reference)) this.#findings.fail('exhibits.files', `A file of ${reference} is in this bundle, and the record says that it is withheld.`, path);
      else this.#findings.fail('exhibits.files', 'A file stands among the exhibits that no entry of the record captured.', path);
    }
  }

  #redaction(entry: Extract<SeenEntry, { kind: 'redaction' }>): void {
    const { data, where } = entry;
    if (data === null) {
      this.#redactionsWithheld += 1;
      return;
    }
    const { exhibit } = data;
    const fail = (sentence: string): void => this.#findings.fail('exhibits.redacted', sentence, where);
    const before = this.#redactions.get(exhibit) ?? [];
    const captured = this.captures.get(exhibit);
    if (captured === undefined && this.#withheld === 0) fail(`A copy was made of ${exhibit}, which was never captured.`);
    if (captured !== undefined) for (const sentence of faultsOfCopy(data, captured.data)) fail(sentence);
    if (this.quarantined.has(exhibit)) fail(`A copy was made of ${exhibit} after it was quarantined.`);
    if (before.some((each) => each.data.number === data.number)) fail(`Two redacted copies of ${exhibit} have the number ${data.number}.`);
    if (this.#redactionsWithheld === 0 && data.number !== before.length + 1) fail(`The redacted copies of ${exhibit} are not numbered in order.`);
    this.#redactions.set(exhibit, [...before, { data, where }]);
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

  /** `picture`: SHA-256 of `page.png` as it is here, null where it is withheld. */
  #composite(reference: string, { data, where }: Captured, picture: string | null): void {
    if (data.image !== null && picture !== null && picture !== data.composite) this.#findings.fail('exhibits.composite', `The picture of ${reference} is not the one that was declared on.`, where);
    const pictures = data.parts.some((part) => part.mediaType.startsWith('image/'));
    if ((data.image === null) !== (data.form === 'text') || (data.form === 'text' && pictures)) this.#findings.fail('exhibits.composite', `${reference} does not hold what its form of capture says.`, where);
  }
}

function folderOf(reference: string): string {
  return `data/exhibits/${reference.replace('/', '-')}/`;
}

/** What a redacted copy says that does not fit the exhibit that it was made of, in sentences. */
function faultsOfCopy(data: EntryData<'redaction'>, of: EntryData<'capture'>): string[] {
  const { exhibit, number, boxes, image, parts } = data;
  const faults: string[] = [];
  if (data.original !== of.composite || of.image === null) faults.push(`Redacted copy ${number} of ${exhibit} names another original than the picture that was captured.`);
  if (of.image !== null && (image.width !== of.image.width || image.height !== of.image.height)) faults.push(`Redacted copy ${number} of ${exhibit} has another size than its original.`);
  if (boxes.some((box) => box.x + box.width > image.width || box.y + box.height > image.height)) faults.push(`A covered part of redacted copy ${number} of ${exhibit} lies outside the picture.`);
  const [picture, ...pieces] = parts;
  if (picture?.name !== `redacted-${number}.png` || picture.sha256 !== data.result || picture.sha256 === data.original) faults.push(`The picture of redacted copy ${number} of ${exhibit} is not the one that its entry names.`);
  if (pieces.some((piece, i) => piece.name !== `redacted-${number}-${String(i + 1).padStart(3, '0')}.png`) || parts.some((part) => part.mediaType !== 'image/png')) faults.push(`Redacted copy ${number} of ${exhibit} holds something besides its pictures.`);
  return faults;
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
