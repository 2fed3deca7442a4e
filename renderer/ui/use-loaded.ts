import { useCallback, useEffect, useState } from 'react';
import { sentenceOf } from './use-action.js';

/** Something that is fetched when a page opens. */
export type Loaded<T> = { readonly state: 'loading' } | { readonly state: 'failed'; readonly sentence: string } | { readonly state: 'ready'; readonly value: T };

/** Fetches when the page opens and whenever `reload` is called; `fetch` must stay the same between drawings. */
export function useLoaded<T>(fetch: () => Promise<T>): { readonly loaded: Loaded<T>; readonly reload: () => void } {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let stale = false;
    fetch()
      .then((value) => { if (!stale) setLoaded({ state: 'ready', value }); })
      .catch((error: unknown) => { if (!stale) setLoaded({ state: 'failed', sentence: sentenceOf(error) }); });
    return () => { stale = true; };
  }, [fetch, round]);
  const reload = useCallback(() => {
    setLoaded({ state: 'loading' });
    setRound((before) => before + 1);
  }, []);
  return { loaded, reload };
}
