import { describe, expect, test } from '@jest/globals';
import { applyEntry, exhibitsToQuarantine, nextExhibit, type AppliedEntry, type CaseState } from '../../../src/investigation/case-state.js';
import { flaggedBy, flaggedPage } from '../../../src/investigation/flagged.js';
import { refusalOf, type CaseAction } from '../../../src/investigation/rules.js';
import type { EntryData } from '../../../src/record/kinds.js';

const OPENED: EntryData<'case-opened'> = {
  reference: '2026-014',
  reason: 'Report',
  subject: 'pupil',
  organisation: 'Example School',
  computer: { name: 'INV-01', location: 'Office' },
  reviewers: [
    { initials: 'PAS', name: 'Priya A. Shah', position: 'Deputy Head', certificate: 'a'.repeat(64) },
    { initials: 'TRE', name: 'Tom R. Ellis', position: 'Assistant Head', certificate: 'b'.repeat(64) },
  ],
  root: 'c'.repeat(64),
};

let seq = 0;
function entry<K extends AppliedEntry['kind']>(kind: K, data: EntryData<K>, by: string[] = ['PAS']): AppliedEntry {
  seq += 1;
  return { header: { at: '2026-11-24T10:00:00.000Z', by, seq }, kind, data } as unknown as AppliedEntry;
}

function after(...entries: AppliedEntry[]): CaseState {
  return entries.reduce<CaseState | null>(applyEntry, applyEntry(null, entry('case-opened', OPENED))) as CaseState;
}

const capture = (exhibit: string, view: string, url: string): AppliedEntry =>
  entry('capture', {
    exhibit, form: 'viewport', view, url, startedAt: '2026-11-24T10:00:00.000Z', endedAt: '2026-11-24T10:00:01.000Z', image: { width: 1, height: 1, scale: 1 },
    composite: 'd'.repeat(64), declaration: { by: 'PAS', answer: 'not-suspected', at: '2026-11-24T10:00:01.000Z' },
    parts: [{ name: 'page.png', mediaType: 'image/png', size: 1, sha256: 'd'.repeat(64), cipherSha256: 'e'.repeat(64) }], note: '', warnings: [],
  });

const stop = entry('stop', { view: 'v1', url: 'http://a.test/' });
const halt = entry('halt', { cause: 'stop-suspected', view: 'v1', url: 'http://a.test/', sentence: '' });
const call = entry('police-call', { force: 'Example Police', officer: '', reference: '', advice: '', calledAt: '2026-11-24T10:00:00.000Z' });
const conclusion = entry('conclusion', { substance: true, outcomes: ['internal'], text: 'Done' });
const seal = entry('seal', { entries: 1, exhibits: 0, quarantined: 0, concerns: 0, head: 'f'.repeat(64) });

const ACTIONS: readonly CaseAction[] = ['visit', 'capture', 'concern', 'note', 'stop', 'answer-stop', 'halt-step', 'police-call', 'release', 'conclude', 'seal', 'export', 'sitting', 'staff-advice', 'not-concerned'];
const allowed = (state: CaseState): CaseAction[] => ACTIONS.filter((action) => refusalOf(state, action) === null);

describe('what each phase of a case allows', () => {
  test('an open case: everything but halting steps and sealing', () => {
    expect(allowed(after())).toEqual(['visit', 'capture', 'concern', 'note', 'stop', 'conclude', 'export', 'sitting', 'staff-advice', 'not-concerned']);
  });

  test('after STOP: nothing that opens or keeps, but the answer', () => {
    expect(allowed(after(stop))).toEqual(['note', 'answer-stop', 'halt-step', 'police-call', 'staff-advice']);
    expect(refusalOf(after(stop), 'export')?.code).toBe('case.stop-unanswered');
  });

  test('a halted case: steps, calls to the police and the LADO, notes and export; never a visit, a capture or a seal', () => {
    expect(allowed(after(stop, halt))).toEqual(['note', 'halt-step', 'police-call', 'export', 'staff-advice']);
  });

  test('both may sign it off only once a call to the police is on record, and only once', () => {
    expect(refusalOf(after(stop, halt), 'release')?.code).toBe('case.no-police-call');
    expect(refusalOf(after(stop, halt, call), 'release')).toBeNull();
    const released = after(stop, halt, call, entry('halt-released', { text: 'ok' }, ['PAS', 'TRE']));
    expect(refusalOf(released, 'release')?.code).toBe('case.released');
    expect(refusalOf(released, 'capture')?.code).toBe('case.halted');
  });

  test('handed to the police: read and exported, and no more; whether the computer may be used again is still signed for', () => {
    const ended = entry('halt-ended', { how: 'handed-to-police', reference: 'EX-1', officer: '', advisedAt: null, text: '' }, ['PAS', 'TRE']);
    expect(refusalOf(after(stop, halt), 'end-halt')?.code).toBe('case.no-police-call');
    expect(refusalOf(after(stop, halt, call), 'end-halt')).toBeNull();
    expect(allowed(after(stop, halt, call, ended))).toEqual(['release', 'export']);
    expect(refusalOf(after(stop, halt, call, ended), 'note')?.code).toBe('case.handed-over');
  });

  test('no further action: the case goes on, and the address of the page stays closed', () => {
    const ended = entry('halt-ended', { how: 'no-further-action', reference: 'EX-1', officer: 'PC 1', advisedAt: null, text: 'Not illegal' }, ['PAS', 'TRE']);
    const state = after(stop, halt, call, ended);
    expect([state.phase, state.halt, state.suspected, state.pastHalts.length]).toEqual(['open', null, ['http://a.test/'], 1]);
    expect(refusalOf(state, 'end-halt')?.code).toBe('case.not-halted');
  });

  test('a page that was open when something stopped by itself has to be answered for before anything goes on', () => {
    const navigated = entry('navigation-in-page', { view: 'v1', target: 't', frame: 'f', main: true, url: 'http://a.test/', cause: 'link' });
    const crashed = after(navigated, entry('sitting-ended', { reason: 'interrupted' }));
    expect(refusalOf(crashed, 'sitting')?.code).toBe('case.interrupted');
    expect(refusalOf(crashed, 'export')?.code).toBe('case.interrupted');
    const answered = entry('interruption-answered', { view: 'v1', url: 'http://a.test/', answer: 'not-suspected' });
    expect(refusalOf(applyEntry(crashed, answered), 'sitting')).toBeNull();
    expect(after(navigated, entry('locked', { reason: 'idle' }), entry('sitting-ended', { reason: 'interrupted' })).interrupted).toBeNull();
  });

  test('a case about a member of staff opens nothing before advice and both declarations are on record', () => {
    const staff = applyEntry(null, entry('case-opened', { ...OPENED, subject: 'staff' }));
    const advice = entry('staff-advice', { from: 'lado', name: 'Example Council', advice: 'Look at the one address', advisedAt: '2026-11-24T10:00:00.000Z' });
    expect(refusalOf(staff, 'sitting')?.code).toBe('case.staff-advice-first');
    expect(refusalOf(applyEntry(staff, advice), 'sitting')?.code).toBe('case.staff-advice-first');
    expect(refusalOf(applyEntry(applyEntry(staff, advice), entry('not-concerned', { reviewers: ['PAS', 'TRE'] })), 'sitting')).toBeNull();
  });

  test('STOP by mistake opens the case again', () => {
    expect(after(stop, entry('stop-withdrawn', { reason: 'Slipped' })).phase).toBe('open');
  });

  test('a concluded case can be sealed and exported, a sealed one exported; STOP works in both', () => {
    expect(allowed(after(conclusion))).toEqual(['note', 'stop', 'seal', 'export']);
    expect(allowed(after(conclusion, seal))).toEqual(['stop', 'export']);
  });

  test('a case that was concluded or sealed when STOP was pressed is so again once STOP is withdrawn or the police advise no further action', () => {
    const withdrawn = entry('stop-withdrawn', { reason: 'Slipped' });
    const ended = entry('halt-ended', { how: 'no-further-action', reference: 'EX-1', officer: 'PC 1', advisedAt: null, text: 'Not illegal' }, ['PAS', 'TRE']);
    expect([after(conclusion, stop, withdrawn).phase, after(conclusion, seal, stop, withdrawn).phase]).toEqual(['concluded', 'sealed']);
    expect([after(conclusion, stop, halt, call, ended).phase, after(conclusion, seal, stop, halt, call, ended).phase]).toEqual(['concluded', 'sealed']);
    expect(allowed(after(conclusion, seal, stop, halt))).toEqual(allowed(after(stop, halt)));
  });
});

describe('what goes on with a case that is closed to the review', () => {
  const LATER: readonly CaseAction[] = ['addendum', 'redact', 'receive'];
  const later = (state: CaseState, elsewhere = false): CaseAction[] => LATER.filter((action) => refusalOf(state, action, elsewhere) === null);
  const ended = entry('halt-ended', { how: 'handed-to-police', reference: 'EX-1', officer: '', advisedAt: null, text: '' }, ['PAS', 'TRE']);

  test('words are added until the seal, copies are redacted in a case that is not halted, and who has a copy can always be written down', () => {
    expect(later(after())).toEqual(['addendum', 'redact', 'receive']);
    expect(later(after(conclusion))).toEqual(['addendum', 'redact', 'receive']);
    expect(later(after(conclusion, seal))).toEqual(['redact', 'receive']);
    expect(later(after(stop, halt))).toEqual(['addendum', 'receive']);
    expect(later(after(stop, halt, call, ended))).toEqual(['receive']);
    expect(later(after(), true)).toEqual(['receive']);
  });

  test('a copy is known by the entry that began it, with its end and everyone who has it', () => {
    const made = entry('export', { recipient: 'police', exhibits: 0, withheld: 0, quarantined: 0 }, ['PAS', 'TRE']);
    const other = entry('export', { recipient: 'lado', exhibits: 0, withheld: 0, quarantined: 0 }, ['PAS', 'TRE']);
    const finished = entry('export-finished', { tagManifest: 'a'.repeat(64), files: 1, bytes: 1, code: null }, ['app']);
    const failed = entry('export-finished', { tagManifest: null, files: 0, bytes: 0, code: 'export.cancelled' }, ['app']);
    const received = entry('received', { export: made.header.seq, tagManifest: 'a'.repeat(64), name: 'DC Morgan', position: '', at: '2026-11-24T10:00:00.000Z', readOut: null, wordsMatch: null, note: '', receipt: null });
    const { copies } = after(made, finished, other, failed, received);
    expect(copies.map((copy) => [copy.export.recipient, copy.finished?.code ?? null, copy.received.map((each) => each.name)])).toEqual([['police', null, ['DC Morgan']], ['lado', 'export.cancelled', []]]);
  });
});

describe('exhibits', () => {
  test('are numbered for each reviewer from 1', () => {
    const state = after(capture('PAS/1', 'v1', 'http://a.test/'), capture('TRE/1', 'v1', 'http://a.test/'), capture('PAS/2', 'v2', 'http://b.test/'));
    expect([nextExhibit(state, 'PAS'), nextExhibit(state, 'TRE'), nextExhibit(state, 'XYZ')]).toEqual(['PAS/3', 'TRE/2', 'XYZ/1']);
  });

  test('of the flagged page load or its address are quarantined, and no others', () => {
    const state = after(capture('PAS/1', 'v1', 'http://a.test/x'), capture('PAS/2', 'v2', 'http://b.test/'), capture('PAS/3', 'v3', 'http://a.test/x#part'), capture('PAS/4', 'v4', 'http://a.test/y'));
    expect(exhibitsToQuarantine(state, 'v2', 'http://a.test/x').map((e) => e.reference)).toEqual(['PAS/1', 'PAS/2', 'PAS/3']);
    const moved = entry('navigation-in-page', { view: 'v2', target: 't', frame: 'f', main: true, url: 'http://a.test/y', cause: 'script' });
    const page = flaggedPage([{ header: { kind: moved.kind, seq: 1 }, body: { data: moved.data } }], 'v2', 'http://b.test/');
    expect(exhibitsToQuarantine(state, 'v2', 'http://b.test/', page).map((e) => e.reference)).toEqual(['PAS/2', 'PAS/4']);
    const places = [1, 2, 3].map((at) => ({ header: { kind: 'capture' as const, seq: at }, body: { data: { view: `v${at}`, url: state.exhibits[at - 1]?.capture.url } } }));
    // Without a page in view: all that had been captured by then.
    expect(exhibitsToQuarantine(state, null, null, flaggedBy(places, { seq: 3, view: null, url: null })).map((e) => e.reference)).toEqual(['PAS/1', 'PAS/2', 'PAS/3']);
    const quarantined = applyEntry(state, entry('quarantine', { exhibit: 'PAS/1', reason: '' }));
    expect(exhibitsToQuarantine(quarantined, 'v1', null)).toEqual([]);
  });
});
