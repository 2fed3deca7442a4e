import { openVault } from '../../src/vault/vault.js';
import { codeOf, JMK, PAS, portsWith, TestClock } from '../unit/vault/support.js';

/* Destroys the one case of a vault, and says how that went: `destroyed`, or the code of the refusal. */
const [folder = '', reference = ''] = process.argv.slice(2);
const code = await codeOf(async () => {
  const locked = await openVault(folder, portsWith(new TestClock()));
  const vault = await locked.unlock(PAS, JMK);
  const [id = ''] = await vault.caseIds();
  await vault.destroyCase(PAS, JMK, id, 'A reason', reference);
  process.stdout.write('destroyed\n');
  await locked.close();
});
if (code !== 'none') process.stdout.write(`failed ${code}\n`);
process.exit(0);
