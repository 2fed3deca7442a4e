import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lookUpsWithin } from '../../../main/look-up-client.js';
import { CodedError } from '../../../src/record/coded-error.js';
import type { EvidenceBrowser } from '../../../src/cdp/evidence-browser.js';
import type { EvidenceSink, NavigationFact } from '../../../src/cdp/facts.js';
import { readRdap } from '../../../src/engine/rdap.js';
import { recordLine } from '../../../src/engine/record-lines.js';
import { originsOf } from '../../../src/engine/where-from.js';
import type { School } from '../../../src/engine/school.js';
import { removeFolders } from '../vault/support.js';
import { codeOf, NO_HOST, recordOf, told, withCase, type Started } from './support.js';

/*
 * The register is a real server on this computer. The browser is a stand-in, and so is the resolver: a page of a public
 * site cannot be had here.
 */

const DOMAIN = {
  objectClassName: 'domain', handle: 'D1', ldhName: 'example.org', status: ['active'], nameservers: [{ ldhName: 'a.example.net' }],
  events: [{ eventAction: 'registration', eventDate: '1995-08-31T04:00:00Z' }, { eventAction: 'expiration', eventDate: '2027-08-30T04:00:00Z' }],
  entities: [
    { roles: ['registrar'], handle: '376', vcardArray: ['vcard', [['version', {}, 'text', '4.0'], ['fn', {}, 'text', 'Example Registrar']]] },
    { roles: ['registrant'], vcardArray: ['vcard', [['org', {}, 'text', 'Example Holder']]] },
  ],
};
const NETWORK = { objectClassName: 'ip network', handle: 'NET-1', name: 'EXAMPLE-NET', startAddress: '198.51.100.0', endAddress: '198.51.100.255', country: 'GB', entities: [{ roles: ['registrant'], handle: 'HOST-1' }] };

const page = (view: string, url: string, remoteAddress: string | null): NavigationFact => ({
  view, target: 't', frame: 'f', main: true, url, typed: url, cause: 'typed', status: 200, protocol: 'h2', remoteAddress, mediaType: 'text/html', redirects: [], tls: null,
});

afterAll(removeFolders);

describe('where a page comes from', () => {
  let server: Server;
  let base = '';
  let asked: string[] = [];
  let names: string[] = [];
  let started: Started | null = null;
  let sink: EvidenceSink | null = null;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push(path);
      const send = (status: number, body: unknown): void => void response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
      if (path === '/domain/example.org') send(200, DOMAIN);
      else if (path === '/ip/198.51.100.7') send(200, NETWORK);
      else if (path === '/domain/junk.example') send(200, '<html>');
      else if (path === '/me') send(200, '203.0.113.9\n');
      else send(404, '{}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    await started?.engine.close();
    started = null;
    asked = [];
    names = [];
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  async function browsing(network: Partial<School['network']> = {}): Promise<Started> {
    const browser = new Proxy({ product: 'none', userAgent: 'none' } as unknown as EvidenceBrowser, { get: (target, key) => (key === 'then' ? undefined : key in target ? target[key as keyof EvidenceBrowser] : () => Promise.resolve()) });
    const lookUp = {
      ...lookUpsWithin(2_000),
      names: (host: string) => {
        names.push(host);
        if (host === 'gone.example') throw new CodedError('look-up.not-found', 'None.');
        return Promise.resolve({ servers: ['192.0.2.53'], answers: [{ type: 'A' as const, value: '198.51.100.7', ttl: 60 }] });
      },
    };
    const begun = await withCase({ lookUp: { ...lookUp, names: async (host) => lookUp.names(host) }, host: { ...NO_HOST, startEvidenceBrowser: (options) => {
      sink = options.sink;
      return Promise.resolve(browser);
    } } });
    started = begun;
    await begun.engine.school.saveNetwork({ ...begun.engine.school.network, rdap: base, ...network });
    await begun.engine.openedCase.startBrowsing();
    return begun;
  }

  async function visit(begun: Started, url: string, view: string, remoteAddress: string | null = '198.51.100.7:443'): Promise<void> {
    sink?.navigation(page(view, url, remoteAddress));
    await new Promise((resolve) => setImmediate(resolve));
    await recordOf(begun).settled();
  }

  test('each host that is visited is asked about once a sitting, of the computer’s own resolver, and the record says so', async () => {
    const begun = await browsing();
    await visit(begun, 'https://www.example.org/a', 'v1');
    await visit(begun, 'https://www.example.org/b', 'v2');
    await visit(begun, 'https://gone.example/', 'v3');
    await visit(begun, 'http://127.0.0.1:8080/', 'v4');
    await visit(begun, 'http://localhost/', 'v5');
    expect(names).toEqual(['www.example.org', 'gone.example']);
    const entries = told(begun, 'dns-answers');
    expect(entries).toEqual([
      { view: 'v1', host: 'www.example.org', servers: ['192.0.2.53'], answers: [{ type: 'A', value: '198.51.100.7', ttl: 60 }], failed: null },
      { view: 'v3', host: 'gone.example', servers: [], answers: [], failed: 'not-found' },
    ]);
    const [first] = entries;
    if (first === undefined) throw new Error('nothing was recorded');
    expect(recordLine('dns-answers', first, ['app'])).toMatchObject({ line: 'Where www.example.org leads: 198.51.100.7', detail: expect.stringContaining('not the browser’s') });
  });

  test('registers are asked only when a reviewer wishes it: the domain by shorter and shorter names, then the address', async () => {
    const begun = await browsing();
    await visit(begun, 'https://www.example.org/a', 'v1');
    expect(asked).toEqual([]);
    await begun.engine.openedCase.browsing.askWhereFrom('PAS');
    expect(asked).toEqual(['/domain/www.example.org', '/domain/example.org', '/ip/198.51.100.7']);
    const [domain, address] = told(begun, 'registration');
    expect(domain).toMatchObject({ view: 'v1', about: 'domain', asked: 'example.org', service: `${base}/domain/example.org`, failed: null, answer: { holder: 'Example Holder', registrar: 'Example Registrar', registered: '1995-08-31T04:00:00Z' } });
    expect(JSON.parse(domain?.raw ?? '')).toEqual(DOMAIN);
    expect(address).toMatchObject({ about: 'address', asked: '198.51.100.7', answer: { name: 'EXAMPLE-NET', range: '198.51.100.0 to 198.51.100.255', country: 'GB', holder: 'HOST-1' } });
    expect(recordOf(begun).since(0).find(({ header }) => header.kind === 'registration')?.header.by).toEqual(['PAS']);
    expect(told(begun, 'public-address')).toEqual([]);
    const origins = originsOf(recordOf(begun).since(0), 'https://www.example.org/a', 'v1');
    expect(origins).toMatchObject({ names: { host: 'www.example.org' }, registrations: [{ about: 'domain' }, { about: 'address' }], publicAddress: null });
    expect(originsOf(recordOf(begun).since(0), 'https://other.example/', 'v2')).toEqual({ names: null, registrations: [], publicAddress: null });
  });

  test('the computer’s own address is asked for only where the school named a service', async () => {
    const begun = await browsing({ rdap: null, publicAddress: `${base}/me` });
    await visit(begun, 'https://www.example.org/a', 'v1');
    await begun.engine.openedCase.browsing.askWhereFrom('JMK');
    expect(asked).toEqual(['/me']);
    expect(told(begun, 'public-address')).toEqual([{ service: `${base}/me`, address: '203.0.113.9', failed: null }]);
  });

  test('an answer that cannot be understood is kept as it came, and said to be none', async () => {
    const begun = await browsing();
    await visit(begun, 'https://junk.example/', 'v1', null);
    await begun.engine.openedCase.browsing.askWhereFrom('PAS');
    expect(told(begun, 'registration')).toEqual([expect.objectContaining({ asked: 'junk.example', answer: null, failed: 'not-understood', raw: '<html>' })]);
  });

  test('with a proxy nobody is asked, and why is said', async () => {
    const begun = await browsing({ proxy: 'proxy.example.org:8080' });
    await visit(begun, 'https://www.example.org/a', 'v1');
    expect(names).toEqual([]);
    expect(told(begun, 'dns-answers')).toEqual([{ view: 'v1', host: 'www.example.org', servers: [], answers: [], failed: 'proxy' }]);
    expect(await codeOf(() => begun.engine.openedCase.browsing.askWhereFrom('PAS'))).toBe('where-from.proxy');
    expect(asked).toEqual([]);
  });

  test('what cannot be asked is refused in words', async () => {
    const begun = await browsing({ rdap: null });
    expect(await codeOf(() => begun.engine.openedCase.browsing.askWhereFrom('PAS'))).toBe('where-from.no-page');
    await visit(begun, 'http://127.0.0.1/', 'v1', '127.0.0.1:80');
    expect(await codeOf(() => begun.engine.openedCase.browsing.askWhereFrom('PAS'))).toBe('where-from.off');
    await begun.engine.school.saveNetwork({ ...begun.engine.school.network, rdap: base });
    expect(await codeOf(() => begun.engine.openedCase.browsing.askWhereFrom('PAS'))).toBe('where-from.inside');
    expect(await codeOf(() => begun.engine.openedCase.browsing.askWhereFrom('XYZ'))).toBe('auth.not-signed-in');
    await begun.engine.lock('step-out');
  });
});

describe('answers of registers', () => {
  test.each<[string, unknown]>([
    ['no JSON', '{'], ['another thing', JSON.stringify({ objectClassName: 'entity' })], ['a list', '[]'], ['null', 'null'], ['a number for a name', JSON.stringify({ objectClassName: 'domain', ldhName: 7 })],
    ['ten thousand states', JSON.stringify({ objectClassName: 'domain', status: Array.from({ length: 10_000 }, () => 'x') })],
  ])('nothing is taken from %s', (_name, body) => {
    expect(readRdap('domain', String(body))).toBeNull();
  });

  test('texts are cut and freed of control characters, broken parts are left out', () => {
    const answer = readRdap('domain', JSON.stringify({ objectClassName: 'domain', ldhName: `a\u0000\n${'b'.repeat(900)}`, events: 'never', nameservers: 5, entities: [{ roles: ['registrant'], vcardArray: ['vcard', 'no'], handle: 'H' }], status: Array.from({ length: 50 }, () => 'ok') }));
    expect(answer).toMatchObject({ name: `a ${'b'.repeat(498)}`, registered: null, nameservers: [], holder: 'H' });
    expect(answer?.status).toHaveLength(20);
  });
});
