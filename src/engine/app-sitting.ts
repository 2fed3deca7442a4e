import { lockedError } from './case-context.js';
import type { CallName } from '../ipc/contract.js';
import type { Handlers } from '../ipc/dispatch.js';
import type { AppContext } from './app.js';

type SittingCalls = 'activity' | 'lock' | 'settings.save' | 'network.save' | 'clock.manual' | 'words.compare';

/** What the screens ask of the lock, the clock and the eight words. */
export function sittingHandlers({ engine, changed }: AppContext): Pick<Handlers, SittingCalls> {
  return {
    activity: () => Promise.resolve(null),
    lock: () => {
      // The answer does not wait for a bundle that is being made; the state says what the lock waits for.
      void engine.lock('step-out');
      return Promise.resolve(null);
    },
    'settings.save': async (settings) => {
      await engine.school.saveSettings(settings);
      changed();
      return null;
    },
    'network.save': async (network) => {
      await engine.school.saveNetwork(network);
      changed();
      return null;
    },
    'clock.manual': async ({ by, ...comparison }) => {
      const { offsetMs } = await engine.openedCase.compareClock(by, comparison);
      return { offsetMs };
    },
    'words.compare': async ({ words }) => ({ match: await engine.openedCase.compareWords(words) }),
  };
}

/** Calls that the screens make by themselves and that show no person. */
const BY_ITSELF: ReadonlySet<CallName> = new Set<CallName>(['state.get', 'record.list', 'view.show', 'capture.preview', 'exhibit.preview', 'exhibit.slice', 'exhibit.showing', 'exhibit.text', 'review.read', 'export.plan', 'verify.piece']);

/** Calls that a locked app answers: none of them opens, shows or changes anything of a case. */
const WHILE_LOCKED: ReadonlySet<CallName> = new Set<CallName>([
  'state.get', 'alert.dismiss', 'activity', 'lock', 'resume', 'sign-out', 'farewell.done', 'verify.begin', 'verify.piece', 'verify.finish', 'verify.cancel', 'verify.offered', 'crisis.call',
]);

/** The same handlers, which know of the lock: a locked app refuses all but a few calls, and a call by a person is activity. */
export function guarded(handlers: Handlers, engine: AppContext['engine']): Handlers {
  const guard = ([name, handler]: [string, (input: never) => Promise<unknown>]): [string, (input: never) => Promise<unknown>] => {
    const call = name as CallName;
    return [name, async (input) => {
      if (engine.lockView !== null && !WHILE_LOCKED.has(call)) throw lockedError();
      if (!BY_ITSELF.has(call)) engine.touch();
      return handler(input);
    }];
  };
  return Object.fromEntries(Object.entries(handlers).map(guard)) as unknown as Handlers;
}
