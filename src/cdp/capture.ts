import { CodedError } from '../record/coded-error.js';
import type { Clock } from '../record/ports.js';
import { captureFacts, type CaptureFacts } from './capture-facts.js';
import type { CaptureForm, CaptureWanted } from './capture-request.js';
import type { CdpSession } from './connection.js';
import type { Viewport } from './facts.js';
import { scrollPosition } from './in-page.js';
import type { IsolatedWorld } from './isolated-world.js';
import { cut, maskUrl } from './masking.js';
import type { NetworkQuiet } from './network-quiet.js';
import { frameHtml, frameUrl, renderedHtml, type FrameHtml } from './page-html.js';
import { MAX_TEXT, pageText } from './page-text.js';
import { displayedPictures } from './displayed-pictures.js';
import { choose, type PageArchive } from './page-archive.js';
import type { PageResponses } from './page-responses.js';
import type { CurrentPage, Recorder } from './recorder.js';
import type { RequestGate } from './request-gate.js';
import { isPdf, takePdf, type PdfShot } from './pdf-capture.js';
import { shoot, type Shot } from './shoot.js';
import { pageSize, type Area, type PageSize } from './tiles.js';
import type { AttachedTarget } from './targets.js';

/** The pixels of a composite. */
export interface CompositePicture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  /** The part of the page that it shows, in CSS pixels; for a series, of the first picture. */
  readonly area: Area;
  /** What an element capture shows, as a selector would name it; null for other forms. */
  readonly element: string | null;
  /** Where it is too tall or too large for many viewers, the same rows again in numbered pieces from the top; of a series, one for each picture, with the time at which it was taken. */
  readonly pieces: readonly PicturePiece[];
}

/** A piece of a picture: its own PNG, and the rows of the whole (device pixels) that it holds. */
export interface PicturePiece {
  readonly png: Uint8Array;
  readonly row: number;
  readonly height: number;
  readonly at: string | null;
}

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
  readonly image: CompositePicture | null;
  /** A slice for showing it; see {@link CompositeImage.preview}. @throws CodedError `capture.bad-slice` for a text capture. */
  preview(row: number, height: number, maxWidth: number): Promise<Uint8Array>;
  readonly text: string;
  /** Null when it was too long; a warning says so. */
  readonly html: string | null;
  /** The frames inside the page, in no order that means anything. */
  readonly frames: readonly FrameHtml[];
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
  readonly wanted: CaptureWanted;
  readonly settle: boolean;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal | null;
}

/**
 * Takes a composite of the page on screen.
 *
 * @throws CodedError `capture.no-page` when nothing is loaded, `capture.page-changed` when the page went elsewhere
 * meanwhile, `capture.cancelled`, `capture.too-large`, `capture.outside`, `capture.no-element`, `capture.bad-image`, and what a session's commands throw.
 */
export async function capture(parts: CaptureParts, request: CaptureRequest): Promise<Composite> {
  const page = parts.recorder.current;
  if (page === null) throw new CodedError('capture.no-page', 'There is no page to capture yet.');
  const startedAt = parts.clock.now();
  const warnings: string[] = [];
  const check = (): void => stillWanted(parts, page, request.signal);
  check();
  const { form } = request.wanted;
  const pdf = isPdf(page) && (form === 'full-page' || form === 'text') ? await takePdf(parts.responses, page, { pixels: form === 'full-page', onProgress: request.onProgress, warnings, check }) : null;
  const shot = pdf !== null ? pdf.shot : form === 'text' ? null : await shoot(parts, request, warnings, check);
  try {
    return await describe(parts, request, { page, startedAt, warnings, check, shot, pdf });
  } catch (error) {
    shot?.image.wipe();
    throw error;
  }
}

interface Begun {
  readonly page: CurrentPage;
  readonly startedAt: string;
  readonly warnings: string[];
  readonly check: () => void;
  readonly shot: Shot | null;
  /** Of a PDF whose pages were drawn. */
  readonly pdf: PdfShot | null;
}

async function describe(parts: CaptureParts, request: CaptureRequest, { page, startedAt, warnings, check, shot, pdf }: Begun): Promise<Composite> {
  const { text, html, frames, size } = pdf === null ? await readPage(parts, shot?.beyondView === true, warnings) : await readPdf(parts, pdf, warnings);
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
    frames: pdf === null ? await frameAddresses(parts) : [],
    pdf: pdf?.facts ?? null,
  });
  check();
  const image = shot?.image ?? null;
  if (facts.notLoaded > 0) warnings.push(`Text first was on: ${facts.notLoaded} pictures, videos, sounds or script files of this page were not loaded.`);
  const archive = await archiveOf(parts, shot);
  check();
  return {
    id: request.id,
    form: request.wanted.form,
    view: page.view,
    url: facts.url,
    title,
    startedAt,
    endedAt: parts.clock.now(),
    image: shot === null ? null : pictureOf(shot),
    preview: (row, height, maxWidth) => (image === null ? Promise.reject(new CodedError('capture.bad-slice', 'A text capture has no picture.')) : image.preview(row, height, maxWidth)),
    text,
    html,
    frames,
    facts,
    archive,
    warnings,
    wipe: () => {
      image?.wipe();
      archive.wipe();
    },
  };
}

function pictureOf({ image, area, element, scale }: Shot): CompositePicture {
  const pieces = image.tiles.length === 1 ? [] : image.tiles.map(({ png, top, height }) => ({ png, row: top, height, at: null }));
  return { png: image.png, width: image.width, height: image.height, scale, area, element, pieces };
}

/** What the load on screen brought, and which of its pictures lay in what was shot. */
async function archiveOf(parts: CaptureParts, shot: Shot | null): Promise<PageArchive> {
  const displayed = shot === null ? null : await displayedPictures(parts.session, shot.area).catch(() => null);
  return choose(await parts.responses.collect(), displayed, parts.responses.missed);
}

function stillWanted(parts: CaptureParts, page: CurrentPage, signal: AbortSignal | null): void {
  if (signal?.aborted === true) throw new CodedError('capture.cancelled', 'The capture was cancelled. Nothing was kept.');
  if (parts.recorder.current?.view !== page.view) throw new CodedError('capture.page-changed', 'The page went to another address while it was captured. Nothing was kept.');
}

/** The page around a PDF is the viewer's, and not the site's: of it nothing is kept. */
async function readPdf({ session, viewport }: CaptureParts, { text }: PdfShot, warnings: string[]): Promise<Awaited<ReturnType<typeof readPage>>> {
  if (text.length > MAX_TEXT) warnings.push('The PDF has more text than is kept. The text ends early.');
  return { text: cut(text, MAX_TEXT), html: null, frames: [], size: await pageSize(session, viewport) };
}

async function readPage(parts: CaptureParts, beyondView: boolean, warnings: string[]): Promise<{ text: string; html: string | null; frames: FrameHtml[]; size: PageSize }> {
  const { session, viewport } = parts;
  const main = await pageText(session);
  const others = parts.targets().filter((target) => target.kind === 'frame');
  const framed = await Promise.all(
    others.map(async (target) => {
      const part = await pageText(target.session).catch(() => null);
      return part === null || part.text === '' ? '' : `\n\n[Frame: ${maskUrl(await frameUrl(target.session))}]\n${part.text}`;
    }),
  );
  const text = main.text + framed.join('');
  if (text.length > MAX_TEXT) warnings.push('The page has more text than is kept. The text ends early.');
  if (main.fixed && beyondView) warnings.push('Parts of this page, such as a bar at its edge, stay in place while you scroll. The picture shows each of them once, where it stands before any scrolling.');
  const html = await renderedHtml(session);
  if (html === null) warnings.push('The page is too large for its HTML to be kept.');
  const { frames, left } = await frameHtml(session, others.map((other) => other.session));
  if (left > 0) warnings.push(`The HTML of ${left} frames inside the page was not kept: there were too many, they were too large, or they were going away.`);
  return { text: cut(text, MAX_TEXT), html, frames, size: await pageSize(session, viewport) };
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
  for (const target of parts.targets()) if (target.kind === 'frame') found.push(maskUrl(await frameUrl(target.session)));
  return [...new Set(found.filter((url) => url !== '' && !url.startsWith('about:')))].slice(0, 500);
}
