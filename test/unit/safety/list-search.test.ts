import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressForms, canonicalEntry, isSuspected } from '../../../src/safety/address-form.js';
import { DigestGatherer, DigestSet } from '../../../src/safety/digest-set.js';
import { digestKey, keyedDigest, KeyedDigests } from '../../../src/safety/keyed-digest.js';
import { PdqScan, PdqTables } from '../../../src/safety/pdq-index.js';

describe('canonical form of an address', () => {
  test.each([
    ['http://example.org', 'example.org/'], ['HTTPS://EXAMPLE.org:443/a/../b', 'example.org/b'], ['example.org/', 'example.org/'], ['example.org', 'example.org'],
    ['https://user:word@example.org:8443/%7Ea%2fb?x=%c3%bc#y', 'example.org:8443/~a%2Fb?x=%C3%BC'], ['http://bücher.example/ä', 'xn--bcher-kva.example/%C3%A4'],
    ['example.org./a', 'example.org/a'], ['example.org/folder/*', 'example.org/folder/*'], ['wss://example.org/socket', 'example.org/socket'], ['http://example.org:80/a', 'example.org/a'],
    ['https://example.org:80/a', 'example.org:80/a'],
  ])('%s', (entry, form) => {
    expect(canonicalEntry(entry)).toBe(form);
  });

  test.each(['', 'word', 'ftp://example.org/', 'javascript:alert(1)', 'http://', 'http://exa mple.org/'])('"%s" is none', (entry) => {
    expect(canonicalEntry(entry)).toBeNull();
  });

  test('an address is looked for as a page, without its query, by its folders and by its hosts', () => {
    expect(addressForms('https://a.b.example.org/x/y.html?q=1#z')).toEqual([
      'a.b.example.org/x/y.html?q=1', 'a.b.example.org/x/y.html', 'a.b.example.org/*', 'a.b.example.org/x/*', 'a.b.example.org', 'b.example.org', 'example.org',
    ]);
    expect(addressForms('data:image/png;base64,AA')).toEqual([]);
    expect(addressForms('ws://127.0.0.1:81/s')).toEqual(['127.0.0.1:81/s', '127.0.0.1:81/*', '127.0.0.1:81']);
  });

  test('whatever is listed as a page is found when that page is opened', () => {
    fc.assert(fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      const form = canonicalEntry(url);
      expect(form === null || addressForms(url).includes(form)).toBe(true);
    }));
  });
});

describe('an address that was reported as suspected', () => {
  test.each(['https://example.org/a', 'http://example.org/a', 'HTTPS://EXAMPLE.org:443/a#part', 'https://user:word@example.org./%61', 'https://example.org/a?from=x', 'wss://example.org/a'])('is closed as %s', (url) => {
    expect(isSuspected(['https://other.test/', 'https://example.org/a'], url)).toBe(true);
  });

  test.each(['https://example.org/', 'https://example.org/ab', 'https://example.org/a/', 'https://example.org:8443/a', 'https://www.example.org/a', 'about:blank', ''])('does not close %s', (url) => {
    expect(isSuspected(['https://example.org/a'], url)).toBe(false);
  });

  test('with a query stands for that query alone; one that is not of the web, for itself', () => {
    expect(['https://example.org/a?id=7', 'https://example.org/a?id=8', 'https://example.org/a'].map((url) => isSuspected(['http://example.org/a?id=7'], url))).toEqual([true, false, false]);
    expect(['magnet:?xt=1#x', 'magnet:?xt=2'].map((url) => isSuspected(['magnet:?xt=1'], url))).toEqual([true, false]);
  });
});

describe('keyed digests', () => {
  const key = digestKey(Buffer.alloc(32, 7));

  test('what was put in is found, each once, and nothing else is', () => {
    const gatherer = new DigestGatherer();
    const values = Array.from({ length: 5_000 }, () => randomBytes(16));
    for (const value of [...values, ...values.slice(0, 100)]) gatherer.add(keyedDigest(key, 'md5', value));
    const parts = [...gatherer.sorted()];
    const pairs = Uint32Array.from(parts.flatMap((part) => [...part]));
    const set = new DigestSet(pairs);
    expect(set.size).toBe(5_000);
    for (const value of values) expect(set.has(keyedDigest(key, 'md5', value))).toBe(true);
    for (const value of values) expect(set.has(keyedDigest(key, 'sha1', value))).toBe(false);
    for (let at = 0; at < 5_000; at += 1) expect(set.has(keyedDigest(key, 'md5', randomBytes(16)))).toBe(false);
    expect(set.has({ high: 0, low: 0 })).toBe(false);
    expect(set.has({ high: 0xffffffff, low: 0xffffffff })).toBe(false);
    expect(new DigestSet(new Uint32Array(0)).has({ high: 1, low: 1 })).toBe(false);
  });

  test('the search finds every member of any set', () => {
    fc.assert(fc.property(fc.array(fc.record({ high: fc.oneof(fc.nat(5), fc.constant(0xffffffff)), low: fc.nat(3) }), { maxLength: 60 }), fc.record({ high: fc.nat(6), low: fc.nat(4) }), (members, other) => {
      const gatherer = new DigestGatherer();
      for (const member of members) gatherer.add(member);
      const set = new DigestSet(Uint32Array.from([...gatherer.sorted()].flatMap((part) => [...part])));
      for (const member of members) expect(set.has(member)).toBe(true);
      expect(set.has(other)).toBe(members.some(({ high, low }) => high === other.high && low === other.low));
    }));
  });

  test('a file that is imported is keyed as what is looked up: two libraries give the same HMAC', () => {
    const many = new KeyedDigests(key);
    fc.assert(fc.property(fc.constantFrom('address', 'md5', 'sha1', 'sha256'), fc.uint8Array({ minLength: 16, maxLength: 32 }), (type, value) => {
      expect(many.of(type, value)).toEqual(keyedDigest(key, type, value));
    }));
    many.forget();
    expect(() => many.of('md5', new Uint8Array(16))).toThrow();
  });

  test('another key gives other digests', () => {
    expect(keyedDigest(digestKey(Buffer.alloc(32, 8)), 'md5', Buffer.alloc(16))).not.toEqual(keyedDigest(key, 'md5', Buffer.alloc(16)));
  });
});

describe('PDQ search', () => {
  const words = Uint32Array.from({ length: 8 * 5_000 }, () => randomBytes(4).readUInt32LE());
  const flipped = (from: Uint32Array, bits: number): Uint32Array => {
    const copy = from.slice();
    const places = new Set<number>();
    while (places.size < bits) places.add(randomBytes(1)[0] ?? 0);
    for (const place of places) copy[place >> 5] = ((copy[place >> 5] ?? 0) ^ (1 << (place & 31))) >>> 0;
    return copy;
  };

  test('the tables find whatever a scan finds: up to 31 bits, and not 32', async () => {
    const tables = await PdqTables.build(words, () => Promise.resolve());
    const scan = new PdqScan(words);
    for (let at = 0; at < 300; at += 1) {
      const from = words.subarray(8 * at, 8 * at + 8);
      expect(tables.find(flipped(from, at % 32))).toBe(at);
      expect(scan.find(flipped(from, at % 32))).toBe(at);
      expect(tables.find(flipped(from, 32))).toBe(-1);
    }
  });

  test('one bit in every part but one with two is still found', async () => {
    const tables = await PdqTables.build(words, () => Promise.resolve());
    const query = words.slice(0, 8);
    for (let part = 0; part < 15; part += 1) query[part >> 1] = ((query[part >> 1] ?? 0) ^ (3 << (part & 1 ? 4 : 20))) >>> 0;
    query[7] = ((query[7] ?? 0) ^ 1) >>> 0;
    expect(tables.find(query)).toBe(0);
  });
});
