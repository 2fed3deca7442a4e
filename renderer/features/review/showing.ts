import { useEffect } from 'react';
import { client } from '../../client.js';

/** How often each exhibit stands on the screen now. */
const standing = new Map<string, number>();
let telling = false;

/** An exhibit comes into view or, with `false`, goes out of it. */
export function showing(reference: string, shown: boolean): void {
  const count = (standing.get(reference) ?? 0) + (shown ? 1 : -1);
  if (count > 0) standing.set(reference, count);
  else standing.delete(reference);
  if (telling) return;
  telling = true;
  // What changes in one go is told once.
  queueMicrotask(() => {
    telling = false;
    // Without an open case there is nothing on the screen and nobody to tell.
    client.call('exhibit.showing', { references: [...standing.keys()] }).catch(() => undefined);
  });
}

/** Tells the app, for as long as it is so, that this exhibit (null: none) stands on the screen: STOP is about it too. */
export function useShowing(reference: string | null): void {
  useEffect(() => {
    if (reference === null) return undefined;
    showing(reference, true);
    return () => { showing(reference, false); };
  }, [reference]);
}
