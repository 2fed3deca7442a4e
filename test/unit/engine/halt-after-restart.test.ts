import { afterAll, describe, expect, test } from '@jest/globals';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { readExhibitPart } from '../../../src/engine/exhibit-parts.js';
import { freshFolder, removeFolders } from '../vault/support.js';
import { FLAGGED, halt, kept, PRINTS, visited } from './halted-case.js';
import { CASE, codeOf, recordOf, signedIn, told, withCase, type Started } from './support.js';

afterAll(removeFolders);

test('a copied vault is halted too, on this computer and on another, where nothing is written into it', async () => {
  const machine = (id: string) => ({ machine: { read: () => Promise.resolve({ id: id.repeat(64), hostname: 'inv', model: null, serial: null }) } });
  const started = await withCase(machine('a'));
  await visited(started, 'v2', FLAGGED);
  await kept(started, 'PAS/1', 'v2', FLAGGED);
  await halt(started);
  await started.engine.close();
  const lengths: number[] = [];
  const copy = join(freshFolder(), 'copy');
  cpSync(started.folder, copy, { recursive: true });
  for (const id of ['b', 'b', 'a']) {
    const there = await signedIn(machine(id), copy, started.clock);
    expect(there.engine.installation?.crisis?.caseReference).toBe(CASE.reference);
    await there.engine.showCase(started.id);
    const { context } = there.engine.openedCase;
    expect([context.record.state.phase, context.stopped, context.elsewhere]).toEqual(['halted', true, id === 'b']);
    lengths.push(recordOf(there).since(0).length);
    expect(await codeOf(() => readExhibitPart(context, 'PAS/1', 'page.png'))).toBe('exhibit.quarantined');
    expect(await codeOf(() => there.engine.openedCase.startBrowsing())).toBe(id === 'a' ? 'case.halted' : 'machine.mismatch');
    expect(await codeOf(() => there.engine.openCase({ ...CASE, reference: 'Another' }))).not.toBe('none');
    await there.engine.close();
  }
  expect(lengths[1]).toBe(lengths[0]);
}, 90_000);

test('a STOP that reached the crisis file and not the record is a halt at the next start', async () => {
  const started = await withCase();
  await started.engine.openedCase.context.vault.writeCrisis({ caseReference: CASE.reference, at: started.clock.now(), contacts: { policeForce: '', safeguardingLead: '', lado: '', support: '' } });
  await started.engine.close();
  const again = await signedIn({}, started.folder, started.clock);
  await again.engine.showCase(started.id);
  expect(recordOf(again).state.halt).toMatchObject({ answered: true, cause: 'interrupted' });
  await again.engine.close();
}, 60_000);

describe('after a crash with a page open', () => {
  async function crashed(): Promise<Started> {
    const started = await withCase(PRINTS);
    await recordOf(started).add('sitting-started', ['PAS', 'JMK'], { reviewers: ['PAS', 'JMK'], app: 'x', host: 'chromium', browser: 'x', userAgent: 'x', viewport: { width: 1, height: 1, scale: 1 }, machine: { hostname: 'x', system: 'x' }, timeZone: 'UTC', utcOffsetMinutes: 0 });
    await visited(started, 'v1', FLAGGED);
    await started.engine.openedCase.abandon();
    await started.engine.installation?.close();
    const again = await signedIn(PRINTS, started.folder, started.clock);
    await again.engine.showCase(started.id);
    return again;
  }

  test('the app asks before it goes on; “no” is recorded, and the case goes on', async () => {
    const started = await crashed();
    const { engine } = started;
    expect(await codeOf(() => engine.openedCase.startBrowsing())).toBe('case.interrupted');
    expect(await codeOf(() => engine.openedCase.conclude({ substance: false, outcomes: [], text: 'x' }))).toBe('case.interrupted');
    await engine.openedCase.halt.answerInterruption('PAS', 'not-suspected');
    expect(told(started, 'interruption-answered')).toEqual([{ view: 'v1', url: FLAGGED, answer: 'not-suspected' }]);
    expect(await codeOf(() => engine.openedCase.halt.answerInterruption('PAS', 'unsure'))).toBe('case.not-interrupted');
    await engine.openedCase.conclude({ substance: false, outcomes: [], text: 'x' });
    await engine.close();
  }, 60_000);

  test('“not sure” halts, with the page that had been open', async () => {
    const started = await crashed();
    await started.engine.openedCase.halt.answerInterruption('JMK', 'unsure');
    expect(told(started, 'halt')).toEqual([{ cause: 'after-crash-unsure', view: 'v1', url: FLAGGED, sentence: '' }]);
    expect(await codeOf(() => started.engine.openedCase.startBrowsing())).toBe('case.halted');
    await started.engine.close();
  }, 60_000);
});
