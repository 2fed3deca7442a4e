import { afterAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { checkBundle } from '../../../main/cli/verify.js';
import { Engine } from '../../../src/engine/engine.js';
import type { VerifyReport } from '../../../src/verify/report.js';
import { freshFolder, JMK, newVaultFolder, PAS, removeFolders, TestClock } from '../vault/support.js';
import { CASE, enginePorts, Heard, NO_HOST } from './support.js';

afterAll(removeFolders);

const DAO = { initials: 'DAO', name: 'Dele A. Okafor', position: 'Head of Year', passphrase: 'basket comet river pilot' };

test('what a reviewer signed before the removal, or before new keys, stays valid, in bundles made after it too', async () => {
  const clock = new TestClock();
  const out = freshFolder();
  const host = { ...NO_HOST, printPdf: () => Promise.resolve(Buffer.from('%PDF-1.7\n%%EOF\n')) };
  const engine = await Engine.start(await newVaultFolder(), true, enginePorts(clock, { host }), new Heard());
  const check = (path: string): Promise<VerifyReport> => checkBundle(path, { rootFingerprint: engine.installation?.rootFingerprint ?? '' }, undefined, { say: () => undefined, progress: () => undefined, json: () => undefined });
  const exported = async (name: string, first: typeof PAS, second: typeof PAS): Promise<VerifyReport> => {
    const path = join(out, name);
    await engine.openedCase.export({ recipient: 'police', first, second, path, form: 'zip', encrypt: false });
    return check(path);
  };
  const crl = (report: VerifyReport): string => report.checks.find(({ id }) => id === 'certificates.crl')?.detail ?? '';

  await engine.signIn(PAS, JMK);
  await engine.reviewers.enrol(PAS, JMK, DAO);
  await engine.signOut();
  clock.pass(60);
  await engine.signIn(DAO, JMK);
  const id = await engine.openCase({ ...CASE, first: DAO, second: JMK });
  await engine.openedCase.addNote('DAO', 'Signed by both while DAO was a reviewer');
  clock.pass(60);
  const before = await exported('before.zip', DAO, JMK);
  await engine.closeCase();
  await engine.signOut();
  clock.pass(60);

  await engine.signIn(PAS, JMK);
  await engine.reviewers.remove(PAS, JMK, 'DAO');
  clock.pass(60);
  await engine.showCase(id);
  await engine.openedCase.addNote('PAS', 'Written after the removal');
  const after = await exported('after.zip', PAS, JMK);
  expect([before.verdict, after.verdict]).toEqual(['unchanged', 'unchanged']);
  expect(after.signers.map(({ name }) => name).sort()).toEqual(['Jürgen Mac Kenna', 'Priya Anand-Sutton']);
  expect(crl(after)).not.toBe('');
  const { certificates } = engine.openedCase.context.vault;
  expect(certificates.call(engine.openedCase.context.vault).reviewerPems).toHaveLength(3);
  // The bundle that the removed reviewer signed is as good as it was.
  expect((await check(join(out, 'before.zip'))).verdict).toBe('unchanged');
  await engine.closeCase();

  await engine.reviewers.changeKeys(PAS, JMK, 'PAS');
  clock.pass(60);
  await engine.showCase(id);
  await engine.openedCase.addNote('PAS', 'Signed with new keys, in the same sitting');
  const renewed = await exported('renewed.zip', PAS, JMK);
  expect(renewed.checks.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
  expect(renewed.verdict).toBe('unchanged');
  expect((await check(join(out, 'after.zip'))).verdict).toBe('unchanged');
  await engine.closeCase();
  // Both sign out with their passphrases: the sums of the case are signed with the new keys too.
  await engine.signOut();
  clock.pass(60);
  await engine.signIn(PAS, JMK);
  expect(engine.installation?.reviewers.find(({ initials }) => initials === 'PAS')?.replaced).toHaveLength(1);
  await engine.showCase(id);
  expect((await exported('later.zip', PAS, JMK)).verdict).toBe('unchanged');
  await engine.close();
}, 120_000);
