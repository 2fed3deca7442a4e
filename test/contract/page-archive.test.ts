import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { chromium } from 'playwright-core';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { WARCParser } from 'warcio';
import { startEvidenceBrowser } from '../../main/chromium/evidence-host.js';
import type { Composite } from '../../src/cdp/capture.js';
import type { EvidenceBrowser } from '../../src/cdp/evidence-browser.js';
import { nodeSha256 } from '../../src/engine/node-ports.js';
import { archivePart } from '../../src/engine/page-archives.js';
import { PAGE_BYTES, startArchiveSite, type ArchiveSite } from './archive-site.js';
import { systemClock, testBrowser, VIEWPORT } from './chromium-host.js';
import { RecordingSink } from './recording-sink.js';

const versions = { app: 'Countersign test', browser: 'test', node: 'test', system: 'test', hostname: 'test' };
const ports = { sha256: nodeSha256, random: { bytes: (count: number) => randomBytes(count) }, clock: systemClock, versions };
/** The only squares of one colour that could be seen whole. */
const SEEN = ['/seen.png', '/back.png', '/framed.png'];

interface Stored {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly address: string | null;
}

/** What a player would find in an archive, by address; redirects and documents apart from the rest by nothing but their status. */
async function stored(wacz: Uint8Array): Promise<Map<string, Stored>> {
  const entries = await new ZipReader(new Uint8ArrayReader(wacz)).getEntries();
  const warc = entries.find(({ filename }) => filename === 'archive/data.warc.gz');
  if (warc === undefined || warc.directory) throw new Error('no WARC');
  const found = new Map<string, Stored>();
  for await (const record of WARCParser.iterRecords([await warc.getData(new Uint8ArrayWriter())])) {
    if (record.warcType !== 'response') continue;
    const body = Buffer.from(await record.readFully(false));
    const headers = Object.fromEntries([...(record.httpHeaders?.headers ?? [])]);
    found.set(record.warcTargetURI ?? '', { status: Number(record.httpHeaders?.statusCode), headers, body, address: record.warcHeader('WARC-IP-Address') ?? null });
  }
  return found;
}

describe('the archive of the page on the screen', () => {
  let site: ArchiveSite;
  let browser: EvidenceBrowser;
  let composite: Composite;
  let wacz: Uint8Array;
  let archive: Map<string, Stored>;
  let requestsBefore = 0;
  let requestsAfter = 0;

  beforeAll(async () => {
    site = await startArchiveSite();
    browser = await startEvidenceBrowser({ browser: testBrowser(), viewport: VIEWPORT, policy: { decideAddress: () => ({ allow: true }) }, sink: new RecordingSink(), clock: systemClock });
    await browser.goto(`${site.base}/frame`);
    await browser.goto(`${site.base}/start`);
    await browser.settle();
    requestsBefore = site.seen.length;
    composite = await browser.compose('full-page');
    requestsAfter = site.seen.length;
    const part = await archivePart(composite, ports);
    if (part === null) throw new Error('no archive');
    wacz = part.bytes;
    archive = await stored(wacz);
  }, 90_000);

  afterAll(async () => {
    await browser.close();
    await site.close();
  }, 60_000);

  const at = (path: string): Stored | undefined => archive.get(`${site.base}${path}`);

  test('holds the document and its parts from that one load; nothing is fetched again', () => {
    expect(requestsAfter).toBe(requestsBefore);
    expect([...archive.keys()].map((url) => url.replace(/^http:\/\/[^/]+/, '')).sort()).toEqual(['/start', '/page', '/style.css', '/script.js', '/data.json', '/frame', '/far', '/frame?far', ...SEEN].sort());
  });

  test('holds bytes as they came, whatever their encoding, but for pictures in the text', () => {
    expect(at('/style.css')?.body.subarray(0, 3).toString('hex')).toBe('efbbbf');
    const page = at('/page')?.body ?? Buffer.alloc(0);
    expect(page.includes(Buffer.from('Words caf\xe9 \x80 5', 'latin1'))).toBe(true);
    expect(page.toString('latin1')).toBe(PAGE_BYTES.toString('latin1').replace(/data:image\/png;base64,[^"]*/, 'data:,'));
  });

  test('holds redirects, the address that answered, and no secret', () => {
    expect(at('/start')).toMatchObject({ status: 302, address: '127.0.0.1' });
    expect(at('/start')?.headers).toMatchObject({ location: '/page' });
    expect(Buffer.from(wacz).includes('secret')).toBe(false);
    for (const { headers, body } of archive.values()) expect(JSON.stringify(headers) + body.toString('latin1')).not.toContain('secret');
  });

  test('keeps a picture only when it could be seen whole, and names the others by address and SHA-256', () => {
    const named = composite.archive.notKept.map(({ url, reason }) => [url.replace(site.base, ''), reason]);
    expect(named.sort()).toEqual([
      ['/cut.png', 'not-displayed'], ['/faint.png', 'not-displayed'], ['/large.png', 'not-displayed'], ['/moving.gif', 'animated'], ['/outside.png', 'not-displayed'], ['/under.png', 'not-displayed'],
    ]);
    for (const { sha256 } of composite.archive.notKept) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    for (const { body } of archive.values()) expect(composite.archive.notKept.map(({ sha256 }) => sha256)).not.toContain(createHash('sha256').update(body).digest('hex'));
  });

  test('replays: a browser fed from the archive alone shows the same words', async () => {
    const player = await chromium.launch({ executablePath: testBrowser().path, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] });
    try {
      const page = await player.newPage();
      const missing: string[] = [];
      // Playwright follows no redirect that is fulfilled for it, so a player resolves them, as replay software does.
      const resolve = (url: string): Stored | undefined => {
        const found = archive.get(url);
        return found !== undefined && found.status >= 300 && found.status < 400 ? resolve(new URL(found.headers['location'] ?? '', url).href) : found;
      };
      await page.route('**/*', async (route) => {
        const found = resolve(route.request().url());
        if (found === undefined) {
          missing.push(new URL(route.request().url()).pathname);
          return route.abort();
        }
        return route.fulfill({ status: found.status, headers: found.headers, body: found.body });
      });
      await page.goto(`${site.base}/start`);
      await page.getByText('Words that came later').waitFor();
      expect(await page.locator('#words').innerText()).toBe('Words café € 5');
      expect(await page.frameLocator('#near').locator('p').innerText()).toBe('Framed words');
      expect(await page.frameLocator('#far').locator('p').innerText()).toBe('Far words');
      expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(1, 2, 3)');
      expect(await page.locator('img[src="/seen.png"]').evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(8);
      expect(missing.sort()).toEqual(['/cut.png', '/faint.png', '/large.png', '/moving.gif', '/outside.png', '/under.png']);
    } finally {
      await player.close();
    }
  }, 60_000);

  test('of a viewport only what lay in it counts; of a text capture no picture is kept', async () => {
    const text = await browser.compose('text');
    expect(text.archive.kept.filter(({ mediaType }) => mediaType.startsWith('image/'))).toEqual([]);
    expect(text.archive.notKept.filter(({ reason }) => reason === 'not-displayed').length).toBe(8);
    text.wipe();
    expect(text.archive.kept.every(({ body }) => body.every((byte) => byte === 0))).toBe(true);
  });

  test('nothing of the page before it, nor of the browser after STOP', async () => {
    await browser.goto(`${site.base}/frame`);
    const next = await browser.compose('viewport');
    expect(next.archive.kept.map(({ url }) => url.replace(site.base, '')).filter((path) => path !== '/favicon.ico').sort()).toEqual(['/frame', '/framed.png']);
    await browser.cutOff();
    await expect(browser.compose('viewport')).rejects.toMatchObject({ code: 'browser.cut-off' });
  });
});
