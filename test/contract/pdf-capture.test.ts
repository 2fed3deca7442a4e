import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { startEvidenceBrowser } from '../../main/chromium/evidence-host.js';
import type { Composite } from '../../src/cdp/capture.js';
import type { EvidenceBrowser } from '../../src/cdp/evidence-browser.js';
import { printWithChromium } from '../vectors/print-with-chromium.js';
import { systemClock, testBrowser, VIEWPORT } from './chromium-host.js';
import { CONTRACT_POLICY } from './evidence-contract.js';
import { RecordingSink } from './recording-sink.js';

const COLOURS = ['#0088ff', '#00aa88', '#ffffff'];
/** Three pages, the second of them wide; each of one colour with words in its middle. */
const PAGES = `<style>@page{size:A4;margin:0}@page wide{size:A4 landscape;margin:0}div{break-after:page;height:100vh;font:40px serif;padding-top:300px;box-sizing:border-box}</style>
<div style="background:${COLOURS[0]}">Page one</div><div style="page:wide;background:${COLOURS[1]}">Page two, with words</div><div>Page three</div>`;

async function colourAt(png: Uint8Array, x: number, y: number): Promise<string> {
  const [r = 0, g = 0, b = 0] = await sharp(png).extract({ left: x, top: y, width: 1, height: 1 }).removeAlpha().raw().toBuffer();
  return `#${[r, g, b].map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

function imageOf(composite: Composite): NonNullable<Composite['image']> {
  if (composite.image === null) throw new Error('this capture has no picture');
  return composite.image;
}

describe('PDFs', () => {
  let server: Server;
  let base = '';
  let browser: EvidenceBrowser;
  let pdf: Buffer;
  let asked: string[] = [];
  const sink = new RecordingSink();

  beforeAll(async () => {
    pdf = Buffer.from(await printWithChromium(PAGES, { preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true, generateDocumentOutline: true }));
    const junk: { readonly [path: string]: Buffer } = { '/cut.pdf': pdf.subarray(0, 400), '/junk.pdf': Buffer.from('%PDF-1.7\nnothing of the kind'), '/good.pdf': pdf };
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const body = junk[request.url ?? ''];
      if (body === undefined) return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'application/pdf', 'content-length': body.length }).end(body);
    }).listen(0, '127.0.0.1');
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await startEvidenceBrowser({ browser: testBrowser(), viewport: VIEWPORT, policy: CONTRACT_POLICY, sink, clock: systemClock });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }, 60_000);

  test('is captured page by page, each whole, from the bytes of the one load, with its text and its hash', async () => {
    asked = [];
    await browser.goto(`${base}/good.pdf`);
    const composite = await browser.compose('full-page');
    const image = imageOf(composite);
    expect(image.pieces.map(({ height }) => height)).toEqual([1_682, 1_190, 1_682]);
    expect(image).toMatchObject({ width: 1_682, height: 4_554, scale: 2 });
    const heights = [0, 1_682, 2_872];
    for (const [page, top] of heights.entries()) for (const down of [2, 1_100]) expect(await colourAt(image.png, 5, top + down)).toBe(COLOURS[page]);
    for (const [page, piece] of image.pieces.entries()) expect(await colourAt(piece.png, 5, 5)).toBe(COLOURS[page]);
    // Beside a page that is narrower than the widest.
    expect(await colourAt(image.png, 1_670, 100)).toBe('#808080');
    expect(composite.text).toContain('[Page 2 of 3]\nPage two, with words');
    expect(composite.facts.pdf).toEqual({ sha256: createHash('sha256').update(pdf).digest('hex'), size: pdf.length, pages: 3, captured: 3, drawnBy: expect.stringContaining('PDFium') });
    expect(composite.warnings).toEqual([expect.stringContaining('nothing was fetched again'), expect.stringContaining('not equally wide')]);
    expect(composite).toMatchObject({ html: null, frames: [] });
    expect(composite.archive.notKept).toContainEqual(expect.objectContaining({ url: `${base}/good.pdf`, sha256: composite.facts.pdf?.sha256 }));
    composite.wipe();
    expect(asked.filter((path) => path === '/good.pdf')).toHaveLength(1);
  }, 60_000);

  test('can be kept as text alone, and as it stands in the view', async () => {
    await browser.goto(`${base}/good.pdf`);
    const words = await browser.compose('text');
    expect(words).toMatchObject({ image: null, facts: { pdf: { pages: 3 } } });
    expect(words.text).toContain('Page three');
    const view = await browser.compose('viewport');
    expect(imageOf(view)).toMatchObject({ width: 1280, height: 800 });
    expect(view.facts.pdf).toBeNull();
  }, 60_000);

  test('of the viewer’s own frames nothing is recorded: the site sent one document', async () => {
    const before = sink.told.length;
    await browser.goto(`${base}/good.pdf`);
    await browser.settle();
    const told = sink.told.slice(before).flatMap((each) => (each.kind === 'navigation' || each.kind === 'failed' ? [each.fact.url] : []));
    expect(told).toEqual([`${base}/good.pdf`]);
  }, 60_000);

  test.each(['/cut.pdf', '/junk.pdf'])('one that cannot be read is refused in words, and nothing is kept: %s', async (path) => {
    await browser.goto(`${base}${path}`);
    await expect(browser.compose('full-page')).rejects.toMatchObject({ code: 'capture.pdf-unreadable' });
    await browser.compose('viewport');
  }, 60_000);
});
