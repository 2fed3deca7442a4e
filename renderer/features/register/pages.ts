import type { AdminState, PolicyHistoryLine } from '../../../src/ipc/admin-state.js';
import type { FlagListView } from '../../../src/ipc/lists-contract.js';
import type { Theme } from '../../../src/investigation/policy/installation.js';
import type { AppState } from '../../../src/ipc/state.js';
import { listsStand } from '../../logic/flag-lists.js';
import { count, listOf, shortDay } from '../../logic/format.js';
import { missingContacts, type RegisterPlace } from '../../logic/places.js';
import { reviewState } from '../../logic/review.js';
import type { Loaded } from '../../ui/use-loaded.js';

/** One page of the register: its title, and where things stand with it. `open` is something that somebody should do; `lists` is fetched, because no state holds it. */
export interface RegisterEntry {
  readonly place: RegisterPlace;
  readonly title: string;
  stands(app: AppState, admin: AdminState, lists: Loaded<readonly FlagListView[]>): { readonly text: string; readonly open?: boolean };
}

/** What the themes are called. */
export const THEME_TITLES: Readonly<Record<Theme, string>> = {
  system: 'As this computer is set', light: 'Light', dark: 'Dark', contrast: 'More contrast, light', 'contrast-dark': 'More contrast, dark',
};

/** The pages in groups, in the order of the navigation. */
export const GROUPS: readonly { readonly title: string; readonly pages: readonly RegisterEntry[] }[] = [
  {
    title: 'People',
    pages: [
      { place: 'reviewers', title: 'Reviewers', stands: (_app, admin) => ({ text: peopleOf(admin) }) },
      { place: 'passphrase', title: 'Change my passphrase', stands: (_app, admin) => dueOf(admin) },
      { place: 'recovery-sheet', title: 'Recovery sheet', stands: (_app, { recoverySheet }) => (recoverySheet === null ? { text: 'There is none', open: true } : { text: `Held by ${recoverySheet.holder} since ${shortDay(recoverySheet.at)}` }) },
      { place: 'enrolment-sheet', title: 'Enrolment sheet', stands: () => ({ text: 'Shows others whose signatures are yours' }) },
      { place: 'rules', title: 'Passphrase rules', stands: (_app, admin) => ({ text: rulesOf(admin) }) },
    ],
  },
  {
    title: 'Cases',
    pages: [
      { place: 'policy', title: 'Kinds of concern', stands: (_app, { policy }) => ({ text: policyOf(policy?.categories, policy?.history, 'kind') }) },
      { place: 'sanctions', title: 'Sanctions', stands: (_app, { policy }) => ({ text: policyOf(policy?.sanctions, policy?.sanctionHistory, 'sanction') }) },
      { place: 'retention', title: 'Retention', stands: retentionOf },
      { place: 'destroy', title: 'Destroy a case', stands: (app) => ({ text: count(app.cases.filter((each) => each.phase === 'sealed').length, 'sealed case') }) },
      { place: 'destructions', title: 'Certificates of destruction', stands: () => ({ text: 'What was destroyed, when and by whom' }) },
    ],
  },
  {
    title: 'This computer',
    pages: [
      { place: 'contacts', title: 'Numbers to call', stands: (app) => missingOf(app) },
      { place: 'settings', title: 'Lock, clock and sound', stands: ({ settings }) => ({ text: `Locks after ${count(settings.idleMinutes, 'minute')}${settings.sntpServer === null ? '' : `; asks ${settings.sntpServer} for the time`}` }) },
      { place: 'display', title: 'How it looks', stands: ({ settings }) => ({ text: THEME_TITLES[settings.theme ?? 'system'] }) },
      { place: 'network', title: 'Network', stands: ({ network }) => ({ text: networkOf(network) }) },
      { place: 'lists', title: 'Flag lists', stands: (_app, _admin, lists) => listsOf(lists) },
      { place: 'time', title: 'Time stamps', stands: (_app, { timeAuthorities }) => ({ text: timeAuthorities.length === 0 ? 'No time stamping authority' : listOf(timeAuthorities.map(({ name }) => name)) }) },
      { place: 'backups', title: 'Backups', stands: (_app, { lastBackupAt }) => (lastBackupAt === null ? { text: 'None yet', open: true } : { text: `Last made ${shortDay(lastBackupAt)}` }) },
      { place: 'check', title: 'Check everything', stands: (_app, { lastCheck }) => checkedOf(lastCheck) },
      { place: 'about', title: 'About Countersign', stands: ({ version }) => ({ text: version }) },
    ],
  },
];

function peopleOf({ reviewers }: AdminState): string {
  return `${count(reviewers.filter(({ status }) => status === 'active').length, 'reviewer')} can sign in`;
}

function dueOf({ reviewers }: AdminState): { text: string; open?: boolean } {
  const due = reviewers.filter((reviewer) => reviewer.status === 'active' && reviewer.changeDue).map(({ name }) => name);
  return due.length === 0 ? { text: 'No change is due' } : { text: `Due for ${listOf(due)}`, open: true };
}

function policyOf(rows: readonly { readonly own: boolean }[] = [], history: readonly PolicyHistoryLine[] = [], one: string): string {
  return history.length === 0 ? 'As they came with the app' : `${count(rows.filter((each) => each.own).length, one)} of your own, ${count(history.length, 'change')}`;
}

function rulesOf({ passphraseRules: { minimumLength, mixed, changeMonths } }: AdminState): string {
  const on = [...(minimumLength === null ? [] : [`${minimumLength} characters`]), ...(mixed ? ['letters and digits'] : []), ...(changeMonths === null ? [] : [`change after ${count(changeMonths, 'month')}`])];
  return on.length === 0 ? 'The app’s own' : on.join(', ');
}

function retentionOf({ cases }: AppState, { retentionMonths }: AdminState): { text: string; open?: boolean } {
  const due = cases.filter((each) => reviewState(each.reviewOn, Date.now()) !== null).length;
  if (due > 0) return { text: `${count(due, 'case')} due for review`, open: true };
  return { text: retentionMonths === null ? 'No review date is set' : `Review ${count(retentionMonths, 'month')} after sealing` };
}

function missingOf({ contacts }: AppState): { text: string; open?: boolean } {
  const missing = missingContacts(contacts);
  return missing.length === 0 ? { text: 'All filled in' } : { text: `Missing: ${listOf(missing)}`, open: true };
}

function checkedOf(lastCheck: AdminState['lastCheck']): { text: string; open?: boolean } {
  if (lastCheck === null) return { text: 'Never done' };
  return lastCheck.findings === 0 ? { text: `All in order on ${shortDay(lastCheck.at)}` } : { text: `${count(lastCheck.findings, 'finding')} on ${shortDay(lastCheck.at)}`, open: true };
}

function networkOf({ proxy, privateAddresses, blockPages }: AppState['network']): string {
  const parts = [proxy === null ? 'No proxy set' : `Through ${proxy}`, ...(privateAddresses ? [] : ['nothing inside the school’s network']), blockPages.length === 0 ? 'no page of the filter set' : `${count(blockPages.length, 'page')} of the filter`];
  return parts.join(', ');
}

function listsOf(lists: Loaded<readonly FlagListView[]>): { text: string; open?: boolean } {
  if (lists.state === 'ready') return listsStand(lists.value);
  return lists.state === 'loading' ? { text: 'Fetching…' } : { text: 'Could not be fetched', open: true };
}
