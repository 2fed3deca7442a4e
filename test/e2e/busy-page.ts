import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { createChromiumHost, demandBrowser, type ChromiumHost } from '../../main/chromium/chromium-host.js';
import { memoryIntake } from '../../main/memory-intake.js';
import { createApp, type App } from '../../src/engine/app.js';
import { systemClock } from '../../src/engine/node-ports.js';
import type { EnginePorts } from '../../src/engine/ports.js';
import { CASE, enginePorts, PRE_FLIGHT } from '../unit/engine/support.js';
import { JMK, newVaultFolder, PAS, removeFolders } from '../unit/vault/support.js';
import { Screens } from './app-screens.js';

const PAGE = `<!doctype html><title>Busy page</title><body style="background:#fff"><p id="count">0</p><script>
  let count = 0;
  setInterval(() => { count += 1; document.getElementById('count').textContent = String(count); fetch('/ping?' + count).catch(() => undefined); }, 40);
  setInterval(() => { history.replaceState(null, '', '#' + count); }, 400);
</script>`;

/** Both come back to a locked app. */
export const RESUME = { first: PAS, second: JMK };

/** A page that draws and asks for something all the time, on a server of its own, and a real browser for it. */
export interface BusyPage {
  readonly origin: string;
  readonly host: ChromiumHost;
  /** How often the page has asked for something. */
  readonly pings: number;
  /** How often its other address, `/away`, was asked for. */
  readonly away: number;
  /** An app with a new case in which the page is open and was heard of; `more` is handed to its engine. It is closed after the test. */
  browsing(more?: Partial<EnginePorts>): Promise<Screens>;
}

/** Starts server and browser before the tests of a file and ends them after them. */
export function useBusyPage(): BusyPage {
  let server: Server;
  let origin = '';
  let pings = 0;
  let away = 0;
  let host: ChromiumHost;
  let app: App | null = null;

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url?.startsWith('/ping') === true) pings += 1;
      if (request.url === '/away') away += 1;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(request.url === '/' ? PAGE : '<!doctype html><title>Elsewhere</title>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    host = createChromiumHost(demandBrowser());
  });

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await host.close();
    removeFolders();
  });

  afterEach(async () => {
    await app?.close();
    app = null;
  });

  return {
    get origin() { return origin; },
    get host() { return host; },
    get pings() { return pings; },
    get away() { return away; },
    async browsing(more = {}) {
      const running = await createApp(await newVaultFolder(), true, enginePorts(systemClock, { host, ...more }), memoryIntake);
      app = running;
      const screens = new Screens(running);
      await screens.ok('sign-in', { first: PAS, second: JMK });
      await screens.ok('case.open', CASE);
      expect((await screens.call('browse.goto', { url: origin }))['code']).toBe('pre-flight.first');
      await screens.ok('pre-flight.add', PRE_FLIGHT);
      await screens.ok('browse.goto', { url: origin });
      await until(() => screens.frames > 0 && pings > 0);
      return screens;
    },
  };
}

/** Looks again and again until something has happened; fails after a quarter of a minute. */
export async function until(happened: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 600; i += 1) {
    if (await happened()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it never happened');
}
