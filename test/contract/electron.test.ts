import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { electronProgram } from '../../main/cli/electron-program.js';
import { startScreen, whyNoWindow, type VirtualScreen } from '../e2e/virtual-screen.js';
import { contractIn } from './electron-run.js';
import { WHOLE_CONTRACT } from './whole-contract.js';

/* The whole contract in Electron itself, wherever its program is. */

const program = electronProgram();
const reason = program === null ? 'Electron’s program has not been downloaded' : process.platform === 'linux' ? whyNoWindow() : null;

if (program === null || reason !== null) {
  process.stdout.write(`Electron host: ${WHOLE_CONTRACT.length} contract tests not run, ${reason}\n`);
  test.todo(`the Electron host keeps the contract (${reason})`);
} else {
  describe('the Electron host keeps the contract', () => {
    let screen: VirtualScreen | null = null;
    let outcomes: ReadonlyMap<string, string | null>;
    beforeAll(async () => {
      if (process.platform === 'linux') screen = await startScreen({ width: 1440, height: 900 });
      // Electron refuses to run as root with its sandbox; a user's run never has this.
      outcomes = await contractIn(program, process.getuid?.() === 0 ? ['--no-sandbox'] : [], [], screen === null ? {} : { DISPLAY: screen.display });
    }, 1_800_000);
    afterAll(async () => screen?.stop());

    test.each(WHOLE_CONTRACT.map(({ name }) => [name]))('%s', (name) => {
      expect(outcomes.get(name)).toBeNull();
    });
  });
}
