import { beforeAll, describe, expect, test } from '@jest/globals';
import { makeAuthority, type Authority } from '../../vectors/authority.js';
import { BROKEN_BUNDLES, makeStranger } from '../../vectors/broken-bundles.js';
import { goodBundle, verifyFiles, type GoodBundle } from '../../vectors/make-bundle.js';

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
      { id: 'time.tokens', outcome: 'note', detail: 'There is none. Nobody but the computer’s own clock vouches for the times.' },
    ]);
    expect(report.verdict).toBe('unchanged');
  });

  test('a case in which the app was locked and the clock was set passes, and says so', async () => {
    const report = await verifyFiles(good.locked.files, { rootFingerprint: authority.root });
    expect(report.verdict).toBe('unchanged');
    expect(report.checks.find((each) => each.id === 'lock.quiet')).toMatchObject({ outcome: 'pass', detail: 'Locked 2 times; nothing was opened or kept meanwhile. What the browser did meanwhile is marked (entries: 1).' });
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
