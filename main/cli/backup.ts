import { resolve } from 'node:path';
import { isCoded } from '../../src/record/coded-error.js';
import { EXIT, fail, type Output } from './output.js';
import { withVault, type VaultOptions } from './with-vault.js';

/** What `countersign backup` is given. */
export interface BackupOptions extends VaultOptions {
  readonly to: string;
}

/** `countersign backup`: copies a vault, encrypted as it is. Exit code 0 made, 1 evidence is damaged, 2 unusable. */
export function backupCommand(options: BackupOptions, output: Output): Promise<number> {
  return withVault(options, output, async (vault) => {
    try {
      const made = await vault.backup(resolve(options.to), ({ files, filesTotal }) => { output.progress('Copying the vault as it is, encrypted', files, filesTotal); });
      output.say(`The backup is in ${made.place}. It holds ${made.cases.length} ${made.cases.length === 1 ? 'case' : 'cases'}, and opens with the passphrases of any two reviewers.`);
      output.json({ ok: true, code: null, at: made.at, place: made.place, by: made.by, cases: made.cases.length });
      return EXIT.done;
    } catch (error) {
      if (!isCoded(error, 'backup.evidence-damaged')) throw error;
      fail(error, output);
      return EXIT.failed;
    }
  });
}
