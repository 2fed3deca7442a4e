import { afterAll, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { checkBundle } from '../../../main/cli/verify.js';
import { freshFolder, JMK, PAS, removeFolders } from '../vault/support.js';
import { codeOf, kindsOf, NO_HOST, withCase } from './support.js';

afterAll(removeFolders);

test('locked while a bundle is being made, the app finishes it with the keys of its case and holds no others', async () => {
  let finish: () => void = () => undefined;
  let begun: () => void = () => undefined;
  const gate = new Promise<void>((done) => (finish = done));
  const printing = new Promise<void>((done) => (begun = done));
  const host = { ...NO_HOST, printPdf: async () => {
    begun();
    await gate;
    return Buffer.from('%PDF-1.7\n%%EOF\n');
  } };
  const { engine } = await withCase({ host });
  const { vault } = engine.openedCase.context;
  const text = Buffer.from('https://listed.example/a\nhttps://listed.example/b\n');
  await engine.changeableLists.begin('one', { source: 'Test list', givenBy: 'The filter', note: '', format: 'addresses', size: text.length });
  await engine.changeableLists.piece('one', text);
  await engine.changeableLists.finish('one', PAS, JMK);
  const lists = engine.flagLists;
  expect(lists.inForce).toHaveLength(1);
  const path = join(freshFolder(), 'bundle.zip');
  const made = engine.openedCase.export({ recipient: 'police', first: PAS, second: JMK, path, form: 'zip', encrypt: false });
  await printing;
  const locking = engine.lock('step-out');
  const waits = (): boolean => engine.lockView?.waiting === true;
  while (!waits()) await new Promise((resolve) => setImmediate(resolve));
  expect(lists.inForce).toEqual([]);
  expect([await codeOf(() => vault.caseIds()), await codeOf(() => vault.certificates()), await codeOf(() => vault.setting('contacts'))]).toEqual(['auth.locked', 'auth.locked', 'auth.locked']);
  await engine.resume(PAS, JMK);
  expect([engine.lockView, engine.flagLists.inForce.length]).toEqual([null, 1]);
  const again = engine.lock('step-out');
  while (!waits()) await new Promise((resolve) => setImmediate(resolve));
  finish();
  const { tagManifest } = await made;
  await Promise.all([locking, again]);
  expect(engine.lockView).toMatchObject({ reason: 'step-out', waiting: false });
  expect(await codeOf(() => vault.signers[0].sign(new Uint8Array(1)))).toBe('auth.locked');
  const report = await checkBundle(path, { rootFingerprint: engine.installation?.rootFingerprint ?? '' }, undefined, { say: () => undefined, progress: () => undefined, json: () => undefined });
  expect([report.verdict, tagManifest]).toEqual(['unchanged', expect.stringMatching(/^[0-9a-f]{64}$/)]);
  await engine.resume(PAS, JMK);
  expect(kindsOf({ engine }).slice(-4)).toEqual(['locked', 'export-finished', 'checkpoint', 'resumed']);
  await engine.close();
}, 60_000);
