import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEvidenceBrowser } from '../../main/chromium/evidence-host.js';
import type { EvidenceBrowser } from '../../src/cdp/evidence-browser.js';
import { html, startHostileSite, type HostileSite, type Page } from '../hostile/site.js';
import { systemClock, testBrowser, VIEWPORT } from './chromium-host.js';
import { CONTRACT_POLICY } from './evidence-contract.js';
import { RecordingSink } from './recording-sink.js';
import { startTlsSite, type TlsSite } from './tls-site.js';

const document = (title: string, body: string): Page => (_request, response) => void response.setHeader('content-type', 'text/html').end(html(title, body));
/** Hops once, and loads the next frame of a chain of ten. */
const chain: Page = (_request, response, url) => {
  const n = Number(url.searchParams.get('n'));
  const hopped = url.searchParams.has('hopped');
  if (!hopped) return void response.writeHead(302, { location: `/chain?n=${n}&hopped` }).end();
  response.setHeader('content-type', 'text/html').end(html('', n < 10 ? `<script>location.replace("/chain?n=${n + 1}")</script>` : 'End'));
};
const STORM: { readonly [path: string]: Page } = {
  '/storm': (_request, response, url) => {
    const far = `http://localhost:${url.port}`;
    const frames = Array.from({ length: 12 }, (_, i) => `<iframe src="${i % 2 === 0 ? '' : far}/chain?n=${i % 5}&frame=${i}"></iframe>`).join('');
    response.setHeader('content-type', 'text/html').end(html('Storm', `${frames}<script>for(let i=0;i<40;i++){const f=document.createElement("iframe");f.src="/leaf?"+i;document.body.append(f);if(i%4===3)f.onload=()=>{f.onload=null;f.src="/leaf?again"+i}}</script>`));
  },
  '/leaf': document('', 'Leaf'),
  '/chain': chain,
};

describe('the record of visits', () => {
  let sink: RecordingSink;
  let browser: EvidenceBrowser;
  let site: HostileSite;
  let tls: TlsSite;

  beforeEach(async () => {
    [site, tls] = await Promise.all([startHostileSite(STORM), startTlsSite()]);
    sink = new RecordingSink();
    browser = await startEvidenceBrowser({ browser: testBrowser(), viewport: VIEWPORT, policy: CONTRACT_POLICY, sink, clock: systemClock });
  }, 60_000);

  afterEach(async () => {
    await browser.close();
    await Promise.all([site.close(), tls.close()]);
  }, 60_000);

  test('names every document and frame that the server was asked for in a storm of them, request by request', async () => {
    await browser.goto(`${site.base}/storm`);
    await browser.goto(`${site.base}/script`);
    await sink.until('navigation', (fact) => fact.url.endsWith('/next'));
    await browser.goto(`${site.base}/storm?again`);
    await browser.goto(`${site.base}/next?end`);
    await sink.until('navigation', (fact) => fact.url.endsWith('/next?end'));
    await browser.settle();
    const asked = site.seen.filter((seen) => ['document', 'iframe'].includes(seen.destination)).map((seen) => seen.path);
    const recorded = sink.told.flatMap((told): string[] => (told.kind === 'navigation' || told.kind === 'failed' ? [...told.fact.redirects.map((hop) => hop.url), told.fact.url] : [])).map((url) => new URL(url).pathname + new URL(url).search);
    const missing = [...asked];
    for (const path of recorded) {
      const at = missing.indexOf(path);
      if (at !== -1) missing.splice(at, 1);
    }
    process.stdout.write(`Record against server log: ${asked.length} documents asked for, ${recorded.length} recorded, ${missing.length} missing\n`);
    expect(asked.length).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  }, 90_000);

  test('an invalid certificate loads nothing and is asked about; when both go on, the page, its chain and the error are recorded', async () => {
    await expect(browser.goto(`${tls.base}/hop`)).rejects.toMatchObject({ code: 'browser.address-refused' });
    expect(await sink.until('failed', () => true)).toMatchObject({ error: 'net::ERR_CERT_AUTHORITY_INVALID', reason: 'certificate' });
    expect(sink.all('asked')).toEqual([{ kind: 'certificate', url: `${tls.base}/hop`, origin: tls.base, error: 'ERR_CERT_AUTHORITY_INVALID' }]);
    expect(tls.seen).toEqual([]);
    browser.acceptCertificate(tls.base, 'ERR_CERT_AUTHORITY_INVALID');
    await browser.goto(`${tls.base}/hop`);
    const arrived = await sink.until('navigation', (fact) => fact.url.endsWith('/arrived'));
    expect(arrived).toMatchObject({ certificateError: 'ERR_CERT_AUTHORITY_INVALID', tls: { protocol: 'TLS 1.3', subject: 'localhost' }, network: 'this-computer' });
    expect(arrived.redirects).toEqual([expect.objectContaining({ url: `${tls.base}/hop`, status: 302, tls: expect.objectContaining({ protocol: 'TLS 1.3' }) })]);
    expect(arrived.responseHeaders).toContainEqual({ name: 'set-cookie', value: 'session=***' });
    expect(arrived.responseHeaders?.some((header) => header.name === 'permissions-policy')).toBe(false);
    const noted = await sink.until('noted', (fact) => fact.kind === 'certificates');
    expect(noted).toMatchObject({ origin: tls.base, chain: [{ sha256: tls.fingerprint, subject: 'CN=localhost, O=Test filter', issuer: 'CN=localhost, O=Test filter' }] });
    expect(tls.shown()).toBe(false);
  }, 60_000);

  test('a site that demands a certificate of this computer gets none, and the record says so', async () => {
    const demanding = await startTlsSite(true);
    try {
      browser.acceptCertificate(demanding.base, 'ERR_CERT_AUTHORITY_INVALID');
      // The site's word for it may be overtaken by its hanging up: then the next visit says so.
      const refused = (): unknown[] => sink.all('refused').filter((fact) => fact.what === 'client-certificate');
      for (let visit = 1; visit <= 20 && refused().length === 0; visit += 1) {
        await browser.goto(`${demanding.base}/members?${visit}`).catch(() => undefined);
        await sink.until('failed', (fact) => fact.url.endsWith(`?${visit}`));
      }
      expect(refused()[0]).toMatchObject({ url: expect.stringContaining(`${demanding.base}/members`) });
      expect(sink.all('failed').at(-1)).toMatchObject({ reason: 'tls' });
      expect(demanding.shown()).toBe(false);
    } finally {
      await demanding.close();
    }
  }, 90_000);

  test('a word for one host does not hold for another, and a part with an invalid certificate is refused', async () => {
    browser.acceptCertificate(tls.base, 'ERR_CERT_AUTHORITY_INVALID');
    const other = tls.base.replace('127.0.0.1', 'localhost');
    await expect(browser.goto(`${other}/x`)).rejects.toMatchObject({ code: 'browser.address-refused' });
    expect(tls.seen).toEqual([]);
  }, 60_000);

  test('a password is asked for, used once when given, and never told', async () => {
    await browser.goto(`${site.base}/basic`);
    expect(sink.all('asked')).toEqual([{ kind: 'password', url: `${site.base}/basic`, origin: site.base, realm: 'Staff', scheme: 'basic' }]);
    browser.givePassword(site.base, 'Staff', 'ann', 'opensesame');
    await browser.goto(`${site.base}/basic?again`);
    expect(site.seen.some((seen) => seen.authorization === `Basic ${Buffer.from('ann:opensesame').toString('base64')}`)).toBe(true);
    // The site refused it; the next time nobody has anything to give.
    expect(sink.all('asked')).toHaveLength(2);
    expect(JSON.stringify(sink.told)).not.toContain('opensesame');
  }, 60_000);

  test('failures are told apart', async () => {
    for (const url of ['http://no-such-name.invalid/', 'http://127.0.0.1:9/', `${site.base}/reset`, site.base.replace('http:', 'https:')]) await browser.goto(url).catch(() => undefined);
    expect(sink.all('failed').map((fact) => fact.reason)).toEqual(['name', 'connection', 'connection', 'tls'].map((reason, index) => (index === 1 ? expect.stringMatching(/connection|blocked|other/) : reason)));
  }, 60_000);

  test('a page that opens many sockets is told of, bounded', async () => {
    await browser.goto(`${site.base}/busy`);
    expect(await sink.until('noted', (fact) => fact.kind === 'socket-opened')).toMatchObject({ view: 'v1', url: `${site.base.replace('http', 'ws')}/socket` });
  }, 60_000);

  test('the filter’s own page is recognised by the policy as it has loaded', async () => {
    await browser.close();
    browser = await startEvidenceBrowser({
      browser: testBrowser(), viewport: VIEWPORT, sink, clock: systemClock,
      policy: { ...CONTRACT_POLICY, blockPage: ({ text }) => (text.includes('has stopped this page') ? { by: 'text', pattern: 'has stopped', says: 'blocked' } : null) },
    });
    await browser.goto(`${site.base}/next`);
    await browser.goto(`${site.base}/leaf`);
    expect(sink.all('noted').filter((fact) => fact.kind === 'block-page')).toEqual([]);
    await browser.goto(`${site.base}/filtered`);
    expect(await sink.until('noted', (fact) => fact.kind === 'block-page')).toMatchObject({ view: 'v3', url: `${site.base}/filtered`, by: 'text', pattern: 'has stopped', says: 'blocked' });
  }, 60_000);

  test('a browser with a proxy sends everything through it, addresses of this computer too, and the record says whose address answered', async () => {
    await browser.close();
    const through: string[] = [];
    const proxy = createServer((request, response) => {
      through.push(request.url ?? '');
      response.setHeader('content-type', 'text/html').end(html('By way of the proxy', ''));
    });
    await new Promise<void>((resolve) => proxy.listen(0, resolve));
    const address = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    browser = await startEvidenceBrowser({ browser: testBrowser(), viewport: VIEWPORT, policy: CONTRACT_POLICY, sink, clock: systemClock, proxy: address });
    await browser.goto(`${site.base}/next`);
    await browser.goto('http://somewhere.invalid/page');
    expect(through).toEqual(expect.arrayContaining([`${site.base}/next`, 'http://somewhere.invalid/page']));
    expect(site.seen).toEqual([]);
    expect(sink.all('navigation').at(-1)).toMatchObject({ url: 'http://somewhere.invalid/page', remoteAddress: address });
    await browser.close();
    proxy.closeAllConnections();
    proxy.close();
  }, 60_000);

  test('pages and their workers are told of a plain browser of this build, and never of automation', async () => {
    const hints: (string | undefined)[] = [];
    await site.close();
    site = await startHostileSite({
      '/plain': (request, response) => {
        hints.push([request.headers['sec-ch-ua'] ?? ''].flat()[0], [request.headers['sec-ch-ua-platform'] ?? ''].flat()[0]);
        response.setHeader('content-type', 'text/html').end(html('Plain', '<script>const w=new Worker(URL.createObjectURL(new Blob(["postMessage(navigator.userAgent)"])));w.onmessage=async(e)=>{const h=await navigator.userAgentData.getHighEntropyValues(["fullVersionList","platform","bitness"]);document.title=JSON.stringify([navigator.webdriver,navigator.userAgent===e.data,navigator.userAgent,h])}</script>'));
      },
    });
    await browser.goto(`${site.base}/plain`);
    const { title } = await sink.until('title', (fact) => fact.title.startsWith('['));
    const [automated, same, agent, high] = JSON.parse(title) as [boolean, boolean, string, { brands: { brand: string; version: string }[]; fullVersionList: { brand: string; version: string }[]; platform: string; bitness: string }];
    const major = /Chrome\/(\d+)/.exec(browser.product)?.[1];
    expect([automated, same, agent]).toEqual([false, true, browser.userAgent]);
    expect(agent).toContain(`Chrome/${major}.0.0.0`);
    expect(high.brands).toContainEqual({ brand: 'Chromium', version: major });
    expect(high.fullVersionList).toContainEqual({ brand: 'Chromium', version: browser.product.split('/')[1] });
    expect(high.platform).toBe(JSON.parse(hints[1] ?? '""'));
    expect(hints[0]).toBe(high.brands.map(({ brand, version }) => `"${brand}";v="${version}"`).join(', '));
    expect(title).not.toMatch(/Headless/);
  }, 60_000);
});
