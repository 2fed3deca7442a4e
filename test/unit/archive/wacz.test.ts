import { beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { WARCParser } from 'warcio';
import { makeWacz } from '../../../src/archive/wacz.js';
import { PAGE, testPorts } from './support.js';

interface Read {
  readonly type: string;
  readonly header: (name: string) => string | null | undefined;
  readonly status: string;
  readonly http: [string, string][];
  readonly body: Buffer;
}

const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const files = new Map<string, Buffer>();
let listing = '';
let records: Read[] = [];

async function read(bytes: Uint8Array): Promise<Read[]> {
  const found: Read[] = [];
  for await (const record of WARCParser.iterRecords([bytes])) {
    const body = Buffer.from(await record.readFully(false));
    const headers = record.httpHeaders?.headers;
    found.push({ type: record.warcType, header: (name) => record.warcHeader(name), status: record.httpHeaders?.statusline ?? '', http: headers === undefined ? [] : [...headers], body });
  }
  return found;
}

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wacz-'));
  try {
    writeFileSync(join(folder, 'page.zip'), await makeWacz(PAGE, testPorts()));
    const unzip = spawnSync('unzip', ['-q', 'page.zip', '-d', 'out'], { cwd: folder, encoding: 'utf8' });
    expect([unzip.status, unzip.stderr]).toEqual([0, '']);
    listing = spawnSync('unzip', ['-v', 'page.zip'], { cwd: folder, encoding: 'utf8' }).stdout;
    for (const name of readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' })) if (/\.\w+$/.test(name)) files.set(name, readFileSync(join(folder, 'out', name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  records = await read(files.get('archive/data.warc.gz') ?? Buffer.alloc(0));
});

const file = (name: string): Buffer => files.get(name) ?? Buffer.alloc(0);
const json = (name: string): unknown => JSON.parse(file(name).toString());

describe('the WACZ container, as unzip reads it', () => {
  test('has the files that the format demands, each stored as it is', () => {
    expect([...files.keys()].sort()).toEqual(['archive/data.warc.gz', 'datapackage-digest.json', 'datapackage.json', 'indexes/index.cdx', 'not-kept.json', 'pages/pages.jsonl']);
    expect(listing.match(/ Stored /g)).toHaveLength(6);
  });

  test('describes every file with its name, path, size and SHA-256, and is itself described by its digest', () => {
    const described = json('datapackage.json') as { profile: string; wacz_version: string; mainPageUrl: string; resources: { name: string; path: string; hash: string; bytes: number }[] };
    expect(described).toMatchObject({ profile: 'data-package', wacz_version: '1.1.1', mainPageUrl: PAGE.url, mainPageDate: PAGE.at, created: PAGE.madeAt, title: PAGE.title });
    const others = [...files.keys()].filter((name) => !name.startsWith('datapackage'));
    expect(described.resources.map(({ path }) => path).sort()).toEqual(others.sort());
    for (const { path, name, hash, bytes } of described.resources) expect([path.endsWith(name), hash, bytes]).toEqual([true, sha256(file(path)), file(path).length]);
    expect(json('datapackage-digest.json')).toEqual({ path: 'datapackage.json', hash: sha256(file('datapackage.json')) });
  });

  test('lists its page as JSON lines with url and ts', () => {
    const lines = file('pages/pages.jsonl').toString().trimEnd().split('\n').map((line) => JSON.parse(line) as object);
    expect(lines[0]).toMatchObject({ format: 'json-pages-1.0' });
    expect(lines[1]).toMatchObject({ url: PAGE.url, ts: PAGE.at, title: PAGE.title });
  });

  test('names what it does not keep, and why', () => {
    expect(json('not-kept.json')).toEqual(PAGE.missed);
  });
});

describe('the WARC, as another reader reads it', () => {
  test('holds one warcinfo, and a response and a request for each exchange', () => {
    expect(records.map(({ type }) => type)).toEqual(['warcinfo', ...PAGE.exchanges.flatMap(() => ['response', 'request'])]);
    expect(gunzipSync(file('archive/data.warc.gz')).toString('latin1').match(/^WARC\/1\.1\r\n(?=WARC-)/gm)).toHaveLength(records.length);
  });

  test('names each record once, and ties each request to its response', () => {
    const ids = records.map(({ header }) => header('WARC-Record-ID'));
    expect(new Set(ids).size).toBe(records.length);
    for (const id of ids) expect(id).toMatch(/^<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>$/);
    records.forEach(({ type, header }, at) => {
      if (type === 'request') expect(header('WARC-Concurrent-To')).toBe(ids[at - 1]);
    });
  });

  test.each(PAGE.exchanges.map((each, at) => [each.url, each, at] as const))('has of %s the body, address, time and digest', (_, wanted, at) => {
    const response = records[1 + 2 * at];
    expect(response?.body.equals(wanted.body)).toBe(true);
    expect(response?.header('WARC-Target-URI')).toBe(wanted.url);
    expect(response?.header('WARC-Date')).toBe(wanted.at);
    expect(response?.header('WARC-IP-Address')).toBe(wanted.address);
    expect(response?.header('WARC-Payload-Digest')).toBe(sha256(wanted.body));
    expect(response?.status).toMatch(new RegExp(`^HTTP/1.1 ${wanted.status} `));
    expect(response?.http.find(([name]) => name.toLowerCase() === 'content-length')?.[1]).toBe(String(wanted.body.length));
  });

  test('does not say that a body is encoded which no longer is, and keeps every cookie line, masked', () => {
    const headers = records[3]?.http ?? [];
    expect(headers.filter(([name]) => name.toLowerCase() === 'content-encoding')).toEqual([]);
    expect(headers).toContainEqual(['x-orig-content-encoding', 'br']);
    expect(headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value)).toEqual(['a=***', 'b=***']);
  });

  test('lets no header of a server begin a line or a record of its own', () => {
    const evil = records.find(({ type, header }) => type === 'response' && header('WARC-Target-URI')?.endsWith('/evil'));
    expect(evil?.http.sort()).toEqual([['content-length', '1'], ['x-evil', 'a WARC/1.1']]);
    expect(evil?.status).toBe('HTTP/1.1 200 OK x: y');
  });
});

describe('the index', () => {
  test('gives, for each response, where exactly its record stands', async () => {
    const lines = file('indexes/index.cdx').toString().trimEnd().split('\n');
    expect(lines).toHaveLength(PAGE.exchanges.length);
    expect(lines).toEqual([...lines].sort());
    for (const line of lines) {
      const [, key = '', time = '', about = ''] = /^(\S+) (\d{14}) (\{.*\})$/.exec(line) ?? [];
      const entry = JSON.parse(about) as { url: string; offset: string; length: string; status: string; digest: string; filename: string };
      const from = Number(entry.offset);
      const [only, ...more] = await read(file(`archive/${entry.filename}`).subarray(from, from + Number(entry.length)));
      expect([only?.type, only?.header('WARC-Target-URI'), only?.header('WARC-Payload-Digest'), more.length]).toEqual(['response', entry.url, entry.digest, 0]);
      expect([key.startsWith('org,example)/'), time]).toEqual([true, '20261124104102']);
    }
  });
});
