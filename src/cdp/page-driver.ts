import { CodedError, isCoded } from '../record/coded-error.js';
import type { CdpSession } from './connection.js';
import type { Policy } from './facts.js';
import { clickPoint, focusOn, present, scrollPageTo, twoFrames } from './in-page.js';
import { pressKey } from './input.js';
import type { IsolatedWorld } from './isolated-world.js';
import type { PageSteps } from './page-steps.js';
import type { Recorder } from './recorder.js';
import type { RefusalLog } from './refusal-log.js';

/** How long a document may take to arrive, and how long it may then take to finish loading, in milliseconds. */
const ARRIVE_MS = 60_000;
const LOAD_MS = 20_000;
/** How long what the browser has answered may take to be told as an event, in milliseconds. */
const TOLD_MS = 2_000;
/** How often a selector is looked for while it is waited on. */
const LOOK_EVERY_MS = 100;

interface Parts {
  readonly session: CdpSession;
  readonly world: IsolatedWorld;
  readonly recorder: Recorder;
  readonly refusals: RefusalLog;
  readonly steps: PageSteps;
  readonly policy: Policy;
}

/** Drives the one page: what the address line, the buttons and a scenario's steps do. */
export class PageDriver {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Loads `url` as typed by a reviewer, and waits until its document has come and its load event has fired, or 20
   * seconds have passed since it came.
   *
   * @throws CodedError `browser.address-refused` when the policy stopped it, `browser.load-failed` when no document came.
   */
  async goto(url: string): Promise<void> {
    const { policy, refusals } = this.#parts;
    const decision = policy.decideAddress(url, { main: true, cause: 'typed' });
    if (!decision.allow) {
      refusals.refuseNavigation(url, 'typed', decision.what);
      throw new CodedError('browser.address-refused', 'This address cannot be opened here.');
    }
    await this.#open(url, 'typed');
  }

  /** Loads the address of a window that the page asked for; failures are in the record already. */
  async follow(url: string): Promise<void> {
    await this.#open(url, 'popup').catch((error: unknown) => {
      if (!isCoded(error)) throw error;
    });
  }

  async #open(url: string, cause: 'typed' | 'popup'): Promise<void> {
    const { session, recorder, steps } = this.#parts;
    recorder.expect({ cause, url, typed: cause === 'typed' ? url : null });
    try {
      const answer = await session.send('Page.navigate', { url, transitionType: cause === 'typed' ? 'typed' : 'link' }, ARRIVE_MS);
      if (answer.errorText !== undefined) throw this.#noDocument(answer.errorText);
      // The answer may come before the browser tells of the document itself. A fragment of the same document has no loader.
      if (answer.loaderId !== undefined) await steps.until(() => recorder.current?.loaderId === answer.loaderId, TOLD_MS);
    } finally {
      recorder.forget();
    }
    await steps.still(LOAD_MS);
  }

  #noDocument(errorText: string): CodedError {
    if (errorText === 'net::ERR_ABORTED') return new CodedError('browser.address-refused', 'This address did not lead to a page. The page before it is still shown.', { cause: errorText });
    return new CodedError('browser.load-failed', 'The page could not be loaded.', { cause: errorText });
  }

  /** One page back. @throws CodedError `browser.no-history` when there is none. */
  async back(): Promise<void> {
    await this.#inHistory(-1);
  }

  /** One page forward. @throws CodedError `browser.no-history` when there is none. */
  async forward(): Promise<void> {
    await this.#inHistory(1);
  }

  async #inHistory(by: -1 | 1): Promise<void> {
    const { session } = this.#parts;
    const { currentIndex, entries } = await session.send('Page.getNavigationHistory');
    const entry = entries[currentIndex + by];
    // The empty page that every view begins with is nothing to go back to.
    if (entry === undefined || entry.url === 'about:blank') throw new CodedError('browser.no-history', by < 0 ? 'There is no page to go back to.' : 'There is no page to go forward to.');
    await this.#moved(() => session.send('Page.navigateToHistoryEntry', { entryId: entry.id }));
  }

  /** Loads the page again. */
  async reload(): Promise<void> {
    await this.#moved(() => this.#parts.session.send('Page.reload', {}));
  }

  /** Sends a command that makes the page move, and waits until it stands again. */
  async #moved(command: () => Promise<unknown>): Promise<void> {
    const { recorder, steps } = this.#parts;
    const before = recorder.current;
    let started = false;
    await command();
    await steps.until(() => (started ||= steps.moving || recorder.current !== before), TOLD_MS);
    await steps.still(LOAD_MS);
  }

  /** Stops what is loading; what has come is shown. */
  async stopLoading(): Promise<void> {
    const { session, steps } = this.#parts;
    await session.send('Page.stopLoading').catch(async (error: unknown) => {
      // At the moment at which one document takes another's place the browser refuses; right after, it does not.
      if (!isCoded(error, 'browser.refused')) throw error;
      await steps.until(() => false, LOOK_EVERY_MS);
      await session.send('Page.stopLoading');
    });
  }

  /** Clicks the first element that fits, in its middle, and waits for what the click sets off. @throws CodedError `browser.not-found`. */
  async click(selector: string): Promise<void> {
    const { session, world } = this.#parts;
    const point = await world.run(clickPoint, [selector]).catch(badSelector);
    if (point === null) throw notFound();
    const mouse = { ...point, button: 'left', clickCount: 1 } as const;
    await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...point });
    await session.send('Input.dispatchMouseEvent', { type: 'mousePressed', buttons: 1, ...mouse });
    await session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', buttons: 0, ...mouse });
    await this.settle();
  }

  /** Types into the first element that fits; a line break is the Enter key. @throws CodedError `browser.not-found`. */
  async type(selector: string, text: string): Promise<void> {
    const { session, world } = this.#parts;
    if (!(await world.run(focusOn, [selector]).catch(badSelector))) throw notFound();
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) await pressKey(session, 'Enter');
      if (part !== '') await session.send('Input.insertText', { text: part });
    }
    await this.settle();
  }

  /** Scrolls so that row `y` of the page is at the top of the view. */
  async scrollTo(y: number): Promise<void> {
    await this.#parts.world.run(scrollPageTo, [0, y]);
  }

  /** Waits until an element fits. @throws CodedError `browser.not-found` when none does within `timeoutMs`. */
  async waitForSelector(selector: string, timeoutMs: number): Promise<void> {
    const { world, steps } = this.#parts;
    const until = performance.now() + timeoutMs;
    for (;;) {
      const found = await world.run(present, [selector]).catch((error: unknown) => (isCoded(error, 'browser.refused') ? false : badSelector(error)));
      if (found) return;
      if (performance.now() >= until) throw notFound();
      await steps.until(() => false, LOOK_EVERY_MS);
    }
  }

  /** Waits for what an action may have set off: two frames, and then any load that started, at most 20 seconds. */
  async settle(): Promise<void> {
    const { world, steps } = this.#parts;
    // A page on its way out answers with an error, which is as good as a frame.
    await world.run(twoFrames, [], 2_000).catch(() => undefined);
    await steps.still(LOAD_MS);
  }
}

function notFound(): CodedError {
  return new CodedError('browser.not-found', 'The page has no such element, or it cannot be seen.');
}

function badSelector(error: unknown): never {
  throw isCoded(error, 'browser.script') ? new CodedError('browser.bad-selector', 'This is not a way to name an element of a page.', { cause: error }) : error;
}
