import { beforeAll, describe, expect, test } from '@jest/globals';
import { makeAuthority, type Authority } from '../../vectors/authority.js';
import { BROKEN_BUNDLES, makeStranger, rechained, withNewKeys } from '../../vectors/broken-bundles.js';
import { goodBundle, resigned, verifyFiles, withRecord, type GoodBundle } from '../../vectors/make-bundle.js';

let authority: Authority;
let stranger: Authority;
let good: { sealed: GoodBundle; halted: GoodBundle; locked: GoodBundle };

beforeAll(async () => {
  authority = makeAuthority('Example School');
  stranger = makeStranger();
  good = { sealed: await goodBundle(authority, { end: 'sealed' }), halted: await goodBundle(authority, { end: 'halted' }), locked: await goodBundle(authority, { end: 'sealed', eventful: true }) };
}, 120_000);

describe('good bundles', () => {
  test.each(['sealed', 'halted'] as const)('a %s case passes every check, and says that nobody vouches for its times', async (end) => {
    const report = await verifyFiles(good[end].files, { rootFingerprint: authority.root });
    expect(report.checks.filter((check) => check.outcome !== 'pass').map(({ id, outcome, detail }) => ({ id, outcome, detail }))).toEqual([
      { id: 'time.tokens', outcome: 'note', detail: 'There is no time stamp: only the computer’s own clock vouches for the times.' },
    ]);
    expect(report.verdict).toBe('unchanged');
  });

  test('a page view that was captured and has a concern is counted once, and both are told', async () => {
    const { checks, signers } = await verifyFiles(good.sealed.files, { rootFingerprint: authority.root, ownRoot: true });
    const detail = (id: string): string | undefined => checks.find((each) => each.id === id)?.detail;
    expect(detail('visits.accounted')).toMatch(/captured \(1 of them with a concern as well\)/);
    // The signature file has an order of its own; people are named as the case names them.
    expect(signers.map(({ name }) => name)).toEqual(['Priya A. Shah', 'Tom R. Ellis']);
    expect(detail('trust.root')).toBe('The root is that of this computer’s own installation.');
    expect(detail('signature.time')).toMatch(/^Signed on \d+ [A-Z][a-z]+ 2026 at \d\d:\d\d:\d\d UTC/);
  });

  test('a case in which the app was locked and the clock was set passes, and says so', async () => {
    const report = await verifyFiles(good.locked.files, { rootFingerprint: authority.root });
    expect(report.verdict).toBe('unchanged');
    expect(report.checks.find((each) => each.id === 'lock.quiet')).toMatchObject({ outcome: 'pass', detail: 'Locked 2 times; nothing was opened or kept meanwhile. What the browser did meanwhile is marked (entries: 1).' });
  });

  test('a lock that could not be written is a note and no fault', async () => {
    const { files, sample } = good.locked;
    const entries = sample.entries.filter((entry) => entry.header.kind !== 'locked');
    const report = await verifyFiles(resigned(withRecord(files, rechained(entries, authority.people)), authority.people), { rootFingerprint: authority.root });
    expect(report.checks.find((each) => each.id === 'lock.quiet')).toMatchObject({ outcome: 'note' });
  });

  test('what a reviewer signed before they were removed stays valid, and what they signed from that moment on does not', async () => {
    const [, removed] = authority.people;
    const crl = (at: string): Uint8Array => authority.revoke([removed], new Date(at));
    const before = await verifyFiles(good.sealed.files, { rootFingerprint: authority.root });
    expect(before.verdict).toBe('unchanged');
    for (const [at, verdict, outcome] of [['2026-11-24T11:32:09Z', 'unchanged', 'note'], ['2026-11-24T11:32:08Z', 'changed', 'fail'], ['2026-11-01T00:00:00Z', 'changed', 'fail']] as const) {
      const report = await verifyFiles(resigned(new Map(good.sealed.files).set('certificates/crl.der', crl(at)), authority.people), { rootFingerprint: authority.root });
      expect([at, report.verdict, report.checks.find((each) => each.id === 'certificates.crl')?.outcome]).toEqual([at, verdict, outcome]);
    }
  });

  test('each entry is held against the date of withdrawal: the first signed too late is named with its reviewer, those before it are not', async () => {
    const { files, sample } = good.sealed;
    const [, removed] = authority.people;
    const signed = sample.entries.filter((entry) => entry.signatures.length > 0);
    const late = signed[Math.floor(signed.length / 2)];
    const at = (late?.header.at ?? '').replace(/\.\d+Z$/, '.000Z');
    const report = await verifyFiles(resigned(new Map(files).set('certificates/crl.der', authority.revoke([removed], new Date(at))), authority.people), { rootFingerprint: authority.root });
    const found = report.checks.find((each) => each.id === 'record.signatures');
    expect(found).toMatchObject({ outcome: 'fail', where: `record.jsonl, entry ${late?.header.seq}` });
    expect(found?.detail).toContain(`Tom R. Ellis (TRE) signed an entry at ${late?.header.at}, when this certificate had been withdrawn since ${at}.`);
    const sealedAt = await verifyFiles(resigned(new Map(files).set('certificates/crl.der', authority.revoke([removed], new Date('2026-11-24T11:32:08Z'))), authority.people), { rootFingerprint: authority.root });
    expect(sealedAt.checks.find((each) => each.id === 'record.signatures')?.outcome).toBe('pass');
  });

  test('a reviewer whose keys were replaced goes on with the new ones, and what the old ones signed before stays valid', async () => {
    const { files, sample } = good.sealed;
    const report = await verifyFiles(withNewKeys(files, sample.entries, authority, { name: 'Tom R. Ellis', withdrawn: true }), { rootFingerprint: authority.root });
    expect(report.checks.filter((each) => each.outcome === 'fail')).toEqual([]);
    expect(report.verdict).toBe('unchanged');
  });

  test('without anything known of the root, the verdict does not say who signed', async () => {
    const report = await verifyFiles(good.sealed.files, {});
    expect(report.verdict).toBe('unchanged-signers-not-shown');
    expect(report.sentence).toContain('not shown');
  });

  test('the root may be known by its words, its certificate, or a fingerprint as people type it', async () => {
    const { root } = await verifyFiles(good.sealed.files, {});
    const spaced = authority.root.toUpperCase().replace(/../g, '$&:');
    for (const trust of [{ rootWords: root?.words ?? [] }, { rootPem: authority.rootPem }, { rootFingerprint: spaced }]) {
      expect((await verifyFiles(good.sealed.files, trust)).verdict).toBe('unchanged');
    }
  });

  test('a root that is not the one given is a failure that says so', async () => {
    const report = await verifyFiles(good.sealed.files, { rootFingerprint: stranger.root });
    expect(report.verdict).toBe('changed');
    expect(report.sentence).toContain('do not come from the school');
  });
});

describe('broken bundles', () => {
  test(`there are at least 80 of them (there are ${BROKEN_BUNDLES.length})`, () => {
    expect(BROKEN_BUNDLES.length).toBeGreaterThanOrEqual(80);
    expect(new Set(BROKEN_BUNDLES.map((broken) => broken.name)).size).toBe(BROKEN_BUNDLES.length);
  });

  test.each(BROKEN_BUNDLES.map((broken) => [broken.name, broken.check, broken] as const))('%s is caught by %s', async (_name, check, broken) => {
    const report = await verifyFiles(broken.make(good[broken.from], stranger), { rootFingerprint: authority.root });
    expect(report.verdict).toBe('changed');
    expect(report.checks.find((each) => each.id === check)).toMatchObject({ id: check, outcome: 'fail' });
  });
});
