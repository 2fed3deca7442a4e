import type { CdpSession } from './connection.js';
import { fontsReady, imagesReady, scrollOn, scrollPageTo } from './in-page.js';
import type { IsolatedWorld } from './isolated-world.js';
import type { NetworkQuiet } from './network-quiet.js';

const FONTS_MS = 3_000;
const SCROLL_MS = 20_000;
/** How long the page is scrolled before it is looked whether the capture is still wanted. */
const STRETCH_MS = 1_000;
const IMAGES_MS = 10_000;
const QUIET_MS = 250;
const QUIET_LIMIT_MS = 5_000;
const STILL_MS = 1_500;

/** What settling works on. */
export interface SettleParts {
  readonly session: CdpSession;
  readonly world: IsolatedWorld;
  readonly network: NetworkQuiet;
}

/**
 * Brings a page to the state in which it is captured whole: fonts there, scrolled through once so that what loads only
 * when seen is there, images there and decoded, network quiet, back at its top. Each step ends as soon as what it waits
 * for is the case, and is bounded; each that ran out of time adds a warning.
 */
export async function settleWholePage({ world, network }: SettleParts, warnings: string[], check: () => void): Promise<void> {
  if (!(await world.run(fontsReady, [FONTS_MS]))) warnings.push('Some fonts had not loaded when the capture was made.');
  await scrollThrough(world, warnings, check);
  await world.run(scrollPageTo, [0, 0]);
  await waitForParts(world, network, warnings);
  check();
}

/** Waits until images are there and the network is quiet; what was quiet already costs nothing. */
export async function waitForParts(world: IsolatedWorld, network: NetworkQuiet, warnings: string[]): Promise<void> {
  const missing = await world.run(imagesReady, [IMAGES_MS]);
  if (missing > 0) warnings.push(`${missing} images had not loaded when the capture was made.`);
  if (!(await network.wait(QUIET_MS, QUIET_LIMIT_MS))) warnings.push('The page was still loading something when the capture was made.');
}

/** Waits, for a bounded time, until two pictures of the view in a row are the same; gives the last. Style animations must be paused. */
export async function standsStill(session: CdpSession): Promise<string> {
  const until = performance.now() + STILL_MS;
  let last = await lookOf(session);
  for (;;) {
    const next = await lookOf(session);
    if (next === last || performance.now() > until) return next;
    last = next;
  }
}

/** A small picture of the view as it is now, for comparing and nothing else. */
export async function lookOf(session: CdpSession): Promise<string> {
  return (await session.send('Page.captureScreenshot', { format: 'jpeg', quality: 60, optimizeForSpeed: true, fromSurface: true })).data;
}

async function scrollThrough(world: IsolatedWorld, warnings: string[], check: () => void): Promise<void> {
  const until = performance.now() + SCROLL_MS;
  let first: number | null = null;
  for (let from = 0; ; ) {
    check();
    const limit: number = first ?? 0;
    const { y, page, view }: Awaited<ReturnType<typeof scrollOn>> = await world.run(scrollOn, [from, limit, first === null ? 0 : STRETCH_MS]);
    // A feed that grows as it is scrolled has no end; what is beyond twice its first height is left.
    first ??= 2 * page + 10 * view;
    if (y >= page - view) return;
    if (y > first) {
      warnings.push('The page grew while it was scrolled through. Scrolling was stopped; what would have loaded below is not in the capture.');
      return;
    }
    if (performance.now() > until) {
      warnings.push('The page is very long. Parts that load only when seen may be missing further down.');
      return;
    }
    from = y;
  }
}
