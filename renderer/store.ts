import { create } from 'zustand';
import { isCoded } from '../src/record/coded-error.js';
import type { CheckView, CopyView } from '../src/ipc/admin-state.js';
import type { ExportResult } from '../src/ipc/contract.js';
import type { CaseView, RecordItem } from '../src/ipc/case-view.js';
import type { AppState, CaseSums, Progress } from '../src/ipc/state.js';
import { client } from './client.js';
import { mergeItems, opensNow, placeAfter, type Place } from './logic/places.js';
import { earlierPages, newestPages } from './logic/record-pages.js';
import type { ToldDraft } from './logic/told.js';
import type { Problem } from './ui/error-summary.js';
import { sentenceOf } from './ui/use-action.js';

/** Everything that more than one screen needs. No passphrase ever gets here. */
export interface Screens {
  /** What the engine says; null until it has answered for the first time. */
  readonly app: AppState | null;
  readonly progress: Progress | null;
  /** The lines of the record of the case on the screen; null while they are being fetched. */
  readonly record: readonly RecordItem[] | null;
  readonly place: Place;
  /** What a call outside any form was refused for. */
  readonly problems: readonly Problem[];
  /** STOP was pressed here and the engine has not answered yet; a sentence when it could not. */
  readonly stopping: { readonly failed: string | null } | null;
  /** What is typed and not yet added to the record of the case on the screen; it outlives a change of screen. */
  readonly drafts: Drafts;
  /** The case that the drafts and the bundle are of; they outlive a lock, undrawn, and nothing else. */
  readonly ownCase: string | null;
  /** The bundle that was made last, until both have what they need of it: its passphrase is shown only once. */
  readonly made: ExportResult | null;
  /** Whether the verdict on a bundle is on the screen. */
  readonly judged: boolean;
  /** A practice was left just now, and they are still where it ended. */
  readonly practised: boolean;
  /** What both read before they sign out; null while nobody leaves. */
  readonly leaving: readonly CaseSums[] | null;
  /** What the last check of everything found; gone with the keys, because it names cases. */
  readonly checked: CheckView | null;
  /** What was taken from a backup, until both have read it. */
  readonly restored: CopyView | null;
  /** The bundle that the app was opened with while they were busy, until it is opened; null for none. */
  readonly waiting: string | null;
  /** Signing out has begun, and nothing opens in between. */
  readonly signingOut: boolean;
}

/** A concern, a note, a list of addresses and a conclusion while they are written. `told` is null until somebody changes what the record knows. */
export interface Drafts {
  readonly concern: { readonly by: string | null; readonly category: string | null; readonly description: string };
  readonly note: { readonly by: string | null; readonly text: string };
  readonly list: { readonly text: string; readonly form: string };
  readonly conclusion: { readonly substance: string | null; readonly outcomes: readonly string[]; readonly sanctions: Readonly<Record<string, string>>; readonly told: readonly ToldDraft[] | null; readonly text: string };
}

const NO_DRAFTS: Drafts = { concern: { by: null, category: null, description: '' }, note: { by: null, text: '' }, list: { text: '', form: 'full-page' }, conclusion: { substance: null, outcomes: [], sanctions: {}, told: null, text: '' } };

/** The one store of the screens. */
export const useScreens = create<Screens>(() => ({ app: null, progress: null, record: null, place: 'home', problems: [], stopping: null, drafts: NO_DRAFTS, ownCase: null, made: null, judged: false, practised: false, leaving: null, checked: null, restored: null, waiting: null, signingOut: false }));

const { getState: now, setState: set } = useScreens;

/** Starts listening to the engine and fetches its state. */
export function connect(): void {
  client.on('state', receive);
  client.on('entries', ({ items }) => { set({ record: mergeItems(now().record ?? [], items) }); });
  client.on('progress', (progress) => { set({ progress }); });
  client.call('state.get', {}).then(receive).catch(reportProblem);
  tellActivity();
}

/** Shows the theme of the settings; before sign-in the one that was last known stays. */
function showTheme({ signedIn, settings: { theme = 'system' } }: AppState): void {
  if (signedIn === null) return;
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

function receive(app: AppState): void {
  showTheme(app);
  const previous = now().app;
  const another = previous?.case?.id !== app.case?.id;
  set({
    app,
    progress: app.progress,
    ...placeOf(previous, app),
    practised: app.practice === undefined && (previous?.practice !== undefined || (now().practised && previous?.screen === app.screen)),
    ...(another ? { record: null } : {}),
    ...(stillOwn(app) ? {} : { drafts: NO_DRAFTS, made: null, ownCase: app.case?.id ?? null }),
    ...(previous?.screen !== app.screen && app.screen !== 'cases' ? { leaving: null } : {}),
    ...(previous?.screen !== app.screen ? { problems: [] } : {}),
    ...(canStop(app) ? {} : { stopping: null }),
    ...(app.admin === null ? { checked: null } : { restored: null }),
  });
  if (another && app.case !== null) fetchRecord(app.case).catch(reportProblem);
}

/** Where they are now, and which bundle waits until they have finished what they do there. */
function placeOf(previous: AppState | null, app: AppState): Pick<Screens, 'place' | 'waiting'> {
  const { place: before, waiting: waited, signingOut, leaving } = now();
  const place = placeAfter(previous, app, before);
  const waiting = app.offered === undefined || place === 'verify' ? null : app.offered.id === previous?.offered?.id ? waited : app.offered.id;
  return waiting !== null && !signingOut && leaving === null && opensNow(app, place) ? { place: 'verify', waiting: null } : { place, waiting };
}

/** Whether what is typed and made belongs to what the engine shows now: the same case, or the lock in front of it. */
function stillOwn(app: AppState): boolean {
  return app.case === null ? app.screen === 'locked' : app.case.id === now().ownCase;
}

/** How often the engine hears that somebody is there. */
const TELL_EVERY_MS = 15_000;

/** Tells the engine that a person moves or types: somebody who writes a long note calls nothing else for minutes. */
function tellActivity(): void {
  let told = -TELL_EVERY_MS;
  const tell = ({ isTrusted, timeStamp }: Event): void => {
    if (!isTrusted || now().app?.signedIn == null || timeStamp - told < TELL_EVERY_MS) return;
    told = timeStamp;
    client.call('activity', {}).catch(() => undefined);
  };
  for (const name of ['pointermove', 'pointerdown', 'keydown', 'wheel']) window.addEventListener(name, tell, { capture: true, passive: true });
}

/** Begins to sign out: the case is closed, and both read what they did. Where nothing was done there is nothing to sign for. */
export async function beginSignOut(): Promise<void> {
  set({ signingOut: true });
  try {
    const { cases } = await client.call('sign-out.read', {});
    if (cases.length === 0) await client.call('sign-out', {});
    else set({ leaving: cases });
  } finally {
    set({ signingOut: false });
  }
}

/** Stays after all. */
export function stay(): void {
  set({ leaving: null });
}

/** Keeps what an export made until {@link goTo} leaves it; null forgets it. */
export function setMade(made: ExportResult | null): void {
  set({ made });
}

/** Says whether the verdict on a bundle is on the screen. */
export function setJudged(judged: boolean): void {
  set({ judged });
}

/** Checks everything; what was found stays while the reviewers look at other pages. */
export async function checkEverything(): Promise<void> {
  set({ checked: null });
  const checked = await client.call('check.full', {});
  if (now().app?.admin != null) set({ checked });
}

/** Keeps what was taken from a backup for the screen that comes next; null once it was read. */
export function setRestored(restored: CopyView | null): void {
  set({ restored });
}

const listRecord = (from: number, count: number): Promise<{ items: RecordItem[] }> => client.call('record.list', { from, count });

async function fetchRecord({ id, entries }: Pick<CaseView, 'id' | 'entries'>): Promise<void> {
  for await (const items of newestPages(listRecord, entries)) {
    if (now().app?.case?.id !== id) return;
    set({ record: mergeItems(now().record ?? [], items) });
  }
}

/** Fetches the lines before those that are there. `onRead` hears how many have come, until all are there or another case is on the screen. */
export async function fetchEarlier(onRead: (lines: number) => void): Promise<void> {
  const [id, before] = [now().app?.case?.id, now().record?.[0]?.seq ?? 0];
  const pages: RecordItem[][] = [];
  for await (const items of earlierPages(listRecord, before)) {
    if (now().app?.case?.id !== id) return;
    pages.unshift([...items]);
    onRead(pages.reduce((sum, page) => sum + page.length, 0));
  }
  set({ record: mergeItems(now().record ?? [], pages.flat()) });
}

/** Goes elsewhere within the screen; to the bundle that waits, once they have finished. */
export function goTo(place: Place): void {
  const { app, waiting } = now();
  const opens = waiting !== null && app !== null && opensNow(app, place);
  set({ place: opens ? 'verify' : place, problems: [], practised: false, ...(opens || place === 'verify' ? { waiting: null } : {}) });
}

/** Keeps what is typed into a draft. */
export function draft<K extends keyof Drafts>(kind: K, part: Partial<Drafts[K]>): void {
  set(({ drafts }) => ({ drafts: { ...drafts, [kind]: { ...drafts[kind], ...part } } }));
}

/** Forgets a draft, once it is in the record or no longer wanted. */
export function dropDraft(kind: keyof Drafts): void {
  set(({ drafts }) => ({ drafts: { ...drafts, [kind]: NO_DRAFTS[kind] } }));
}

/** Shows why a call was refused; cancelled work is no problem. */
export function reportProblem(error: unknown): void {
  if (isCoded(error) && error.code.endsWith('.cancelled')) return;
  set({ problems: [{ sentence: sentenceOf(error) }] });
}

/** Takes away what {@link reportProblem} showed. */
export function clearProblem(): void {
  set({ problems: [] });
}

/** A call from a button outside any form; a refusal is shown at the top. */
export function attempt(work: Promise<unknown>): void {
  work.then(clearProblem).catch(reportProblem);
}

/** Whether STOP means something: a case is on the screen and not halted yet. After the seal exhibits are still looked at and handed out. */
export function canStop(app: AppState | null): boolean {
  return app?.case != null && app.case.phase !== 'halted';
}

/**
 * STOP. The page is hidden here before the engine is asked, and stays hidden if the engine cannot stop: then the screen
 * says so and what to do with the monitor.
 */
export function stop(): void {
  const { app, stopping } = now();
  if (!canStop(app) || (stopping !== null && stopping.failed === null)) return;
  set({ stopping: { failed: null } });
  client.call('stop', { by: null }).catch((error: unknown) => {
    if (canStop(now().app)) set({ stopping: { failed: sentenceOf(error) } });
  });
}
