import { afterAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { CodedError } from '../../../src/record/coded-error.js';
import type { Composite } from '../../../src/cdp/capture.js';
import type { EvidenceBrowser } from '../../../src/cdp/evidence-browser.js';
import { Captures } from '../../../src/engine/captures.js';
import type { DeclarationAnswer } from '../../../src/safety/gate.js';
import { filesUnder, removeFolders } from '../vault/support.js';
import { codeOf, kindsOf, recordOf, told, withCase, type Started } from './support.js';

afterAll(removeFolders);

const URL = 'http://teal.test/';
const WORDS = { note: '', account: '' };
/** What a capture of {@link composite} stores: page.png, two pieces, page.txt, page.html, two frames, two pieces of its preview, capture.json. */
const PARTS = 10;
const TEAL = await sharp({ create: { width: 1, height: 2, channels: 3, background: 'teal' } }).png().toBuffer();

/** A composite with every kind of part. A browser makes such things in the contract tests; here only where they go counts. */
function composite(): Composite {
  const png = Buffer.from(TEAL);
  const piece = (row: number) => ({ png: Buffer.from(`piece ${row}`), row, height: 1, at: null });
  return {
    id: 'c1', form: 'full-page', view: 'v1', url: URL, title: 'Teal', startedAt: '2026-11-24T10:00:00.000Z', endedAt: '2026-11-24T10:00:01.000Z',
    image: { png, width: 1, height: 2, scale: 1, area: { x: 0, y: 0, width: 1, height: 2 }, element: null, pieces: [piece(0), piece(1)] },
    preview: () => Promise.resolve(png), text: 'teal', html: '<p>teal</p>', frames: [{ url: `${URL}a`, html: '<p>a</p>' }, { url: `${URL}b`, html: '<p>b</p>' }],
    facts: { typedUrl: null, blocked: [] }, archive: { kept: [], notKept: [] }, warnings: [], wipe: () => { png.fill(0); },
  } as unknown as Composite;
}

interface Waiting extends Started {
  readonly captures: Captures;
  /** Runs `act` right before the n-th part is stored. */
  before(n: number, act: () => void): void;
  objects(): number;
}

/** A case with a composite that waits for an answer. */
async function waiting(): Promise<Waiting> {
  const started = await withCase();
  const { context } = started.engine.openedCase;
  const captures = new Captures(context);
  const { store } = recordOf(started);
  const stage = store.stage.bind(store);
  let count = 0;
  let at = 0;
  let act = (): void => undefined;
  store.stage = (...args) => {
    count += 1;
    if (count === at) act();
    return stage(...args);
  };
  await captures.prepare({ compose: () => Promise.resolve(composite()) } as unknown as EvidenceBrowser, { form: 'full-page' });
  return {
    ...started, captures,
    before: (n, does) => { [at, act] = [n, does]; },
    objects: () => filesUnder(started.folder).filter(({ path }) => path.includes('objects')).length,
  };
}

describe('what is stored of a capture', () => {
  test('is stored only once the gate has allowed it: all of it, and nothing before the answer', async () => {
    const at = await waiting();
    expect(at.objects()).toBe(0);
    expect(await at.captures.declare('PAS', 'not-suspected', WORDS)).toMatchObject({ kept: true });
    expect([at.objects(), told(at, 'capture')[0]?.parts.length]).toEqual([PARTS, PARTS]);
    await at.engine.close();
  });

  test.each<[string, DeclarationAnswer | null, string]>([['“yes”', 'suspected', 'PAS'], ['“not sure”', 'unsure', 'PAS'], ['no answer', null, 'PAS'], ['an answer of somebody who is not signed in', 'not-suspected', 'XYZ']])('%s stores nothing', async (_name, answer, by) => {
    const at = await waiting();
    await codeOf(() => at.captures.declare(by, answer, WORDS));
    expect([at.objects(), kindsOf(at).includes('capture')]).toEqual([0, false]);
    await at.engine.close();
  });

  test.each([['as it was reported', URL], ['under https, in other letters and with a fragment', 'https://TEAL.test/#part']])('a suspected address stores nothing, whatever was answered: %s', async (_name, url) => {
    const at = await waiting();
    await recordOf(at).add('suspected-address', ['PAS'], { url });
    expect(await at.captures.declare('PAS', 'not-suspected', WORDS)).toMatchObject({ kept: false, halt: { cause: 'suspected-address' } });
    expect(at.objects()).toBe(0);
    await at.engine.close();
  });

  test('what settling brought in is looked for once more: found, the composite is wiped and never waits for an answer', async () => {
    const at = await waiting();
    const taken = composite();
    const bytes = taken.image?.png ?? new Uint8Array(1);
    let looks = 0;
    const look = (): Promise<void> => {
      looks += 1;
      return looks === 1 ? Promise.resolve() : Promise.reject(new CodedError('gate.listed', 'Found'));
    };
    expect(await codeOf(() => at.captures.prepare({ compose: () => Promise.resolve(taken) } as unknown as EvidenceBrowser, { form: 'full-page' }, look))).toBe('gate.listed');
    expect([looks, at.captures.pending, bytes.every((byte) => byte === 0), at.objects()]).toEqual([2, null, true, 0]);
    await at.engine.close();
  });

  test.each(Array.from({ length: PARTS }, (_, at) => at + 1))('STOP while part %i is being stored leaves none of the parts', async (n) => {
    const at = await waiting();
    at.before(n, () => { at.engine.openedCase.context.stopped = true; });
    expect(await codeOf(() => at.captures.declare('PAS', 'not-suspected', WORDS))).toBe('case.halted');
    expect([at.objects(), kindsOf(at).includes('capture')]).toEqual([0, false]);
    await at.engine.close();
  });
});
