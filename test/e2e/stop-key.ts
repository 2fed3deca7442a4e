import type { Page } from 'playwright-core';
import type { ScreenLook, ScreenPixels } from './screen-pixels.js';

/** What was seen from the key on. */
export interface KeyToBlank {
  /** Milliseconds from the key being sent to the screen without one point of the page. */
  readonly ms: number;
  /** Different frames of the page that came onto the screen after the key was sent. */
  readonly framesAfter: number;
  /** Frames of the page in the second before the key, so that the first number means something. */
  readonly framesBefore: number;
  /** Whether a point of the page came back once all were gone. */
  readonly cameBack: boolean;
  /** Frames that the app's own window drew from hearing the key until the canvas had left it. */
  readonly windowFrames: number;
}

/** Presses F9 while the page of `stop-site.ts` paints, and watches the screen itself until `answered`, which is what follows in the window, and half a second of frames more. */
export async function stopAndWatch(page: Page, pixels: ScreenPixels, answered: () => Promise<unknown>): Promise<KeyToBlank> {
  await page.evaluate(() => {
    const seen = { frames: -1 };
    (window as unknown as { stopSeen: typeof seen }).stopSeen = seen;
    const frame = (): void => {
      if (document.querySelector('canvas') === null) return;
      seen.frames += 1;
      requestAnimationFrame(frame);
    };
    window.addEventListener('keydown', (event) => {
      if (event.key !== 'F9') return;
      seen.frames = 0;
      requestAnimationFrame(frame);
    }, { capture: true, once: true });
  });
  const points = await painted(page, pixels);
  let key = Infinity;
  const pressed = (async (): Promise<void> => {
    await framesOf(page, 60);
    key = performance.now();
    await page.keyboard.press('F9');
    await answered();
    await framesOf(page, 30);
  })();
  const looks = await pixels.watch(points, pressed);
  const after = looks.filter(({ at }) => at >= key);
  const blank = after.findIndex(({ shade }) => shade === null);
  return {
    ms: (after[blank]?.at ?? Infinity) - key,
    framesAfter: changes([...looks.filter(({ at }) => at < key).slice(-1), ...after]),
    framesBefore: changes(looks.filter(({ at }) => at < key && at >= key - 1_000)),
    cameBack: after.slice(blank).some(({ shade }) => shade !== null),
    windowFrames: await page.evaluate(() => (window as unknown as { stopSeen: { frames: number } }).stopSeen.frames),
  };
}

/** The points of the screen that have the page's colour, once as many of them have had it for ten frames of the window. */
async function painted(page: Page, pixels: ScreenPixels): Promise<ReturnType<ScreenPixels['pagePoints']>> {
  const counts: number[] = [];
  for (const until = Date.now() + 45_000; Date.now() < until; ) {
    const points = pixels.pagePoints();
    if (points.length > 20 && points.length === counts.at(-1)) return points;
    counts.push(points.length);
    await framesOf(page, 10);
  }
  throw new Error(`the page did not come onto the screen: it had ${counts.slice(-8).join(', ')} points of it`);
}

/** Resolves after so many frames of the app's window. */
async function framesOf(page: Page, frames: number): Promise<void> {
  await page.evaluate((count) => new Promise<void>((resolve) => {
    const next = (left: number): void => {
      if (left === 0) resolve();
      else requestAnimationFrame(() => next(left - 1));
    };
    next(count);
  }), frames);
}

/** How often another frame of the page stood there than before. */
function changes(looks: readonly ScreenLook[]): number {
  return looks.filter(({ shade }, at) => at > 0 && shade !== null && shade !== looks[at - 1]?.shade).length;
}
