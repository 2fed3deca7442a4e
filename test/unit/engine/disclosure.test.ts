import { describe, expect, test } from '@jest/globals';
import { EVERYTHING, planDisclosure, type DisclosureWish } from '../../../src/engine/disclosure.js';
import { reviewOf } from '../../../src/engine/review.js';
import { JMK, PAS } from '../vault/support.js';
import { BOX, check, exported, PDF_TAIL, records, started, WHY } from './disclosed.js';
import { codeOf, kindsOf, NO_HOST, recordOf, told, withCase } from './support.js';

describe('what a copy withholds', () => {
  test('withheld entries keep their headers, the copy verifies, and the sheet is in the report, in a table and in the verifier’s words', async () => {
    const app = await started();
    const concern = told(app, 'concern').length;
    const seq = kindsOf(app).indexOf('concern');
    await app.engine.openedCase.addWords('PAS', seq, 'A second family called');
    const made = await exported(app, 'lado', {
      exhibits: [], entries: [
        { what: 'concern', seq, reason: 'other', words: 'It names a child in care' }, { what: 'titles', seq: null, ...WHY }, { what: 'addresses', seq: null, reason: 'not-relevant', words: '' },
      ],
    });
    expect(concern).toBe(1);
    expect(made.report.verdict).toBe('unchanged');
    const hidden = records(made).filter((entry) => entry.body === null).map((entry) => entry.header.kind).sort();
    expect(hidden).toEqual(['addendum', 'concern', 'navigation', 'title', 'title']);
    expect(check(made.report, 'record.withheld')).toContain('A concern (Another reason, in our own words)');
    expect(check(made.report, 'visits.accounted')).toContain('1 more page view is withheld, in 1 entry');
    const html = Buffer.from(made.files.get('data/report.html') ?? '').toString();
    expect(html).toContain('It names a child in care');
    for (const secret of ['Mocked by name', 'A second family called', 'elsewhere.example', 'A private page', 'No concern was recorded']) expect(html).not.toContain(secret);
    const csv = Buffer.from(made.files.get('data/withheld.csv') ?? '').toString();
    expect(csv.split('\r\n')[1]).toBe(`concern,A concern,,,,${seq} ${kindsOf(app).indexOf('addendum')},other,"Another reason, in our own words",It names a child in care`);
  }, 120_000);

  test('of a withheld exhibit there is the hash and no file; the police get everything', async () => {
    const app = await started();
    const [capture] = told(app, 'capture');
    const made = await exported(app, 'other', { exhibits: [{ reference: 'PAS/1', how: 'withheld', redaction: null, entry: false, ...WHY }], entries: [] });
    expect(made.report.verdict).toBe('unchanged');
    expect([...made.files.keys()].filter((path) => path.startsWith('data/exhibits/'))).toEqual([]);
    expect(Buffer.from(made.files.get('data/exhibits.csv') ?? '').toString()).toContain(capture?.composite);
    const silent = await exported(app, 'other', { exhibits: [{ reference: 'PAS/1', how: 'withheld', redaction: null, entry: true, ...WHY }], entries: [] });
    expect([silent.report.verdict, records(silent).filter((entry) => entry.body === null).map((entry) => entry.header.kind)]).toEqual(['unchanged', ['capture']]);
    expect(Buffer.from(silent.files.get('data/withheld.csv') ?? '').toString()).toContain(capture?.composite);
    const police = await exported(app, 'police');
    expect([police.report.verdict, police.report.counts.withheld, [...police.files.keys()].filter((path) => path.startsWith('data/exhibits/')).length]).toEqual(['unchanged', 0, 7]);
    expect(await codeOf(() => exported(app, 'police', { exhibits: [{ reference: 'PAS/1', how: 'withheld', redaction: null, entry: false, ...WHY }], entries: [] }))).toBe('disclosure.everything');
  }, 120_000);

  test('an address that was reported as suspected is for the police alone, wherever the record names it', async () => {
    const app = await withCase({ host: { ...NO_HOST, printPdf: (html) => Promise.resolve(Buffer.concat([Buffer.from('%PDF-1.7\n%'), Buffer.from(html), Buffer.from(PDF_TAIL)])) } });
    const record = recordOf(app);
    await record.add('suspected-address', ['PAS', 'JMK'], { url: 'https://reported.example/thread' });
    await record.add('navigation-refused', ['app'], { url: 'http://REPORTED.example/thread?page=2', what: 'suspected-address', cause: 'link' });
    await record.add('note', ['PAS'], { text: 'The parents were called' });
    for (const [recipient, hidden] of [['police', []], ['lado', ['suspected-address', 'navigation-refused']], ['group-record', ['suspected-address', 'navigation-refused']]] as const) {
      const made = await exported(app, recipient);
      expect(made.report.verdict).toBe('unchanged');
      expect(records(made).filter((entry) => entry.body === null).map((entry) => entry.header.kind)).toEqual(hidden);
      expect([...made.files.values()].some((bytes) => /reported\.example/i.test(Buffer.from(bytes).toString()))).toBe(recipient === 'police');
    }
    await app.engine.close();
  }, 120_000);

  test('what cannot be withheld is refused in words, and nothing is written down', async () => {
    const app = await started();
    const before = kindsOf(app).length;
    const plan = (wish: Partial<DisclosureWish>): Promise<string> => codeOf(async () => planDisclosure(await recordOf(app).whole(), 'lado', { ...EVERYTHING, ...wish }));
    const exhibit = { reference: 'PAS/1', how: 'withheld' as const, redaction: null, entry: false, ...WHY };
    expect(await plan({ exhibits: [{ ...exhibit, reference: 'PAS/9' }] })).toBe('disclosure.unknown');
    expect(await plan({ exhibits: [exhibit, exhibit] })).toBe('disclosure.twice');
    expect(await plan({ exhibits: [{ ...exhibit, how: 'redacted', redaction: 1 }] })).toBe('disclosure.unknown');
    expect(await plan({ exhibits: [{ ...exhibit, reason: 'other' }] })).toBe('disclosure.no-reason');
    expect(await plan({ entries: [{ what: 'concern', seq: 0, ...WHY }] })).toBe('disclosure.unknown');
    expect(kindsOf(app)).toHaveLength(before);
  }, 60_000);
});

describe('looking a case through', () => {
  test('pages come with their exhibits and concerns, and later words stand beside what they were added to', async () => {
    const app = await started();
    const seq = kindsOf(app).indexOf('note');
    await app.engine.openedCase.addWords('JMK', seq, 'At five o’clock');
    const view = await reviewOf(app.engine.openedCase.context);
    expect(view.pages.map(({ url, exhibits, concerns, status }) => [url, exhibits, concerns.length, status])).toEqual([['https://chat.example/', ['PAS/1'], 1, 'opened'], ['https://elsewhere.example/private', [], 0, 'opened']]);
    expect(view.words.find((each) => each.seq === seq)?.added.map((each) => each.text)).toEqual(['At five o’clock']);
    expect(await codeOf(() => app.engine.openedCase.addWords('PAS', 1, 'To a page'))).toBe('addendum.no-such-entry');
    await app.engine.openedCase.conclude({ substance: false, outcomes: [], text: 'Nothing' });
    await app.engine.openedCase.seal(PAS, JMK, app.engine.openedCase.context.record.count);
    expect(await codeOf(() => app.engine.openedCase.addWords('PAS', seq, 'Too late'))).toBe('case.sealed');
    expect(await reviewOf(app.engine.openedCase.context)).toMatchObject({ canAdd: false, canRedact: true });
    await app.engine.openedCase.review.redact('PAS', 'PAS/1', [BOX]);
    expect((await exported(app, 'police')).report.verdict).toBe('unchanged');
  }, 120_000);
});
