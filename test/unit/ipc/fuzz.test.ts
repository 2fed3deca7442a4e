import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { join } from 'node:path';
import { CodedError } from '../../../src/record/coded-error.js';
import { createApp, type App } from '../../../src/engine/app.js';
import type { Answer, CallName } from '../../../src/ipc/contract.js';
import { dispatch } from '../../../src/ipc/dispatch.js';
import type { AppState } from '../../../src/ipc/state.js';
import { memoryIntake } from '../../../main/memory-intake.js';
import { folderPort } from '../../../main/folders.js';
import { CASE, enginePorts } from '../engine/support.js';
import { filesUnder, freshFolder, JMK, newVaultFolder, PAS, removeFolders, sha256, TestClock } from '../vault/support.js';
import { CALL_NAMES, fitting, NO_NAME, unfitting, type Fields } from './arbitrary-calls.js';

/** How many calls of each kind; the long run makes many more. */
const RUNS = process.env['COUNTERSIGN_LONG'] === undefined ? 2 : 100;
const SEQUENCE = process.env['COUNTERSIGN_LONG'] === undefined ? 150 : 20_000;

/** A passphrase that opens nothing; like the real ones it may stand in no answer. */
const WRONG = 'window-marble-thimble-falcon';
const SECRETS = [WRONG, PAS.passphrase, JMK.passphrase];

/** Folders that are asked for: none of them exists, or can be written. */
const FOLDERS = fc.constantFrom<unknown>('relative', '../..', '/proc/nothing/here', '\u0000', '/dev/null/x', 'C:\\nothing\\here');
const WRONG_FIELDS: Fields = { passphrase: fc.constant(WRONG), newPassphrase: fc.constant(WRONG), folder: FOLDERS, path: FOLDERS };
const PERSON = fc.constantFrom(PAS, JMK, { ...PAS, passphrase: WRONG });
const REAL_FIELDS: Fields = { ...WRONG_FIELDS, first: PERSON, second: PERSON, by: fc.constantFrom('PAS', 'JMK', 'ZZZ'), initials: fc.constantFrom('PAS', 'JMK', 'ZZZ') };

/** What is answered without two who are signed in: nothing of a case, and nothing that changes one. */
const FOR_ANYBODY: Readonly<Record<'nobody signed in' | 'locked', readonly CallName[]>> = {
  'nobody signed in': [
    'state.get', 'alert.dismiss', 'work.cancel', 'passphrase.suggest', 'passphrase.strength', 'activity', 'lock', 'sign-out', 'farewell.done', 'verify.begin', 'verify.piece', 'verify.finish', 'verify.cancel', 'verify.made',
    // No case is open, so that there is nothing to close or to show.
    'case.close', 'view.show',
  ],
  // The right passphrases open the lock, as they should.
  locked: ['state.get', 'alert.dismiss', 'activity', 'lock', 'resume', 'sign-out', 'farewell.done', 'verify.begin', 'verify.piece', 'verify.finish', 'verify.cancel'],
};
/** A try with a wrong passphrase is kept for the record, and that is all that it does. */
const TRIES: readonly CallName[] = ['sign-in', 'recover', 'passphrase.change', 'crisis.call'];

/** An app over a real vault, as the screens reach it. */
class Reached {
  readonly app: App;
  readonly folder: string;
  readonly reported: string[] = [];

  constructor(app: App, folder: string) {
    this.app = app;
    this.folder = folder;
  }

  static async over(folder: string, exists: boolean): Promise<Reached> {
    const host = { kind: 'chromium', startEvidenceBrowser: () => Promise.reject(noBrowser()), printPdf: () => Promise.reject(noBrowser()) } as const;
    const ports = enginePorts(new TestClock(), { host, folders: folderPort() });
    // A hostile screen may announce a bundle of any size; what this computer sets aside for it is not what is tried here.
    return new Reached(await createApp(folder, exists, ports, (size) => memoryIntake(size > 2 ** 20 ? Number.MAX_SAFE_INTEGER : size)), folder);
  }

  call(name: unknown, input: unknown): Promise<Answer<unknown>> {
    return dispatch(this.app.handlers, name, input, (error) => this.reported.push(error instanceof Error ? (error.stack ?? '') : String(error)));
  }

  async state(): Promise<AppState> {
    const answer = await this.call('state.get', {});
    return (answer as { value: AppState }).value;
  }

  /** The state, and every file of the vault: a call without effect leaves both as they were. */
  async everything(): Promise<string> {
    const { alert: _alert, progress: _progress, ...state } = await this.state();
    // The database notes in its shared memory even who only reads.
    const files = filesUnder(this.folder).filter(({ path }) => !path.endsWith('.db-shm')).map(({ path, bytes }) => `${path} ${Buffer.from(sha256.of(bytes)).toString('hex')}`);
    return JSON.stringify([state, files.sort()]);
  }
}

function noBrowser(): CodedError {
  return new CodedError('browser.not-started', 'The browser could not be started.');
}

/** What holds for every answer, whatever was asked: a code and a sentence for people, no trace of the program, no passphrase. */
function expectFit(answer: Answer<unknown>): void {
  const written = JSON.stringify(answer);
  for (const secret of SECRETS) expect(written).not.toContain(secret);
  if (answer.ok) return;
  expect(Object.keys(answer).filter((key) => key !== 'who').sort()).toEqual(['code', 'ok', 'sentence']);
  for (const initials of answer.who ?? []) expect(initials).toMatch(/^[A-Z]{2,4}$/);
  expect(answer.code).toMatch(/^[a-z-]+\.[a-z-]+$/);
  expect(answer.sentence).toMatch(/^[A-Z“].*[.!?]$/s);
  expect(answer.sentence).not.toMatch(/\bat .*:\d+|Error:|undefined|\[object|node_modules|\.js\b/);
}

const STAGES = ['not set up', 'nobody signed in', 'a case open', 'locked'] as const;

async function reach(stage: (typeof STAGES)[number]): Promise<Reached> {
  if (stage === 'not set up') return Reached.over(join(freshFolder(), 'absent'), false);
  const reached = await Reached.over(await newVaultFolder(), true);
  if (stage === 'nobody signed in') return reached;
  expect(await reached.call('sign-in', { first: PAS, second: JMK })).toMatchObject({ ok: true });
  expect(await reached.call('case.open', CASE)).toMatchObject({ ok: true });
  if (stage === 'locked') {
    await reached.call('lock', {});
    // Coming back waits for the keys to be gone, also where a passphrase is wrong.
    expect(await reached.call('resume', { first: PAS, second: { ...JMK, passphrase: WRONG } })).toMatchObject({ ok: false, code: 'auth.bad-passphrase' });
  }
  return reached;
}

afterAll(removeFolders);

describe.each(STAGES)('with %s', (stage) => {
  let reached: Reached;

  beforeAll(async () => { reached = await reach(stage); });
  afterAll(() => reached.app.close());

  test('what does not fit the contract is refused with a code, and has no effect', async () => {
    const before = stage === 'not set up' ? '' : await reached.everything();
    for (const name of CALL_NAMES) {
      await fc.assert(fc.asyncProperty(unfitting(name, WRONG_FIELDS), async (input) => {
        const answer = await reached.call(name, input);
        expectFit(answer);
        expect(answer).toMatchObject({ ok: false, code: 'ipc.bad-arguments' });
      }), { numRuns: RUNS * 2 });
    }
    if (stage !== 'not set up') expect(await reached.everything()).toBe(before);
    expect(reached.reported).toEqual([]);
  });

  test('what is no call is refused as none, whatever its name', async () => {
    await fc.assert(fc.asyncProperty(NO_NAME, fc.anything(), async (name, input) => {
      expect(await reached.call(name, input)).toMatchObject({ ok: false, code: 'ipc.unknown-call' });
    }), { numRuns: RUNS * 25 });
  });
});

describe('without two who are signed in', () => {
  test.each(['nobody signed in', 'locked'] as const)('every call about a case is refused, with the right passphrases too, and nothing changes (%s)', async (stage) => {
    const reached = await reach(stage);
    const before = await reached.everything();
    for (const name of CALL_NAMES.filter((each) => !FOR_ANYBODY[stage].includes(each) && !TRIES.includes(each))) {
      await fc.assert(fc.asyncProperty(fitting(name, REAL_FIELDS), async (input) => {
        const answer = await reached.call(name, input);
        expectFit(answer);
        expect([name, answer.ok]).toEqual([name, false]);
      }), { numRuns: RUNS });
    }
    expect(await reached.everything()).toBe(before);
    expect(reached.reported).toEqual([]);
    await reached.app.close();
  });

  test('a wrong passphrase is answered with a code, and nobody is signed in', async () => {
    const reached = await reach('nobody signed in');
    for (const name of TRIES) {
      await fc.assert(fc.asyncProperty(fitting(name, WRONG_FIELDS), async (input) => {
        const answer = await reached.call(name, input);
        expectFit(answer);
        expect([name, answer.ok]).toEqual([name, false]);
      }), { numRuns: RUNS });
    }
    expect((await reached.state()).signedIn).toBeNull();
    expect(reached.reported).toEqual([]);
    await reached.app.close();
  });
});

describe('in any order', () => {
  /** Each of these ends what the others need, and has tests of its own. */
  const ENDS: readonly CallName[] = ['lock', 'sign-out', 'sign-out.read', 'passphrase.change', 'set-up', 'practice.start', 'practice.end'];

  test('calls that fit are answered with what they promise or with a code: no crash, no trace, and the record stays whole', async () => {
    const reached = await reach('a case open');
    const names = CALL_NAMES.filter((name) => !ENDS.includes(name));
    const sequence = fc.constantFrom(...names).chain((name) => fitting(name, REAL_FIELDS).map((input) => [name, input] as const));
    let entries = (await reached.state()).case?.entries ?? 0;
    let slowest = { name: '', ms: 0 };
    await fc.assert(fc.asyncProperty(sequence, async ([name, input]) => {
      const startedAt = performance.now();
      const answer = await reached.call(name, input);
      const ms = Math.round(performance.now() - startedAt);
      if (ms > slowest.ms) slowest = { name, ms };
      expectFit(answer);
      expect([name, answer.ok || answer.code !== 'app.unexpected', reached.reported]).toEqual([name, true, []]);
      const now = (await reached.state()).case?.entries ?? entries;
      expect(now).toBeGreaterThanOrEqual(entries);
      entries = now;
    }), { numRuns: SEQUENCE });
    await reached.call('work.cancel', {});
    await reached.call('case.close', {});
    expect(await reached.call('check.full', {})).toMatchObject({ ok: true, value: { findings: [] } });
    await reached.app.close();
    process.stdout.write(`calls in any order: ${SEQUENCE}, the slowest ${slowest.name} with ${slowest.ms} ms\n`);
  }, 180_000);
});
