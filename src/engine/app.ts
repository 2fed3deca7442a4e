import type { Handlers } from '../ipc/dispatch.js';
import type { EventName } from '../ipc/contract.js';
import type { CaseView } from '../ipc/case-view.js';
import type { AppState } from '../ipc/state.js';
import { CodedError } from '../record/coded-error.js';
import { readSetUpDraft } from '../vault/set-up-draft.js';
import { browseHandlers, captureHandlers } from './app-browsing.js';
import { CaseCalls } from './app-cases.js';
import { closingHandlers } from './app-closing.js';
import { disclosureHandlers } from './app-disclosure.js';
import { entranceHandlers } from './app-entrance.js';
import { listHandlers } from './app-lists.js';
import { registerHandlers } from './app-register.js';
import { reviewerHandlers } from './app-reviewers.js';
import { Shown } from './app-shown.js';
import { guarded, sittingHandlers } from './app-sitting.js';
import { appState } from './app-state.js';
import { verifyHandlers } from './app-verify.js';
import { BundleChecks, type BundleOpener, type OfferedBundle } from './bundle-checks.js';
import { Engine } from './engine.js';
import type { EnginePorts } from './ports.js';
import { withPractice } from './practice.js';

/** The app as a host runs it: calls in, events out. */
export interface App {
  readonly handlers: Handlers;
  /** Hears every event; gives a function that stops listening. */
  onEvent(listener: (name: EventName, value: unknown) => void): () => void;
  /** The computer goes to sleep, shuts down, or somebody locked its screen: the app locks too. Never throws. */
  computerLeaves(): Promise<void>;
  /** The app was opened with a bundle: the screens offer to check it. */
  offer(bundle: OfferedBundle): void;
  close(): Promise<void>;
}

/** What the parts of the app share. */
export interface AppContext {
  readonly engine: Engine;
  readonly ports: EnginePorts;
  readonly exports: CaseView['exports'][number][];
  /** Sends the state soon; many changes in a row are sent once. */
  changed(): void;
}

/** How often it is looked whether anybody is still there. */
const TICK_MS = 1_000;

/** Builds the app over a vault folder. @throws CodedError `vault.*` when the folder cannot be used */
export async function createApp(folder: string, exists: boolean, ports: EnginePorts, openBundle: BundleOpener): Promise<App> {
  const real = await createVaultApp(folder, exists, ports, openBundle);
  await ports.practice?.sweep();
  return ports.practice === undefined ? real : withPractice(real, ports, (place, practisePorts) => createVaultApp(place, false, practisePorts, openBundle));
}

async function createVaultApp(folder: string, exists: boolean, ports: EnginePorts, openBundle: BundleOpener): Promise<App> {
  const shown = new Shown(snapshot, exists ? null : await readSetUpDraft(folder));
  const checks = new BundleChecks(ports, openBundle, (step, done, total) => { shown.setProgress({ task: 'verify', step, done, total, canCancel: true }); });
  const engine = await Engine.start(folder, exists, ports, shown.announcer);
  const context: AppContext = { engine, ports, exports: shown.exports, changed: () => { shown.changed(); } };
  function snapshot(): AppState {
    const { progress, alert, exports, farewell, draft } = shown;
    return appState(engine, { versions: ports.versions, progress, alert, exports, farewell, draft, offered: checks.offered, now: ports.clock.now() });
  }
  const cases = new CaseCalls(context, shown);
  const handlers: Handlers = {
    ...entranceHandlers(context, shown, folder, cases),
    ...cases.handlers,
    ...browseHandlers(context),
    ...captureHandlers(context),
    ...closingHandlers(context),
    ...disclosureHandlers(context),
    ...sittingHandlers(context),
    ...reviewerHandlers(context),
    ...registerHandlers(context),
    ...listHandlers(context, (next) => { shown.setProgress(next); }),
    ...verifyHandlers(context, shown, checks),
    'state.get': () => Promise.resolve(snapshot()),
    'practice.start': () => Promise.reject(noPractice()),
    'practice.end': () => Promise.reject(noPractice()),
    'alert.dismiss': () => {
      shown.setAlert(null);
      return Promise.resolve(null);
    },
    'work.cancel': () => {
      engine.case?.cancelWork();
      engine.register.work.cancel();
      checks.cancelAll();
      if (engine.signedIn !== null) engine.flagLists.cancel(null);
      return Promise.resolve(shown.done());
    },
  };
  const ticking = setInterval(() => void engine.tick(), TICK_MS);
  ticking.unref();
  return {
    handlers: guarded(handlers, engine),
    onEvent: (listener) => shown.onEvent(listener),
    computerLeaves: () => engine.lock('computer'),
    offer(bundle) {
      checks.offer(bundle);
      shown.changed();
    },
    async close() {
      clearInterval(ticking);
      checks.cancelAll();
      engine.register.work.cancel();
      await engine.close();
    },
  };
}

function noPractice(): CodedError {
  return new CodedError('practice.none', 'There is no practice here.');
}
