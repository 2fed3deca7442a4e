import { CodedError } from '../record/coded-error.js';
import { capture, type CaptureParts, type Composite, type PicturePiece } from './capture.js';
import type { SeriesWanted } from './capture-request.js';
import { CompositeImage, type Tile } from './composite-image.js';
import { pngSize } from './png.js';
import { shootViewport, wipeTiles } from './tiles.js';

/** Most compressed bytes of all pictures of a series. */
const MAX_SERIES_BYTES = 200_000_000;

/** What whoever asked for a series hears and decides. */
export interface SeriesHooks {
  /** After each picture: how many there are of how many. */
  readonly onPicture: (done: number, most: number) => void;
  /** Aborted: the series ends with what it has. */
  readonly finish: AbortSignal;
  /** Aborted: nothing is wanted any more. */
  readonly signal: AbortSignal;
}

/** How a series is asked for. `alone` does its work while nothing else reaches the page. */
export interface SeriesRequest extends SeriesHooks {
  readonly id: string;
  readonly wanted: SeriesWanted;
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
}

interface Picture {
  readonly png: Buffer;
  readonly at: string;
}

/**
 * Takes the view again and again, for what vanishes. All pictures, whole and one below the other in the order in which
 * they were taken, are one composite, so that what is declared on covers every pixel of each. Text, HTML and facts are of the first
 * picture's moment. A series ends early when it is told to, when the page goes elsewhere, or when memory is full: the last two are warnings.
 *
 * @throws CodedError as {@link capture}; when it throws nothing is left in memory.
 */
export async function takeSeries(parts: CaptureParts, request: SeriesRequest): Promise<Composite> {
  const { id, signal, alone } = request;
  const first = await alone(() => capture(parts, { id, wanted: { form: 'viewport' }, settle: true, onProgress: () => undefined, signal }));
  const warnings = [...first.warnings, 'Text, HTML and facts are of the moment of the first picture.'];
  const pictures: Picture[] = first.image === null ? [] : [{ png: Buffer.from(first.image.png), at: first.endedAt }];
  first.wipe();
  try {
    await takeMore(parts, request, first.view, { pictures, warnings });
    stopIfCancelled(signal);
    return await composed(first, pictures, { warnings, endedAt: parts.clock.now(), scale: parts.viewport.scale });
  } catch (error) {
    for (const { png } of pictures) png.fill(0);
    throw error;
  }
}

async function takeMore(parts: CaptureParts, request: SeriesRequest, view: string, { pictures, warnings }: { pictures: Picture[]; warnings: string[] }): Promise<void> {
  const { everyMs, count } = request.wanted;
  request.onPicture(pictures.length, count);
  const elsewhere = (): boolean => parts.recorder.current?.view !== view;
  let due = performance.now();
  while (pictures.length < count) {
    due = Math.max(due + everyMs, performance.now());
    await pause(due - performance.now(), [request.finish, request.signal]);
    stopIfCancelled(request.signal);
    if (request.finish.aborted) return;
    const tiles = elsewhere() ? [] : await request.alone(() => shootViewport(parts.session, parts.viewport));
    if (elsewhere()) {
      wipeTiles(tiles);
      warnings.push(`The page went to another address after ${pictures.length} pictures. The series ends there.`);
      return;
    }
    for (const { png } of tiles) pictures.push({ png, at: parts.clock.now() });
    request.onPicture(pictures.length, count);
    if (pictures.reduce((sum, { png }) => sum + png.length, 0) > MAX_SERIES_BYTES) {
      warnings.push(`The pictures became too large to hold after ${pictures.length} of them. The series ends there.`);
      return;
    }
  }
}

async function composed(first: Composite, pictures: readonly Picture[], rest: { readonly warnings: readonly string[]; readonly endedAt: string; readonly scale: number }): Promise<Composite> {
  const tiles: Tile[] = [];
  const pieces: PicturePiece[] = [];
  let row = 0;
  let width = 0;
  for (const { png, at } of pictures) {
    const size = pngSize(png);
    tiles.push({ png, top: row, height: size.height });
    pieces.push({ png, row, height: size.height, at });
    row += size.height;
    width = size.width;
  }
  const image = await CompositeImage.of(tiles, width, row);
  const { image: seen } = first;
  if (seen === null) throw new CodedError('capture.bad-image', 'The browser gave no picture. Nothing was kept.');
  return {
    ...first,
    form: 'series',
    endedAt: rest.endedAt,
    image: { png: image.png, width, height: row, scale: rest.scale, area: seen.area, element: null, pieces },
    preview: (from, height, maxWidth) => image.preview(from, height, maxWidth),
    warnings: rest.warnings,
    wipe: () => {
      image.wipe();
    },
  };
}

function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new CodedError('capture.cancelled', 'The capture was cancelled. Nothing was kept.');
}

/** Waits, at most until one of the signals is aborted. */
function pause(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  const any = AbortSignal.any([...signals]);
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      any.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, ms));
    if (any.aborted) done();
    else any.addEventListener('abort', done);
  });
}
