import { resolve } from 'node:path';
import { restoreVault } from '../../src/vault/backup.js';
import { EXIT, fail, type Output } from './output.js';
import { VAULT_PORTS } from './with-vault.js';

/** What `countersign restore` is given. */
export interface RestoreOptions {
  readonly from: string;
  readonly vault: string;
}

/** `countersign restore`: makes a vault from a backup. Exit code 0 whole, 1 with evidence files missing or damaged, 2 unusable. */
export async function restoreCommand(options: RestoreOptions, output: Output): Promise<number> {
  try {
    const { files, bytes, missing, altered } = await restoreVault(resolve(options.from), resolve(options.vault), VAULT_PORTS, (at) => { output.progress('Copying the backup', at.files, at.filesTotal); });
    const damaged = missing + altered;
    output.say(`The vault is in ${resolve(options.vault)}: ${files} evidence files, ${bytes} bytes.`);
    if (damaged > 0) output.say(`${missing} evidence files are missing from the backup, and ${altered} were changed in it. Everything else was restored. Run "countersign check" to see which ones.`);
    output.json({ ok: damaged === 0, code: null, files, bytes, missing, altered });
    return damaged === 0 ? EXIT.done : EXIT.failed;
  } catch (error) {
    return Math.max(EXIT.unusable, fail(error, output));
  }
}
