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
