import { z } from 'zod';
import { CodedError } from '../record/coded-error.js';
import { KIND_SCHEMAS, type EntryData } from '../record/kinds.js';
import { addPreFlight } from './case-acts.js';
import { demand } from './case-context.js';
import { clockToday } from './clock-check.js';
import { missingNumbers, type ContactDetails } from './contacts.js';
import type { EnginePorts } from './ports.js';
import type { OpenCase } from './open-case.js';
import { keptSelfTest } from './self-tests.js';
import type { Session } from './session.js';

/** One thing that the app looked at by itself, and what it found in a sentence. */
export type PreFlightCheck = EntryData<'pre-flight'>['checks'][number];

/** What the two answered before the first browsing. */
export type PreFlightAnswers = Omit<EntryData<'pre-flight'>, 'checks'>;

/** What the checks look at. */
interface Surroundings {
  readonly folder: string;
  readonly ports: Pick<EnginePorts, 'clock' | 'folders' | 'versions'>;
  readonly session: Session;
  readonly open: OpenCase;
  readonly contacts: ContactDetails;
  readonly timeAuthorities: number;
}

/** Below this a long case could fill the disk. */
const ENOUGH_BYTES = 2 * 2 ** 30;
const GIB = 2 ** 30;
const DAY_MS = 86_400_000;
/** A backup that is older than this is named. */
const OLD_BACKUP_DAYS = 30;

const SETTING = 'preFlight';
/** The answers of one case say nothing of another: somebody else may have authorised it. */
const keptSchema = z.strictObject({ case: z.string(), answers: KIND_SCHEMAS['pre-flight'].omit({ checks: true }) });

/** What comes before the first browsing in a case since these two signed in: what the app looks at, what it asks, what it remembers. */
export class PreFlight {
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Whether these two have not answered yet in this case since they signed in. */
  get due(): boolean {
    const { session, open } = this.#around;
    const { record } = open.context;
    const answered = record.state.preFlight?.seq ?? -1;
    return answered < (session.since.get(record.store.id) ?? 0);
  }

  /** What the app looked at just now, and the last answers in this case, to be confirmed; null before the first, and where another case came in between. */
  async read(): Promise<{ readonly checks: readonly PreFlightCheck[]; readonly remembered: PreFlightAnswers | null }> {
    const { session, open } = this.#around;
    const kept = keptSchema.safeParse(await session.vault.setting(SETTING)).data;
    return { checks: await preFlightChecks(this.#around), remembered: kept?.case === open.context.record.store.id ? kept.answers : null };
  }

  /** Writes the answers down beside what the app looks at now, and remembers them for next time. @throws CodedError `case.*`, `vault.*` */
  async add(answers: PreFlightAnswers): Promise<void> {
    await addPreFlight(this.#around.open.context, { checks: [...(await preFlightChecks(this.#around))], ...answers });
    const { session, open } = this.#around;
    await session.vault.putSetting(SETTING, z.record(z.string(), z.json()).parse({ case: open.context.record.store.id, answers }));
  }

  /** @throws CodedError `pre-flight.first` while the answers are due; `case.*` where nobody may browse whatever they answer */
  demandDone(): void {
    demand(this.#around.open.context, 'sitting');
    if (this.due) throw new CodedError('pre-flight.first', 'Answer the questions under “Before you begin” first. Then the browser starts.');
  }
}

/** Looks at what can be looked at without asking anybody; nothing here is refused, only said. */
async function preFlightChecks(around: Surroundings): Promise<readonly PreFlightCheck[]> {
  return [await selfTest(around), versions(around), clock(around), await disk(around), lists(around), numbers(around), backup(around), timeStamps(around)];
}

async function selfTest({ session: { vault } }: Surroundings): Promise<PreFlightCheck> {
  const kept = await keptSelfTest(vault);
  if (kept === null) return { id: 'self-test', state: 'unknown', says: 'The app has not tested itself on this computer.' };
  const at = day(kept.at);
  return kept.failed === 0
    ? { id: 'self-test', state: 'good', says: `The app tested itself on ${at}: ${kept.passed} checks passed.` }
    : { id: 'self-test', state: 'look', says: `The app tested itself on ${at}: ${kept.failed} of ${kept.passed + kept.failed} checks failed. Tell whoever looks after this computer.` };
}

function versions({ ports }: Surroundings): PreFlightCheck {
  return { id: 'versions', state: 'good', says: `${ports.versions.app} with ${ports.versions.browser}.` };
}

function clock({ open, ports, session: { settings } }: Surroundings): PreFlightCheck {
  const known = clockToday(open.context.record.state.clock, ports.clock.now()).offset;
  if (known !== null) {
    const near = Math.abs(known.offsetMs) < 2_000;
    return { id: 'clock', state: near ? 'good' : 'look', says: `The clock was ${(Math.abs(known.offsetMs) / 1_000).toFixed(1)} seconds ${known.offsetMs < 0 ? 'ahead of' : 'behind'} another one on ${day(known.at)}.` };
  }
  if (settings.sntpServer !== null) return { id: 'clock', state: 'unknown', says: `The clock has not been compared today. It is held against ${settings.sntpServer} when the browser starts.` };
  return { id: 'clock', state: 'look', says: 'The clock has not been compared with another one today.' };
}

async function disk({ folder, ports }: Surroundings): Promise<PreFlightCheck> {
  const free = await ports.folders?.list(folder).then((listed) => listed.free, () => null) ?? null;
  if (free === null) return { id: 'disk', state: 'unknown', says: 'How much room is left on the disk is not known.' };
  const left = `${(free / GIB).toFixed(1)} GB are free on the disk`;
  return free >= ENOUGH_BYTES ? { id: 'disk', state: 'good', says: `${left}.` } : { id: 'disk', state: 'look', says: `${left}. Long pages could fill it. Make room first.` };
}

function lists({ session }: Surroundings): PreFlightCheck {
  const all = session.lists.inForce;
  if (all.some(({ damaged }) => damaged)) return { id: 'lists', state: 'look', says: 'A flag list is damaged. Remove it before you browse.' };
  if (all.length === 0) return { id: 'lists', state: 'unknown', says: 'There is no flag list, of what the police or your filter know of: nothing is compared with one.' };
  const values = all.reduce((sum, list) => sum + list.values, 0);
  return { id: 'lists', state: 'good', says: `${all.length} flag ${all.length === 1 ? 'list' : 'lists'} with ${values.toLocaleString('en-GB')} values ${all.length === 1 ? 'is' : 'are'} in force.` };
}

function numbers({ contacts }: Surroundings): PreFlightCheck {
  const missing = missingNumbers(contacts);
  return missing === 0 ? { id: 'contacts', state: 'good', says: 'All numbers to call are filled in.' } : { id: 'contacts', state: 'look', says: `${missing} ${missing === 1 ? 'number' : 'numbers'} to call ${missing === 1 ? 'is' : 'are'} missing in the settings.` };
}

function backup({ session, ports }: Surroundings): PreFlightCheck {
  const { lastBackupAt } = session.admin.kept;
  if (lastBackupAt === null) return { id: 'backup', state: 'look', says: 'No backup has been made.' };
  const days = Math.floor((Date.parse(ports.clock.now()) - Date.parse(lastBackupAt)) / DAY_MS);
  return { id: 'backup', state: days > OLD_BACKUP_DAYS ? 'look' : 'good', says: `The last backup is from ${day(lastBackupAt)}.` };
}

function timeStamps({ timeAuthorities }: Surroundings): PreFlightCheck {
  return timeAuthorities === 0
    ? { id: 'time-stamps', state: 'unknown', says: 'No outside service confirms the times (time stamping). They rest on this computer’s clock and both signatures.' }
    : { id: 'time-stamps', state: 'good', says: `${timeAuthorities === 1 ? 'A time stamping authority confirms' : `${timeAuthorities} time stamping authorities confirm`} when the record was written.` };
}

function day(at: string): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
}
