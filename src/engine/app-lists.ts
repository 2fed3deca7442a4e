import { randomUUID } from 'node:crypto';
import type { Handlers } from '../ipc/dispatch.js';
import type { Progress } from '../ipc/state.js';
import type { AppContext } from './app.js';

type ListCalls = 'lists.import.begin' | 'lists.import.piece' | 'lists.import.finish' | 'lists.import.cancel' | 'lists.list' | 'lists.remove';

/** What the screens ask of the flag lists. */
export function listHandlers({ engine, changed }: AppContext, setProgress: (progress: Progress | null) => void): Pick<Handlers, ListCalls> {
  const sizes = new Map<string, number>();
  const over = (id: string): void => {
    sizes.delete(id);
    setProgress(null);
    changed();
  };
  return {
    'lists.import.begin': async (details) => {
      const id = randomUUID();
      await engine.changeableLists.begin(id, details);
      sizes.set(id, details.size);
      return { id };
    },
    'lists.import.piece': async ({ id, base64 }) => {
      try {
        const done = await engine.changeableLists.piece(id, Buffer.from(base64, 'base64'));
        setProgress({ task: 'lists', step: 'Reading the list', done, total: sizes.get(id) ?? 0, canCancel: true });
      } catch (error) {
        over(id);
        throw error;
      }
      return null;
    },
    'lists.import.finish': async ({ id, first, second }) => {
      setProgress({ task: 'lists', step: 'Keeping the list', done: 0, total: 0, canCancel: false });
      try {
        return await engine.changeableLists.finish(id, first, second);
      } finally {
        setProgress(null);
        changed();
      }
    },
    'lists.import.cancel': ({ id }) => {
      engine.flagLists.cancel(id);
      over(id);
      return Promise.resolve(null);
    },
    'lists.list': () => Promise.resolve({ lists: engine.flagLists.lines }),
    'lists.remove': async ({ id, first, second }) => {
      await engine.changeableLists.remove(id, first, second);
      changed();
      return null;
    },
  };
}
