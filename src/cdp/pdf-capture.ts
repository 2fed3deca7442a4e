import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { CodedError } from '../record/coded-error.js';
import { CompositeImage, type Tile } from './composite-image.js';
import type { PageResponses } from './page-responses.js';
import { PDF_DRAWN_BY, PdfDocument, type PdfPage, type PdfSize } from './pdf-document.js';
import type { CurrentPage } from './recorder.js';
import type { Shot } from './shoot.js';
import { wipeTiles } from './tiles.js';

/** Pixels to a point: 144 to an inch, at which small print can be read. */
const SCALE = 2;
/** An exhibit holds 200 files at most, and each page is one of them. */
const MAX_PAGES = 150;
const MAX_PAGE_PIXELS = 33_000_000;
const MAX_SIDE = 16_000;
const MAX_PIXELS = 1_500_000_000;
const MAX_BYTES = 450_000_000;
/** What stands beside a page that is narrower than the widest. */
const BESIDE = { r: 128, g: 128, b: 128 } as const;

/** What a capture says of the PDF on the screen. */
export interface PdfFacts {
  /** SHA-256 of the bytes that the browser received. */
  readonly sha256: string;
  readonly size: number;
  readonly pages: number;
  readonly captured: number;
  readonly drawnBy: string;
}

/** The pages of a PDF as a capture wants them. */
export interface PdfShot {
  /** Null where only words are wanted. */
  readonly shot: Shot | null;
  readonly text: string;
  readonly facts: PdfFacts;
}

/** How it is asked for; `pixels` false takes the words alone. `check` throws when it is no longer wanted. */
export interface PdfRequest {
  readonly pixels: boolean;
  readonly onProgress: (done: number, total: number) => void;
  readonly warnings: string[];
  readonly check: () => void;
}

/** Whether the page on screen is a PDF in the browser's viewer. */
export function isPdf(page: CurrentPage): boolean {
  return page.load?.response?.mimeType.toLowerCase() === 'application/pdf';
}

/**
 * The pages of the PDF on screen, drawn from the bytes that the viewer was given, each whole and in order. The viewer
 * itself cannot be asked whether it has drawn a page to the end, and a picture of a page half drawn would be silently wrong.
 *
 * @throws CodedError `capture.pdf-not-held` for one that the browser no longer holds whole, `capture.pdf-unreadable`,
 * `capture.pdf-page`, `capture.too-large`, and what `check` throws; then nothing is left in memory
 */
export async function takePdf(responses: PageResponses, page: CurrentPage, request: PdfRequest): Promise<PdfShot> {
  const bytes = await responses.documentBody(page.loaderId);
  if (bytes === null) throw new CodedError('capture.pdf-not-held', 'This PDF is larger than 16 MB, or has not arrived whole. Nothing was kept. Wait for it, or capture what you see instead, page by page.');
  const facts = { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
  const document = await PdfDocument.open(bytes, MAX_PAGES).finally(() => bytes.fill(0));
  try {
    const taken = await takePages(document, request);
    tellOf(document, request.warnings);
    return { ...taken, facts: { ...facts, pages: document.count, captured: document.sizes.length, drawnBy: PDF_DRAWN_BY } };
  } finally {
    await document.close();
  }
}

async function takePages(document: PdfDocument, { pixels, onProgress, check }: PdfRequest): Promise<Pick<PdfShot, 'shot' | 'text'>> {
  const plan = document.sizes.map(planned);
  const width = Math.max(...plan.map((each) => each.width));
  const total = plan.reduce((sum, each) => sum + each.height, 0);
  if (pixels && width * total > MAX_PIXELS) throw new CodedError('capture.too-large', 'The pages of this PDF are larger than one picture may be. Nothing was kept. Capture what you see instead, page by page.');
  const tiles: Tile[] = [];
  const texts: string[] = [];
  let row = 0;
  try {
    for (const [index, { scale }] of plan.entries()) {
      check();
      const drawn = await document.page(index, scale);
      texts.push(`[Page ${index + 1} of ${document.count}]\n${drawn.text.replaceAll('\r\n', '\n').trim()}`);
      if (pixels) tiles.push({ png: await pngOf(drawn, width), top: row, height: drawn.height });
      drawn.rgba.fill(0);
      row += drawn.height;
      if (tiles.reduce((sum, { png }) => sum + png.length, 0) > MAX_BYTES) throw new CodedError('capture.too-large', 'The pictures of this PDF are larger than 450 million bytes. Nothing was kept.');
      onProgress(row, total);
    }
    return { text: texts.join('\n\n'), shot: pixels ? await shotOf(tiles, width, row) : null };
  } catch (error) {
    wipeTiles(tiles);
    throw error;
  }
}

async function shotOf(tiles: readonly Tile[], width: number, height: number): Promise<Shot> {
  const image = await CompositeImage.of(tiles, width, height);
  const area = { x: 0, y: 0, width: Math.ceil(width / SCALE), height: Math.ceil(height / SCALE) };
  return { image, scroll: { x: 0, y: 0 }, area, element: null, beyondView: false, scale: SCALE };
}

/** Pixels of a page as it will be drawn: whole points, as the program counts them, times a scale that keeps it bounded. */
function planned({ width, height }: PdfSize): { readonly scale: number; readonly width: number; readonly height: number } {
  const scale = Math.min(SCALE, Math.sqrt(MAX_PAGE_PIXELS / Math.max(1, width * height)), MAX_SIDE / Math.max(1, width, height));
  return { scale, width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
}

async function pngOf({ rgba, width, height }: PdfPage, wide: number): Promise<Buffer> {
  const picture = sharp(rgba, { raw: { width, height, channels: 4 }, limitInputPixels: false }).removeAlpha();
  const even = wide === width ? picture : picture.extend({ right: wide - width, background: BESIDE });
  return even.png({ compressionLevel: 3, adaptiveFiltering: false, palette: false }).toBuffer();
}

function tellOf(document: PdfDocument, warnings: string[]): void {
  const { count, sizes } = document;
  warnings.push(`This is a PDF with ${count} ${count === 1 ? 'page' : 'pages'}. Its pages were drawn by ${PDF_DRAWN_BY} from the bytes that the viewer was given; nothing was fetched again. What was typed, marked or turned in the viewer is not in the picture.`);
  if (count > sizes.length) warnings.push(`Only the first ${sizes.length} pages of this PDF were captured.`);
  if (new Set(sizes.map(({ width }) => width)).size > 1) warnings.push('The pages are not equally wide. Beside the narrower ones the picture is grey.');
  if (sizes.some((size) => planned(size).scale < SCALE)) warnings.push('Some pages are so large that they were drawn smaller.');
}
