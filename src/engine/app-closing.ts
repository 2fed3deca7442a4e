import { join, sep } from 'node:path';
import type { Handlers } from '../ipc/dispatch.js';
import { CodedError } from '../record/coded-error.js';
import type { AppContext } from './app.js';
import { markingOf, markingPrefix } from './exporting.js';
import type { FolderPort } from './ports.js';

type ClosingCalls = 'stop' | 'halt.answer' | 'halt.mistake' | 'halt.step' | 'halt.call' | 'halt.release' | 'halt.end' | 'interruption.answer' | 'staff.advice' | 'staff.declare' | 'conclude' | 'seal' | 'export';

/** What the screens ask of STOP and the halt, and of the end of a case. */
export function closingHandlers({ engine, exports, changed }: AppContext): Pick<Handlers, ClosingCalls> {
  const halt = () => engine.openedCase.halt;
  return {
    stop: async ({ by }) => {
      await halt().stop(by);
      return null;
    },
    'halt.answer': async ({ by, answer, sentence }) => {
      await halt().answer(by, answer === 'suspected' ? 'stop-suspected' : 'stop-unsure', sentence);
      return null;
    },
    'halt.mistake': async ({ first, second, reason }) => {
      await halt().withdraw(first, second, reason);
      return null;
    },
    'halt.step': async ({ by, step, done }) => {
      await halt().step(by, step, done);
      return null;
    },
    'halt.call': async ({ by, ...call }) => {
      await halt().call(by, call);
      return null;
    },
    'halt.release': async ({ first, second, text }) => {
      await halt().release(first, second, text);
      return null;
    },
    'halt.end': async ({ first, second, ...ending }) => {
      await halt().end(first, second, ending);
      return null;
    },
    'interruption.answer': async ({ by, answer }) => {
      await halt().answerInterruption(by, answer);
      return null;
    },
    'staff.advice': async ({ by, ...advice }) => {
      await engine.openedCase.addStaffAdvice(by, advice);
      return null;
    },
    'staff.declare': async ({ first, second }) => {
      await engine.openedCase.declareNotConcerned(first, second);
      return null;
    },
    conclude: async (conclusion) => {
      await engine.conclude(conclusion);
      return null;
    },
    seal: async ({ first, second, read }) => {
      await engine.openedCase.seal(first, second, read);
      return null;
    },
    export: async ({ recipient, first, second, folder, encrypt, disclosure, marking }) => {
      if (!encrypt && recipient !== 'group-record') throw new CodedError('export.must-be-encrypted', 'Only the copy for the school’s own record may be made without encryption. Encrypt this one.', { where: 'encrypt' });
      const open = engine.openedCase;
      if (!encrypt && folder !== null) await demandFixed(folder, open.context.ports.folders);
      const path = folder === null ? null : join(folder, `${markingPrefix(markingOf(open.context, marking))}${open.context.record.state.opened.reference.replace(/[^A-Za-z0-9-]+/g, '-')}-${recipient}.zip`);
      const made = await open.export({ recipient, first, second, path, form: 'zip', encrypt, ...(disclosure === undefined ? {} : { disclosure }), ...(marking === undefined ? {} : { marking }) });
      exports.push({ path: made.path, recipient, at: open.context.ports.clock.now(), tagManifest: made.tagManifest });
      changed();
      return { export: made.seq, receipt: made.receipt, path: made.path, files: made.files, bytes: made.bytes, tagManifest: made.tagManifest, words: made.words, passphrase: made.passphrase, verifyPage: made.verifyPage };
    },
  };
}

/** What is not encrypted stays on this computer's own disks. @throws CodedError `export.must-be-encrypted` where `folder` lies on a drive that can be taken out */
async function demandFixed(folder: string, folders: FolderPort | undefined): Promise<void> {
  const found = await folders?.list(folder).catch(() => null);
  const drive = found?.drives.filter((each) => found.path === each.path || found.path.startsWith(each.path.replace(/[\\/]?$/, sep))).sort((a, b) => b.path.length - a.path.length)[0];
  if (drive?.removable === true) throw new CodedError('export.must-be-encrypted', `${drive.name} can be taken out of this computer. A bundle on it has to be encrypted. Encrypt it, or choose a folder of this computer.`, { where: 'encrypt' });
}
