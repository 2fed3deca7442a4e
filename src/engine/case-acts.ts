import { CodedError } from '../record/coded-error.js';
import { ADDABLE_KINDS, type EntryData, type EntryKind } from '../record/kinds.js';
import type { ToldRow } from '../investigation/told.js';
import type { Credentials } from '../vault/vault.js';
import { confirmBoth, demand, demandSignedIn, type CaseContext } from './case-context.js';
import type { CaseRecord } from './case-record.js';
import { demandPast } from './halt-acts.js';
import { manualCheck, type ManualComparison } from './clock-check.js';
import { wholeRecord } from './whole-record.js';
import { checkedTold } from './who-told.js';

/** A reviewer held the computer's clock against another. @throws CodedError `clock.bad-time` */
export async function compareClock(context: CaseContext, by: string, comparison: ManualComparison): Promise<EntryData<'clock-check'>> {
  const check = manualCheck(comparison, context.ports.clock.now());
  demand(context, 'note');
  demandSignedIn(context, by);
  await context.record.add('clock-check', [by], check);
  context.announce.changed();
  return check;
}

/** Gives the controls to one of the two. */
export async function takeControls(context: CaseContext, initials: string): Promise<void> {
  demand(context, 'note');
  demandSignedIn(context, initials);
  if (context.record.state.heldBy !== initials) await context.record.add('controls', [initials], { heldBy: initials });
  context.announce.changed();
}

/** Describes why `place`, or the case as a whole, is a concern. */
export async function addConcern(context: CaseContext, by: string, concern: EntryData<'concern'>): Promise<void> {
  demand(context, 'concern');
  demandSignedIn(context, by);
  await context.record.add('concern', [by], concern);
  context.announce.changed();
}

/**
 * Of a case that may be about a member of staff: writes down what the LADO or the police advised, before anything is opened or in a halt.
 *
 * @throws CodedError `halt.call-time`, `case.*`, `auth.*`
 */
export async function addStaffAdvice(context: CaseContext, by: string, advice: EntryData<'staff-advice'>): Promise<void> {
  demand(context, 'staff-advice');
  demandSignedIn(context, by);
  demandPast(advice.advisedAt, context.ports.clock.now(), 'advisedAt');
  await context.record.add('staff-advice', [by], advice);
  context.announce.changed();
}

/** Both declare, with their passphrases, that they are not the person concerned, nor that person's partner or relative. */
export async function declareNotConcerned(context: CaseContext, first: Credentials, second: Credentials): Promise<void> {
  demand(context, 'not-concerned');
  const acting = await confirmBoth(context, first, second);
  demand(context, 'not-concerned');
  const reviewers = acting.map((signer) => signer.initials);
  await context.record.add('not-concerned', reviewers, { reviewers }, { acting });
  context.announce.changed();
}

/** Writes down what was looked at and answered before the first browsing. */
export async function addPreFlight(context: CaseContext, data: EntryData<'pre-flight'>): Promise<void> {
  demand(context, 'sitting');
  await context.record.add('pre-flight', [...context.reviewers], data);
  context.announce.changed();
}

/** Adds a note; a halted case takes them too. */
export async function addNote(context: CaseContext, by: string, text: string): Promise<void> {
  demand(context, 'note');
  demandSignedIn(context, by);
  await context.record.add('note', [by], { text });
  context.announce.changed();
}

/**
 * Adds words to an earlier entry, which stays as it is; to the conclusion also who was told since.
 *
 * @throws CodedError `addendum.no-such-entry`, `addendum.told-elsewhere`, `addendum.empty`, `told.*`, `case.*`, `auth.*`
 */
export async function addWords(context: CaseContext, by: string, to: number, text: string, told: readonly ToldRow[] = []): Promise<void> {
  demand(context, 'addendum');
  demandSignedIn(context, by);
  const { record, announce } = context;
  const [entry] = await record.read(to, to + 1);
  if (entry === undefined || !ADDABLE_KINDS.has(entry.header.kind)) throw new CodedError('addendum.no-such-entry', 'Words can be added to a concern, a note, an exhibit, a call to the police, advice or the conclusion. This is none of them.');
  if (told.length > 0 && entry.header.kind !== 'conclusion') throw new CodedError('addendum.told-elsewhere', 'Who was told is added to the conclusion, and to nothing else.');
  if (told.length === 0 && text === '') throw new CodedError('addendum.empty', 'Write what you want to add.');
  const rows = checkedTold(context, told);
  await record.add('addendum', [by], { to, text, ...(rows.length === 0 ? {} : { told: rows }) });
  announce.changed();
}

/** What the app adds by itself: it changes nothing of what two people have read. */
const BY_ITSELF: ReadonlySet<EntryKind> = new Set<EntryKind>(['checkpoint', 'timestamp', 'timestamp-failed', 'clock-check', 'clock-jump', 'locked', 'resumed']);

/**
 * Both give their passphrases again and the case is closed for good. Gives the eight words of the last checkpoint.
 *
 * @param read how many entries the record had in the summary that both read
 * @throws CodedError `seal.changed` where anything was added since, `vault.altered`, `auth.*`, `case.*`
 */
export async function sealCase(context: CaseContext, first: Credentials, second: Credentials, read: number): Promise<readonly string[]> {
  demand(context, 'seal');
  const { record } = context;
  // What both close for good is held against itself once more, from the first entry on.
  await wholeRecord(context);
  const acting = await confirmBoth(context, first, second);
  demand(context, 'seal');
  await record.addWith('seal', acting.map((s) => s.initials), () => {
    if (read > record.count || record.since(read).some(({ header }) => !BY_ITSELF.has(header.kind))) throw new CodedError('seal.changed', 'Something was added to the record after you read this summary. Read it again, then sign.');
    return sealOf(record);
  }, { acting });
  const words = await record.checkpoint('seal');
  context.announce.changed();
  return words;
}

function sealOf(record: CaseRecord): EntryData<'seal'> {
  const { exhibits, concerns } = record.state;
  const head = record.store.head;
  if (head === null) throw new RangeError('a case has entries before it is sealed');
  return { entries: head.seq + 1, exhibits: exhibits.length, quarantined: exhibits.filter((e) => e.quarantined).length, concerns: concerns.length, head: head.hash };
}
