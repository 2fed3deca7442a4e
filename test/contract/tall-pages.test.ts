import { describe, expect, test } from '@jest/globals';
import { startEvidenceBrowser } from '../../main/chromium/evidence-host.js';
import { pixelRows } from '../../src/cdp/pixel-rows.js';
import { startHostileSite, rowColour } from '../hostile/site.js';
import { CONTRACT_POLICY } from './evidence-contract.js';
import { systemClock, testBrowser } from './chromium-host.js';
import { RecordingSink } from './recording-sink.js';

interface Size {
  readonly width: number;
  readonly rows: number;
  readonly scale: number;
  /** Only in `npm run test:long`. */
  readonly long: boolean;
}

/** Width and rows in CSS pixels. */
const SIZES: readonly Size[] = [
  { width: 1280, rows: 20_000, scale: 2, long: false },
  { width: 1280, rows: 250_000, scale: 1, long: true },
  { width: 4000, rows: 60_000, scale: 1, long: true },
  { width: 4000, rows: 40_000, scale: 2, long: true },
  { width: 1280, rows: 1_171_000, scale: 1, long: true },
];

/** Numbers of the rows that are not of one colour from edge to edge, or not of the one that tells their number. */
async function wrongRows(png: Uint8Array, scale: number): Promise<{ rows: number; wrong: number[] }> {
  const wrong: number[] = [];
  let rows = 0;
  let want = Buffer.alloc(0);
  for await (const pixels of pixelRows(png)) {
    if (rows % scale === 0) want = Buffer.alloc(pixels.length, Buffer.from(rowColour(rows / scale)));
    if (!want.equals(pixels)) wrong.push(rows);
    rows += 1;
  }
  return { rows, wrong };
}

async function capturedExactly({ width, rows, scale }: Size): Promise<string> {
  const site = await startHostileSite();
  const browser = await startEvidenceBrowser({ browser: testBrowser(), viewport: { width: 1280, height: 800, scale }, policy: CONTRACT_POLICY, sink: new RecordingSink(), clock: systemClock });
  let peak = 0;
  const watching = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss); }, 50);
  try {
    await browser.goto(`${site.base}/rows?n=${rows}&w=${width}`);
    const start = performance.now();
    const { image, warnings } = await browser.compose('full-page');
    const seconds = (performance.now() - start) / 1_000;
    const captured = Math.max(peak, process.memoryUsage().rss);
    expect(image).toMatchObject({ width: width * scale, height: rows * scale, scale });
    expect(await wrongRows(image?.png ?? new Uint8Array(), scale)).toEqual({ rows: rows * scale, wrong: [] });
    return `${rows * scale} of ${rows * scale} rows exact at ${width} px and scale ${scale}: ${seconds.toFixed(1)} s, ${Math.round(captured / 2 ** 20)} MiB in our process, ${warnings.length} warnings\n`;
  } finally {
    clearInterval(watching);
    await browser.close();
    await site.close();
  }
}

describe('a tall page is captured exactly, row for row and from edge to edge', () => {
  const wanted = SIZES.filter(({ long }) => !long || process.env['COUNTERSIGN_LONG'] === '1');
  test.each(wanted.map((size) => [`${size.width} by ${size.rows} px at scale ${size.scale}`, size] as const))('%s', async (_name, size) => {
    process.stdout.write(await capturedExactly(size));
  }, 1_800_000);
});
