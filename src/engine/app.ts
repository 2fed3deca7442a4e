import { randomInt } from 'node:crypto';
import { CodedError } from '../record/coded-error.js';
import type { Handlers } from '../ipc/dispatch.js';
import type { EventName, Events } from '../ipc/contract.js';
import type { AppState, CaseView, Progress, RecordItem, SetUpDraftView } from '../ipc/state.js';
import type { Announcer } from './case-context.js';
import type { CaseRecord } from './case-record.js';
import { appState, recordItem } from './app-state.js';
import { browseHandlers, captureHandlers } from './app-browsing.js';
import { closingHandlers } from './app-closing.js';
import { disclosureHandlers } from './app-disclosure.js';
import { registerHandlers } from './app-register.js';
import { reviewerHandlers } from './app-reviewers.js';
import { listHandlers } from './app-lists.js';
import { guarded, sittingHandlers } from './app-sitting.js';
import { Engine } from './engine.js';
import { suggestPassphrase } from './passphrases.js';
import type { EnginePorts } from './ports.js';
import { readSetUpDraft, removeSetUpDraft, writeSetUpDraft } from '../vault/set-up-draft.js';
import { entryView } from './entry-facts.js';
import { withPractice } from './practice.js';
import { saveVerifyPage } from './verify-page.js';
import { BundleChecks, type BundleOpener, type OfferedBundle } from './bundle-checks.js';

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
  const listeners = new Set<(name: EventName, value: unknown) => void>();
  const emit = <N extends EventName>(name: N, value: Events[N]): void => {
    for (const listener of listeners) listener(name, value);
  };
  let progress: Progress | null = null;
  let alert: AppState['alert'] = null;
  let queued = false;
  let farewell: AppState['farewell'] = null;
  let draft: SetUpDraftView | null = exists ? null : await readSetUpDraft(folder);
  const exports: CaseView['exports'][number][] = [];
  const snapshot = (): AppState => appState(engine, { versions: ports.versions, progress, alert, exports, farewell, draft, offered: checks.offered, now: ports.clock.now() });
  const changed = (): void => {
    if (queued) return;
    queued = true;
    setImmediate(() => {
      queued = false;
      emit('state', snapshot());
    });
  };
  const setProgress = (next: Progress | null): void => {
    progress = next;
    emit('progress', next);
  };
  const announce: Announcer = {
    changed,
    blank: () => emit('blank', {}),
    frame: (mediaType, data) => emit('frame', { mediaType, base64: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') }),
    progress: (task, step, done, total, canCancel) => setProgress({ task, step, done, total, canCancel }),
    progressDone: () => setProgress(null),
    alert: (code, sentence) => {
      alert = { code, sentence };
      changed();
    },
  };
  const engine = await Engine.start(folder, exists, ports, announce);
  const context: AppContext = { engine, ports, exports, changed };
  const checks = new BundleChecks(ports, openBundle, (step, done, total) => setProgress({ task: 'verify', step, done, total, canCancel: true }));
  const done = (): null => {
    changed();
    return null;
  };
  /** Lines reach the screen as they are stored, for the one case that is open. */
  let followed: CaseRecord | null = null;
  const follow = (): null => {
    const { record } = engine.openedCase.context;
    if (followed === record) return done();
    followed = record;
    record.onEntry((entry) => {
      // What is written while the app locks is read when both are back.
      if (engine.lockView === null) emit('entries', { items: [recordItem(entry)] });
      changed();
    });
    return done();
  };
  const handlers: Handlers = {
    ...browseHandlers(context),
    ...captureHandlers(context),
    ...closingHandlers(context),
    ...disclosureHandlers(context),
    ...sittingHandlers(context),
    ...reviewerHandlers(context),
    ...registerHandlers(context),
    ...listHandlers(context, setProgress),
    'state.get': () => Promise.resolve(snapshot()),
    'practice.start': () => Promise.reject(noPractice()),
    'practice.end': () => Promise.reject(noPractice()),
    'alert.dismiss': () => {
      alert = null;
      return Promise.resolve(done());
    },
    'work.cancel': () => {
      engine.case?.cancelWork();
      engine.register.work.cancel();
      checks.cancelAll();
      if (engine.signedIn !== null) engine.flagLists.cancel(null);
      return Promise.resolve(done());
    },
    'passphrase.suggest': ({ own }) => Promise.resolve({ words: suggestPassphrase(4, randomInt, own) }),
    'set-up': async (details) => {
      setProgress({ task: 'set-up', step: 'Making the keys', done: 0, total: 0, canCancel: false });
      try {
        await engine.setUp(details);
        draft = null;
        await removeSetUpDraft(folder);
      } finally {
        setProgress(null);
      }
      return done();
    },
    'set-up.draft': async ({ draft: kept }) => {
      if (engine.installation !== null) throw new CodedError('set-up.done', 'This computer has been set up already. Sign in instead.');
      if (kept === null) await removeSetUpDraft(folder);
      else await writeSetUpDraft(folder, kept);
      draft = kept;
      return done();
    },
    'set-up.skip': async ({ steps }) => {
      if (engine.admin === null) throw new CodedError('auth.not-signed-in', 'Two people have to sign in first.');
      await engine.admin.saveSkipped(steps);
      return done();
    },
    'contacts.save': async (contacts) => {
      await engine.saveContacts(contacts);
      return done();
    },
    'sign-in': async ({ first, second }) => {
      setProgress({ task: 'sign-in', step: 'Checking both passphrases', done: 0, total: 0, canCancel: false });
      farewell = null;
      try {
        await engine.signIn(first, second);
        if (engine.haltedCase !== null) {
          await engine.showCase(engine.haltedCase.id);
          follow();
        }
      } finally {
        setProgress(null);
      }
      return done();
    },
    resume: async ({ first, second }) => {
      setProgress({ task: 'sign-in', step: 'Checking both passphrases', done: 0, total: 0, canCancel: false });
      try {
        await engine.resume(first, second);
      } finally {
        setProgress(null);
      }
      return engine.case === null ? done() : follow();
    },
    'sign-out.read': async () => {
      const cases = await engine.prepareSignOut();
      exports.length = 0;
      done();
      return { cases };
    },
    'sign-out': async ({ signatures }) => {
      const cases = await engine.signOut(signatures === null ? null : [signatures.first, signatures.second]);
      exports.length = 0;
      farewell = cases.length === 0 ? null : cases;
      done();
      return { cases };
    },
    'farewell.done': () => {
      farewell = null;
      return Promise.resolve(done());
    },
    'case.open': async (opening) => {
      const id = await engine.openCase(opening);
      follow();
      return { id };
    },
    'case.show': async ({ id }) => {
      await engine.showCase(id);
      return follow();
    },
    'case.close': async () => {
      await engine.closeCase();
      exports.length = 0;
      return done();
    },
    'record.entry': ({ seq }) => {
      const entry = engine.openedCase.context.record.entries[seq];
      if (entry === undefined) return Promise.reject(new CodedError('record.no-entry', 'There is no such entry in this case.'));
      return Promise.resolve(entryView(entry, ports.sha256));
    },
    'record.list': ({ from, count }) => Promise.resolve(listRecord(engine, from, count)),
    'verify.begin': ({ name, size }) => checks.begin(name, size),
    'verify.piece': async ({ id, base64 }) => {
      await checks.piece(id, base64);
      return null;
    },
    'verify.finish': async ({ id, passphrase, root }) => {
      try {
        return await checks.finish(id, passphrase, root, engine.installation?.rootFingerprint ?? null, engine.ownRecords);
      } finally {
        setProgress(null);
      }
    },
    'verify.offered': async ({ id, passphrase, root }) => {
      try {
        return await checks.checkOffered(id, { passphrase, root, own: engine.installation?.rootFingerprint ?? null, ownRecords: engine.ownRecords });
      } finally {
        setProgress(null);
      }
    },
    'verify.page': () => saveVerifyPage(ports.verifyPage, ports.exportFolder),
    'verify.cancel': async ({ id }) => {
      await checks.cancel(id);
      return done();
    },
  };
  const ticking = setInterval(() => void engine.tick(), TICK_MS);
  ticking.unref();
  return {
    handlers: guarded(handlers, engine),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    computerLeaves: () => engine.lock('computer'),
    offer(bundle) {
      checks.offer(bundle);
      changed();
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

function listRecord(engine: Engine, from: number, count: number): { items: RecordItem[]; total: number } {
  if (engine.case === null) throw new CodedError('case.none-open', 'No case is open. Open one first.');
  const { entries } = engine.case.context.record;
  return { items: entries.slice(from, from + count).map(recordItem), total: entries.length };
}
