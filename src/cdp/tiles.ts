import { CodedError } from '../record/coded-error.js';
import type { Tile } from './composite-image.js';
import type { CdpSession } from './connection.js';
import type { Viewport } from './facts.js';

/**
 * Size of one strip in device pixels. One call for a 100,000 px page was measured to give wrong rows from 86,615 on
 * without an error; strips stay far below that in rows and in area.
 */
const MAX_TILE_ROWS = 16_000;
const MAX_TILE_PIXELS = 33_000_000;
/** Beyond this nothing is captured as one picture: a picture that size cannot be opened by anyone. */
const MAX_PIXELS = 1_500_000_000;
const MAX_WIDTH = 16_000;
/** Most compressed bytes of one picture, all strips together: memory is bounded, and so is what the vault takes. */
const MAX_BYTES = 450_000_000;
const SHOT_MS = 60_000;

/** Size of a page in CSS pixels. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** A rectangle of the page in whole CSS pixels, counted from the page's top left corner. */
export interface Area extends PageSize {
  readonly x: number;
  readonly y: number;
}

/** How far the page reaches, never narrower or lower than the view. */
export async function pageSize(session: CdpSession, viewport: Viewport): Promise<PageSize> {
  const { cssContentSize } = await session.send('Page.getLayoutMetrics');
  return { width: Math.max(viewport.width, Math.ceil(cssContentSize.width)), height: Math.max(viewport.height, Math.ceil(cssContentSize.height)) };
}

/** What the reviewers see now, as one strip. */
export async function shootViewport(session: CdpSession, viewport: Viewport): Promise<Tile[]> {
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true, fromSurface: true }, SHOT_MS);
  return [{ png: Buffer.from(data, 'base64'), top: 0, height: Math.round(viewport.height * viewport.scale) }];
}

/** The fewest areas, from top to bottom, that hold a page of that size and can each be captured as one picture; none when it is too wide. */
export function partsOf(size: PageSize, scale: number): Area[] {
  const width = size.width * scale;
  if (width > MAX_WIDTH) return [];
  const rows = Math.floor(MAX_PIXELS / width / scale);
  const count = Math.ceil(size.height / rows);
  return Array.from({ length: count }, (_, i) => ({ x: 0, y: i * rows, width: size.width, height: Math.min(rows, size.height - i * rows) }));
}

/** An area cut to the page. @throws CodedError `capture.outside` when nothing of it lies on the page. */
export function onPage(area: Area, page: PageSize): Area {
  const x = Math.max(0, Math.floor(area.x));
  const y = Math.max(0, Math.floor(area.y));
  const width = Math.min(page.width, Math.ceil(area.x + area.width)) - x;
  const height = Math.min(page.height, Math.ceil(area.y + area.height)) - y;
  if (!(width >= 1 && height >= 1)) throw new CodedError('capture.outside', 'This part lies outside the page. Nothing was captured.');
  return { x, y, width, height };
}

/**
 * An area of the page in strips, from its top. `onTile` is called after each with how many rows of device pixels are
 * done of how many.
 *
 * @throws CodedError `capture.too-large` beyond 1.5 gigapixels, 16,000 pixels in width or 450 MB of compressed picture.
 */
export async function shootArea(session: CdpSession, area: Area, scale: number, onTile: (done: number, total: number) => void): Promise<Tile[]> {
  const width = area.width * scale;
  if (width > MAX_WIDTH || width * area.height * scale > MAX_PIXELS) throw tooLarge(area, scale);
  const rows = Math.max(1, Math.floor(Math.min(MAX_TILE_ROWS, MAX_TILE_PIXELS / width) / scale));
  const tiles: Tile[] = [];
  let bytes = 0;
  for (let done = 0; done < area.height; done += rows) {
    const height = Math.min(rows, area.height - done);
    const { data } = await session.send(
      'Page.captureScreenshot',
      { format: 'png', optimizeForSpeed: true, captureBeyondViewport: true, fromSurface: true, clip: { x: area.x, y: area.y + done, width: area.width, height, scale: 1 } },
      SHOT_MS,
    );
    const png = Buffer.from(data, 'base64');
    tiles.push({ png, top: Math.round(done * scale), height: Math.round(height * scale) });
    bytes += png.length;
    if (bytes > MAX_BYTES) {
      wipeTiles(tiles);
      throw new CodedError('capture.too-large', 'The picture of this page is larger than 450 million bytes. Nothing was kept. Capture the parts that matter one by one.');
    }
    try {
      onTile(Math.round((done + height) * scale), Math.round(area.height * scale));
    } catch (error) {
      wipeTiles(tiles);
      throw error;
    }
  }
  return tiles;
}

/** Overwrites strips that nothing will be made of. */
export function wipeTiles(tiles: readonly Tile[]): void {
  for (const tile of tiles) tile.png.fill(0);
}

function tooLarge(area: PageSize, scale: number): CodedError {
  const size = `This page is ${Math.round(area.width * scale).toLocaleString('en-GB')} by ${Math.round(area.height * scale).toLocaleString('en-GB')} pixels.`;
  const parts = partsOf(area, scale).length;
  const way = parts === 0 ? 'Capture the parts that matter one by one.' : `Capture it in ${parts} parts instead.`;
  return new CodedError('capture.too-large', `${size} One picture may have 1,500 million pixels and be 16,000 wide. Nothing was kept. ${way}`);
}
