import { randomBytes } from 'node:crypto';
import type { Protocol } from 'devtools-protocol';
import { CodedError } from '../../src/record/coded-error.js';
import { isEvent, type CdpConnection, type CdpEvent, type CdpSession } from '../../src/cdp/connection.js';
import type { EventName } from '../../src/ipc/contract.js';
import type { Handlers } from '../../src/ipc/dispatch.js';
import { createEventPump } from '../ui/event-pump.js';
import type { UiFiles } from '../ui/ui-files.js';
import { Calls, MAX_CALL } from './app-window-calls.js';
import { createFileServer, type FileServer } from './app-window-files.js';
import { APP_ADDRESS, APP_ORIGIN } from './app-window-flags.js';
import { WindowGuard } from './app-window-guard.js';
import { pageBridgeScript } from './app-window-page.js';

/** How long each step of opening the window may take, in milliseconds. */
const OPEN_MS = 60_000;
/** How long the window's own first attempt to load may take before it is told to try again, in milliseconds; each later attempt may take twice as long. */
const FIRST_TRY_MS = 200;

/** What the window shows and what answers it. */
export interface ScreensOptions {
  /** The built screens. */
  readonly files: UiFiles;
  readonly app: {
    readonly handlers: Handlers;
    onEvent(listener: (name: EventName, value: unknown) => void): () => void;
  };
  /** Hears of what was refused in the window and of errors in its page; for the developer, never for a user. */
  readonly report: (error: unknown) => void;
}

/** The screens in a browser that is already running. */
export interface Screens {
  /** Resolves once the window is gone: closed by a person, or the browser ended. */
  readonly gone: Promise<void>;
  /** Session of the window's page; for tests, which drive the window as a person would. */
  readonly session: CdpSession;
}

/**
 * Shows the screens in the one window of a browser that was started with `appWindowFlags`, and serves them until the window
 * is gone.
 *
 * @throws CodedError `app.screens-missing` when `files` has no start page, `machine.window-failed` when no window came up
 */
export async function showScreens(connection: CdpConnection, options: ScreensOptions): Promise<Screens> {
  // First of all, in the same breath: the browser holds its first request until the interception answers it.
  const server = createFileServer(options.files, (url) => { options.report(new Error(`a request to the network was refused: ${url}`)); });
  const events = new Fanout(connection);
  events.add((event) => {
    if (isEvent(event, 'Fetch.requestPaused')) void server.answer(event.session, event.params);
  });
  const intercepted = connection.root.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  if ((await options.files('/')) === null) throw new CodedError('app.screens-missing', 'The app’s screens are not here. Install the app again, or run “npm run setup”.');
  await intercepted;

  const { info, session } = await attach(connection, events, server);
  let lose = (): void => undefined;
  const lost = new Promise<void>((resolve) => { lose = resolve; });
  const guard = new WindowGuard(connection.root, session, info.targetId, { report: options.report, lost: lose });
  await guard.install();
  events.add((event) => { guard.take(event); });
  events.add((event) => { reportErrors(event, session, options.report); });
  events.add((event) => {
    if (isEvent(event, 'Target.targetDestroyed') && event.params.targetId === info.targetId) lose();
  });
  connection.onClose(lose);

  const calls = await bridge(connection, session, events, options);
  const pump = createEventPump((name, value) => calls.event(name, value), options.report);
  const deaf = options.app.onEvent((name, value) => { pump.push(name, value); });
  const gone = lost.then(() => {
    deaf();
    pump.clear();
  });
  server.open();
  await load(session, events, gone);
  return { gone, session };
}

/** Hands each event of the connection to several listeners, in the order in which they were added. */
class Fanout {
  readonly #listeners = new Set<(event: CdpEvent) => void>();

  constructor(connection: CdpConnection) {
    connection.onEvent((event) => {
      for (const listener of [...this.#listeners]) listener(event);
    });
  }

  add(listener: (event: CdpEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /** The first event that `pick` gives something for. */
  next<T>(pick: (event: CdpEvent) => T | null): Promise<T> {
    return new Promise((resolve) => {
      const remove = this.add((event) => {
        const picked = pick(event);
        if (picked === null) return;
        remove();
        resolve(picked);
      });
    });
  }
}

/**
 * Attaches to the window's page once it shows the blank page: before its first document is there, a page answers some
 * commands with an error and others never.
 */
async function attach(connection: CdpConnection, events: Fanout, server: FileServer): Promise<{ info: Protocol.Target.TargetInfo; session: CdpSession }> {
  const { root } = connection;
  const created = events.next((event) => (isEvent(event, 'Target.targetCreated') && event.params.targetInfo.type === 'page' ? event.params.targetInfo : null));
  const ended = new Promise<never>((_resolve, reject) => { connection.onClose(() => { reject(windowFailed()); }); });
  await root.send('Target.setDiscoverTargets', { discover: true });
  const info = await within(OPEN_MS, Promise.race([created, ended]));
  const { sessionId } = await root.send('Target.attachToTarget', { targetId: info.targetId, flatten: true });
  const session = connection.session(sessionId);
  const shown = server.blankShown.then(() => true);
  for (let patience = FIRST_TRY_MS; !(await Promise.race([shown, ended, after(patience)])); patience *= 2) {
    if (patience > OPEN_MS) throw windowFailed();
    // On a busy computer the window's own first attempt comes before the interception, and shows that it has found nothing.
    session.tell('Page.navigate', { url: APP_ADDRESS });
  }
  return { info, session };
}

async function bridge(connection: CdpConnection, session: CdpSession, events: Fanout, options: ScreensOptions): Promise<Calls> {
  // Names that no script can guess; the page's half takes the binding away before any script of the page runs.
  const names = { binding: `call${randomBytes(16).toString('hex')}`, deliver: `deliver${randomBytes(16).toString('hex')}` };
  await session.send('Page.enable');
  const { frameTree } = await session.send('Page.getFrameTree');
  const calls = new Calls(session, frameTree.frame.id, names, options.app.handlers, options.report);
  events.add((event) => {
    if (event.session !== session || connection.closed) return;
    if (isEvent(event, 'Runtime.executionContextCreated')) calls.contextCreated(event.params.context);
    if (isEvent(event, 'Runtime.executionContextDestroyed')) calls.contextDestroyed(event.params.executionContextUniqueId);
    if (isEvent(event, 'Runtime.executionContextsCleared')) calls.contextsCleared();
    if (isEvent(event, 'Page.frameNavigated') && event.params.frame.parentId === undefined) calls.mainFrameNavigated(event.params.frame.id);
    if (isEvent(event, 'Runtime.bindingCalled')) void calls.called(event.params);
  });
  await session.send('Runtime.enable');
  await session.send('Log.enable');
  await session.send('Runtime.addBinding', { name: names.binding });
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageBridgeScript({ ...names, origin: APP_ORIGIN, maxCall: MAX_CALL }) });
  return calls;
}

async function load(session: CdpSession, events: Fanout, gone: Promise<void>): Promise<void> {
  const loaded = events.next((event) => (event.session === session && isEvent(event, 'Page.loadEventFired') ? true : null));
  await session.send('Page.navigate', { url: APP_ADDRESS });
  if (!(await within(OPEN_MS, Promise.race([loaded, gone.then(() => false)])))) throw windowFailed();
  // Nothing to go back to: the blank page that stood here first is no screen.
  await session.send('Page.resetNavigationHistory');
}

function reportErrors(event: CdpEvent, session: CdpSession, report: (error: unknown) => void): void {
  if (event.session !== session) return;
  if (isEvent(event, 'Runtime.exceptionThrown')) {
    const { exceptionDetails: details } = event.params;
    report(new Error(`uncaught in the window’s page: ${details.exception?.description ?? details.text}`));
  }
  if (isEvent(event, 'Log.entryAdded') && event.params.entry.level === 'error') report(new Error(`in the window’s page: ${event.params.entry.text}`));
}

async function within<T>(limit: number, promise: Promise<T>): Promise<T> {
  const outcome = await Promise.race([promise.then((value) => ({ value })), after(limit)]);
  if (outcome === false) throw windowFailed();
  return outcome.value;
}

/** False, after a time. */
function after(limit: number): Promise<false> {
  return new Promise((resolve) => { setTimeout(() => { resolve(false); }, limit).unref(); });
}

function windowFailed(): CodedError {
  return new CodedError('machine.window-failed', 'The app’s window could not be opened. Close other programs and start the app again.');
}
