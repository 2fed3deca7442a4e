import { afterAll, expect, test } from '@jest/globals';
import { createApp } from '../../../src/engine/app.js';
import { recordLine } from '../../../src/engine/record-lines.js';
import { memoryIntake } from '../../../main/memory-intake.js';
import { folderPort } from '../../../main/folders.js';
import { JMK, newVaultFolder, PAS, removeFolders, TestClock } from '../vault/support.js';
import { CASE, codeOf, enginePorts, PRE_FLIGHT, recordOf, signedIn, told, withCase } from './support.js';

afterAll(removeFolders);

test('a case keeps how it came up, the addresses that were reported, and that neither reviewer is concerned, signed as an act', async () => {
  const started = await signedIn();
  await started.engine.openCase({
    ...CASE, suspected: ['https://never.example/a', 'never.example/a'], reported: ['forum.example/thread', 'https://never.example/a', 'forum.example/thread'],
    cameUp: { way: 'parent', words: 'Mrs Green, by telephone, 23 November, 15:40' }, notConcerned: true,
  });
  expect(told(started, 'case-opened')[0]?.cameUp).toEqual({ way: 'parent', words: 'Mrs Green, by telephone, 23 November, 15:40' });
  expect(told(started, 'suspected-address')).toEqual([{ url: 'https://never.example/a' }]);
  expect(told(started, 'reported-address')).toEqual([{ url: 'https://forum.example/thread' }]);
  const declared = recordOf(started).since(0).find(({ header }) => header.kind === 'not-concerned');
  expect(declared?.signatures.map(({ by, how }) => [by, how])).toEqual([['PAS', 'act'], ['JMK', 'act']]);
  expect(recordOf(started).state.staff.declared).toBe(true);
  await started.engine.close();
});

test('an address that is none of a website is not taken as one that may be opened, and no case comes of it', async () => {
  const { engine } = await signedIn();
  expect(await codeOf(() => engine.openCase({ ...CASE, reported: ['javascript:alert(1)'] }))).toBe('browse.bad-address');
  expect(engine.case).toBeNull();
  await engine.close();
});

test('over the screens nobody browses before the questions are answered; answered once, they hold until both sign out', async () => {
  const folder = await newVaultFolder();
  const app = await createApp(folder, true, enginePorts(new TestClock(), { folders: folderPort(folder) }), memoryIntake);
  const both = { first: PAS, second: JMK };
  const { handlers } = app;
  await handlers['sign-in'](both);
  const { id } = await handlers['case.open']({ ...CASE, suspected: [] });
  for (const act of [() => handlers['browse.start']({}), () => handlers['browse.goto']({ url: 'https://forum.example/' }), () => handlers['capture.list']({ urls: ['https://forum.example/'], form: 'text' })]) expect(await codeOf(act)).toBe('pre-flight.first');
  const before = await handlers['pre-flight.read']({});
  expect(before.remembered).toBeNull();
  expect(before.checks.map(({ id: check, state }) => [check, state])).toEqual([
    ['self-test', 'unknown'], ['versions', 'good'], ['clock', 'look'], ['disk', expect.stringMatching(/good|look/)], ['lists', 'unknown'], ['contacts', 'look'], ['backup', 'look'], ['time-stamps', 'unknown'],
  ]);
  await handlers['pre-flight.add'](PRE_FLIGHT);
  expect((await handlers['state.get']({})).case?.preFlightDue).toBe(false);
  await handlers['case.close']({});
  await handlers['case.show']({ id });
  expect((await handlers['state.get']({})).case?.preFlightDue).toBe(false);
  await handlers['sign-out']({ signatures: null });
  await handlers['sign-in'](both);
  await handlers['case.show']({ id });
  expect((await handlers['state.get']({})).case?.preFlightDue).toBe(true);
  expect((await handlers['pre-flight.read']({})).remembered).toEqual(PRE_FLIGHT);
  // Somebody else may have authorised another case.
  await handlers['case.close']({});
  await handlers['case.open']({ ...CASE, reference: '2026-015', suspected: [] });
  expect((await handlers['pre-flight.read']({})).remembered).toBeNull();
  await app.close();
});

test('the answers stand in the record signed for both, in plain words, and the second time they are remembered', async () => {
  const started = await withCase();
  await started.engine.preFlight.add({ ...PRE_FLIGHT, screenHidden: false, filter: { exception: 'exception', words: 'The forum, asked for by the head' } });
  const entry = recordOf(started).since(0).find(({ header }) => header.kind === 'pre-flight');
  expect(entry?.header.by).toEqual(['PAS', 'JMK']);
  expect(entry?.signatures).toHaveLength(2);
  const [data] = told(started, 'pre-flight');
  if (data === undefined) throw new Error('no answers');
  const { line, detail } = recordLine('pre-flight', data, ['PAS', 'JMK']);
  expect(line).toBe('Before you begin: authorised by Ada Okafor, Head');
  expect(detail).toMatch(/^Room: Head’s office\. Others may see the screen\. The filter makes an exception: The forum, asked for by the head\. The numbers to call are at hand\./);
  await started.engine.close();
});
