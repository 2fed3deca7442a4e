import { CodedError } from '../record/coded-error.js';
import type { Handlers } from '../ipc/dispatch.js';
import type { AppContext } from './app.js';

type RegisterCalls = 'time.save' | 'folders.list' | 'backup.make' | 'backup.list' | 'backup.restore' | 'check.full' | 'case.holdings' | 'case.destroy' | 'destructions.list' | 'destruction.save' | 'crisis.call';

/** What the screens ask about copies, checks, the end of a case and trusted time. */
export function registerHandlers(_context: AppContext): Pick<Handlers, RegisterCalls> {
  const none = (): Promise<never> => Promise.reject(new CodedError('ipc.unknown-call', 'Not here.'));
  return { 'time.save': none, 'folders.list': none, 'backup.make': none, 'backup.list': none, 'backup.restore': none, 'check.full': none, 'case.holdings': none, 'case.destroy': none, 'destructions.list': none, 'destruction.save': none, 'crisis.call': none };
}
