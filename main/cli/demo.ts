import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../../src/record/coded-error.js';
import { startDemoSite } from '../demo-site.js';
import { ASSETS_FOLDER } from '../paths.js';
import { EXIT, fail, type Output } from './output.js';
import { parseScenario, type Scenario } from './scenario.js';
import { runScenario, type RunResult } from './scenario-runner.js';
import { runSelfTest } from './self-test.js';
import { commandPorts, makeFolder, startEngine } from './session.js';
import { checkBundle, showReport } from './verify.js';

/** The address that the scenarios in `assets/scenarios` are written for; the site itself takes any free port. */
const WRITTEN_ORIGIN = 'http://127.0.0.1:8080';

/** `countersign demo`: two whole investigations on the demonstration site. Gives the exit code. */
export async function demoCommand(options: { out: string | undefined }, output: Output): Promise<number> {
  try {
    const folder = options.out === undefined ? await nextFolder() : await emptyFolder(options.out);
    const site = await startDemoSite();
    const ports = await commandPorts(folder);
    try {
      return await demonstrate(folder, site.origin, ports, output);
    } finally {
      await ports.host.close();
      await site.close();
    }
  } catch (error) {
    return fail(error, output);
  }
}

async function demonstrate(folder: string, origin: string, ports: Awaited<ReturnType<typeof commandPorts>>, output: Output): Promise<number> {
  output.say('1. Self-test: known pages are visited and captured, and compared with what they are known to be');
  const selfTest = await runSelfTest(ports, output);
  output.say(`  ${selfTest.passed} checks passed, ${selfTest.failed} failed`);
  const engine = await startEngine(join(folder, 'vault'), { ...ports, selfTest: () => Promise.resolve(selfTest) }, output);
  const results: RunResult[] = [];
  let root = '';
  try {
    for (const [index, name] of ['halted-case.json', 'sealed-case.json'].entries()) {
      const scenario = await shippedScenario(name, origin);
      output.say(`${index + 2}. Case ${scenario.case.reference}: ${scenario.case.reason}`);
      results.push(await runScenario(engine, scenario, folder, output));
      root = engine.installation?.rootFingerprint ?? '';
      await engine.signOut();
    }
  } finally {
    await engine.close();
  }
  output.say('4. The verifier checks both bundles, with nothing but the bundles and the fingerprint of the installation');
  const bundles = results.flatMap((result) => result.exports.map((made) => made.path));
  const verdicts: { path: string; verdict: string; sentence: string }[] = [];
  for (const path of bundles) {
    output.say(path);
    const report = await checkBundle(path, { rootFingerprint: root }, undefined, output);
    showReport(report, output);
    verdicts.push({ path, verdict: report.verdict, sentence: report.sentence });
  }
  const ok = selfTest.failed === 0 && results.every((r) => r.ok) && bundles.length === 2 && verdicts.every((v) => v.verdict === 'unchanged');
  output.say(ok ? `Done. The vault and both bundles are in ${folder}` : 'The demonstration did not go as it should. Nothing on this computer was changed outside its folder.');
  output.json({ ok, folder, selfTest, cases: results.map(({ case: id, ok: went, steps }) => ({ case: id, ok: went, steps })), bundles: verdicts });
  return ok ? EXIT.done : EXIT.failed;
}

/** A scenario of `assets/scenarios`, for the site at `origin`. */
export async function shippedScenario(name: string, origin: string): Promise<Scenario> {
  const text = await readFile(join(ASSETS_FOLDER, 'scenarios', name), 'utf8');
  return parseScenario(text.replaceAll(WRITTEN_ORIGIN, origin));
}

async function nextFolder(): Promise<string> {
  const parent = await makeFolder('demo-output');
  const taken = new Set(await readdir(parent));
  let number = 1;
  while (taken.has(String(number))) number += 1;
  return makeFolder(join(parent, String(number)));
}

async function emptyFolder(path: string): Promise<string> {
  const folder = await makeFolder(path);
  if ((await readdir(folder)).length > 0) throw new CodedError('output.exists', 'The folder for the outputs is not empty. Nothing is overwritten: choose another one.');
  return folder;
}
