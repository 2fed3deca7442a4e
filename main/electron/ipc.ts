import { dispatch, type Handlers } from '../../src/ipc/dispatch.js';
import type { Answer, EventName } from '../../src/ipc/contract.js';
import { createEventPump, type EventPump } from '../ui/event-pump.js';
import { isUiAddress } from './protocol.js';

/** The channel of calls; the preload script knows the same names. */
export const CALL_CHANNEL = 'countersign:call';
/** The channel of events to the screens. */
export const EVENT_CHANNEL = 'countersign:event';
/** The channel on which the screens say that an event was taken. */
export const TAKEN_CHANNEL = 'countersign:taken';

/** The part of a frame that the sender check looks at. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

/** The part of an IPC event that the sender check looks at. */
export interface SenderEvent {
  readonly sender: unknown;
  readonly senderFrame: SenderFrame | null;
}

/**
 * Whether a message comes from the screens: from the app's own window, from its main frame, and from our scheme. An empty
 * address, `about:blank` and a frame that has gone are refused like any other.
 */
export function checkSender(event: SenderEvent, contents: unknown): boolean {
  const frame = event.senderFrame;
  return event.sender === contents && frame !== null && frame.parent === null && isUiAddress(frame.url);
}

/** The part of `ipcMain` that is used. */
export interface CallReceiver {
  handle(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => Promise<unknown>): void;
  on(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => void): unknown;
}

/** The part of the window's `WebContents` that is used. */
export interface ScreenContents {
  send(channel: string, ...args: unknown[]): void;
  isDestroyed(): boolean;
  on(event: 'render-process-gone', listener: () => void): unknown;
  on(event: 'did-start-loading', listener: () => void): unknown;
}

/** What answers and what tells. */
export interface ServedApp {
  readonly handlers: Handlers;
  onEvent(listener: (name: EventName, value: unknown) => void): () => void;
}

const FORGED: Answer<never> = { ok: false, code: 'ipc.forged', sentence: 'Something other than the app’s own screen asked for this. It was refused.' };

/**
 * Serves the screens in `contents`: answers their calls and carries the app's events to them, each after the one before
 * was taken.
 *
 * @param report hears of what was unexpected
 * @returns a function that stops the events
 */
export function serveScreens(ipc: CallReceiver, contents: ScreenContents, app: ServedApp, report: (error: unknown) => void): () => void {
  ipc.handle(CALL_CHANNEL, async (event, name, input) => {
    if (!checkSender(event, contents)) {
      report(new Error('a call that did not come from the screens was refused'));
      return FORGED;
    }
    return dispatch(app.handlers, name, input, report);
  });
  const pump = createAcknowledgedPump(ipc, contents, report);
  return app.onEvent((name, value) => { pump.push(name, value); });
}

function createAcknowledgedPump(ipc: CallReceiver, contents: ScreenContents, report: (error: unknown) => void): EventPump {
  let last = 0;
  const untaken = new Map<number, () => void>();
  const pump = createEventPump((name, value) => {
    if (contents.isDestroyed()) return Promise.resolve();
    last += 1;
    const number = last;
    const taken = new Promise<void>((resolve) => { untaken.set(number, resolve); });
    contents.send(EVENT_CHANNEL, number, name, value);
    return taken;
  }, report);

  ipc.on(TAKEN_CHANNEL, (event, number) => {
    if (!checkSender(event, contents) || typeof number !== 'number') return;
    untaken.get(number)?.();
    untaken.delete(number);
  });
  // A page that has gone takes nothing more; the next one asks for the whole state itself.
  const forget = (): void => {
    pump.clear();
    for (const resolve of untaken.values()) resolve();
    untaken.clear();
  };
  contents.on('render-process-gone', forget);
  contents.on('did-start-loading', forget);
  return pump;
}
