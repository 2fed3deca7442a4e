import { afterAll, expect, test } from '@jest/globals';
import { cpSync } from 'node:fs';
import type { EvidenceBrowser } from '../../../src/cdp/evidence-browser.js';
import type { EvidenceSink } from '../../../src/cdp/facts.js';
import { clockToday } from '../../../src/engine/clock-check.js';
import type { EnginePorts } from '../../../src/engine/ports.js';
import { freshFolder, JMK, PAS, removeFolders } from '../vault/support.js';
import { kindsOf, NO_HOST, recordOf, signedIn, told, withCase, type Started } from './support.js';

afterAll(removeFolders);

const ZONE = { timeZone: expect.any(String), utcOffsetMinutes: expect.any(Number) } as const;
const NONE = { how: 'none', offsetMs: null, server: null, note: '', ...ZONE };

/** A case whose browser runs; the browser is a stand-in, since no page is looked at. */
async function browsing(more: Partial<EnginePorts> = {}, sntpServer: string | null = null): Promise<Started & { readonly id: string; readonly sink: EvidenceSink }> {
  let sink: EvidenceSink | null = null;
  const browser = new Proxy({ product: 'none', userAgent: 'none' } as unknown as EvidenceBrowser, { get: (target, key) => (key === 'then' ? undefined : key in target ? target[key as keyof EvidenceBrowser] : () => Promise.resolve()) });
  const started = await withCase({ host: { ...NO_HOST, startEvidenceBrowser: (asked) => {
    ({ sink } = asked);
    return Promise.resolve(browser);
  } }, ...more });
  if (sntpServer !== null) await started.engine.school.saveSettings({ idleMinutes: 10, sntpServer });
  await started.engine.openedCase.startBrowsing();
  return { ...started, sink: sink as unknown as EvidenceSink };
}

const silent = { exchange: () => new Promise<never>(() => undefined) };

test('without a time server both ends of a sitting say which time zone the clock is set to, and that nobody was asked', async () => {
  const started = await browsing();
  const { engine } = started;
  const record = recordOf(started);
  await engine.closeCase();
  const kinds = record.since(0).map(({ header }) => header.kind);
  expect(kinds.filter((kind) => ['sitting-started', 'clock-check', 'sitting-ended'].includes(kind))).toEqual(['sitting-started', 'clock-check', 'clock-check', 'sitting-ended']);
  expect(record.since(0).filter(({ header }) => header.kind === 'clock-check').map(({ body }) => body.data)).toEqual([NONE, NONE]);
  await engine.close();
});

test('a lock or an end before the time server has answered loses no check', async () => {
  const started = await browsing({ sntp: silent }, 'time.example');
  const { engine } = started;
  await engine.lock('step-out');
  await engine.resume(PAS, JMK);
  const unanswered = { how: 'sntp', offsetMs: null, server: 'time.example', note: 'There was no time to wait for its answer.', ...ZONE };
  expect(told(started, 'clock-check')).toEqual([unanswered]);
  expect(kindsOf(started).indexOf('clock-check')).toBeLessThan(kindsOf(started).indexOf('locked'));
  await engine.openedCase.halt.stop('PAS');
  await engine.openedCase.halt.answer('PAS', 'stop-suspected', '');
  expect(told(started, 'clock-check')).toEqual([unanswered, unanswered]);
  await engine.close();
});

test('a halt has its check after STOP and before the end of the sitting', async () => {
  const started = await browsing();
  await started.engine.openedCase.halt.stop('PAS');
  await started.engine.openedCase.halt.answer('PAS', 'stop-suspected', '');
  const kinds = kindsOf(started);
  const last = kinds.lastIndexOf('clock-check');
  expect(told(started, 'clock-check')).toEqual([NONE, NONE]);
  expect([kinds.indexOf('stop') < last, last < kinds.indexOf('sitting-ended')]).toEqual([true, true]);
  await started.engine.close();
});

test('a browser that stops by itself has its check too', async () => {
  const started = await browsing();
  const both = (): boolean => told(started, 'clock-check').length === 2 && told(started, 'sitting-ended').length === 1;
  const written = new Promise<void>((done) => recordOf(started).onEntry(() => { if (both()) done(); }));
  started.sink.closed('it crashed');
  await written;
  expect(told(started, 'clock-check')).toEqual([NONE, NONE]);
  expect(told(started, 'sitting-ended')).toEqual([{ reason: 'interrupted' }]);
  await started.engine.close();
});

test('a sitting that was cut short has its check when the case is opened again, said to be from then; so has one that STOP was pressed in', async () => {
  const started = await browsing();
  await started.engine.openedCase.addNote('PAS', 'So far');
  const caught = freshFolder();
  cpSync(started.folder, caught, { recursive: true });
  await started.engine.openedCase.halt.stop('PAS');
  const stopped = freshFolder();
  cpSync(started.folder, stopped, { recursive: true });
  for (const folder of [caught, stopped]) {
    const again = await signedIn({}, folder);
    await again.engine.showCase(started.id);
    const check = told(again, 'clock-check').at(-1);
    expect(check).toEqual({ ...NONE, note: expect.stringContaining('when the case was opened again') });
    expect(kindsOf(again).lastIndexOf('clock-check')).toBe(kindsOf(again).lastIndexOf('sitting-ended') - 1);
    await again.engine.close();
  }
  await started.engine.close();
});

test('only a comparison of the last twelve hours says how far the clock is off today', async () => {
  const started = await withCase();
  const { engine, clock } = started;
  const state = async (): Promise<string | undefined> => (await engine.preFlight.read()).checks.find(({ id }) => id === 'clock')?.state;
  expect(await state()).toBe('look');
  const shown = new Date(clock.now());
  await engine.openedCase.compareClock('PAS', { source: 'Speaking clock', shown: [shown.getHours(), shown.getMinutes(), shown.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':'), note: '' });
  expect(await state()).toBe('good');
  clock.pass(12 * 3_600);
  expect(await state()).toBe('good');
  clock.pass(1);
  expect(await state()).toBe('look');
  expect(clockToday(recordOf(started).state.clock, clock.now())).toEqual({ offset: null, unanswered: false });
  await engine.school.saveSettings({ idleMinutes: 10, sntpServer: 'time.example' });
  expect(await state()).toBe('unknown');
  await engine.close();
});
