import type { EntryData } from '../record/kinds.js';
import type { BundleExhibit, BundleInput, BundlePorts } from './bundle-input.js';
import { stopIfCancelled } from './cancelling.js';
import type { ExhibitFiles } from './exhibit-files.js';
import { keptPieces, readPieces } from './kept-preview.js';
import { previewOf, type Preview } from './preview.js';
import { dataOf } from './report/facts.js';

/** Bytes that all pictures of a report may have together, but for the first piece of each: a report must open on any computer. */
const PICTURE_ROOM = 16 * 2 ** 20;

type Size = EntryData<'capture'>['image'];

/**
 * The pictures of the report by exhibit: those that were made when it was captured; of older exhibits, and of redacted copies, made
 * now, which takes a moment for each. What cannot be read as a picture has none.
 *
 * @throws CodedError `export.cancelled`, `export.exhibit-changed`
 */
export async function reportPreviews(input: BundleInput, files: ExhibitFiles, ports: BundlePorts): Promise<Map<string, Preview>> {
  const sizes = new Map(input.entries.flatMap((entry): [string, Size][] => {
    const data = dataOf(entry, 'capture');
    return data === null ? [] : [[data.exhibit, data.image]];
  }));
  const previews = new Map<string, Preview>();
  let room = PICTURE_ROOM;
  const take = (reference: string, preview: Preview | null): void => {
    if (preview === null) return;
    previews.set(reference, preview);
    room -= preview.pieces.reduce((sum, each) => sum + each.jpeg.length, 0);
  };
  /** Two at a time: each is the work of one processor and holds its picture. */
  let [older, newer]: [Promise<void>, Promise<void>] = [Promise.resolve(), Promise.resolve()];
  for (const [at, exhibit] of input.exhibits.entries()) {
    stopIfCancelled(ports);
    ports.onProgress('Making the pictures of the report', at, input.exhibits.length);
    const kept = await keptPreview(exhibit, sizes.get(exhibit.reference) ?? null, room, files);
    if (kept !== null) take(exhibit.reference, kept);
    const part = kept === null ? exhibit.parts.find((each) => each.name === (exhibit.picture ?? 'page.png')) : undefined;
    if (part === undefined) continue;
    const bytes = await files.read(exhibit.reference, part);
    await older;
    [older, newer] = [newer, previewOf(bytes, room).then((made) => { take(exhibit.reference, made); })];
  }
  await older;
  await newer;
  return previews;
}

/** What was kept with an exhibit that is here as it is. */
async function keptPreview({ reference, parts, redaction }: BundleExhibit, size: Size, room: number, files: ExhibitFiles): Promise<Preview | null> {
  const pieces = size === null || redaction !== undefined ? null : keptPieces(parts, size.height);
  return size === null || pieces === null ? null : { pieces: await readPieces(pieces, room, (part) => files.hold(reference, part)), width: size.width, height: size.height };
}
