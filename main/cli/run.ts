import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CodedError, isCoded } from '../../src/record/coded-error.js';
import { EXIT, exitCodeOfCode, fail, type Output } from './output.js';
import { MAX_SCENARIO_BYTES, parseScenario, type Scenario } from './scenario.js';

/** What `countersign run` is given. */
export interface RunOptions {
  readonly scenario: string;
  readonly vault: string;
  readonly out: string;
}

/** `countersign run`: does a scenario's steps on the same engine as the screens. Gives the exit code. */
export async function runCommand(options: RunOptions, output: Output): Promise<number> {
  try {
    const scenario = await readScenario(options.scenario);
    const outFolder = resolve(options.out);
    // The engine is large; a scenario that cannot be used is refused without it.
    const [{ runScenario }, { runSelfTest }, { commandPorts, demandAbsent, startEngine }] = await Promise.all([import('./scenario-runner.js'), import('./self-test.js'), import('./session.js')]);
    await demandAbsent(outFolder, scenario.steps.flatMap((step) => (step.do === 'export' ? [step.to] : [])));
    const ports = await commandPorts(outFolder);
    try {
      const engine = await startEngine(options.vault, { ...ports, selfTest: () => runSelfTest(ports, output) }, output);
      try {
        const result = await runScenario(engine, scenario, outFolder, output);
        output.json({ ok: result.ok, code: null, case: result.case, steps: result.steps, exports: result.exports.map(({ passphrase: _secret, ...rest }) => rest) });
        return result.ok ? EXIT.done : exitCodeOfCode(result.steps.at(-1)?.code ?? null);
      } finally {
        await engine.close();
      }
    } finally {
      await ports.host.close();
    }
  } catch (error) {
    return fail(error, output, { case: null, steps: [], exports: [] });
  }
}

/** Reads and parses a scenario file. @throws CodedError `scenario.*` */
export async function readScenario(path: string): Promise<Scenario> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > MAX_SCENARIO_BYTES) throw new CodedError('scenario.too-large', 'The scenario file is too large.');
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isCoded(error)) throw error;
    throw new CodedError('scenario.not-found', 'The scenario file cannot be read. Check its name.', { cause: error });
  }
  return parseScenario(text);
}

