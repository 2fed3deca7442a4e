import { describe, expect, test } from '@jest/globals';
import { hashWords } from '../../../src/record/words.js';
import { JMK, PAS } from '../vault/support.js';
import { check, exported, started } from './disclosed.js';
import { codeOf, kindsOf, recordOf, told, type Started } from './support.js';

describe('who has a copy', () => {
  const receipt = (bundle: string, change: Record<string, unknown> = {}): string => JSON.stringify({
    receipt: 'countersign-verification', version: 1, tool: 'verify.html', checkedAt: '2026-11-26T09:00:00.000Z', file: { name: 'bundle.zip', size: 1 }, bundle, verdict: 'unchanged', sentence: '', case: { id: null, reference: null, organisation: null },
    root: null, rootTyped: true, signers: [], signedAt: null, counts: { files: 1, bytes: 1, entries: 1, exhibits: 0, visits: 0, withheld: 0, quarantined: 0 }, checks: [{ id: 'bag.paths', outcome: 'pass', detail: '', where: null }], ...change,
  });
  const handOver = (app: Started, seq: number, change: Record<string, unknown> = {}) => ({ export: seq, name: 'DC L. Morgan', position: 'Example Police', at: app.clock.now(), readOut: null, note: '', receipt: null, ...change });

  test('it is written down after the seal and for a case that is with the police, told in the next copy, and what does not match is written down as that', async () => {
    const { addHandOver } = await import('../../../src/engine/hand-overs.js');
    const app = await started();
    const { context } = app.engine.openedCase;
    await app.engine.openedCase.conclude({ substance: false, outcomes: [], text: 'Nothing' });
    await app.engine.openedCase.seal(PAS, JMK, app.engine.openedCase.context.record.count);
    const made = await exported(app, 'police');
    const words = hashWords(made.tagManifest);
    expect(await addHandOver(context, 'PAS', handOver(app, made.seq, { readOut: ` ${words.join(', ').toUpperCase()} ` }))).toEqual({ wordsMatch: true });
    expect(await addHandOver(context, 'JMK', handOver(app, made.seq, { readOut: [...words].reverse().join(' ') }))).toEqual({ wordsMatch: false });
    expect(await addHandOver(context, 'JMK', handOver(app, made.seq, { receipt: receipt(made.tagManifest) }))).toEqual({ wordsMatch: null });
    const next = await exported(app, 'group-record');
    expect([next.report.verdict, check(next.report, 'record.references')]).toEqual(['unchanged', 'pass: 0 additions and 3 hand-overs, each with the entry that it is about.']);
    const html = Buffer.from(next.files.get('data/report.html') ?? '').toString();
    expect(html).toContain(`The copy of entry ${made.seq} was received by DC L. Morgan, Example Police`);
    expect(html).toContain('are not those of its fingerprint');
  }, 120_000);

  test('a receipt of another bundle, one made by hand, and one that is none are refused', async () => {
    const { addHandOver, readReceipt } = await import('../../../src/engine/hand-overs.js');
    const app = await started();
    const { context } = app.engine.openedCase;
    const made = await exported(app, 'police');
    const read = (text: string): Promise<string> => codeOf(() => readReceipt(context.record, text));
    expect(readReceipt(context.record, receipt(made.tagManifest))).toMatchObject({ export: made.seq, recipient: 'police', verdict: 'unchanged', failed: [] });
    expect(await read(receipt('0'.repeat(64)))).toBe('receipt.other-bundle');
    expect(await read(receipt(made.tagManifest, { added: 1 }))).toBe('receipt.unreadable');
    expect(await read(receipt(made.tagManifest, { verdict: 'changed' }))).toBe('receipt.unreadable');
    for (const junk of ['', '[]', '{"__proto__":{}}', '['.repeat(100_000), 'null', '"x"']) expect(await read(junk)).toBe('receipt.unreadable');
    expect(await codeOf(() => addHandOver(context, 'PAS', handOver(app, made.seq, { receipt: receipt('0'.repeat(64)) })))).toBe('receipt.other-bundle');
    expect(await codeOf(() => addHandOver(context, 'PAS', handOver(app, 0)))).toBe('received.no-copy');
    expect(await codeOf(() => addHandOver(context, 'PAS', handOver(app, made.seq, { at: '2199-01-01T00:00:00.000Z' })))).toBe('received.future');
    expect(await codeOf(() => addHandOver(context, 'PAS', handOver(app, made.seq, { at: '1999-01-01T00:00:00.000Z' })))).toBe('received.too-early');
    expect(kindsOf(app)).not.toContain('received');
    // The time is typed in minutes: that of the minute in which the copy was made has begun before it.
    const at = `${recordOf(app).state.copies[0]?.at.slice(0, 16) ?? ''}:00.000Z`;
    await addHandOver(context, 'PAS', handOver(app, made.seq, { at }));
    expect(told(app, 'received').map((each) => each.at)).toEqual([at]);
  }, 120_000);
});
