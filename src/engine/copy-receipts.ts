import { basename, dirname } from 'node:path';
import { receiptSheet } from '../bundle/sheets/receipt-sheet.js';
import { RECIPIENTS } from '../investigation/policy/outcomes.js';
import { CodedError } from '../record/coded-error.js';
import type { CaseContext } from './case-context.js';

/**
 * The one-page receipt of a copy, as a PDF.
 *
 * @param seq the `export` entry of the copy
 * @param file the name that the copy was given, without the folder; null where it is not known any more
 * @throws CodedError `received.no-copy`
 */
export async function receiptPdf({ record, ports }: CaseContext, seq: number, file: string | null, marking: string | undefined): Promise<Uint8Array> {
  const copy = record.state.copies.find((each) => each.seq === seq);
  const tagManifest = copy?.finished?.tagManifest ?? null;
  if (copy?.finished == null || tagManifest === null) throw new CodedError('received.no-copy', 'There is no such copy. Choose one that was made.');
  const { opened } = record.state;
  return ports.host.printPdf(await receiptSheet({
    organisation: opened.organisation, computer: opened.computer, caseReference: opened.reference, recipient: RECIPIENTS.find((each) => each.id === copy.export.recipient)?.title ?? copy.export.recipient,
    madeAt: copy.at, madeBy: copy.by.map((initials) => opened.reviewers.find((each) => each.initials === initials) ?? { name: initials, position: 'reviewer' }), file, files: copy.finished.files, bytes: copy.finished.bytes, exhibits: copy.export.exhibits,
    withheld: copy.export.disclosure?.withheld.length ?? 0, tagManifest, root: opened.root, ...(marking === undefined ? {} : { marking }),
  }));
}

/** Puts the receipt beside the copy at `path`. Null where it could not be made or written: the copy is whole without it. */
export async function putReceipt(context: CaseContext, seq: number, path: string, marking: string | undefined): Promise<string | null> {
  try {
    return (await context.ports.folders?.save(dirname(path), receiptName(basename(path)), await receiptPdf(context, seq, basename(path), marking))) ?? null;
  } catch {
    return null;
  }
}

/** Name of the receipt of a copy: `2026-014-lado-receipt.pdf`. */
export function receiptName(file: string): string {
  return `${file.replace(/\.zip$/i, '')}-receipt.pdf`;
}
