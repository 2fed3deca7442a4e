import { z } from 'zod';
import type { Protocol } from 'devtools-protocol';
import type { EventName } from '../../src/ipc/contract.js';
import { dispatch, type Handlers } from '../../src/ipc/dispatch.js';
import type { CdpSession } from '../../src/cdp/connection.js';
import { APP_ORIGIN } from './app-window-flags.js';

/** Longest call, in UTF-16 code units: one piece of a bundle to verify, and room around it. */
export const MAX_CALL = 4 * 2 ** 20;

const envelope = z.strictObject({ id: z.int().min(1), name: z.string().max(100), input: z.unknown() });

/** The host's half of the bridge: takes calls from the screens, gives answers and events back. */
export class Calls {
  readonly #session: CdpSession;
  readonly #names: { readonly binding: string; readonly deliver: string };
  readonly #handlers: Handlers;
  readonly #report: (error: unknown) => void;
  #mainFrame: string;
  /** Execution context of the screens' own script; null while there is none. The second name is never given twice. */
  #context: { readonly id: number; readonly uniqueId: string } | null = null;

  /**
   * @param mainFrame identifier of the window's main frame
   * @param names of the binding and of the page's deliver function
   * @param report hears of forged calls and of what was unexpected
   */
  constructor(session: CdpSession, mainFrame: string, names: { readonly binding: string; readonly deliver: string }, handlers: Handlers, report: (error: unknown) => void) {
    this.#session = session;
    this.#mainFrame = mainFrame;
    this.#names = names;
    this.#handlers = handlers;
    this.#report = report;
  }

  /** A context came up: the screens' one is the main world of the main frame, on our origin. */
  contextCreated(context: Protocol.Runtime.ExecutionContextDescription): void {
    const about = z.object({ isDefault: z.boolean(), frameId: z.string() }).safeParse(context.auxData);
    if (about.success && about.data.isDefault && about.data.frameId === this.#mainFrame && context.origin === APP_ORIGIN) this.#context = context;
  }

  contextDestroyed(uniqueId: string): void {
    if (this.#context?.uniqueId === uniqueId) this.#context = null;
  }

  contextsCleared(): void {
    this.#context = null;
  }

  mainFrameNavigated(frameId: string): void {
    this.#mainFrame = frameId;
  }

  /** Answers one call, or reports it when it does not come from the screens' own script. */
  async called(event: Protocol.Runtime.BindingCalledEvent): Promise<void> {
    if (event.name !== this.#names.binding || event.executionContextId !== this.#context?.id || event.payload.length > MAX_CALL) {
      this.#report(new Error('a call that did not come from the screens was refused'));
      return;
    }
    const call = envelope.safeParse(parse(event.payload));
    if (!call.success) {
      this.#report(new Error('a call that cannot be read was refused'));
      return;
    }
    const { id, name, input } = call.data;
    const answer = await dispatch(this.#handlers, name, input, this.#report);
    await this.#deliver({ id, answer }).catch(this.#report);
  }

  /** Hands an event to the page; settles once its listeners have run, or at once when there is no page. */
  async event(name: EventName, value: unknown): Promise<void> {
    await this.#deliver({ event: name, value });
  }

  async #deliver(message: unknown): Promise<void> {
    const context = this.#context;
    if (context === null) return;
    const sent = this.#session.send('Runtime.callFunctionOn', {
      functionDeclaration: `function (text) { globalThis[${JSON.stringify(this.#names.deliver)}](text); }`,
      uniqueContextId: context.uniqueId,
      arguments: [{ value: JSON.stringify(message) }],
    });
    const result = await sent.catch((error: unknown) => {
      // The page that was to hear this is gone; the next one asks for the whole state itself.
      if (this.#context !== context) return null;
      throw error;
    });
    if (result?.exceptionDetails !== undefined) throw new Error(`the screens could not take a message: ${result.exceptionDetails.text}`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
