import { CodedError } from '../record/coded-error.js';
import type { Handlers } from '../ipc/dispatch.js';
import type { CallName, EventName } from '../ipc/contract.js';
import type { AppState, PracticeView } from '../ipc/state.js';
import type { App } from './app.js';
import type { EnginePorts, PracticePlace } from './ports.js';

/** The two that practise: made up, as are their passphrases, which stand on the screen. */
const PEOPLE = [
  { name: 'Practice One', position: 'First reviewer', initials: 'PRA', role: 'senior-leader', passphrase: 'practice one' },
  { name: 'Practice Two', position: 'Second reviewer', initials: 'PRB', role: 'senior-leader', passphrase: 'practice two' },
] as const;

/** Instead of numbers: nobody is to be called from a practice. */
const NOBODY = 'PRACTICE: nobody is called';

/** Fast, because the passphrases of a practice protect nothing. */
const PRACTICE_KDF = { algorithm: 'argon2id', memoryKiB: 1_024, passes: 1, lanes: 1 } as const;

const SET_UP = {
  organisation: 'PRACTICE, no real school', computer: { name: 'PRACTICE', location: 'practice room' },
  contacts: { policeForce: NOBODY, safeguardingLead: NOBODY, lado: NOBODY, support: NOBODY, head: NOBODY, chair: NOBODY, hr: NOBODY, chiefExecutive: NOBODY, iwf: NOBODY, ceop: NOBODY },
} as const;

interface Practising {
  readonly app: App;
  readonly place: PracticePlace;
  readonly view: PracticeView;
}

/**
 * The app with a way into a practice and out of it: while somebody practises, every call goes to a second app over a vault of its
 * own, and only its events are heard. The real one stays as it is, and locks by itself when its time is over.
 *
 * @param make builds an app over a vault folder
 */
export function withPractice(real: App, ports: EnginePorts, make: (folder: string, ports: EnginePorts) => Promise<App>): App {
  const listeners = new Set<(name: EventName, value: unknown) => void>();
  let practising: Practising | null = null;
  let busy = false;
  const emit = (name: EventName, value: unknown): void => { for (const listener of listeners) listener(name, value); };
  const told = (state: AppState): AppState => (practising === null ? state : { ...state, practice: practising.view });
  real.onEvent((name, value) => { if (practising === null) emit(name, value); });

  const alone = async (work: () => Promise<void>): Promise<null> => {
    if (busy) throw new CodedError('practice.busy', 'The practice is still being opened or closed. Wait a moment.');
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
    }
    emit('state', await handlers['state.get']());
    return null;
  };
  const start = (): Promise<null> => alone(async () => {
    if (practising !== null) throw new CodedError('practice.started', 'You are practising already.');
    demandFree(await real.handlers['state.get']({}));
    if (ports.practice === undefined) throw new CodedError('practice.none', 'There is no practice here.');
    practising = await begin(ports.practice, ports, make);
    const begun = practising;
    begun.app.onEvent((name, value) => {
      // What it still tells while it is closed would stand there without the word PRACTICE.
      if (practising === begun) emit(name, name === 'state' ? told(value as AppState) : value);
    });
  });
  const end = (): Promise<null> => alone(async () => {
    const ended = practising;
    practising = null;
    if (ended !== null) await leave(ended);
  });
  const forward = (name: CallName): [CallName, (input: never) => Promise<unknown>] => [name, (input) => ((practising?.app ?? real).handlers[name] as (input: never) => Promise<unknown>)(input)];
  const handlers = {
    ...Object.fromEntries((Object.keys(real.handlers) as CallName[]).map(forward)) as unknown as Handlers,
    'state.get': async () => told(await (practising?.app ?? real).handlers['state.get']({})),
    'practice.start': start,
    'practice.end': end,
  };
  return {
    handlers,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async computerLeaves() {
      await Promise.all([practising?.app.computerLeaves(), real.computerLeaves()]);
    },
    offer: (bundle) => { (practising?.app ?? real).offer(bundle); },
    async close() {
      if (practising !== null) await leave(practising);
      await real.close();
    },
  };
}

/** Nobody practises beside an open case, behind a lock, or on a halted computer. */
function demandFree({ screen, crisis }: AppState): void {
  if (crisis !== null) throw new CodedError('computer.halted', 'This computer is halted. Follow the steps on the screen and call the police. There is no practice until then.');
  if (screen === 'locked') throw new CodedError('auth.locked', 'The app is locked. Both of you have to give your passphrases first.');
  if (screen === 'case' || screen === 'halted') throw new CodedError('practice.case-open', 'A case is open. Close it first, then practise.');
}

async function begin(practice: NonNullable<EnginePorts['practice']>, ports: EnginePorts, make: (folder: string, ports: EnginePorts) => Promise<App>): Promise<Practising> {
  const place = await practice.begin();
  try {
    const { selfTest: _selfTest, practice: _practice, timestampAuthority: _authority, sntp: _sntp, ...rest } = ports;
    const app = await make(place.folder, { ...rest, exportFolder: place.exportFolder, practising: true, kdf: PRACTICE_KDF });
    try {
      await app.handlers['set-up']({ ...SET_UP, reviewers: [PEOPLE[0], PEOPLE[1]] });
    } catch (error) {
      await app.close();
      throw error;
    }
    return { app, place, view: { passphrases: PEOPLE.map(({ initials, name, passphrase }) => ({ initials, name, passphrase })), site: place.origin } };
  } catch (error) {
    await place.end();
    throw error;
  }
}

async function leave({ app, place }: Practising): Promise<void> {
  try {
    await app.close();
  } finally {
    await place.end();
  }
}
