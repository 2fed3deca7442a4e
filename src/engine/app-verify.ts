import type { Handlers } from '../ipc/dispatch.js';
import { CodedError } from '../record/coded-error.js';
import type { AppContext } from './app.js';
import type { Shown } from './app-shown.js';
import type { BundleChecks } from './bundle-checks.js';
import { saveVerifyPage } from './verify-page.js';

type VerifyCalls = 'bundle.check' | 'verify.begin' | 'verify.piece' | 'verify.finish' | 'verify.offered' | 'verify.made' | 'verify.choose' | 'verify.page' | 'verify.cancel';

/** What the screens ask when a bundle is checked, which needs nobody signed in. */
export function verifyHandlers({ engine, ports, exports }: AppContext, shown: Shown, checks: BundleChecks): Pick<Handlers, VerifyCalls> {
  const own = (): string | null => engine.installation?.rootFingerprint ?? null;
  return {
    'verify.begin': ({ name, size }) => checks.begin(name, size),
    'verify.piece': async ({ id, base64 }) => {
      await checks.piece(id, base64);
      return null;
    },
    'verify.finish': async ({ id, passphrase, root }) => {
      try {
        return await checks.finish(id, passphrase, root, own(), engine.ownRecords);
      } finally {
        shown.setProgress(null);
      }
    },
    'verify.offered': async ({ id, passphrase, root }) => {
      try {
        return await checks.checkOffered(id, { passphrase, root, own: own(), ownRecords: engine.ownRecords });
      } finally {
        shown.setProgress(null);
      }
    },
    'verify.made': async () => ({ bundles: (await ports.bundles?.list(ports.exportFolder)) ?? [] }),
    'verify.choose': async ({ name }) => {
      if (ports.bundles === undefined) throw new CodedError('verify.not-there', 'This bundle is no longer there. Choose the file where it lies now.');
      checks.offer(await ports.bundles.open(ports.exportFolder, name));
      return shown.done();
    },
    'bundle.check': async ({ path }) => {
      if (ports.bundles === undefined || !exports.some((made) => made.path === path)) throw new CodedError('verify.not-there', 'This bundle is no longer there. Choose the file where it lies now.');
      checks.offer(await ports.bundles.at(path));
      return shown.done();
    },
    'verify.page': () => saveVerifyPage(ports.verifyPage, ports.exportFolder),
    'verify.cancel': async ({ id }) => {
      await checks.cancel(id);
      return shown.done();
    },
  };
}
