import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.js';
import { CodedError } from '../record/coded-error.js';
import type { CdpTransport } from './transport.js';

/** Name of a command of the protocol, such as `Page.navigate`. */
export type Method = keyof ProtocolMapping.Commands;
/** What a command takes. */
export type Params<M extends Method> = ProtocolMapping.Commands[M]['paramsType'][0];
/** What a command answers. */
export type Answer<M extends Method> = ProtocolMapping.Commands[M]['returnType'];
/** Name of an event of the protocol, such as `Page.frameNavigated`. */
export type EventName = keyof ProtocolMapping.Events;
/** What an event carries. */
export type EventParams<E extends EventName> = ProtocolMapping.Events[E][0];

/** One event as it came, with the session that it came from (null: the browser itself). */
export interface CdpEvent {
  readonly session: CdpSession;
  readonly method: string;
  readonly params: unknown;
}

/** How long a command may take before it counts as unanswered, in milliseconds. */
const DEFAULT_TIMEOUT_MS = 30_000;

interface Waiting {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: CodedError) => void;
  readonly timer: NodeJS.Timeout;
}

interface Incoming {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message?: unknown };
  readonly sessionId?: unknown;
}

/** One DevTools session: the browser's own (`id` null) or that of an attached target. */
export class CdpSession {
  readonly id: string | null;
  readonly #connection: CdpConnection;

  constructor(connection: CdpConnection, id: string | null) {
    this.#connection = connection;
    this.id = id;
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @throws CodedError `browser.closed` when the browser or the target is gone, `browser.no-answer` after `timeoutMs`
   * milliseconds, `browser.refused` when the browser answers with an error.
   */
  send<M extends Method>(method: M, params?: Params<M>, timeoutMs: number = DEFAULT_TIMEOUT_MS): Promise<Answer<M>> {
    return this.#connection.command(this.id, method, params, timeoutMs) as Promise<Answer<M>>;
  }

  /** Sends a command whose failure means nothing to the caller, such as one to a target that may be gone by now. */
  tell<M extends Method>(method: M, params?: Params<M>): void {
    this.send(method, params).catch(() => undefined);
  }
}

/**
 * The browser's DevTools over one transport, with "flattened" sessions: the session's identifier stands in each
 * message. Events are handed, in order, to one listener.
 */
export class CdpConnection {
  readonly root: CdpSession;
  readonly #transport: CdpTransport;
  readonly #sessions = new Map<string, CdpSession>();
  readonly #waiting = new Map<number, Waiting & { readonly sessionId: string | null }>();
  #nextId = 1;
  #closed = false;
  #listener: (event: CdpEvent) => void = () => undefined;
  #closeListener: () => void = () => undefined;

  constructor(transport: CdpTransport) {
    this.#transport = transport;
    this.root = new CdpSession(this, null);
    transport.onMessage((message) => this.#receive(message));
    transport.onClose(() => this.#ended());
  }

  /** Whether the browser is gone. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Sets who is told of each event, in the order in which they happened. */
  onEvent(listener: (event: CdpEvent) => void): void {
    this.#listener = listener;
  }

  /** Sets who is told, once, that the browser is gone. */
  onClose(listener: () => void): void {
    this.#closeListener = listener;
    if (this.#closed) listener();
  }

  /** The session of that identifier; the same object each time until {@link forget}. */
  session(id: string): CdpSession {
    const known = this.#sessions.get(id);
    if (known !== undefined) return known;
    const session = new CdpSession(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  /** Drops a session whose target is gone; commands that wait on it fail with `browser.closed`. */
  forget(id: string): void {
    this.#sessions.delete(id);
    for (const [key, waiting] of this.#waiting) if (waiting.sessionId === id) this.#settle(key)?.reject(closedError());
  }

  /** See {@link CdpSession.send}. */
  command(sessionId: string | null, method: string, params: unknown, timeoutMs: number): Promise<unknown> {
    if (this.#closed) return Promise.reject(closedError());
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new CodedError('browser.no-answer', 'The browser did not answer in time.', { where: method }));
      }, timeoutMs);
      timer.unref();
      this.#waiting.set(id, { method, resolve, reject, timer, sessionId });
      this.#transport.send(JSON.stringify({ id, method, params: params ?? {}, ...(sessionId === null ? {} : { sessionId }) }));
    });
  }

  /** Closes the transport; everything that waits fails with `browser.closed`. */
  close(): void {
    this.#transport.close();
  }

  #receive(text: string): void {
    const message = parse(text);
    // The pipe carries the browser's own messages; one that is not JSON means that the stream is no longer ours to read.
    if (message === null) return this.close();
    const sessionId = typeof message.sessionId === 'string' ? message.sessionId : null;
    if (typeof message.id === 'number') return this.#answered(message.id, message);
    if (typeof message.method !== 'string') return;
    this.#listener({ session: sessionId === null ? this.root : this.session(sessionId), method: message.method, params: message.params });
    if (message.method === 'Target.detachedFromTarget') {
      const gone = (message.params as { sessionId?: unknown } | undefined)?.sessionId;
      if (typeof gone === 'string') this.forget(gone);
    }
  }

  #answered(id: number, message: Incoming): void {
    const waiting = this.#settle(id);
    if (waiting === undefined) return;
    if (message.error === undefined) return waiting.resolve(message.result);
    const cause = typeof message.error.message === 'string' ? message.error.message : 'no reason given';
    waiting.reject(new CodedError('browser.refused', 'The browser could not do that.', { where: waiting.method, cause }));
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return undefined;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    return waiting;
  }

  #ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(closedError());
    this.#closeListener();
  }
}

function closedError(): CodedError {
  return new CodedError('browser.closed', 'The browser that shows the page is no longer running.');
}

function parse(text: string): Incoming | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value) : null;
  } catch {
    return null;
  }
}

/** Narrows an event to one name; its parameters are then those of the protocol, which the browser itself vouches for. */
export function isEvent<E extends EventName>(event: CdpEvent, method: E): event is CdpEvent & { readonly params: EventParams<E> } {
  return event.method === method;
}
