import { redactImage } from '../cdp/redact-image.js';
import { hex } from '../record/bytes.js';
import { CodedError } from '../record/coded-error.js';
import type { EntryData } from '../record/kinds.js';
import { nextRedaction, type RedactionState } from '../investigation/case-state.js';
import type { StagedObject } from '../vault/stored-case.js';
import { demand, demandSignedIn, type CaseContext } from './case-context.js';
import type { WholeRecord } from './case-record.js';
import { outOfReach, readExhibitPart } from './exhibit-parts.js';

/** Parts of an exhibit's picture to be covered, in its own pixels; each with a reason in a reviewer's own words, or empty. */
export type CoveredParts = EntryData<'redaction'>['boxes'];

/** Name of a redacted copy's picture among the files of its exhibit. */
export function redactedName(number: number): string {
  return `redacted-${number}.png`;
}

/**
 * Makes a redacted copy of an exhibit: the original stays as it is, and what comes of it is stored like any part of an exhibit,
 * under the same refusals. It derives from what a reviewer has declared on; of a quarantined exhibit there is none.
 *
 * @throws CodedError `case.*`, `auth.*`, `exhibit.*`, `redaction.*`, `vault.*`: nothing was kept
 */
export async function makeRedaction(context: CaseContext, by: string, reference: string, boxes: CoveredParts, signal?: AbortSignal): Promise<RedactionState> {
  demand(context, 'redact');
  demandSignedIn(context, by);
  const { record } = context;
  const whole = await record.whole();
  const capture = record.state.exhibits.find((each) => each.reference === reference)?.capture;
  if (capture === undefined) throw new CodedError('exhibit.unknown', 'There is no such exhibit in this case.');
  if (capture.image === null) throw new CodedError('redaction.no-picture', `${reference} has no picture. To withhold its text, leave the whole exhibit out of a copy.`);
  const original = await readExhibitPart(context, reference, 'page.png');
  const made = await redactImage(original, boxes, signal);
  original.fill(0);
  const number = nextRedaction(record.state, reference);
  const files = [{ name: redactedName(number), bytes: made.png }, ...made.pieces.map((bytes, i) => ({ name: `redacted-${number}-${String(i + 1).padStart(3, '0')}.png`, bytes }))];
  const staged: StagedObject[] = [];
  try {
    for (const { name, bytes } of files) {
      demandAllowed(context, whole, reference, signal);
      staged.push(await record.store.stage(reference, { name, mediaType: 'image/png' }, bytes));
    }
    const parts = staged.map(({ name, mediaType, size, sha256, cipherSha256 }) => ({ name, mediaType, size, sha256, cipherSha256 }));
    const result = hex(context.ports.sha256.of(made.png));
    await record.addWith('redaction', [by], (): EntryData<'redaction'> => {
      demandAllowed(context, whole, reference, signal);
      return { exhibit: reference, number, original: capture.composite, result, image: { width: made.width, height: made.height }, boxes: [...boxes], parts };
    }, { objects: staged });
  } catch (error) {
    if (!record.state.redactions.some((each) => each.exhibit === reference && each.number === number)) await record.store.discard(staged);
    throw error;
  } finally {
    for (const { bytes } of files) bytes.fill(0);
  }
  context.announce.changed();
  const kept = record.state.redactions.find((each) => each.exhibit === reference && each.number === number);
  if (kept === undefined) throw new RangeError('a redaction that was added is in the state');
  return kept;
}

/** STOP, a lock or a halt may come between any two steps of keeping. */
function demandAllowed(context: CaseContext, whole: WholeRecord, reference: string, signal: AbortSignal | undefined): void {
  demand(context, 'redact');
  if (outOfReach(whole).has(reference)) throw new CodedError('exhibit.quarantined', `${reference} is quarantined. No copy of it is made.`);
  if (signal?.aborted === true) throw new CodedError('redaction.cancelled', 'You stopped the redacted copy. Nothing was kept of it.');
}
