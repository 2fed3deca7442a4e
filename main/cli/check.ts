import { checkEverything } from '../../src/engine/check-everything.js';
import { systemClock } from '../../src/engine/node-ports.js';
import { EXIT, type Output } from './output.js';
import { withVault, type VaultOptions } from './with-vault.js';

/** `countersign check`: reads everything that a vault keeps. Exit code 0 in order, 1 something was found, 2 unusable. */
export function checkCommand(options: VaultOptions, output: Output): Promise<number> {
  return withVault(options, output, async (vault) => {
    const view = await checkEverything(vault, systemClock, (step, done, total) => { output.progress(step, done, total); });
    for (const { sentence } of view.findings) output.say(`  ✗ ${sentence}`);
    output.say(`${view.cases} cases, ${view.entries} entries, ${view.objects} evidence files (${view.quarantined} of them quarantined and not decrypted), ${view.bytes} bytes`);
    output.say(view.findings.length === 0 ? 'Everything is as it was written.' : `${view.findings.length} things are not as they were written. Do not try to repair anything: keep the computer as it is, and tell the person responsible for it.`);
    output.json({ ok: view.findings.length === 0, code: null, ...view });
    return view.findings.length === 0 ? EXIT.done : EXIT.failed;
  });
}
