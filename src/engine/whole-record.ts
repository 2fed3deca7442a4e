import type { Progress } from '../ipc/state.js';
import type { CaseContext } from './case-context.js';
import type { WholeRecord } from './case-record.js';

/** The record of a case with every entry; of a long one the screens hear how far it is. @throws CodedError `vault.altered` */
export async function wholeRecord({ record, announce }: Pick<CaseContext, 'record' | 'announce'>, task: Progress['task'] = 'start'): Promise<WholeRecord> {
  const told = { any: false };
  try {
    return await record.whole((done, total) => {
      told.any = true;
      announce.progress(task, 'Reading the record of this case', done, total, false);
    });
  } finally {
    if (told.any) announce.progressDone();
  }
}
