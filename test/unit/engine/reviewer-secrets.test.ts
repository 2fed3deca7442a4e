import { afterAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createApp } from '../../../src/engine/app.js';
import { dispatch } from '../../../src/ipc/dispatch.js';
import { folderPort } from '../../../main/folders.js';
import { memoryIntake } from '../../../main/memory-intake.js';
import { filesUnder, freshFolder, JMK, newVaultFolder, PAS, removeFolders, TestClock } from '../vault/support.js';
import { enginePorts, NO_HOST } from './support.js';

afterAll(removeFolders);

/** Passphrases that stand nowhere unless somebody put them there. */
const MARKERS = ['marker-velvet-07-quokka', 'Marker velvet 19 wombat', 'marker!velvet!31!numbat', 'marker velvet 43 bilby', 'mArKeR', 'marker velvet fifty-five dingo'];
const [ENROLLED, CHANGED, WRONG, REPLACED, WEAK, STRENGTH] = MARKERS as [string, string, string, string, string, string];
const WEAK_ONE = `${WEAK}1`;

test('no passphrase and no word of the recovery sheet is in an event, an answer, an error, a log or a file', async () => {
  const folder = await newVaultFolder();
  const exportFolder = freshFolder();
  const clock = new TestClock();
  const heard: unknown[] = [];
  const printed: string[] = [];
  const logged: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) => [stream, stream.write.bind(stream)] as const);
  for (const [stream, write] of streams) {
    stream.write = (bytes: string | Uint8Array, ...rest: never[]) => {
      logged.push(typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8'));
      return write(bytes, ...rest);
    };
  }
  const ports = enginePorts(clock, { exportFolder, folders: folderPort(freshFolder()), host: { ...NO_HOST, printPdf: (html) => { printed.push(html); return Promise.resolve(Buffer.from(html)); } } });
  const app = await createApp(folder, true, ports, memoryIntake);
  app.onEvent((name, value) => heard.push([name, value]));
  const reached: string[] = [];
  const call = async (name: string, input: unknown): Promise<unknown> => {
    clock.pass(61);
    const answer = await dispatch(app.handlers, name, input, (error) => { throw error; });
    heard.push(answer);
    reached.push(`${name} ${answer.ok ? 'done' : answer.code}`);
    return answer.ok ? answer.value : answer;
  };
  const thrown = async (work: () => Promise<unknown>): Promise<void> => {
    clock.pass(61);
    await work().catch((error: unknown) => heard.push(inspect(error, { depth: 10, showHidden: true })));
  };
  const both = { first: PAS, second: JMK };
  const reviewer = (initials: string, passphrase: string) => ({ initials, name: `Person ${initials}`, position: 'Teacher', role: 'head' as const, passphrase });
  await call('sign-in', both);
  await call('passphrase.strength', { passphrase: STRENGTH, own: ['Person'] });
  await call('passphrase-rules.save', { minimumLength: 8, mixed: false, changeMonths: 12 });
  await call('reviewers.enrol', { ...both, reviewer: reviewer('DAO', WEAK_ONE) });
  await call('reviewers.enrol', { ...both, reviewer: reviewer('DAO', ENROLLED) });
  await call('reviewers.enrol', { first: { ...PAS, passphrase: WRONG }, second: JMK, reviewer: reviewer('EVE', REPLACED) });
  await call('reviewers.remove', { first: PAS, second: { ...JMK, passphrase: WRONG }, initials: 'DAO' });
  await call('passphrase.change', { ...PAS, newPassphrase: WEAK_ONE });
  await call('passphrase.change', { ...PAS, passphrase: WRONG, newPassphrase: CHANGED });
  await call('passphrase.change', { ...PAS, newPassphrase: CHANGED });
  const now = { first: { ...PAS, passphrase: CHANGED }, second: JMK };
  await call('retention.save', { ...now, first: { ...PAS, passphrase: WRONG }, months: 6 });
  await call('retention.save', { ...now, months: 6 });
  await call('enrolment-sheet.save', { folder: null });
  const before = heard.length;
  const { words } = (await call('recovery.make', { ...now, holder: 'Ms Chair' })) as { words: string[] };
  const [sheet] = heard.splice(before).filter((each) => JSON.stringify(each).includes(words.join('","')));
  expect(sheet).toEqual({ ok: true, value: { words } });
  await thrown(() => app.handlers['reviewers.remove']({ ...now, second: { ...JMK, passphrase: WRONG }, initials: 'DAO' }));
  await thrown(() => app.handlers['passphrase.change']({ ...JMK, newPassphrase: WEAK_ONE }));
  await call('reviewers.remove', { ...now, initials: 'DAO' });
  await call('sign-out', {});
  await call('recover', { ...JMK, passphrase: WRONG, words: words.join(' '), reviewer: reviewer('EVE', REPLACED) });
  await call('recover', { ...JMK, words: words.join(' '), reviewer: reviewer('EVE', WEAK_ONE) });
  await call('recover', { ...JMK, words: words.join(' '), reviewer: reviewer('EVE', REPLACED) });
  await call('sign-in', { first: reviewerCredentials('EVE', REPLACED), second: JMK });
  await call('state.get', {});
  expect(reached.filter((each) => !each.endsWith(' done'))).toEqual([
    'reviewers.enrol auth.weak-passphrase', 'reviewers.enrol auth.bad-passphrase', 'reviewers.remove auth.bad-passphrase', 'passphrase.change auth.weak-passphrase', 'passphrase.change auth.bad-passphrase',
    'retention.save auth.bad-passphrase', 'recover auth.bad-passphrase', 'recover auth.weak-passphrase',
  ]);
  // By another process: closing a file here would let go of the locks of SQLite.
  const copy = join(freshFolder(), 'copy');
  execFileSync('cp', ['-r', folder, copy]);
  const live = textUnder(copy);
  await app.close();
  for (const [stream, write] of streams) stream.write = write;
  const files = textUnder(folder) + textUnder(exportFolder);
  const everything = { heard: inspect(heard, { depth: 20, maxStringLength: null, maxArrayLength: null }), printed: printed.join('\n'), logged: logged.join('\n'), live, files };
  for (const [where, text] of Object.entries(everything)) {
    for (const secret of [...MARKERS, PAS.passphrase, JMK.passphrase, words.join(' '), words.slice(0, 3).join(' '), words.slice(0, 3).join("', '")]) expect([where, text.includes(secret)]).toEqual([where, false]);
  }
  expect(everything.heard.length).toBeGreaterThan(1_000);
}, 240_000);

function textUnder(folder: string): string {
  return filesUnder(folder).map(({ bytes }) => bytes.toString('latin1')).join('\n');
}

function reviewerCredentials(initials: string, passphrase: string): { initials: string; passphrase: string } {
  return { initials, passphrase };
}
