import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { createApp, type App } from '../../src/engine/app.js';
import type { VerifyView } from '../../src/ipc/verify-contract.js';
import { commandPorts } from '../../main/cli/session.js';
import { memoryIntake } from '../../main/memory-intake.js';
import { JMK, newVaultFolder, PAS, removeFolders } from '../unit/vault/support.js';
import { scratch } from './command.js';

const folder = scratch();
const CASE = { reference: '2026-014', reason: 'A report', subject: 'pupil' as const, suspected: [] as string[], first: PAS, second: JMK };
let ports: Awaited<ReturnType<typeof commandPorts>>;

beforeAll(async () => {
  ports = await commandPorts(folder.path());
});

afterAll(async () => {
  await ports.host.close();
  folder.remove();
  removeFolders();
});

async function signedIn(vault: string): Promise<App> {
  const app = await createApp(vault, true, ports, memoryIntake);
  await app.handlers['sign-in']({ first: PAS, second: JMK });
  return app;
}

/** What the app says of a bundle: its verdict, and the line about this computer's own record. */
async function check(app: App, bundle: string): Promise<{ verdict: VerifyView['verdict']; own: VerifyView['checks'][number] | undefined }> {
  const bytes = readFileSync(bundle);
  const { id } = await app.handlers['verify.begin']({ name: 'bundle.zip', size: bytes.length });
  await app.handlers['verify.piece']({ id, base64: bytes.toString('base64') });
  const { verdict, checks } = await app.handlers['verify.finish']({ id, passphrase: null, root: null });
  return { verdict, own: checks.find((each) => each.id === 'this-computer.record') };
}

test('an earlier copy of the vault put back is noticed by the eight words and by a later bundle; a destroyed case is not taken for one', async () => {
  const vault = await newVaultFolder();
  const empty = folder.path('before-the-case');
  cpSync(vault, empty, { recursive: true });
  let app = await signedIn(vault);
  const { id } = await app.handlers['case.open'](CASE);
  await app.handlers['case.close']({});
  await app.close();
  const yesterday = folder.path('yesterday');
  cpSync(vault, yesterday, { recursive: true });

  app = await signedIn(vault);
  await app.handlers['case.show']({ id });
  await app.handlers.conclude({ substance: false, outcomes: [], text: 'None' });
  await app.handlers.seal({ first: PAS, second: JMK, read: (await app.handlers['record.list']({ from: 0, count: 1 })).total });
  const { path } = await app.handlers.export({ recipient: 'group-record', first: PAS, second: JMK, folder: folder.path(), encrypt: false });
  const words = (await app.handlers['state.get']({})).case?.checkpoint?.words.join(' ') ?? '';
  expect(await app.handlers['words.compare']({ words })).toMatchObject({ match: { count: expect.any(Number) } });
  await app.handlers['case.close']({});
  expect(await check(app, path)).toMatchObject({ verdict: 'unchanged', own: { outcome: 'pass' } });

  for (const [copy, sentence] of [[yesterday, 'is older than this bundle'], [empty, 'has no record of this case']] as const) {
    const old = await signedIn(copy);
    if (copy === yesterday) {
      await old.handlers['case.show']({ id });
      expect(await old.handlers['words.compare']({ words })).toEqual({ match: null });
      await old.handlers['case.close']({});
    }
    const found = await check(old, path);
    expect(found).toMatchObject({ verdict: 'unchanged', own: { outcome: 'fail' } });
    expect(found.own?.detail).toContain(sentence);
    await old.handlers['sign-out.read']({});
    await old.handlers['sign-out']({ signatures: null });
    expect((await check(old, path)).own).toBeUndefined();
    await old.close();
  }
  process.stdout.write('rollback: 2 earlier copies put back, both noticed by a later bundle, 1 of 1 by eight words (the other has no such case)\n');

  await app.handlers['backup.make']({ folder: folder.path() });
  expect(await app.handlers['case.holdings']({ id })).toMatchObject({ refused: null, exports: [{ recipient: 'group-record' }], backups: [{}] });
  const { facts } = await app.handlers['case.destroy']({ first: PAS, second: JMK, id, reason: 'Kept for as long as the policy of the trust says.', reference: CASE.reference });
  expect(facts.join(' ')).toContain('Backups that were made earlier still hold the case');
  expect((await check(app, path)).own).toBeUndefined();
  const saved = await app.handlers['destruction.save']({ id, folder: folder.path() });
  const text = spawnSync('pdftotext', ['-layout', saved.path, '-'], { encoding: 'utf8' });
  if (text.status === 0) for (const said of ['Certificate of destruction', 'Priya Anand-Sutton', 'Overwriting is not claimed', 'countersign-backup']) expect(text.stdout).toContain(said);
  await app.close();
}, 120_000);
