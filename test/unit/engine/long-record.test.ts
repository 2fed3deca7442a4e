import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync } from 'node:fs';
import type { EntryKind } from '../../../src/record/kinds.js';
import { applyEntry, type AppliedEntry, type CaseState } from '../../../src/investigation/case-state.js';
import { codeOf, force, freshFolder, PAS, removeFolders, shell } from '../vault/support.js';
import { CASE, recordOf, signedIn, type Started } from './support.js';

/** So many titles; the state is kept at the first checkpoint after a thousand entries. */
const TITLES = 1_100;

let model = '';
let id = '';
beforeAll(async () => {
  const started = await signedIn();
  const { engine, clock } = started;
  id = await engine.openCase(CASE);
  const record = recordOf(started);
  await engine.openedCase.addNote(PAS.initials, 'the first note');
  for (let number = 1; number <= TITLES; number += 1) await record.add('title', ['app'], { view: 'v1', title: `Title ${number}` });
  await record.add('clock-check', ['app'], { how: 'manual', offsetMs: 40, server: null, note: 'the speaking clock' });
  await record.add('timestamp-failed', ['app'], { checkpointSeq: 1, head: 'a'.repeat(64), authority: 'Far away', code: 'time.no-answer' });
  clock.pass(1);
  await engine.closeCase();
  await engine.close();
  model = started.folder;
}, 120_000);

afterAll(removeFolders);

/** The two are signed in at a copy of the model, which `change` has changed, with the case open. */
async function shown(change?: (folder: string) => void): Promise<Started> {
  const folder = freshFolder();
  cpSync(model, folder, { recursive: true });
  change?.(folder);
  const started = await signedIn({}, folder);
  started.heard.steps.length = 0;
  await started.engine.showCase(id);
  return started;
}

/** The state as the entries make it, one after another. */
function made(started: Started): CaseState {
  return recordOf(started).since(0).reduce<CaseState | null>((state, { header, body }) => applyEntry(state, { header, kind: header.kind, data: body.data } as unknown as AppliedEntry), null) as CaseState;
}

const forget = (folder: string): void => { force(folder, 'DELETE FROM kept_states'); };

describe('a long record', () => {
  test('opens from the state that was kept: its older entries are read when they are asked for, and say the same', async () => {
    const started = await shown();
    const record = recordOf(started);
    expect(started.heard.steps).toEqual([]);
    expect(() => record.since(0)).toThrow(RangeError);
    const { count, state } = record;
    expect(count).toBeGreaterThan(TITLES);
    expect((await record.read(0, 3)).map(({ header }) => header.seq)).toEqual([0, 1, 2]);
    expect((await record.read(count - 2)).map(({ header }) => header.seq)).toEqual([count - 2, count - 1]);
    expect((await record.ofKinds(['note'])).map(({ body }) => body.data['text'])).toEqual(['the first note']);
    const newest = (['note', 'clock-check', 'checkpoint', 'seal'] as EntryKind[]).map((kind) => record.newest(kind)?.header.seq ?? null);
    const heard: number[][] = [];
    await record.whole((done, total) => { heard.push([done, total]); });
    expect(heard.map(([, total]) => total)).toEqual([count]);
    expect(made(started)).toEqual(state);
    expect(newest).toEqual((['note', 'clock-check', 'checkpoint', 'seal'] as EntryKind[]).map((kind) => record.since(0).findLast(({ header }) => header.kind === kind)?.header.seq ?? null));
    await started.engine.close();
  }, 60_000);

  test('goes on where it ended, and what is added then is in the state of the next opening', async () => {
    const started = await shown();
    await started.engine.openedCase.addNote(PAS.initials, 'the second note');
    await started.engine.closeCase();
    await started.engine.showCase(id);
    const record = recordOf(started);
    expect((await record.ofKinds(['note'])).map(({ body }) => body.data['text'])).toEqual(['the first note', 'the second note']);
    const { state } = record;
    await record.whole();
    expect(made(started)).toEqual(state);
    expect((await started.engine.prepareSignOut()).map(({ sums }) => sums.notes)).toEqual([1]);
    await started.engine.close();
  }, 60_000);

  test('of which nothing was kept is read whole, says how far it is, and is kept then', async () => {
    const started = await shown(forget);
    expect(started.heard.steps).toEqual([['Reading the record of this case', 1_000, recordOf(started).count], 'done']);
    const { state } = recordOf(started);
    await started.engine.closeCase();
    started.heard.steps.length = 0;
    await started.engine.showCase(id);
    expect(started.heard.steps).toEqual([]);
    expect(recordOf(started).state).toEqual(state);
    await started.engine.close();
  }, 60_000);

  test.each([
    ['altered', (folder: string) => { force(folder, 'UPDATE kept_states SET box = zeroblob(length(box))'); }],
    ['cut short', (folder: string) => { force(folder, 'UPDATE kept_states SET box = substr(box, 1, 20)'); }],
  ])('whose kept state was %s is read whole, and the full check names it', async (_, change) => {
    const started = await shown(change);
    expect(started.heard.steps).toContain('done');
    await started.engine.close();
    const checked = await shown(change);
    await checked.engine.closeCase();
    force(checked.folder, 'UPDATE kept_states SET box = zeroblob(10)');
    expect((await checked.engine.register.check()).findings.map(({ code, reference }) => [code, reference])).toEqual([['kept-state-altered', CASE.reference]]);
    await checked.engine.close();
  }, 60_000);

  test('of which an old entry was changed opens, and is refused as soon as that entry is read', async () => {
    const started = await shown((folder) => { force(folder, "UPDATE entries SET header = replace(header, '2026-11-24', '2026-11-25') WHERE seq = 5"); });
    expect(await codeOf(() => recordOf(started).read(0, 10))).toBe('vault.altered');
    expect(await codeOf(() => recordOf(started).whole())).toBe('vault.altered');
    await started.engine.closeCase();
    expect((await started.engine.register.check()).findings.map(({ code }) => code)).toContain('entry-altered');
    await started.engine.close();
  }, 60_000);

  test('of which an old entry was taken out does not open', async () => {
    const started = await shown((folder) => { force(folder, 'DELETE FROM entries WHERE seq = 3'); }).catch((error: unknown) => error);
    expect(started).toMatchObject({ code: 'vault.altered' });
  }, 60_000);

  test('does not show what it says in the kept state', () => {
    expect(shell(model, 'SELECT hex(box) FROM kept_states')).not.toContain(Buffer.from('Title').toString('hex').toUpperCase());
    expect(shell(model, 'SELECT count(*) FROM kept_states').trim()).toBe('1');
  });
});
