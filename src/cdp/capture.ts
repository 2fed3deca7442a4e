import { CodedError } from '../record/coded-error.js';
import type { Clock } from '../record/ports.js';
import { captureFacts, type CaptureFacts } from './capture-facts.js';
import { CompositeImage, type Tile } from './composite-image.js';
import type { CdpSession } from './connection.js';
import type { Viewport } from './facts.js';
import { fontsReady, scrollPageTo, scrollPosition } from './in-page.js';
import type { IsolatedWorld } from './isolated-world.js';
import { cut, maskUrl } from './masking.js';
import type { NetworkQuiet } from './network-quiet.js';
import { renderedHtml } from './page-html.js';
import { MAX_TEXT, pageText } from './page-text.js';
import { displayedPictures } from './displayed-pictures.js';
import { choose, type PageArchive } from './page-archive.js';
import type { PageResponses } from './page-responses.js';
import type { CurrentPage, Recorder } from './recorder.js';
import type { RequestGate } from './request-gate.js';
import { settleWholePage } from './settle.js';
import { pageSize, shootPage, shootViewport, type PageSize } from './tiles.js';
import type { AttachedTarget } from './targets.js';

/** What is captured: the view as seen, the page from top to bottom, or its words and facts without pixels. */
export type CaptureForm = 'viewport' | 'full-page' | 'text';

/** Everything one capture took, in memory alone. */
export interface Composite {
  /** Names this composite among those of one browser. */
  readonly id: string;
  readonly form: CaptureForm;
  readonly view: string;
  readonly url: string;
  readonly title: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** `png` is byte for byte what would be kept as `page.png`; sizes in device pixels. Null for a text capture. */
  readonly image: { readonly png: Uint8Array; readonly width: number; readonly height: number; readonly scale: number } | null;
  /** A slice for showing it; see {@link CompositeImage.preview}. @throws CodedError `capture.bad-slice` for a text capture. */
  preview(row: number, height: number, maxWidth: number): Promise<Uint8Array>;
  readonly text: string;
  /** Null when it was too long; a warning says so. */
  readonly html: string | null;
  readonly facts: CaptureFacts;
  /** The responses of the load on screen that may be kept with what the reviewers see, and those that may not. */
  readonly archive: PageArchive;
  readonly warnings: readonly string[];
  /** Overwrites the picture and the bodies of responses. What the runtime copied while receiving it is freed, and not overwritten. */
  wipe(): void;
}

/** What a capture works on. */
export interface CaptureParts {
  readonly session: CdpSession;
  readonly world: IsolatedWorld;
  readonly recorder: Recorder;
  readonly network: NetworkQuiet;
  readonly responses: PageResponses;
  readonly gate: RequestGate;
  readonly clock: Clock;
  readonly viewport: Viewport;
  readonly userAgent: string;
  readonly browser: string;
  readonly targets: () => readonly AttachedTarget[];
  readonly title: () => Promise<string>;
}

/** How a capture is asked for. `settle: false` takes the page as it stands, which only measurements want. */
export interface CaptureRequest {
  readonly id: string;
  readonly form: CaptureForm;
  readonly settle: boolean;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal | null;
}

/**
 * Takes a composite of the page on screen.
 *
 * @throws CodedError `capture.no-page` when nothing is loaded, `capture.page-changed` when the page went elsewhere
 * meanwhile, `capture.cancelled`, `capture.too-large`, `capture.bad-image`, and what a session's commands throw.
 */
export async function capture(parts: CaptureParts, request: CaptureRequest): Promise<Composite> {
  const page = parts.recorder.current;
  if (page === null) throw new CodedError('capture.no-page', 'There is no page to capture yet.');
  const startedAt = parts.clock.now();
  const warnings: string[] = [];
  const check = (): void => stillWanted(parts, page, request.signal);
  check();
  const shot = request.form === 'text' ? null : await shoot(parts, request, warnings, check);
  const { text, html, size } = await readPage(parts, request.form, warnings);
  check();
  const title = await parts.title();
  const facts = captureFacts(parts.recorder.current ?? page, {
    scroll: shot?.scroll ?? (await parts.world.run(scrollPosition, [])),
    document: size,
    viewport: parts.viewport,
    userAgent: parts.userAgent,
    browser: parts.browser,
    blocked: [...parts.gate.blocked],
    notLoaded: parts.gate.notLoaded,
    frames: await frameAddresses(parts),
  });
  check();
  const image = shot?.image ?? null;
  if (facts.notLoaded > 0) warnings.push(`Text first was on: ${facts.notLoaded} pictures, films, sounds or script files of this page were not loaded.`);
  const archive = await archiveOf(parts, request.form, size, facts.scroll);
  check();
  return {
    id: request.id,
    form: request.form,
    view: page.view,
    url: facts.url,
    title,
    startedAt,
    endedAt: parts.clock.now(),
    image: image === null ? null : { png: image.png, width: image.width, height: image.height, scale: parts.viewport.scale },
    preview: (row, height, maxWidth) => (image === null ? Promise.reject(new CodedError('capture.bad-slice', 'A text capture has no picture.')) : image.preview(row, height, maxWidth)),
    text,
    html,
    facts,
    archive,
    warnings,
    wipe: () => {
      image?.wipe();
      archive.wipe();
    },
  };
}

/** What the load on screen brought, and which of its pictures lay in what was shot. */
async function archiveOf(parts: CaptureParts, form: CaptureForm, size: PageSize, scroll: Shot['scroll']): Promise<PageArchive> {
  const area = form === 'viewport' ? { ...scroll, ...parts.viewport } : { x: 0, y: 0, ...size };
  const displayed = form === 'text' ? null : await displayedPictures(parts.session, area).catch(() => null);
  return choose(await parts.responses.collect(), displayed, parts.responses.missed);
}

function stillWanted(parts: CaptureParts, page: CurrentPage, signal: AbortSignal | null): void {
  if (signal?.aborted === true) throw new CodedError('capture.cancelled', 'The capture was cancelled. Nothing was kept.');
  if (parts.recorder.current?.view !== page.view) throw new CodedError('capture.page-changed', 'The page went to another address while it was captured. Nothing was kept.');
}

interface Shot {
  readonly image: CompositeImage;
  readonly scroll: { readonly x: number; readonly y: number };
}

async function shoot(parts: CaptureParts, request: CaptureRequest, warnings: string[], check: () => void): Promise<Shot> {
  const { session, world, viewport } = parts;
  const whole = request.form === 'full-page';
  const scroll = await world.run(scrollPosition, []);
  try {
    if (whole && request.settle) await settleWholePage(parts, warnings, check);
    else if (whole) await world.run(scrollPageTo, [0, 0]);
    else if (request.settle && !(await world.run(fontsReady, [1_000]))) warnings.push('Some fonts had not loaded when the capture was made.');
    const tiles = await withAnimationsPaused(parts, async () => {
      if (!whole) return shootViewport(session, viewport);
      const size = await pageSize(session, viewport);
      const taken = await shootPage(session, size, viewport.scale, (done, total) => {
        check();
        request.onProgress(done, total);
      });
      warnIfMoved(size, await pageSize(session, viewport), warnings);
      return taken;
    });
    check();
    return { image: await compositeOf(tiles, viewport, whole), scroll };
  } finally {
    if (whole) await world.run(scrollPageTo, [scroll.x, scroll.y], 5_000).catch(() => undefined);
  }
}

function compositeOf(tiles: readonly Tile[], viewport: Viewport, whole: boolean): Promise<CompositeImage> {
  const height = tiles.reduce((sum, tile) => sum + tile.height, 0);
  // The browser chose the width of a whole page; every strip must agree with the first.
  const [first] = tiles;
  const width = whole && first !== undefined ? first.png.readUInt32BE(16) : Math.round(viewport.width * viewport.scale);
  return CompositeImage.of(tiles, width, height);
}

function warnIfMoved(before: PageSize, after: PageSize, warnings: string[]): void {
  if (before.height !== after.height) warnings.push(`The page changed its height while it was captured, from ${before.height} to ${after.height}. The picture shows the first ${before.height}.`);
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

async function readPage(parts: CaptureParts, form: CaptureForm, warnings: string[]): Promise<{ text: string; html: string | null; size: PageSize }> {
  const { session, viewport } = parts;
  const main = await pageText(session);
  const frames = await Promise.all(
    parts.targets().filter((target) => target.kind === 'frame').map(async (target) => {
      const part = await pageText(target.session).catch(() => null);
      return part === null || part.text === '' ? '' : `\n\n[Frame: ${maskUrl(target.info.url)}]\n${part.text}`;
    }),
  );
  const text = main.text + frames.join('');
  if (text.length > MAX_TEXT) warnings.push('The page has more text than is kept. The text ends early.');
  if (main.fixed && form === 'full-page') warnings.push('Parts of this page stay in place when it is scrolled. They appear once, where they stand when the page is at its top.');
  const html = await renderedHtml(session);
  if (html === null) warnings.push('The page is too large for its HTML to be kept.');
  return { text: cut(text, MAX_TEXT), html, size: await pageSize(session, viewport) };
}

async function frameAddresses(parts: CaptureParts): Promise<string[]> {
  const { frameTree } = await parts.session.send('Page.getFrameTree');
  const found: string[] = [];
  const walk = (tree: typeof frameTree): void => {
    for (const child of tree.childFrames ?? []) {
      found.push(maskUrl(child.frame.url));
      walk(child);
    }
  };
  walk(frameTree);
  for (const target of parts.targets()) if (target.kind === 'frame') found.push(maskUrl(target.info.url));
  return [...new Set(found.filter((url) => url !== '' && !url.startsWith('about:')))].slice(0, 500);
}
