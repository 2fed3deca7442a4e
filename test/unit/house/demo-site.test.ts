import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import sharp from 'sharp';
import { demoAnswer, startDemoSite, TEST_CARD_HEIGHT, testCardRow, type DemoSite } from '../../../main/demo-site.js';

let site: DemoSite;
beforeAll(async () => {
  site = await startDemoSite();
});
afterAll(() => site.close());

const get = (path: string, init: RequestInit = {}): Promise<Response> => fetch(site.origin + path, { redirect: 'manual', ...init });

/** Sends a request line as it stands, which fetch would tidy up, and gives the status line. */
async function raw(line: string): Promise<string> {
  const socket = createConnection(Number(new URL(site.origin).port), '127.0.0.1');
  socket.end(`${line}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
  let answer = '';
  socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
  await once(socket, 'close');
  return answer.split('\r\n', 1)[0] ?? '';
}

/** Every address of its own that the site's pages link to or load. */
function crawl(): { own: Set<string>; other: Set<string> } {
  const own = new Set(['/']);
  const other = new Set<string>();
  for (const path of own) {
    const { headers, body } = demoAnswer(path);
    if (headers.location !== undefined) own.add(headers.location);
    if (!/html|css/.test(headers['content-type'] ?? '')) continue;
    const text = Buffer.from(body).toString('utf8');
    for (const [, found = ''] of text.matchAll(/(?:href="|src="|action="|url\(")([^"#]+)/g)) (found.startsWith('/') ? own : other).add(found);
  }
  return { own, other };
}

describe('the demonstration website', () => {
  test('serves every address that its pages name, and links to one other website and one mail address', () => {
    const { own, other } = crawl();
    for (const path of own) expect([path, demoAnswer(path).status]).toEqual([path, path === '/go' ? 302 : path === '/r2' ? 301 : 200]);
    expect(own.size).toBeGreaterThan(15);
    expect([...other]).toEqual(['https://www.example.org/', 'mailto:moderators@rivertown-forum.example']);
  });

  test('gives the same bytes and headers for the same address each time, and no date', async () => {
    const answers = await Promise.all([get('/forum/thread/48213'), get('/forum/thread/48213')]);
    const [first, second] = await Promise.all(answers.map(async (answer) => ({ headers: [...answer.headers], body: await answer.text() })));
    expect(first).toEqual(second);
    expect(answers[0].headers.has('date')).toBe(false);
    expect(Buffer.from(first?.body ?? '')).toEqual(Buffer.from(demoAnswer('/forum/thread/48213').body));
  });

  test('redirects through two addresses to the second page of the thread', async () => {
    const [first, second] = await Promise.all([get('/go'), get('/r2')]);
    expect([first.status, first.headers.get('location')]).toEqual([302, '/r2']);
    expect([second.status, second.headers.get('location')]).toEqual([301, '/forum/thread/48213?page=2']);
    expect(await (await get('/go', { redirect: 'follow' })).text()).toContain('page 2 of 2');
  });

  test('offers the chat as an attachment', async () => {
    const answer = await get('/files/chat.zip');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="chat.zip"');
    expect(Buffer.from(await answer.arrayBuffer()).subarray(0, 2).toString()).toBe('PK');
  });

  test('may be read and nothing else', async () => {
    const head = await get('/', { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('content-length')]).toEqual([200, '', String(demoAnswer('/').body.length)]);
    const post = await get('/', { method: 'POST', body: 'x'.repeat(1_000_000) });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test.each(['/../../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/..\\..\\package.json', '//etc/passwd', '/index.html', '/constructor', '*'])(
    'serves no file that it does not list: %s',
    async (path) => {
      expect(await raw(`GET ${path} HTTP/1.1`)).toMatch(/^HTTP\/1\.1 40[04] /);
    },
  );

  test('refuses an address without end', async () => {
    expect((await get(`/search?q=${'a'.repeat(3_000)}`)).status).toBe(414);
    expect(await raw(`GET /${'a'.repeat(100_000)} HTTP/1.1`)).toMatch(/^HTTP\/1\.1 431 /);
  });

  test('keeps a log of what was asked', async () => {
    const before = site.log.length;
    await get('/go');
    await get('/nowhere');
    expect(site.log.slice(before).map(({ method, url, status }) => ({ method, url, status }))).toEqual([
      { method: 'GET', url: '/go', status: 302 },
      { method: 'GET', url: '/nowhere', status: 404 },
    ]);
    expect(site.log.at(-1)?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('has a test card on which no two rows are alike', async () => {
    const { data, info } = await sharp(demoAnswer('/test-card.png').body).raw().toBuffer({ resolveWithObject: true });
    expect([info.height, info.channels]).toEqual([TEST_CARD_HEIGHT, 3]);
    const rows = Array.from({ length: info.height }, (_, y) => data.subarray(y * info.width * 3, y * info.width * 3 + 3).join());
    expect(rows).toEqual(Array.from({ length: TEST_CARD_HEIGHT }, (_, y) => testCardRow(y).join()));
    expect(new Set(rows).size).toBe(TEST_CARD_HEIGHT);
  });

  test('says plainly that its port is taken, and frees it when it is closed', async () => {
    const first = await startDemoSite();
    const port = Number(new URL(first.origin).port);
    await expect(startDemoSite({ port })).rejects.toMatchObject({ code: 'demo.port-in-use' });
    await first.close();
    const second = await startDemoSite({ port });
    await second.close();
  });
});
