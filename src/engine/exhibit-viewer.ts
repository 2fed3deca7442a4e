import { imageSlice } from '../cdp/image-preview.js';
import { CodedError } from '../record/coded-error.js';
import { lockedError, type CaseContext } from './case-context.js';
import { readExhibitPart } from './exhibit-parts.js';
import { redactedName } from './redactions.js';

/** Slices with more pixels are refused; a screen shows a few million. */
const MAX_PIXELS = 40_000_000;

/** What of an exhibit is to be shown: rows of its picture, or of a redacted copy's, scaled down. */
export interface SliceAsked {
  readonly reference: string;
  readonly redaction: number | null;
  readonly row: number;
  readonly height: number;
  readonly maxWidth: number;
}

/**
 * Shows exhibits of one case. The picture that was shown last stays decrypted in memory until another one is shown, the app
 * locks, or the case is stopped or closed.
 */
export class ExhibitViewer {
  readonly #context: CaseContext;
  #shown: ReadonlySet<string> = new Set();
  #held: { readonly key: string; readonly png: Promise<Uint8Array> } | null = null;

  constructor(context: CaseContext) {
    this.#context = context;
  }

  /** References of the exhibits that are on the screen, as the screens last said; one whose picture or text was asked for since is among them. */
  get shown(): readonly string[] {
    return [...this.#shown];
  }

  /** The screens say which exhibits they show now; what they show no longer is out of STOP's reach. What is none of this case is left out. */
  show(references: readonly string[]): void {
    this.#shown = new Set(references.filter((reference) => this.#context.record.state.exhibits.some((each) => each.reference === reference)));
  }

  /** A PNG of those rows; null where there is no picture, or none is shown because the case is halted. @throws CodedError `exhibit.*`, `case.halted`, `vault.*` */
  async slice({ reference, redaction, row, height, maxWidth }: SliceAsked): Promise<Uint8Array | null> {
    const { state } = this.#context.record;
    const exhibit = state.exhibits.find((each) => each.reference === reference);
    if (exhibit === undefined) throw new CodedError('exhibit.unknown', 'There is no such exhibit in this case.');
    const size = exhibit.capture.image;
    if (size === null || state.halt?.released === false) return null;
    if (redaction !== null && !state.redactions.some((each) => each.exhibit === reference && each.number === redaction)) throw new CodedError('exhibit.unknown', 'There is no such redacted copy.');
    this.#shown = new Set([...this.#shown, reference]);
    const end = Math.min(size.height, row + height);
    if (!(end > row) || (end - row) * size.width > MAX_PIXELS) throw new CodedError('exhibit.bad-slice', 'This part of the picture cannot be shown.');
    const png = await this.#read(reference, redaction === null ? 'page.png' : redactedName(redaction));
    return imageSlice(png, { row, height: end - row, maxWidth });
  }

  /** The beginning of an exhibit's page text. @throws CodedError `exhibit.*`, `case.halted`, `vault.*` */
  async text(reference: string): Promise<string> {
    if (this.#context.record.state.halt?.released === false) return '';
    if (this.#context.record.state.exhibits.some((each) => each.reference === reference)) this.#shown = new Set([...this.#shown, reference]);
    const bytes = await readExhibitPart(this.#context, reference, 'page.txt');
    const text = new TextDecoder().decode(bytes.subarray(0, 80_000)).slice(0, 20_000);
    bytes.fill(0);
    return text;
  }

  /** Lets go of what is held. */
  wipe(): void {
    const held = this.#held;
    this.#held = null;
    held?.png.then((png) => { png.fill(0); }, () => undefined);
  }

  /** Slices that are asked for at once wait for one reading. */
  #read(reference: string, part: string): Promise<Uint8Array> {
    const key = `${reference} ${part}`;
    // What is out of reach by now is asked for again, and refused.
    if (this.#held?.key === key && !this.#context.stopped && !this.#context.locked) return this.#held.png;
    this.wipe();
    const png = this.#fetch(reference, part);
    this.#held = { key, png };
    png.catch(() => { if (this.#held?.png === png) this.#held = null; });
    return png;
  }

  async #fetch(reference: string, part: string): Promise<Uint8Array> {
    const png = await readExhibitPart(this.#context, reference, part);
    if (!this.#context.locked) return png;
    png.fill(0);
    throw lockedError();
  }
}
