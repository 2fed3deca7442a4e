import sharp from 'sharp';
import type { CaptureParts, CaptureRequest } from './capture.js';
import { CompositeImage, type Tile } from './composite-image.js';
import { boxOf, elementAt } from './element-at.js';
import { fontsReady, scrollPageTo, scrollPosition } from './in-page.js';
import { lookOf, settleWholePage, standsStill, waitForParts } from './settle.js';
import { onPage, pageSize, shootArea, shootViewport, wipeTiles, type Area, type PageSize } from './tiles.js';

/** The picture of a capture, and where it was taken. */
export interface Shot {
  readonly image: CompositeImage;
  /** Where the page was scrolled to when the capture was asked for. */
  readonly scroll: { readonly x: number; readonly y: number };
  /** The part of the page that the picture shows, in CSS pixels. */
  readonly area: Area;
  /** What an element capture shows. */
  readonly element: string | null;
  /** Whether it was taken from the top of the page and beyond the view. */
  readonly beyondView: boolean;
  /** Device pixels in each pixel of the page. */
  readonly scale: number;
}

interface Taken extends Omit<Shot, 'image' | 'scroll' | 'scale'> {
  readonly tiles: readonly Tile[];
}

/** Takes the pixels of a capture and leaves the page where it was. `check` throws when they are no longer wanted. */
export async function shoot(parts: CaptureParts, request: CaptureRequest, warnings: string[], check: () => void): Promise<Shot> {
  const { world } = parts;
  const scroll = await world.run(scrollPosition, []);
  const taken = await take(parts, request, { scroll, warnings, check });
  try {
    check();
    // The browser chose the width in device pixels; every strip must agree with the first.
    const width = taken.tiles[0]?.png.readUInt32BE(16) ?? 0;
    const { tiles, ...rest } = taken;
    return { ...rest, scroll, scale: parts.viewport.scale, image: await CompositeImage.of(tiles, width, tiles.reduce((sum, tile) => sum + tile.height, 0)) };
  } catch (error) {
    wipeTiles(taken.tiles);
    throw error;
  }
}

interface Work {
  readonly scroll: { readonly x: number; readonly y: number };
  readonly warnings: string[];
  readonly check: () => void;
}

async function take(parts: CaptureParts, request: CaptureRequest, work: Work): Promise<Taken> {
  const { session, viewport, world } = parts;
  const { wanted } = request;
  if (wanted.form === 'full-page') return takeBeyond(parts, request, work, () => wholePage(parts));
  if (request.settle && !(await world.run(fontsReady, [1_000]))) work.warnings.push('Some fonts had not loaded when the capture was made.');
  const seen = { ...work.scroll, width: viewport.width, height: viewport.height };
  if (wanted.form === 'viewport' || wanted.form === 'text') {
    const tiles = await withAnimationsPaused(parts, () => shootViewport(session, viewport));
    return { tiles, area: seen, element: null, beyondView: false };
  }
  const element = wanted.form === 'element' ? await elementAt(session, wanted.point, work.scroll) : null;
  const asked = element?.area ?? (wanted.form === 'region' ? wanted.area : seen);
  const area = onPage(asked, await pageSize(session, viewport));
  const label = element?.label ?? null;
  if (!within(area, seen)) {
    const again = element === null ? () => Promise.resolve(asked) : () => boxOf(session, element.node, { x: 0, y: 0 });
    return { ...(await takeBeyond(parts, request, work, again)), element: label };
  }
  if (request.settle) await waitForParts(world, parts.network, work.warnings);
  const tiles = await withAnimationsPaused(parts, () => shootViewport(session, viewport));
  return { tiles: await cropped(tiles, area, seen, viewport.scale), area, element: label, beyondView: false };
}

/** From the top of the page, so that what stays in place while scrolling appears once, and where it stands at the top. */
async function takeBeyond(parts: CaptureParts, request: CaptureRequest, { scroll, warnings, check }: Work, where: () => Promise<Area>): Promise<Taken> {
  const { session, world, viewport } = parts;
  try {
    if (request.settle) await settleWholePage(parts, warnings, check);
    else await world.run(scrollPageTo, [0, 0]);
    return await withAnimationsPaused(parts, async () => {
      const look = request.settle ? await standsStill(session) : null;
      const size = await pageSize(session, viewport);
      const area = onPage(await where(), size);
      const tiles = await shootArea(session, area, viewport.scale, (done, total) => {
        check();
        request.onProgress(done, total);
      });
      // One strip is one moment; several are compared by what the top of the page looked like before and after.
      if (look !== null && tiles.length > 1 && (await lookOf(session)) !== look) warnings.push('The page changed by itself while it was captured. Its parts were taken one after another, and show different moments.');
      warnIfMoved(size, await pageSize(session, viewport), warnings);
      return { tiles, area, element: null, beyondView: true };
    });
  } finally {
    await world.run(scrollPageTo, [scroll.x, scroll.y], 5_000).catch(() => undefined);
  }
}

async function wholePage({ session, viewport }: CaptureParts): Promise<Area> {
  return { x: 0, y: 0, ...(await pageSize(session, viewport)) };
}

function within(area: Area, seen: Area): boolean {
  return area.x >= seen.x && area.y >= seen.y && area.x + area.width <= seen.x + seen.width && area.y + area.height <= seen.y + seen.height;
}

/** A part of what is on the screen, without loss. */
async function cropped(tiles: readonly Tile[], area: Area, seen: Area, scale: number): Promise<Tile[]> {
  const [view] = tiles;
  if (view === undefined) return [];
  const height = Math.round(area.height * scale);
  const png = await sharp(view.png)
    .extract({ left: Math.round((area.x - seen.x) * scale), top: Math.round((area.y - seen.y) * scale), width: Math.round(area.width * scale), height })
    .removeAlpha()
    .png({ compressionLevel: 6, palette: false })
    .toBuffer();
  wipeTiles(tiles);
  return [{ png, top: 0, height }];
}

function warnIfMoved(before: PageSize, after: PageSize, warnings: string[]): void {
  if (before.height !== after.height) warnings.push(`The page changed its height while it was captured, from ${before.height} to ${after.height}. The picture is of the page as it was at ${before.height}.`);
  if (before.width !== after.width) warnings.push(`The page changed its width while it was captured, from ${before.width} to ${after.width}.`);
}

/** Style animations and transitions stand still for the shot; what a page moves by script goes on. */
async function withAnimationsPaused<T>(parts: CaptureParts, work: () => Promise<T>): Promise<T> {
  const drawn = parts.targets().filter((target) => target.kind !== 'worker');
  for (const { session } of drawn) session.tell('Animation.enable');
  await Promise.all(drawn.map(({ session }) => session.send('Animation.setPlaybackRate', { playbackRate: 0 }, 2_000).catch(() => undefined)));
  try {
    return await work();
  } finally {
    for (const { session } of drawn) {
      session.tell('Animation.setPlaybackRate', { playbackRate: 1 });
      session.tell('Animation.disable');
    }
  }
}
