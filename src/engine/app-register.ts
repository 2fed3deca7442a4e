import { isAbsolute } from 'node:path';
import { CodedError } from '../record/coded-error.js';
import type { Handlers } from '../ipc/dispatch.js';
import type { AppContext } from './app.js';
import { saveDestructionSheet } from './destruction-sheet.js';

type RegisterCalls = 'time.save' | 'folders.list' | 'backup.make' | 'backup.list' | 'backup.restore' | 'check.full' | 'case.holdings' | 'case.destroy' | 'destructions.list' | 'destruction.save' | 'crisis.call';

/** What the screens ask about copies, checks, the end of a case and trusted time. */
export function registerHandlers({ engine, ports, changed }: AppContext): Pick<Handlers, RegisterCalls> {
  const { register } = engine;
  const folders = () => {
    if (ports.folders === undefined) throw new CodedError('folders.none', 'Folders cannot be chosen here.');
    // What lies on this computer is shown to whoever sets it up, and then to two who have signed in.
    if (engine.installation !== null && engine.signedIn === null) throw new CodedError('auth.not-signed-in', 'Two people have to sign in first.');
    return ports.folders;
  };
  return {
    'time.save': async ({ authorities }) => {
      await engine.school.saveTimeAuthorities(authorities);
      return null;
    },
    'folders.list': async ({ path, files }) => folders().list(path, files),
    'backup.make': async ({ folder }) => {
      const made = await register.backUpInto(absolute(folder));
      await engine.refreshAdmin();
      return made;
    },
    'backup.list': async () => ({ backups: await register.backups() }),
    'backup.restore': async ({ folder }) => {
      const copied = await engine.restore(absolute(folder));
      changed();
      return copied;
    },
    'check.full': async () => {
      const view = await register.check();
      await engine.refreshAdmin();
      return view;
    },
    'case.holdings': ({ id }) => register.holdings(id),
    'case.destroy': async ({ first, second, id, reason, reference }) => {
      const done = await register.destroy(first, second, id, reason, reference);
      changed();
      return done;
    },
    'destructions.list': async () => ({ destructions: await register.destructions() }),
    'destruction.save': async ({ id, folder }) => {
      const names = new Map((engine.installation?.reviewers ?? []).map(({ initials, name, position }) => [initials, `${name}, ${position}`]));
      const about = { organisation: engine.installation?.organisation ?? '', computer: engine.installation?.computer ?? { name: '', location: '' }, names };
      return saveDestructionSheet(await register.destruction(id), about, { folders: folders(), folder: folder === null ? ports.exportFolder : absolute(folder), printPdf: (html) => ports.host.printPdf(html) });
    },
    'crisis.call': async (call) => {
      if (engine.signedIn !== null) throw new CodedError('auth.already', 'Two people are signed in: write the call down in the halted case.');
      await register.logCall(call);
      return null;
    },
  };
}

/** @throws CodedError `folders.not-absolute` */
function absolute(folder: string): string {
  if (!isAbsolute(folder) || folder.includes('\0')) throw new CodedError('folders.not-absolute', 'Give the whole path of the folder, from the root or the drive on.', { where: 'folder' });
  return folder;
}
