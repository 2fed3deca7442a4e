import { z } from 'zod';
import { isCoded } from '../record/coded-error.js';
import { initialsSchema } from '../record/entry.js';
import type { EntryData } from '../record/kinds.js';
import type { LockedVault, UnlockedVault } from '../vault/vault.js';
import type { CaseLine } from './case-list.js';
import type { CaseRecord } from './case-record.js';

/*
 * What was left while nobody could read the vault: wrong passphrases, a use of the recovery sheet, calls to the police that
 * one reviewer logged alone. Anyone who has the disk can put something there, so every item is parsed like a stranger's letter.
 */

/** A call to the police that one reviewer logs before two have signed in. */
export const HALT_CALL = 'halt-call';

const line = z.string().max(500);
const callSchema = z.strictObject({ caseReference: line, by: initialsSchema, force: line.min(1), officer: line, reference: line, advice: z.string().max(20_000) });
const wrongSchema = z.strictObject({ initials: initialsSchema });
const recoveredSchema = z.strictObject({ by: initialsSchema, initials: initialsSchema, name: line });

/** See {@link callSchema}. */
export type HaltCall = z.infer<typeof callSchema>;

type Item = Awaited<ReturnType<UnlockedVault['inbox']>>[number];
const KINDS = ['wrong-passphrase', 'recovered', 'police-call'] as const;
type Kind = (typeof KINDS)[number];
/** An item that is understood, as the entry that it becomes. */
type Note = { [K in Kind]: { readonly id: number; readonly kind: K; readonly by: string; readonly data: EntryData<K>; readonly caseReference: string | null } }[Kind];

/** At most so many of each kind in one go. */
const MOST = 100;
/** Which case's record the inbox is being written into; null once it has been cleared. */
const SETTING = 'inbox-into';

/** What the draining needs to know of the installation. */
export interface Installation {
  readonly vault: UnlockedVault;
  readonly reviewers: LockedVault['reviewers'];
  readonly cases: readonly CaseLine[];
}

/**
 * Writes what waits into the record of the case that has been opened, and then takes it out of the inbox. A crash in between
 * loses nothing; what is in the record already is not written a second time. A call goes to the halted case that it was
 * logged for, and waits until that is open. A checkpoint comes after what was written, so that both signatures stand over it.
 *
 * @throws CodedError `vault.disk-full`, `vault.write-failed`: what was not written waits.
 */
export async function drainInbox(installation: Installation, record: CaseRecord): Promise<void> {
  const { vault } = installation;
  const items = await vault.inbox();
  if (items.length === 0) return;
  const { notes, unreadable } = sortOut(items, new Set(installation.reviewers.map((reviewer) => reviewer.initials)));
  const calls = notes.filter((note) => note.kind === 'police-call' && isFor(note.caseReference, record, installation.cases)).slice(0, MOST);
  const recovered = notes.filter((note) => note.kind === 'recovered').slice(0, MOST);
  const wrong = notes.filter((note) => note.kind === 'wrong-passphrase');
  if (calls.length + recovered.length + wrong.length + unreadable.length === 0) return;
  const known = await writtenBefore(installation, record);
  await vault.putSetting(SETTING, record.store.id);
  for (const note of [...calls, ...recovered, ...bounded(wrong)]) if (!known.has(keyOf(note))) await record.add(note.kind, [note.by], note.data);
  if (unreadable.length > 0) await record.add('inbox-unreadable', ['app'], { items: unreadable.length });
  if (record.newestBut()?.header.kind !== 'checkpoint') await record.checkpoint(record.state.phase === 'halted' ? 'halt' : 'interval');
  await vault.clearInbox([...[...calls, ...recovered, ...wrong].map((note) => note.id), ...unreadable]);
  await vault.putSetting(SETTING, null);
}

/** Parses every item; `unreadable` are the numbers of those that make no sense. */
function sortOut(items: readonly Item[], reviewers: ReadonlySet<string>): { notes: Note[]; unreadable: number[] } {
  const notes: Note[] = [];
  const unreadable: number[] = [];
  for (const item of items) {
    const note = noteOf(item, reviewers);
    if (note === null) unreadable.push(item.id);
    else notes.push(note);
  }
  return { notes, unreadable };
}

function noteOf({ id, kind, at, data }: Item, reviewers: ReadonlySet<string>): Note | null {
  if (at === null) return null;
  if (kind === 'wrong-passphrase') {
    const wrong = wrongSchema.safeParse(data).data;
    return wrong === undefined ? null : { id, kind, by: 'app', data: { ...wrong, at }, caseReference: null };
  }
  if (kind === 'recovered') {
    const recovered = recoveredSchema.safeParse(data).data;
    return recovered === undefined ? null : { id, kind, by: 'app', data: { ...recovered, at }, caseReference: null };
  }
  const call = kind === HALT_CALL ? callSchema.safeParse(data).data : undefined;
  if (call === undefined || !reviewers.has(call.by)) return null;
  const { caseReference, by, ...said } = call;
  return { id, kind: 'police-call', by, data: { ...said, calledAt: at, loggedAlone: at }, caseReference };
}

/** A call belongs to the case that it names; where no case has that reference, to one that is halted. */
function isFor(reference: string | null, { state }: CaseRecord, cases: readonly CaseLine[]): boolean {
  if (state.halt === null) return false;
  return state.opened.reference === reference || !cases.some((other) => other.reference === reference);
}

/** The newest; the first of them says how many before it are not listed. */
function bounded(wrong: readonly Note[]): Note[] {
  const left = wrong.length - MOST;
  return wrong.slice(-MOST).map((note, index) => (note.kind === 'wrong-passphrase' && index === 0 && left > 0 ? { ...note, data: { ...note.data, earlier: left } } : note));
}

/** What an earlier go, cut short before the inbox was cleared, has written: into this record or into another case's. */
async function writtenBefore({ vault }: Installation, record: CaseRecord): Promise<ReadonlySet<string>> {
  const into = z.string().safeParse(await vault.setting(SETTING)).data;
  const entries = [...(await record.ofKinds(KINDS))];
  if (into !== undefined && into !== record.store.id) {
    try {
      entries.push(...(await (await vault.openCase(into)).ofKinds(KINDS, 0)));
    } catch (error) {
      // A case that is gone or damaged does not keep the inbox from being written; at worst something stands in two records.
      if (!isCoded(error, 'case.unknown') && !isCoded(error, 'vault.altered')) throw error;
    }
  }
  return new Set(entries.flatMap(({ header, body }) => (isKind(header.kind) ? [keyOf({ kind: header.kind, data: body.data as EntryData<Kind> })] : [])));
}

function isKind(kind: string): kind is Kind {
  return (KINDS as readonly string[]).includes(kind);
}

/** The same thing at the same millisecond is the same item. */
function keyOf({ kind, data }: { readonly kind: Kind; readonly data: EntryData<Kind> }): string {
  const { earlier: _listed, ...said } = { earlier: undefined, ...data };
  return JSON.stringify([kind, ...Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
