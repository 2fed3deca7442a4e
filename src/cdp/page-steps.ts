import type { PageStep } from './recorder.js';

/**
 * Knows whether the page in the view is on its way somewhere, and lets callers wait for it to arrive.
 */
export class PageSteps {
  /** Loads that have started and of which no document has come yet, oldest first. */
  readonly #pending = new Set<string>();
  #loading = false;
  #waiting: (() => void)[] = [];

  /** Whether a document is expected, or one that came has not finished loading. */
  get moving(): boolean {
    return this.#loading || this.#pending.size > 0;
  }

  /** Takes a step as the recorder tells it; `loaderId` names the load that it is about, where there is one. */
  take(step: PageStep, loaderId: string | null): void {
    if (step === 'started' && loaderId !== null) this.#pending.add(loaderId);
    else if (step === 'committed') this.#arrived(loaderId);
    else if (step === 'failed' || step === 'refused') this.#pending.delete(loaderId ?? '');
    else if (step === 'loaded' || step === 'stopped') this.#loading = false;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** What started before the load that arrived was overtaken by it. */
  #arrived(loaderId: string | null): void {
    this.#loading = true;
    for (const pending of [...this.#pending]) {
      this.#pending.delete(pending);
      if (pending === loaderId) return;
    }
  }

  /**
   * Waits until nothing is on its way, at most `timeoutMs`; whether that was reached. A page that never finishes
   * loading is shown as far as it came, so running out of time is no error.
   */
  async still(timeoutMs: number): Promise<boolean> {
    return this.until(() => !this.moving, timeoutMs);
  }

  /** Waits until `condition` holds, looking after each step, at most `timeoutMs`; whether it came to hold. */
  async until(condition: () => boolean, timeoutMs: number): Promise<boolean> {
    const until = performance.now() + timeoutMs;
    let wake: () => void = () => undefined;
    // One more millisecond: a timer may fire just before its time.
    const timer = setTimeout(() => {
      wake();
    }, timeoutMs + 1);
    timer.unref();
    while (!condition() && performance.now() < until) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        this.#waiting.push(resolve);
      });
    }
    clearTimeout(timer);
    return condition();
  }
}
