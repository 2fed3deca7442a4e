/*
 * What runs inside a page, in a world of its own. Each function is sent as text: it may use nothing outside itself.
 */

/** Where to click on the first element that fits, in CSS pixels of the viewport, after scrolling it into view; null when there is none. */
export async function clickPoint(selector: string): Promise<{ x: number; y: number } | null> {
  const element = document.querySelector(selector);
  if (element === null) return null;
  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return null;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Puts the caret into the first element that fits; whether there is one. */
export function focusOn(selector: string): boolean {
  const element = document.querySelector(selector);
  if (!(element instanceof HTMLElement)) return false;
  element.focus();
  return true;
}

/** Whether an element fits. */
export function present(selector: string): boolean {
  return document.querySelector(selector) !== null;
}

/** Scrolls the page and gives where it came to lie, once it was drawn there. */
export async function scrollPageTo(x: number, y: number): Promise<{ x: number; y: number }> {
  window.scrollTo({ left: x, top: y, behavior: 'instant' });
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return { x: window.scrollX, y: window.scrollY };
}

/** Where the page is scrolled to. */
export function scrollPosition(): { x: number; y: number } {
  return { x: window.scrollX, y: window.scrollY };
}

/** Waits for two frames to be drawn. */
export async function twoFrames(): Promise<boolean> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return true;
}

/** Waits at most `ms` for the page's fonts; whether they were there in time. */
export async function fontsReady(ms: number): Promise<boolean> {
  return Promise.race([document.fonts.ready.then(() => true), new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms))]);
}

/**
 * Scrolls on from `from`, one view a frame, so that everything is seen once; until the end, `limit`, or `ms` have
 * passed. Gives how far it came, and how tall the page and the view are now.
 */
export async function scrollOn(from: number, limit: number, ms: number): Promise<{ y: number; page: number; view: number }> {
  const until = performance.now() + ms;
  const view = Math.max(1, window.innerHeight);
  const height = (): number => Math.max(document.scrollingElement?.scrollHeight ?? 0, view);
  let y = from;
  // What is set between two frames is laid out, and told to whoever watches, in the second one.
  await new Promise((resolve) => requestAnimationFrame(resolve));
  while (y < height() - view && y <= limit && performance.now() < until) {
    y += view;
    window.scrollTo({ left: 0, top: y, behavior: 'instant' });
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return { y, page: height(), view };
}

/** Waits at most `ms` for every image that has an address to be loaded and decoded, or to have failed; how many were still loading. */
export async function imagesReady(ms: number): Promise<number> {
  const until = performance.now() + ms;
  const loading = (): HTMLImageElement[] => [...document.images].filter((image) => !image.complete);
  while (loading().length > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  const left = new Promise((resolve) => setTimeout(resolve, Math.max(0, until - performance.now())));
  await Promise.race([left, Promise.allSettled([...document.images].filter((image) => image.complete && image.naturalWidth > 0).slice(0, 2_000).map((image) => image.decode()))]);
  return loading().length;
}
