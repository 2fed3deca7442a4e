import { CodedError } from '../record/coded-error.js';
import type { CdpSession } from './connection.js';

/** Name that pages' developer tools would show for our world; pages themselves cannot see it. */
const WORLD = 'countersign';

/**
 * Runs small expressions beside a page: they share its document, but none of its script, so that nothing a page has
 * redefined can change what they read. A world lasts as long as its document.
 */
export class IsolatedWorld {
  readonly #session: CdpSession;
  readonly #frameId: string;
  readonly #loaderId: () => string;
  #context: { readonly id: number; readonly loaderId: string } | null = null;

  /** `loaderId` tells which document the frame holds now: a world's number means another one in another process. */
  constructor(session: CdpSession, frameId: string, loaderId: () => string) {
    this.#session = session;
    this.#frameId = frameId;
    this.#loaderId = loaderId;
  }

  /**
   * The value of `fn(...args)`, awaited; `fn` is sent as text, so it must use nothing but its arguments.
   *
   * @throws CodedError `browser.script` when it threw; what {@link CdpSession.send} throws.
   */
  async run<A extends readonly (string | number | boolean | null)[], R>(fn: (...args: A) => R | Promise<R>, args: A, timeoutMs = 30_000): Promise<R> {
    const call = (context: number) =>
      this.#session.send(
        'Runtime.callFunctionOn',
        {
          functionDeclaration: fn.toString(),
          executionContextId: context,
          arguments: args.map((value) => ({ value })),
          awaitPromise: true,
          returnByValue: true,
          silent: true,
        },
        timeoutMs,
      );
    const answer = await call(await this.#world()).catch(async (error: unknown) => {
      // The document has changed since the world was made; another one has its own.
      if (!(error instanceof CodedError) || error.code !== 'browser.refused') throw error;
      this.#context = null;
      return call(await this.#world());
    });
    if (answer.exceptionDetails !== undefined) throw new CodedError('browser.script', 'The page could not be read.', { cause: answer.exceptionDetails.text });
    return answer.result.value as R;
  }

  async #world(): Promise<number> {
    const loaderId = this.#loaderId();
    if (this.#context?.loaderId === loaderId) return this.#context.id;
    const { executionContextId } = await this.#session.send('Page.createIsolatedWorld', { frameId: this.#frameId, worldName: WORLD });
    this.#context = { id: executionContextId, loaderId };
    return executionContextId;
  }
}
