import { CodedError } from '../record/coded-error.js';
import { hex, utf8 } from '../record/bytes.js';
import { hashWords } from '../record/words.js';
import type { EntryData } from '../record/kinds.js';
import type { CopyMade, ReceiptView } from '../ipc/disclosure-contract.js';
import type { CopyState } from '../investigation/case-state.js';
import { demand, demandSignedIn, type CaseContext } from './case-context.js';
import type { CaseRecord } from './case-record.js';
import { parseReceipt, type ReturnedReceipt } from './returned-receipt.js';

/** Who has a copy, as a reviewer writes it down. `receipt`: the text of the file that the recipient's own check saved, or null. */
export interface HandOver {
  readonly export: number;
  readonly name: string;
  readonly position: string;
  readonly at: string;
  /** As it was heard; null where nothing was read out. */
  readonly readOut: string | null;
  readonly note: string;
  readonly receipt: string | null;
}

/** Every bundle that the record tells of, newest last, with who said that they have it. */
export function copiesMade(record: CaseRecord): CopyMade[] {
  return record.state.copies.map(({ seq, at, by, export: made, finished, received }) => ({
    export: seq, at, by, recipient: made.recipient, tagManifest: finished?.tagManifest ?? null, words: finished?.tagManifest == null ? [] : hashWords(finished.tagManifest),
    files: finished?.files ?? 0, bytes: finished?.bytes ?? 0, withheld: made.disclosure?.withheld.length ?? 0,
    received: received.map((each) => ({
      seq: each.seq, name: each.name, position: each.position, at: each.at, by: each.by, wordsMatch: each.wordsMatch, note: each.note,
      receipt: each.receipt === null ? null : { verdict: each.receipt.verdict, checkedAt: each.receipt.checkedAt },
    })),
  }));
}

/**
 * Reads a returned receipt and holds it against the copies of this case.
 *
 * @throws CodedError `receipt.unreadable`, `receipt.other-bundle`
 */
export function readReceipt(record: CaseRecord, text: string): ReceiptView {
  const receipt = parseReceipt(text);
  const copy = copyOfReceipt(record, receipt);
  return {
    export: copy.seq, recipient: copy.export.recipient, madeAt: copy.at, verdict: receipt.verdict, checkedAt: receipt.checkedAt, tool: receipt.tool, file: receipt.file.name, rootTyped: receipt.rootTyped,
    failed: failedChecks(receipt),
  };
}

/**
 * Writes down that somebody has a copy. Words and a receipt that do not fit are written down as they are: that, too, is worth knowing.
 *
 * @throws CodedError `received.no-copy`, `received.future`, `receipt.*`, `auth.*`, `case.*`
 */
export async function addHandOver(context: CaseContext, by: string, handOver: HandOver): Promise<{ wordsMatch: boolean | null }> {
  demand(context, 'receive');
  demandSignedIn(context, by);
  const { record, ports } = context;
  const copy = record.state.copies.find((each) => each.seq === handOver.export);
  const tagManifest = copy?.finished?.tagManifest ?? null;
  if (copy === undefined || tagManifest === null) throw new CodedError('received.no-copy', 'There is no such copy. Choose one that was made.');
  if (handOver.at > ports.clock.now()) throw new CodedError('received.future', 'This time has not come yet. Write down when they had the copy.', { where: 'at' });
  // The time is typed in minutes: it may be that of the minute in which the copy was made.
  if (minuteOf(handOver.at) < minuteOf(copy.at)) throw new CodedError('received.too-early', 'At that time the copy had not been made. Write down when they had it.', { where: 'at' });
  const receipt = handOver.receipt === null ? null : parseReceipt(handOver.receipt);
  if (receipt !== null && receipt.bundle !== tagManifest) throw otherBundle();
  const readOut = handOver.readOut === null ? null : heardWords(handOver.readOut);
  const wordsMatch = readOut === null ? null : readOut.join(' ') === hashWords(tagManifest).join(' ');
  await record.add('received', [by], {
    export: copy.seq, tagManifest, name: handOver.name, position: handOver.position, at: handOver.at, readOut, wordsMatch, note: handOver.note,
    receipt: receipt === null ? null : { sha256: hex(ports.sha256.of(utf8(handOver.receipt ?? ''))), tool: receipt.tool, checkedAt: receipt.checkedAt, verdict: receipt.verdict, failed: failedChecks(receipt), rootTyped: receipt.rootTyped },
  });
  context.announce.changed();
  return { wordsMatch };
}

/** At most eight words, in small letters, whatever stood between them. */
function heardWords(text: string): string[] {
  return text.toLowerCase().split(/[\s,.;]+/).filter((word) => word !== '').slice(0, 8);
}

function copyOfReceipt(record: CaseRecord, receipt: ReturnedReceipt): CopyState {
  const copy = record.state.copies.find((each) => each.finished?.tagManifest != null && each.finished.tagManifest === receipt.bundle);
  if (copy === undefined) throw otherBundle();
  return copy;
}

function failedChecks(receipt: ReturnedReceipt): EntryData<'received'>['receipt'] extends infer R ? (R extends { failed: infer F } ? F : never) : never {
  return receipt.checks.filter((check) => check.outcome === 'fail').map((check) => check.id).slice(0, 100);
}

function otherBundle(): CodedError {
  return new CodedError('receipt.other-bundle', 'This receipt is of another bundle: its fingerprint is not that of any copy made of this case. Ask whoever sent it which bundle they checked.', { where: 'receipt' });
}

/** A time without its seconds, so that two can be held against each other. */
function minuteOf(at: string): string {
  return at.slice(0, 'yyyy-mm-ddThh:mm'.length);
}
