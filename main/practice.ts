import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CodedError } from '../src/record/coded-error.js';
import type { PracticePort } from '../src/engine/ports.js';
import { makeFolders } from '../src/vault/made-folders.js';
import { startDemoSite } from './demo-site.js';

/**
 * Where practices are held: each in a folder of its own beside `vault`, on the demonstration website at a free port of this
 * computer. What an app that was killed has left is taken away before the next one begins.
 */
export function practicePort(vault: string): PracticePort {
  const parent = dirname(vault);
  const prefix = `${basename(vault)}-practice-`;
  return {
    async begin() {
      try {
        await makeFolders(parent);
        await sweep(parent, prefix);
        const folder = await mkdtemp(join(parent, prefix));
        const exportFolder = join(folder, 'bundles');
        await mkdir(exportFolder);
        const site = await startDemoSite();
        return {
          folder: join(folder, 'vault'), exportFolder, origin: site.origin,
          async end() {
            await site.close();
            await rm(folder, { recursive: true, force: true, maxRetries: 3 });
          },
        };
      } catch (cause) {
        throw new CodedError('practice.no-place', 'The practice could not be made on this computer’s disk. Your cases are safe.', { cause });
      }
    },
    sweep: () => sweep(parent, prefix).catch(() => undefined),
  };
}

async function sweep(parent: string, prefix: string): Promise<void> {
  const left = (await readdir(parent)).filter((name) => name.startsWith(prefix));
  for (const name of left) await rm(join(parent, name), { recursive: true, force: true });
}
