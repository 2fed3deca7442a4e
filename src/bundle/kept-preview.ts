import type { BundlePart } from './bundle-input.js';
import type { Preview, PreviewPiece } from './preview.js';

/** A file of an exhibit that holds a piece of the report's picture of it: made when the exhibit was captured, so that an export need not. */
export interface PreviewFile {
  readonly name: string;
  readonly mediaType: 'image/jpeg';
  readonly bytes: Uint8Array;
}

const NAME = /^preview-([1-9]\d{0,6})-([1-9]\d{0,6})\.jpg$/;

/** The pieces of a preview as files of the exhibit; each name tells the rows of `page.png` that it shows, counted from 1: `preview-1-1101.jpg`. */
export function previewFiles({ pieces }: Preview): PreviewFile[] {
  return pieces.map(({ jpeg, fromRow, toRow }) => ({ name: `preview-${fromRow + 1}-${toRow}.jpg`, mediaType: 'image/jpeg', bytes: jpeg }));
}

/** Whether a file of an exhibit is a piece of its preview. */
export function isPreviewFile(name: string): boolean {
  return NAME.test(name);
}

/** A file that holds a piece of a preview, and the rows that it shows. */
interface KeptPiece {
  readonly part: BundlePart;
  readonly fromRow: number;
  readonly toRow: number;
}

/** The preview that was kept with an exhibit, from the top down; null where there is none, or where its pieces do not follow one another within `height` rows; they may share some. */
export function keptPieces(parts: readonly BundlePart[], height: number): readonly KeptPiece[] | null {
  const pieces = parts.flatMap((part): KeptPiece[] => {
    const [, first, last] = NAME.exec(part.name) ?? [];
    return first === undefined || last === undefined || part.mediaType !== 'image/jpeg' ? [] : [{ part, fromRow: Number(first) - 1, toRow: Number(last) }];
  });
  const follow = pieces.every(({ fromRow, toRow }, i) => {
    const before = pieces[i - 1];
    const begins = before === undefined ? fromRow === 0 : fromRow > before.fromRow && fromRow <= before.toRow && toRow > before.toRow;
    return begins && toRow > fromRow && toRow <= height;
  });
  return pieces.length > 0 && follow ? pieces : null;
}

/** The preview that `pieces` hold, read one after another while there is `room` (bytes); the first even where there is none left. */
export async function readPieces(pieces: readonly KeptPiece[], room: number, read: (part: BundlePart) => Promise<Uint8Array>): Promise<PreviewPiece[]> {
  const found: PreviewPiece[] = [];
  let left = room;
  for (const { part, fromRow, toRow } of pieces) {
    if (left <= 0 && found.length > 0) break;
    const jpeg = await read(part);
    found.push({ jpeg, fromRow, toRow });
    left -= jpeg.length;
  }
  return found;
}
