import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import type { EvidenceBrowser } from '../../../src/cdp/evidence-browser.js';
import type { EvidenceSink } from '../../../src/cdp/facts.js';
import { ANSWER_WITHIN_MS } from '../../../src/engine/halt.js';
import { JMK, PAS, removeFolders } from '../vault/support.js';
import { CASE, codeOf, kindsOf, NO_HOST, recordOf, signedIn, told, type Started } from './support.js';

afterAll(removeFolders);

const SUSPECTED = 'https://suspected.test/post/7';
const START = 'https://suspected.test/';

interface Browsing extends Started {
  readonly id: string;
  /** What the browser tells to. */
  readonly sink: EvidenceSink;
  /** Lets the browser be cut off at last; it waits for this only in a case that was opened with `slow`. */
  readonly cut: () => void;
  frames(): number;
}

/** A case with a suspected address, and a browser that is a stand-in: it tells what a test makes it tell, and loads nothing. */
async function browsing(slow = false): Promise<Browsing> {
  let sink: EvidenceSink | null = null;
  let frames = 0;
  let cut = (): void => undefined;
  const standing = new Promise<void>((resolve) => { cut = resolve; });
  const does = { product: 'none', userAgent: 'none', startFrames: () => Promise.resolve(void (frames += 1)), cutOff: () => (slow ? standing : Promise.resolve()) };
  const browser = new Proxy(does as unknown as EvidenceBrowser, { get: (target, key) => (key === 'then' ? undefined : key in target ? target[key as keyof EvidenceBrowser] : () => Promise.resolve()) });
  const started = await signedIn({ host: { ...NO_HOST, startEvidenceBrowser: (asked) => {
    ({ sink } = asked);
    return Promise.resolve(browser);
  } } });
  const id = await started.engine.openCase({ ...CASE, suspected: [SUSPECTED] });
  await started.engine.openedCase.startBrowsing();
  const told = sink as EvidenceSink | null;
  if (told === null) throw new Error('the browser was not started');
  told.navigation({ view: 'v1', target: 't', frame: 'f', main: true, url: START, typed: START, cause: 'typed', status: 200, protocol: 'h2', remoteAddress: null, mediaType: 'text/html', redirects: [], tls: null });
  await recordOf(started).settled();
  return { ...started, id, sink: told, cut, frames: () => frames };
}

const moved = ({ sink }: Browsing, url = SUSPECTED): void => { sink.inPage({ view: 'v1', target: 't', frame: 'f', main: true, url, cause: 'script' }); };

async function halted(started: Browsing): Promise<void> {
  const { record } = started.engine.openedCase.context;
  if (record.state.halt?.answered === true) return;
  await new Promise<void>((resolve) => {
    record.onEntry(({ header }) => { if (header.kind === 'halt') resolve(); });
  });
}

describe('a page that gives itself an address that was reported as suspected', () => {
  test.each([['as it was reported', SUSPECTED], ['with another scheme, a query and a fragment', `${SUSPECTED.replace('https', 'http')}?from=x#top`]])('halts the case, %s: no request could be refused', async (_name, url) => {
    const started = await browsing();
    moved(started, url);
    expect(started.heard.blanks).toBe(1);
    await halted(started);
    expect(told(started, 'halt')).toEqual([{ cause: 'suspected-address', view: 'v1', url, sentence: 'The page changed its address to one that is marked as suspected.' }]);
    expect(await codeOf(() => started.engine.openedCase.browsing)).toBe('case.halted');
    await started.engine.close();
  });

  test('and any other address halts nothing', async () => {
    const started = await browsing();
    moved(started, `${SUSPECTED}7`);
    await recordOf(started).settled();
    expect([started.heard.blanks, kindsOf(started).includes('navigation-in-page'), recordOf(started).state.halt]).toEqual([0, true, null]);
    await started.engine.close();
  });
});

describe('what is found while the app is locked', () => {
  test('halts the case as both come back, before anything is shown, and with its cause', async () => {
    const started = await browsing();
    const { engine } = started;
    await engine.lock('step-out');
    moved(started);
    const before = started.frames();
    await engine.resume(PAS, JMK);
    expect(told(started, 'halt')).toMatchObject([{ cause: 'suspected-address', view: 'v1', url: SUSPECTED }]);
    expect([engine.openedCase.context.stopped, started.frames() - before, engine.installation?.crisis?.caseReference]).toEqual([true, 0, CASE.reference]);
    await engine.close();
  });

  test('is marked on the disk although the keys are gone, and makes the case a halt after the app was killed', async () => {
    const started = await browsing();
    const { engine, folder, id } = started;
    await engine.lock('step-out');
    let changes = 0;
    started.heard.changed = () => { changes += 1; };
    moved(started);
    for (let turns = 0; !existsSync(join(folder, 'crisis.json')) || changes === 0; turns += 1) {
      if (turns > 100_000) throw new Error('nothing was marked');
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(engine.installation?.crisis?.caseReference).toBe(CASE.reference);
    await engine.installation?.close();
    const again = await signedIn({}, folder, started.clock);
    await again.engine.showCase(id);
    expect(recordOf(again).state.halt).toMatchObject({ answered: true, cause: 'interrupted' });
    await again.engine.close();
  });

  test('halts it also where they sign out of the locked app, and whoever opens the case next finds it so', async () => {
    const started = await browsing();
    const { engine, id } = started;
    await engine.lock('step-out');
    moved(started);
    await engine.signOut();
    await engine.signIn(PAS, JMK);
    await engine.showCase(id);
    expect(told(started, 'halt')).toMatchObject([{ cause: 'suspected-address', url: SUSPECTED }]);
    expect(await codeOf(() => engine.openedCase.startBrowsing())).toBe('case.halted');
    await engine.close();
  });
});

test('a halt that needs no question takes everything off the screens at once, and is marked on the disk before the browser stands still', async () => {
  const started = await browsing(true);
  let changes = 0;
  started.heard.changed = () => { changes += 1; };
  moved(started);
  expect([started.heard.blanks, changes > 0, started.engine.openedCase.captures.pending]).toEqual([1, true, null]);
  const crisis = join(started.folder, 'crisis.json');
  for (let turns = 0; !existsSync(crisis); turns += 1) {
    if (turns > 100_000) throw new Error('nothing was marked');
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(kindsOf(started)).not.toContain('halt');
  started.cut();
  await halted(started);
  await started.engine.close();
});

test('STOP that nobody answers is a halt after two minutes by itself', async () => {
  const started = await browsing();
  const real = setTimeout;
  jest.useFakeTimers({ doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] });
  try {
    const stopping = started.engine.openedCase.halt.stop('PAS');
    jest.advanceTimersByTime(ANSWER_WITHIN_MS - 1);
    await stopping;
    expect(recordOf(started).state.halt).toMatchObject({ answered: false });
    jest.advanceTimersByTime(1);
  } finally {
    jest.useRealTimers();
  }
  expect(setTimeout).toBe(real);
  await halted(started);
  expect(told(started, 'halt')).toMatchObject([{ cause: 'unanswered', view: 'v1', url: START }]);
  expect(ANSWER_WITHIN_MS).toBe(120_000);
  await started.engine.close();
});

describe('what the police said', () => {
  test('is written down with the time of the call, which is not ahead of the clock', async () => {
    const started = await browsing();
    const { halt } = started.engine.openedCase;
    await halt.stop('PAS');
    await halt.answer('PAS', 'stop-unsure', '');
    const call = { force: 'Example Police', officer: 'PC 1', reference: 'EX-1', advice: 'Leave it on' };
    const at = new Date(Date.parse(started.clock.now()) - 600_000).toISOString();
    await halt.call('PAS', { ...call, calledAt: at });
    expect(told(started, 'police-call')).toEqual([{ ...call, calledAt: at }]);
    expect(await codeOf(() => halt.call('PAS', { ...call, calledAt: new Date(Date.parse(started.clock.now()) + 600_000).toISOString() }))).toBe('halt.call-time');
    await started.engine.close();
  });

  test.each([['the officer', { officer: ' ' }], ['the words', { text: '' }], ['the call', { advisedAt: null }]])('no further action needs %s', async (_name, without) => {
    const started = await browsing();
    const { halt } = started.engine.openedCase;
    await halt.stop('PAS');
    await halt.answer('PAS', 'stop-unsure', '');
    await halt.call('PAS', { force: 'Example Police', officer: 'PC 1', reference: 'EX-1', advice: '' });
    const whole = { how: 'no-further-action', reference: 'EX-1', officer: 'PC 1', advisedAt: started.clock.now(), text: 'No crime' } as const;
    expect(await codeOf(() => halt.end(PAS, JMK, { ...whole, ...without }))).toBe('halt.advice-incomplete');
    expect(kindsOf(started)).not.toContain('halt-ended');
    await started.engine.close();
  });
});
