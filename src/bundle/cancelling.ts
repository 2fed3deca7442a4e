import type { BundlePorts } from './bundle-input.js';
import { cancelled } from './failures.js';

/** @throws CodedError `export.cancelled` once the signal is aborted. */
export function stopIfCancelled({ signal }: Pick<BundlePorts, 'signal'>): void {
  if (signal?.aborted === true) throw cancelled();
}

/** What `work` gives, or the cancellation as soon as it comes: a long report takes minutes to print, and nobody waits for what they gave up. */
export async function unlessCancelled<T>(work: Promise<T>, { signal }: Pick<BundlePorts, 'signal'>): Promise<T> {
  if (signal === undefined) return work;
  work.catch(() => undefined);
  if (signal.aborted) throw cancelled();
  const stop = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => { reject(cancelled()); }, { once: true, signal: stop.signal });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    stop.abort();
  }
}

/** Work that goes on beside other work. */
export interface Beside<T> {
  /** What it gives. Whoever waits for it is told of its failure; where nobody does, the failure is no unhandled one. */
  readonly result: Promise<T>;
  /** @throws what the work threw, once it has: the other work is then in vain. */
  stopIfFailed(): void;
  /** Says that nobody waits for it any more: it need not go on. Of no effect once it is done. */
  giveUp(): void;
}

/** Lets work go on beside other work, which is to stop when it fails. The signal that `start` is given is aborted when nobody waits for it any more. */
export function beside<T>(start: (signal: AbortSignal) => Promise<T>, { signal }: Pick<BundlePorts, 'signal'>): Beside<T> {
  const alone = new AbortController();
  const work = unlessCancelled(start(signal === undefined ? alone.signal : AbortSignal.any([signal, alone.signal])), { signal });
  let failure: { readonly error: unknown } | null = null;
  work.catch((error: unknown) => { failure = { error }; });
  return {
    result: work,
    giveUp: () => { alone.abort(); },
    stopIfFailed: () => {
      if (failure !== null) throw failure.error;
    },
  };
}
