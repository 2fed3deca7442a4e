import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { nodeSha256 } from '../../../src/engine/node-ports.js';
import type { WholeEntry } from '../../../src/vault/entry-row.js';
import { recordLine } from '../../../src/engine/record-lines.js';
import type { EntryData } from '../../../src/record/kinds.js';
import { entryHash } from '../../../src/record/entry.js';
import { CASE, entryWhere, isOver, PAS, told, TRE, useStamping } from './stamping.js';

const stamping = useStamping();
const { authority, entriesOf, lastCheckpoint, opened, verified } = stamping;

describe('settings', () => {
  test('are kept over a sign-out and gone from memory in between', async () => {
    const list = [authority('good'), authority('elliptic', 'Another Time')];
    await stamping.engine.school.saveTimeAuthorities(list);
    await stamping.engine.signOut();
    expect(stamping.engine.school.timeAuthorities).toEqual([]);
    await stamping.engine.signIn(PAS, TRE);
    expect(stamping.engine.school.timeAuthorities).toEqual(list);
    await stamping.engine.school.saveTimeAuthorities([]);
    expect(stamping.engine.school.timeAuthorities).toEqual([]);
  });

  test('that make no sense are refused, and those before stay', async () => {
    const good = authority('good');
    await stamping.engine.school.saveTimeAuthorities([good]);
    for (const wrong of [[good, good], [good, { ...good, name: 'B' }, { ...good, name: 'C' }], [{ ...good, url: 'ftp://time.example/' }], [{ ...good, url: 'what' }], [{ ...good, name: ' ' }]]) {
      await expect(stamping.engine.school.saveTimeAuthorities(wrong)).rejects.toMatchObject({ code: 'time.bad-setting' });
    }
    for (const rootPem of ['junk', '', `${good.rootPem}${stamping.server.authority.strangerPem}`]) {
      await expect(stamping.engine.school.saveTimeAuthorities([{ ...good, rootPem }])).rejects.toMatchObject({ code: 'time.bad-root' });
    }
    expect(stamping.engine.school.timeAuthorities).toEqual([good]);
  });
});

describe('an open case', () => {
  test('has each checkpoint stamped by both authorities, over the checkpoint’s own hash', async () => {
    const record = await opened(['good', 'Example Time'], ['elliptic', 'Another Time']);
    const checkpoint = await lastCheckpoint(record, 'capture');
    for (const name of ['Example Time', 'Another Time']) {
      const stamp = await entryWhere(record, (entry) => isOver(checkpoint)(entry) && entry.body.data['authority'] === name);
      expect(stamp.body.data).toMatchObject({ head: entryHash(checkpoint.header, nodeSha256), unstampedSince: null });
      expect(stamp.header.by).toEqual(['app']);
    }
  });

  test('never waits for an authority that does not answer, nor does signing out for long', async () => {
    stamping.clientLimitMs = 100_000;
    const record = await opened(['silent', 'Example Time']);
    const arrived = stamping.server.nextRequest();
    await record.checkpoint('capture');
    await arrived;
    await stamping.engine.openedCase.addNote('PAS', 'The work goes on.');
    expect(told(record, 'note')).toHaveLength(1);
    expect(told(record, 'timestamp-failed')).toHaveLength(0);
    await stamping.engine.closeCase();
    expect(told(record, 'timestamp-failed')).toMatchObject([{ code: 'time.no-answer' }]);
  });

  test('tells of an outage once, and has the newest checkpoint stamped when it is over, with the gap', async () => {
    const record = await opened(['good', 'Example Time']);
    stamping.server.down = true;
    const first = await lastCheckpoint(record, 'interval');
    await entryWhere(record, (entry) => entry.header.kind === 'timestamp-failed');
    for (let i = 0; i < 3; i += 1) {
      const again = stamping.server.nextRequest();
      await record.checkpoint('interval');
      await again;
    }
    const newest = await lastCheckpoint(record, 'interval');
    // The first may have been on its way before the newest was there.
    for (let i = 0; i < 2; i += 1) await stamping.server.nextRequest();
    stamping.server.down = false;
    const stamp = await entryWhere(record, isOver(newest));
    expect(told(record, 'timestamp-failed')).toMatchObject([{ authority: 'Example Time', code: 'time.unreachable', checkpointSeq: first.header.seq }]);
    expect(stamp.body.data['unstampedSince']).toBe(first.header.at);
    expect(recordLine('timestamp', stamp.body.data as EntryData<'timestamp'>, ['app']).detail).toContain(`There had been none since ${first.header.at.slice(0, 10)}`);
    expect(told(record, 'timestamp').every((each) => each.checkpointSeq === newest.header.seq)).toBe(true);
    stamping.server.down = true;
    await record.checkpoint('interval');
    await entryWhere(record, (entry) => entry.header.kind === 'timestamp-failed' && entry.header.seq > stamp.header.seq);
    expect(told(record, 'timestamp-failed')).toHaveLength(2);
  });

  test.each([
    ['wrong-nonce', 'time.other-nonce'], ['other-imprint', 'time.other-imprint'], ['rejecting', 'time.refused'], ['expired', 'time.expired'], ['wrong-purpose', 'time.wrong-purpose'],
    ['other-root', 'time.other-root'], ['no-certificate', 'time.bad-certificate'], ['oversized', 'time.too-large'], ['html', 'time.not-an-answer'], ['junk', 'time.not-an-answer'],
    ['silent', 'time.no-answer'],
  ] as const)('keeps nothing of a wrong answer (%s) but that it was wrong: %s', async (manner, code) => {
    stamping.retryMs = [3_600_000];
    stamping.clientLimitMs = manner === 'silent' ? 100 : 10_000;
    await stamping.restart();
    const record = await opened([manner, 'Example Time']);
    await record.checkpoint('capture');
    const failed = await entryWhere(record, (entry) => entry.header.kind === 'timestamp-failed');
    expect(failed.body.data).toMatchObject({ authority: 'Example Time', code });
    expect(recordLine('timestamp-failed', failed.body.data as EntryData<'timestamp-failed'>, ['app']).line).toBe('No time stamp from Example Time');
    expect(told(record, 'timestamp')).toEqual([]);
  });

  test('has what a sitting without a network left unstamped stamped in the next, and adds no checkpoint for it', async () => {
    const record = await opened(['good', 'Example Time']);
    stamping.server.down = true;
    await stamping.engine.closeCase();
    expect(record.since(0).slice(-2).map((entry) => entry.header.kind)).toEqual(['checkpoint', 'timestamp-failed']);
    stamping.server.down = false;
    await stamping.engine.showCase(record.store.id);
    const again = stamping.engine.openedCase.context.record;
    await entryWhere(again, (entry) => entry.header.kind === 'timestamp');
    expect(await stamping.engine.closeCase()).toBeNull();
    expect(told(again, 'checkpoint')).toHaveLength(1);
  });
});

describe('signing out', () => {
  const inRecord = async (id: string): Promise<readonly WholeEntry[]> => {
    await stamping.engine.signIn(PAS, TRE);
    return entriesOf(id);
  };

  test('has the last checkpoint of every case stamped that was changed, with signatures and without', async () => {
    const first = await opened(['good', 'Example Time'], ['elliptic', 'Another Time']);
    await stamping.engine.closeCase();
    await stamping.engine.openCase({ ...CASE, reference: '2026-015', first: PAS, second: TRE });
    const second = stamping.engine.openedCase.context.record;
    await stamping.engine.prepareSignOut();
    await stamping.engine.signOut([PAS, TRE]);
    for (const { store: { id } } of [first, second]) {
      const asked = stamping.server.asked;
      const entries = await inRecord(id);
      expect(stamping.server.asked).toBe(asked);
      const last = entries.findLast((entry) => entry.header.kind === 'checkpoint');
      expect(last?.body.data).toMatchObject({ reason: 'sign-out' });
      expect(entries.slice((last?.header.seq ?? 0) + 1).map(({ header, body }) => [header.kind, body.data['checkpointSeq']])).toEqual([['timestamp', last?.header.seq], ['timestamp', last?.header.seq]]);
      await stamping.engine.showCase(id);
      await stamping.engine.openedCase.addNote('PAS', 'One more');
      await stamping.engine.signOut();
      const again = await inRecord(id);
      expect(again.slice(-2).map(({ header }) => header.kind)).toEqual(['timestamp', 'timestamp']);
      expect(again.at(-1)?.body.data['checkpointSeq']).toBe(again.findLast((entry) => entry.header.kind === 'checkpoint')?.header.seq);
      await stamping.engine.signOut();
    }
    await stamping.engine.signIn(PAS, TRE);
  });

  test('says in the record that no authority answered', async () => {
    const { store: { id } } = await opened(['good', 'Example Time']);
    stamping.server.down = true;
    await stamping.engine.signOut();
    expect((await inRecord(id)).filter(({ header }) => header.kind === 'timestamp-failed')).toHaveLength(1);
  });
});

describe('a halted case', () => {
  test('has the halt’s checkpoint stamped, and none after it', async () => {
    const record = await opened(['good', 'Example Time']);
    await stamping.engine.openedCase.halt.stop('PAS');
    await stamping.engine.openedCase.halt.answer('PAS', 'stop-suspected', '');
    const halted = record.since(0).findLast((entry) => entry.header.kind === 'checkpoint');
    await entryWhere(record, (entry) => entry.header.kind === 'timestamp');
    const { path } = await stamping.engine.openedCase.export({ recipient: 'police', first: PAS, second: TRE, path: join(stamping.folder, 'halted.zip'), form: 'zip', encrypt: false });
    await stamping.engine.closeCase();
    expect(told(record, 'timestamp').map((each) => each.checkpointSeq)).toEqual([halted?.header.seq]);
    const report = await verified(path);
    expect(report.verdict).toBe('unchanged');
    expect(report.times).toHaveLength(1);
  });
});

describe('a sealed case', () => {
  test('has its seal stamped and, in the bundle, its signatures; looking at it again adds nothing', async () => {
    const record = await opened(['good', 'Example Time'], ['elliptic', 'Another Time']);
    await stamping.engine.openedCase.conclude({ substance: false, outcomes: [], text: 'Nothing was found.' });
    await stamping.engine.openedCase.seal(PAS, TRE, stamping.engine.openedCase.context.record.count);
    const sealed = record.since(0).findLast((entry) => entry.header.kind === 'checkpoint');
    if (sealed === undefined) throw new Error('no checkpoint');
    for (const name of ['Example Time', 'Another Time']) await entryWhere(record, (entry) => isOver(sealed)(entry) && entry.body.data['authority'] === name);
    const { path } = await stamping.engine.openedCase.export({ recipient: 'police', first: PAS, second: TRE, path: join(stamping.folder, 'sealed.zip'), form: 'zip', encrypt: false });
    const report = await verified(path);
    expect(report.checks.filter((each) => each.outcome !== 'pass')).toEqual([]);
    expect(report.times.map(({ trusted }) => trusted)).toEqual([true, true]);
    await stamping.engine.closeCase();
    expect(told(record, 'timestamp')).toHaveLength(2);
    const asked = stamping.server.asked;
    await stamping.engine.showCase(record.store.id);
    const before = stamping.engine.openedCase.context.record.since(0).length;
    expect(await stamping.engine.closeCase()).toBeNull();
    expect((await entriesOf(record.store.id)).length).toBe(before);
    expect(stamping.server.asked).toBe(asked);
  });

  test('is exported without time stamps when no authority answers, and the record says so', async () => {
    const record = await opened(['good', 'Example Time']);
    await stamping.engine.openedCase.conclude({ substance: false, outcomes: [], text: 'Nothing was found.' });
    stamping.server.down = true;
    await stamping.engine.openedCase.seal(PAS, TRE, stamping.engine.openedCase.context.record.count);
    const { path } = await stamping.engine.openedCase.export({ recipient: 'police', first: PAS, second: TRE, path: join(stamping.folder, 'down.zip'), form: 'zip', encrypt: false });
    const report = await verified(path);
    expect(report.verdict).toBe('unchanged');
    expect(report.times).toEqual([]);
    expect(report.checks.find((each) => each.id === 'time.gaps')).toMatchObject({ outcome: 'note' });
    expect(told(record, 'timestamp-failed').length).toBe(1);
  });
});
