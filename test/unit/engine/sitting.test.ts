import { afterAll, describe, expect, test } from '@jest/globals';
import { MARKING_IDS } from '../../../src/investigation/policy/markings.js';
import { hashWords } from '../../../src/record/words.js';
import { JMK, PAS, removeFolders } from '../vault/support.js';
import type { EvidenceBrowser } from '../../../src/cdp/evidence-browser.js';
import type { EvidenceSink } from '../../../src/cdp/facts.js';
import { codeOf, NO_HOST, recordOf, told, withCase } from './support.js';

afterAll(removeFolders);

describe('sound, and videos that start by themselves', () => {
  test('are off at first and follow the settings from the next start of the browser on, and each sitting says which', async () => {
    const asked: unknown[] = [];
    // A stand-in: what a page sounds like cannot be heard here.
    const browser = new Proxy({ product: 'none', userAgent: 'none' } as unknown as EvidenceBrowser, { get: (target, key) => (key === 'then' ? undefined : key in target ? target[key as keyof EvidenceBrowser] : () => Promise.resolve()) });
    const started = await withCase({ host: { ...NO_HOST, startEvidenceBrowser: ({ sound, autoplay }) => {
      asked.push({ sound, autoplay });
      return Promise.resolve(browser);
    } } });
    await started.engine.openedCase.startBrowsing();
    await started.engine.school.saveSettings({ ...started.engine.school.settings, sound: true, autoplay: false });
    expect(asked).toHaveLength(1);
    await started.engine.closeCase();
    const [known] = started.engine.cases;
    if (known === undefined) throw new Error('the case is gone');
    await started.engine.showCase(known.id);
    await started.engine.openedCase.startBrowsing();
    expect(asked).toEqual([{ sound: false, autoplay: false }, { sound: true, autoplay: false }]);
    expect(told(started, 'sitting-started').map(({ sound, autoplay }) => [sound, autoplay])).toEqual([['off', 'off'], ['on', 'off']]);
    await started.engine.close();
  });
});

describe('the page in the view', () => {
  test('is known as soon as the record tells that it was opened, before the browser tells of its title', async () => {
    let sink: EvidenceSink | null = null;
    // A stand-in, which tells of a page and then, as on a busy computer, of nothing else.
    const browser = new Proxy({ product: 'none', userAgent: 'none' } as unknown as EvidenceBrowser, { get: (target, key) => (key === 'then' ? undefined : key in target ? target[key as keyof EvidenceBrowser] : () => Promise.resolve()) });
    const started = await withCase({ host: { ...NO_HOST, startEvidenceBrowser: (asked) => {
      ({ sink } = asked);
      return Promise.resolve(browser);
    } } });
    await started.engine.openedCase.startBrowsing();
    const url = 'https://example.org/a';
    (sink as EvidenceSink | null)?.navigation({ view: 'v1', target: 't', frame: 'f', main: true, url, typed: url, cause: 'typed', status: 200, protocol: 'h2', remoteAddress: null, mediaType: 'text/html', redirects: [], tls: null });
    expect(started.engine.openedCase.sitting?.page).toMatchObject({ view: 'v1', url, loading: true });
    await started.engine.close();
  });
});

describe('checkpoints', () => {
  test('come every ten minutes while a case changes, and not while it does not', async () => {
    const started = await withCase();
    const { engine, clock } = started;
    const intervals = (): number => told(started, 'checkpoint').filter((each) => each.reason === 'interval').length;
    const pass = async (seconds: number): Promise<void> => {
      clock.pass(seconds);
      engine.touch();
      await engine.tick();
    };
    await pass(599);
    expect(intervals()).toBe(0);
    await pass(1);
    expect(intervals()).toBe(1);
    await pass(3_600);
    expect(intervals()).toBe(1);
    await engine.openedCase.addNote('PAS', 'Something new');
    await pass(1);
    expect(intervals()).toBe(2);
    await engine.openedCase.addNote('PAS', 'Something new');
    await pass(599);
    expect(intervals()).toBe(2);
    await engine.close();
  });

  test('are found again by the eight words on paper', async () => {
    const started = await withCase();
    const record = recordOf(started);
    await record.checkpoint('interval');
    const words = record.state.checkpoint?.words ?? [];
    expect(words).toEqual(hashWords(record.state.checkpoint?.head ?? ''));
    const open = started.engine.openedCase;
    const seq = record.count - 1;
    expect(await open.compareWords(words.join(' '))).toMatchObject({ seq, count: seq });
    expect(await open.compareWords(`  ${words.join(', ').toUpperCase()}\n`)).toMatchObject({ seq });
    expect(await open.compareWords([...words].reverse().join(' '))).toBeNull();
    expect(await codeOf(() => open.compareWords(words.slice(1).join(' ')))).toBe('words.not-eight');
    await started.engine.close();
  });
});

describe('the marking of bundles', () => {
  test('is gone at once when none is chosen, and what is not said stays', async () => {
    const { engine } = await withCase();
    await engine.school.saveSettings({ idleMinutes: 10, sntpServer: null, marking: MARKING_IDS[0], stopHoldMs: 900, sound: true });
    await engine.school.saveSettings({ idleMinutes: 10, sntpServer: null });
    expect(engine.school.settings).toEqual({ idleMinutes: 10, sntpServer: null, stopHoldMs: 900, sound: true, autoplay: false });
    await engine.signOut();
    await engine.signIn(PAS, JMK);
    expect(engine.school.settings.marking).toBeUndefined();
    await engine.close();
  });
});
