import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntryData } from '../../../src/record/kinds.js';
import type { CheckResult, VerifyReport } from '../../../src/verify/report.js';
import type { Trust } from '../../../src/verify/signature-checks.js';
import { verifyBundle } from '../../../src/verify/verify.js';
import { TestAuthority } from '../../tsa/authority.js';
import type { Authority } from '../../vectors/authority.js';
import { memorySource, resigned, type BundleFiles } from '../../vectors/make-bundle.js';
import { sha256 } from '../../vectors/sample-case.js';
import { schoolOfToday, stampedBundle, stampOf, type StampedOptions } from '../../vectors/stamped-bundle.js';

const TOKEN = 'signatures/tagmanifest.p7s.tst';
const SECOND = 'signatures/tagmanifest.p7s.2.tst';
let tsa: TestAuthority;
let school: Authority;
let good: BundleFiles;

beforeAll(async () => {
  tsa = new TestAuthority();
  school = schoolOfToday();
  good = (await stampedBundle(school, tsa)).files;
}, 120_000);

afterAll(() => tsa.remove());

function verify(files: BundleFiles, trust: Trust = { tsaRoots: [tsa.rootPem] }): Promise<VerifyReport> {
  return verifyBundle(memorySource(files), { rootFingerprint: school.root, ...trust }, { sha256, subtle: crypto.subtle, now: new Date(Date.now() + 86_400_000).toISOString() });
}

async function check(files: BundleFiles, id: CheckResult['id'], trust?: Trust): Promise<CheckResult | undefined> {
  return (await verify(files, trust)).checks.find((each) => each.id === id);
}

async function made(options: StampedOptions): Promise<BundleFiles> {
  return (await stampedBundle(school, tsa, options)).files;
}

describe('a bundle with time stamps', () => {
  test('passes every check when the reader knows the authority’s root', async () => {
    const report = await verify(good);
    expect(report.checks.filter((each) => each.outcome !== 'pass')).toEqual([]);
    expect(report.verdict).toBe('unchanged');
    expect(report.times.map(({ where, trusted }) => ({ where, trusted }))).toEqual([{ where: TOKEN, trusted: true }, { where: SECOND, trusted: true }]);
    expect(report.times[0]?.name).toBe('Example Time Stamping');
  });

  test('says who claims the time and under which root, when the reader knows of none', async () => {
    const root = (await verify(good)).times[0]?.root ?? '';
    const result = await check(good, 'time.tokens', {});
    expect(result?.outcome).toBe('note');
    expect(result?.detail).toContain('3 time stamps hold');
    expect(result?.detail).toContain('Example Time Stamping');
    expect(result?.detail).toContain(root);
    expect(await check(good, 'time.tokens', { tsaRoots: [root.toUpperCase().replace(/../g, '$&:')] })).toMatchObject({ outcome: 'pass' });
    expect(await check(good, 'time.tokens', { tsaRoots: [tsa.strangerPem] })).toMatchObject({ outcome: 'note' });
  });

  test('is whole without those over the signatures, and says that they were to come', async () => {
    const files = await made({ signatures: [null, 'good'] });
    expect([...files.keys()].filter((path) => path.endsWith('.tst'))).toEqual([SECOND]);
    const report = await verify(files);
    expect(report.verdict).toBe('unchanged');
    expect(report.checks.find((each) => each.id === 'time.gaps')).toMatchObject({ outcome: 'note', detail: expect.stringContaining('no time stamp of theirs is here') as unknown });
  });

  test('shows an outage that the record tells of', async () => {
    expect(await check(await made({ outage: true }), 'time.gaps')).toMatchObject({ outcome: 'note', detail: expect.stringContaining('failed 1 times') as unknown });
  });

  test.each([[600_000, 'ahead'], [-600_000, 'behind']] as const)('shows a clock that is wrong by %d ms as %s, and fails nothing for it', async (clockAhead, words) => {
    const files = await made({ clockAhead });
    const report = await verify(files);
    expect(report.verdict).toBe('unchanged');
    const clock = report.checks.find((each) => each.id === 'time.clock');
    expect(clock?.outcome).toBe('note');
    const [, word, seconds] = /was (ahead|behind) by (\d+) seconds/.exec(clock?.detail ?? '') ?? [];
    expect(word).toBe(words);
    expect(Math.abs(Number(seconds) - 600)).toBeLessThan(30);
  });
});

const withEntry = (change: Partial<EntryData<'timestamp'>>) => (): Promise<BundleFiles> => made({ entry: (data) => ({ ...data, ...change }) });
const withFile = (path: string, content: () => Uint8Array | string | Promise<Uint8Array>) => async (): Promise<BundleFiles> => new Map(good).set(path, Buffer.from(await content()));
const without = (path: string) => (): Promise<BundleFiles> => {
  const files = new Map(good);
  files.delete(path);
  return Promise.resolve(resigned(files, school.people, new Date().toISOString()));
};

describe('a broken bundle is caught', () => {
  test.each([
    ['an entry with another time than its token', 'time.tokens', withEntry({ genTime: '2026-01-01T00:00:00.000Z' })],
    ['an entry with another serial number', 'time.tokens', withEntry({ serial: 'ab' })],
    ['an entry with another root', 'time.tokens', withEntry({ root: 'ab'.repeat(32) })],
    ['an entry over another checkpoint’s hash', 'time.tokens', withEntry({ head: 'ab'.repeat(32) })],
    ['an entry that names no checkpoint', 'time.tokens', withEntry({ checkpointSeq: 3 })],
    ['an entry whose token is junk', 'time.tokens', withEntry({ token: 'AAAA' })],
    ['an entry whose token is over something else', 'time.tokens', async () => made({ entry: await otherToken() })],
    ['a token over another signature file', 'time.tokens', withFile(TOKEN, async () => (await stampOf(tsa, 'ab'.repeat(32))).token)],
    ['a token that is junk', 'time.tokens', withFile(TOKEN, () => 'junk')],
    ['a token that is empty', 'time.tokens', withFile(TOKEN, () => '')],
    ['a token with a byte changed', 'time.tokens', withFile(TOKEN, () => { const bytes = Buffer.from(good.get(TOKEN) ?? ''); bytes[900] = (bytes[900] ?? 0) ^ 1; return bytes; })],
    ['a token with a byte more', 'time.tokens', withFile(TOKEN, () => Buffer.concat([good.get(TOKEN) ?? new Uint8Array(), Buffer.alloc(1)]))],
    ['the answer of the authority in place of the token', 'time.tokens', withFile(TOKEN, () => tsa.answer(Buffer.from('3039020101303130' + '0d060960864801650304020105000420' + 'ab'.repeat(32) + '0101ff', 'hex'), 'good'))],
    ['a token without its root, both signed', 'time.tokens', without('certificates/tsa-1.pem')],
    ['a token under another root than the bundle names', 'time.tokens', async () => {
      const files = resigned(new Map(good).set('certificates/tsa-1.pem', Buffer.from(tsa.strangerPem)), school.people, new Date().toISOString());
      const { createHash } = await import('node:crypto');
      const imprint = createHash('sha256').update(files.get('signatures/tagmanifest.p7s') ?? '').digest('hex');
      return files.set(TOKEN, (await stampOf(tsa, imprint)).token);
    }],
    ['the authority’s root exchanged', 'bag.tag-digests', withFile('certificates/tsa-1.pem', () => tsa.strangerPem)],
    ['the authority’s root dropped', 'bag.listed', () => { const files = new Map(good); files.delete('certificates/tsa-2.pem'); return Promise.resolve(files); }],
    ['a third token', 'bag.listed', withFile('signatures/tagmanifest.p7s.3.tst', () => good.get(TOKEN) ?? '')],
  ] as const)('%s, by %s', async (_name, id, make) => {
    const report = await verify(await make());
    expect(report.verdict).toBe('changed');
    expect(report.checks.find((each) => each.id === id)).toMatchObject({ outcome: 'fail' });
  });

  async function otherToken(): Promise<(data: EntryData<'timestamp'>) => EntryData<'timestamp'>> {
    const held = await stampOf(tsa, 'cd'.repeat(32));
    return (data) => ({ ...data, token: Buffer.from(held.token).toString('base64'), genTime: held.statement.genTime, serial: held.statement.serial });
  }
});
