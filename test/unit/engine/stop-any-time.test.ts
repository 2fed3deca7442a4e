import { afterAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { readExhibitPart } from '../../../src/engine/exhibit-parts.js';
import { filesUnder, freshFolder, JMK, PAS, removeFolders } from '../vault/support.js';
import { CALL, exported, failures, FLAGGED, halt, kept, NO_ACTION, textOf, twoPages, visited } from './halted-case.js';
import { codeOf, NO_HOST, recordOf, told, withCase, type Started } from './support.js';

afterAll(removeFolders);

describe('STOP after the seal', () => {
  async function sealed(): Promise<Started & { id: string }> {
    const started = await twoPages();
    await started.engine.openedCase.conclude({ substance: true, outcomes: ['internal'], text: 'Dealt with' });
    await started.engine.openedCase.seal(PAS, JMK, started.engine.openedCase.context.record.count);
    return started;
  }

  test('nobody said which exhibit: all of them are quarantined, and only the police are told where they came from', async () => {
    const started = await sealed();
    const { engine } = started;
    await engine.openedCase.halt.stop('JMK');
    expect(await codeOf(() => readExhibitPart(engine.openedCase.context, 'PAS/1', 'page.png'))).toBe('case.halted');
    await engine.openedCase.halt.answer('JMK', 'stop-unsure', '');
    expect(told(started, 'quarantine').map((each) => each.exhibit)).toEqual(['PAS/1', 'PAS/2']);
    expect(await codeOf(() => engine.openedCase.seal(PAS, JMK, engine.openedCase.context.record.count))).toBe('case.halted');
    await engine.openedCase.halt.call('PAS', CALL);
    await engine.openedCase.addNote('JMK', 'Seen while the bundle was made');
    const police = await exported(started, 'police');
    const school = await exported(started, 'group-record');
    expect([await failures(police), await failures(school)]).toEqual([[], []]);
    for (const files of [police, school]) expect([...files.keys()].filter((path) => path.startsWith('data/exhibits/'))).toEqual([]);
    expect([textOf(police).includes(FLAGGED), /plain\.test|flagged\.test/.test(textOf(school))]).toEqual([true, false]);
    started.clock.pass(30);
    await engine.openedCase.halt.end(PAS, JMK, NO_ACTION);
    expect([recordOf(started).state.phase, await codeOf(() => engine.openedCase.addNote('PAS', 'x'))]).toEqual(['sealed', 'case.sealed']);
    expect(await codeOf(() => readExhibitPart(engine.openedCase.context, 'PAS/1', 'page.png'))).toBe('exhibit.quarantined');
    await engine.close();
  }, 60_000);

  test('pressed by mistake, the case is sealed as before and its bundle holds everything', async () => {
    const started = await sealed();
    await started.engine.openedCase.halt.stop('PAS');
    await started.engine.openedCase.halt.withdraw(PAS, JMK, 'Leant on the key');
    expect(recordOf(started).state.phase).toBe('sealed');
    const files = await exported(started, 'police');
    expect(await failures(files)).toEqual([]);
    expect([...files.keys()].filter((path) => path.endsWith('/page.png'))).toHaveLength(2);
    await started.engine.close();
  }, 60_000);

  test('a note that was added to a sealed case without a halt, or once STOP was withdrawn, is found before the bundle is handed over', async () => {
    const started = await sealed();
    await started.engine.openedCase.halt.stop('PAS');
    await started.engine.openedCase.halt.withdraw(PAS, JMK, 'Leant on the key');
    await recordOf(started).add('note', ['PAS'], { text: 'Slipped in' });
    expect(await codeOf(() => exported(started, 'police'))).toBe('export.not-accepted');
    await started.engine.close();
  }, 60_000);
});

test('STOP while a bundle is being made: it is cancelled and nothing of it is left', async () => {
  let stop = (): Promise<void> => Promise.resolve();
  const printPdf = async (): Promise<Uint8Array> => {
    await stop();
    return Buffer.from('%PDF-1.7');
  };
  const started = await withCase({ host: { ...NO_HOST, printPdf } });
  await visited(started, 'v1', 'http://plain.test/');
  await kept(started, 'PAS/1', 'v1', 'http://plain.test/');
  const folder = freshFolder();
  stop = () => started.engine.openedCase.halt.stop('PAS');
  expect(await codeOf(() => started.engine.openedCase.export({ recipient: 'police', first: PAS, second: JMK, path: join(folder, 'bag.zip'), form: 'zip', encrypt: false }))).toBe('export.cancelled');
  expect(filesUnder(folder)).toEqual([]);
  expect(told(started, 'export-finished').map((each) => each.code)).toEqual(['export.cancelled']);
  await started.engine.close();
}, 60_000);

test('STOP that comes while a long record is read back shows nothing of what was asked for before', async () => {
  const started = await twoPages();
  const { halt: halting, context } = started.engine.openedCase;
  await halt(started);
  await halting.call('PAS', CALL);
  await halting.end(PAS, JMK, NO_ACTION);
  const { record } = context;
  expect(Buffer.from(await readExhibitPart(context, 'PAS/1', 'page.png')).toString()).toBe('teal square PAS/1');
  const whole = record.whole.bind(record);
  let stopped = false;
  record.whole = async () => {
    const read = await whole();
    if (!stopped) {
      stopped = true;
      await halting.stop('PAS');
    }
    return read;
  };
  expect(await codeOf(() => readExhibitPart(context, 'PAS/1', 'page.png'))).toBe('case.halted');
  await started.engine.close();
}, 60_000);
