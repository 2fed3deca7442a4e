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
/** Beyond this nothing is captured: a picture that size cannot be opened by anyone. */
const MAX_PIXELS = 1_500_000_000;
const MAX_WIDTH = 16_000;
const SHOT_MS = 60_000;

/** Size of a page in CSS pixels. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
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

/**
 * The whole page in strips, from its top. `onTile` is called after each with how many are done of how many.
 *
 * @throws CodedError `capture.too-large` beyond 1.5 gigapixels or 16,000 pixels in width.
 */
export async function shootPage(session: CdpSession, size: PageSize, scale: number, onTile: (done: number, total: number) => void): Promise<Tile[]> {
  const width = size.width * scale;
  if (width > MAX_WIDTH || width * size.height * scale > MAX_PIXELS) {
    throw new CodedError('capture.too-large', 'This page is too large to be captured as one picture. Capture the parts that matter as you see them.');
  }
  const rows = Math.max(1, Math.floor(Math.min(MAX_TILE_ROWS, MAX_TILE_PIXELS / width) / scale));
  const total = Math.ceil(size.height / rows);
  const tiles: Tile[] = [];
  for (let done = 0; done < total; done += 1) {
    const y = done * rows;
    const height = Math.min(rows, size.height - y);
    const { data } = await session.send(
      'Page.captureScreenshot',
      { format: 'png', optimizeForSpeed: true, captureBeyondViewport: true, fromSurface: true, clip: { x: 0, y, width: size.width, height, scale: 1 } },
      SHOT_MS,
    );
    tiles.push({ png: Buffer.from(data, 'base64'), top: Math.round(y * scale), height: Math.round(height * scale) });
    onTile(done + 1, total);
  }
  return tiles;
}
