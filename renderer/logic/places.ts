import type { RecordItem } from '../../src/ipc/case-view.js';
import type { AppState } from '../../src/ipc/state.js';

/** The pages of the register and the settings. */
export const REGISTER_PLACES = [
  'register', 'reviewers', 'enrol', 'passphrase', 'recovery-sheet', 'enrolment-sheet', 'rules', 'contacts', 'settings', 'display', 'network', 'lists', 'time', 'backups', 'check', 'policy', 'sanctions', 'retention', 'destroy', 'destructions', 'about',
] as const;

/** See {@link REGISTER_PLACES}. */
export type RegisterPlace = (typeof REGISTER_PLACES)[number];

/** Where the reviewers are within the screen that the engine names. */
export type Place = 'home' | 'verify' | 'open-case' | 'conclude' | 'export' | 'review' | 'hand-over' | 'recover' | 'log-call' | 'restore' | 'finish-set-up' | RegisterPlace;

/** Whether a place is a page of the register. */
export function isRegisterPlace(place: Place): place is RegisterPlace {
  return (REGISTER_PLACES as readonly Place[]).includes(place);
}

/** Where they are once the engine's state has changed: back at the start of a screen that is new, else where they were. */
export function placeAfter(previous: AppState | null, next: AppState, place: Place): Place {
  if (previous === null) return next.offered !== undefined && isLeft(next, 'home') ? 'verify' : 'home';
  const moved = previous.screen !== next.screen || previous.case?.id !== next.case?.id || previous.case?.phase !== next.case?.phase;
  if (previous.screen === 'set-up' && next.screen === 'cases' && next.practice === undefined) return 'finish-set-up';
  const stays = moved ? 'home' : place;
  return next.offered !== undefined && next.offered.id !== previous.offered?.id && isLeft(next, stays) ? 'verify' : stays;
}

/** Whether a bundle that waited because they were busy opens by itself now: not in front of a lock. */
export function opensNow(app: AppState, place: Place): boolean {
  return app.offered !== undefined && app.screen !== 'locked' && isLeft(app, place);
}

/** Places in which nothing is typed that a change of screen would lose. */
const LEFT: ReadonlySet<Place> = new Set<Place>(['home', 'verify', 'register', 'destructions', 'display', 'about']);

/** Whether a bundle that the app is opened with may take the reviewers from here: never from a case, a halt, or words to write down. */
function isLeft({ case: open, crisis, farewell }: AppState, place: Place): boolean {
  return open === null && crisis === null && farewell === null && LEFT.has(place);
}

/** The record's lines with `added` among them, in order, each once; a line that comes again replaces the earlier one. */
export function mergeItems(items: readonly RecordItem[], added: readonly RecordItem[]): readonly RecordItem[] {
  if (added.length === 0) return items;
  const last = items.at(-1)?.seq ?? -1;
  if (added.every((item, at) => item.seq > (added[at - 1]?.seq ?? last))) return [...items, ...added];
  const first = items[0]?.seq ?? 0;
  if (added.every((item, at) => item.seq < (added[at + 1]?.seq ?? first))) return [...added, ...items];
  const bySeq = new Map([...items, ...added].map((item) => [item.seq, item]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** The lines that a filter leaves: every word of `query` stands somewhere in the line. */
export function filterItems(items: readonly RecordItem[], query: string): readonly RecordItem[] {
  const wanted = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (wanted.length === 0) return items;
  return items.filter((item) => {
    const text = `${item.line} ${item.detail ?? ''} ${item.by.join(' ')}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** What is missing from the contacts for a crisis, in words. */
export function missingContacts(contacts: AppState['contacts']): string[] {
  const names = {
    policeForce: 'the police force', safeguardingLead: 'the designated safeguarding lead', lado: 'the LADO', support: 'support for staff', head: 'the head', chair: 'the chair of governors', hr: 'the head of HR',
    chiefExecutive: 'the chief executive', iwf: 'the IWF', ceop: 'CEOP',
  } as const;
  return (Object.keys(names) as (keyof typeof names)[]).filter((key) => (contacts[key] ?? '').trim() === '').map((key) => names[key]);
}
