import type { CdpSession } from './connection.js';
import { fontsReady, imagesReady, scrollPageTo, scrollPosition } from './in-page.js';
import type { IsolatedWorld } from './isolated-world.js';
import type { NetworkQuiet } from './network-quiet.js';

const FONTS_MS = 3_000;
const SCROLL_MS = 20_000;
const IMAGES_MS = 10_000;
const QUIET_MS = 250;
const QUIET_LIMIT_MS = 5_000;

/** What settling works on. */
export interface SettleParts {
  readonly session: CdpSession;
  readonly world: IsolatedWorld;
  readonly network: NetworkQuiet;
}

/**
 * Brings a page to the state in which it is captured whole: fonts there, scrolled through once so that what loads only
 * when seen is there, images there, network quiet. Every step is bounded; each that ran out of time adds a warning.
 *
 * @returns where the page was scrolled to before; it is left at its top.
 */
export async function settleWholePage(parts: SettleParts, warnings: string[], check: () => void): Promise<{ x: number; y: number }> {
  const { session, world, network } = parts;
  const before = await world.run(scrollPosition, []);
  if (!(await world.run(fontsReady, [FONTS_MS]))) warnings.push('Some fonts had not loaded when the capture was made.');
  await scrollThrough(session, world, warnings, check);
  const missing = await world.run(imagesReady, [IMAGES_MS]);
  if (missing > 0) warnings.push(`${missing} images had not loaded when the capture was made.`);
  if (!(await network.wait(QUIET_MS, QUIET_LIMIT_MS))) warnings.push('The page was still loading something when the capture was made.');
  await world.run(scrollPageTo, [0, 0]);
  return before;
}

async function scrollThrough(session: CdpSession, world: IsolatedWorld, warnings: string[], check: () => void): Promise<void> {
  const until = performance.now() + SCROLL_MS;
  const start = await pageHeight(session);
  let step = start.view;
  for (let y = 0; ; y += step) {
    check();
    const { view, page } = await pageHeight(session);
    step = view;
    if (y >= page - view) break;
    // A feed that grows as it is scrolled has no end; what is beyond twice its first height is left.
    if (y > 2 * start.page + 10 * view) {
      warnings.push('The page grew while it was scrolled through. Scrolling was stopped; what would have loaded below is not in the capture.');
      break;
    }
    if (performance.now() > until) {
      warnings.push('The page is very long. Parts that load only when seen may be missing further down.');
      break;
    }
    await world.run(scrollPageTo, [0, y + view]);
  }
}

async function pageHeight(session: CdpSession): Promise<{ view: number; page: number }> {
  const { cssLayoutViewport, cssContentSize } = await session.send('Page.getLayoutMetrics');
  return { view: Math.max(1, cssLayoutViewport.clientHeight), page: cssContentSize.height };
}
