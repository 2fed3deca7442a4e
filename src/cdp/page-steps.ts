import type { PageStep } from './recorder.js';

/** Steps after which a page stands still again. */
const ENDS: ReadonlySet<PageStep> = new Set<PageStep>(['failed', 'refused', 'in-page', 'stopped']);

/**
 * Knows whether the page in the view is on its way somewhere, and lets callers wait for it to arrive.
 */
export class PageSteps {
  #moving = false;
  #waiting: (() => void)[] = [];

  /** Whether a load has started and not yet ended. */
  get moving(): boolean {
    return this.#moving;
  }

  /** Takes a step as the recorder tells it. */
  take(step: PageStep): void {
    if (step === 'started') this.#moving = true;
    else if (step === 'loaded' || ENDS.has(step)) this.#moving = false;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /**
   * Waits until nothing is on its way, at most `timeoutMs`; whether that was reached. A page that never finishes
   * loading is shown as far as it came, so running out of time is no error.
   */
  async still(timeoutMs: number): Promise<boolean> {
    return this.until(() => !this.#moving, timeoutMs);
  }

  /** Waits until `condition` holds, looking after each step, at most `timeoutMs`; whether it came to hold. */
  async until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
    let late = false;
    let wake: () => void = () => undefined;
    const timer = setTimeout(() => {
      late = true;
      wake();
    }, timeoutMs);
    timer.unref();
    while (!condition() && !late) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        this.#waiting.push(resolve);
      });
    }
    clearTimeout(timer);
    return condition();
  }
}
