import { compareOnPaper } from '../../src/engine/compare-words.js';
import { EXIT, type Output } from './output.js';
import { withVault, type VaultOptions } from './with-vault.js';

/** What `countersign words` is given. */
export interface WordsOptions extends VaultOptions {
  readonly reference: string;
  readonly words: string;
}

const NOT_FOUND =
  'No checkpoint of this case has these words. Check each word on the paper first. If they are right, the record may have been put back to an earlier state, or made anew: add nothing to it, keep the computer as it is, and tell the person responsible for it.';

/** `countersign words`: holds eight words from paper against a case. Exit code 0 found, 1 not found, 2 unusable. */
export function wordsCommand(options: WordsOptions, output: Output): Promise<number> {
  return withVault(options, output, async (vault) => {
    output.progress('Reading the record', 0, 0);
    const { known, match } = await compareOnPaper(vault, options.reference, options.words);
    const missing = known ? NOT_FOUND : `There is no case ${options.reference} in this vault. Check the reference first. If there was such a case, the vault may have been put back to a state from before it: keep the computer as it is, and tell the person responsible for it.`;
    output.say(match === null ? missing : `These are the words of entry ${match.seq}, a checkpoint after ${match.count} entries, made at ${match.at.slice(0, 19).replace('T', ' ')} UTC. Everything up to there is in the record as it was then.`);
    output.json({ ok: match !== null, code: match !== null ? null : known ? 'words.no-match' : 'case.unknown', case: options.reference, match });
    return match === null ? EXIT.failed : EXIT.done;
  });
}
