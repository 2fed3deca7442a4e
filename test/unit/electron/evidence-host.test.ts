import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EvidenceBrowser } from '../../../src/cdp/evidence-browser.js';
import type { EvidenceSink } from '../../../src/cdp/facts.js';
import { systemClock } from '../../../src/engine/node-ports.js';
import { findBrowser, type FoundBrowser } from '../../../main/chromium/find-browser.js';
import { startEvidenceBrowser } from '../../../main/electron/evidence-host.js';
import { plainUserAgent } from '../../../main/electron/evidence-session.js';
import { startFakeElectron, type FakeElectron } from './hidden-window.js';

jest.setTimeout(60_000);

const browser = findBrowser(process.env);
if (browser === null) process.stdout.write('Electron evidence host: its tests were not run, because there is no browser here\n');

const PAGES: Readonly<Record<string, readonly [status: number, headers: Readonly<Record<string, string>>, body: string]>> = {
  '/': [200, {}, '<title>First</title><body style="background: rgb(10, 20, 30)"><a id="next" href="/moved">next</a><a id="window" href="/in-window" target="_blank">window</a><a id="file" href="/file">file</a>'],
  '/moved': [302, { location: '/second' }, ''],
  '/second': [200, {}, '<title>Second</title><p id="done">There'],
  '/in-window': [200, {}, '<title>In a window</title><p id="w">There'],
  '/file': [200, { 'content-disposition': 'attachment; filename="a.zip"' }, 'zip'],
};

(browser === null ? describe.skip : describe)('the Electron evidence host, over the debugger of a real page', () => {
  let server: Server;
  let origin = '';
  let fake: FakeElectron;
  let evidence: EvidenceBrowser;
  const told: [name: string, fact: unknown][] = [];
  const agents = new Set<string | undefined>();
  const sink = new Proxy({} as EvidenceSink, { get: (_target, name: string) => (...args: unknown[]) => { told.push([name, args.length > 1 ? args : args[0]]); } });

  beforeAll(async () => {
    server = createServer((request, response) => {
      agents.add(request.headers['user-agent']);
      const [status, headers, body] = PAGES[request.url ?? ''] ?? [404, {}, 'nothing'];
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    fake = await startFakeElectron(browser as FoundBrowser);
    evidence = await startEvidenceBrowser(fake.electron, { viewport: { width: 1280, height: 800, scale: 1 }, policy: { decideAddress: () => ({ allow: true }) }, sink, clock: systemClock });
  });

  afterAll(async () => {
    await evidence.close();
    await fake.close();
    server.close();
  });

  const facts = (name: string): Record<string, unknown>[] => told.filter(([each]) => each === name).map(([, fact]) => fact as Record<string, unknown>);

  test('names Chromium, and not Electron or the app', () => {
    expect(evidence.product).toBe('Chrome/156.0.0.0');
    expect(evidence.userAgent).toBe('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36');
    expect(plainUserAgent('A/1 Countersign/0.1.0 Chrome/1 Electron/45.4.1')).toBe('A/1 Chrome/1');
  });

  test('sets every handler of the session before the page exists', () => {
    for (const name of ['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler', 'setDisplayMediaRequestHandler', 'onBeforeRequest']) expect(fake.session.has(name)).toBe(true);
    expect(fake.session.get('setSpellCheckerEnabled')).toEqual([false]);
  });

  test('records a page, a redirect and a refused download', async () => {
    await evidence.goto(`${origin}/`);
    await evidence.settle();
    expect(facts('navigation').at(-1)).toMatchObject({ url: `${origin}/`, main: true, status: 200, cause: 'typed' });
    await evidence.click('#file');
    await evidence.settle();
    expect(facts('refused').at(-1)).toMatchObject({ what: 'download' });
    await evidence.click('#next');
    await evidence.waitForSelector('#done', 10_000);
    await evidence.settle();
    expect(facts('navigation').at(-1)).toMatchObject({ url: `${origin}/second`, main: true, cause: 'link' });
    expect(facts('navigation').at(-1)?.['redirects']).toHaveLength(1);
  });

  test('opens in the view what a click would have opened in a window', async () => {
    await evidence.goto(`${origin}/`);
    await evidence.click('#window');
    await evidence.waitForSelector('#w', 10_000);
    await evidence.settle();
    expect(facts('refused').at(-1)).toMatchObject({ what: 'popup', url: `${origin}/in-window` });
    expect(facts('navigation').at(-1)).toMatchObject({ url: `${origin}/in-window`, main: true, cause: 'popup' });
  });

  test('streams what the window paints, and the next picture only when the last was taken', async () => {
    const frame = await new Promise<{ data: Uint8Array; mediaType: string }>((resolve, reject) => { evidence.startFrames(resolve).catch(reject); });
    expect(frame.mediaType).toBe('image/jpeg');
    expect(Buffer.from(frame.data).subarray(0, 2).toString('hex')).toBe('ffd8');
    await evidence.stopFrames();
    expect(fake.contents.painting).toBe(false);
  });

  test('captures the page that is shown', async () => {
    await evidence.goto(`${origin}/`);
    const composite = await evidence.compose('viewport');
    expect(composite).toMatchObject({ form: 'viewport' });
  });

  test('cuts the page off: no request, no picture, its processes stopped where they stand', async () => {
    await evidence.cutOff();
    expect(fake.session.get('enableNetworkEmulation')).toEqual([{ offline: true }]);
    expect(fake.session.has('closeAllConnections')).toBe(true);
    expect(fake.stopped).toEqual([4_242]);
    await expect(evidence.goto(`${origin}/second`)).rejects.toMatchObject({ code: 'browser.cut-off' });
  });
});
