/* `node build/run.js <task> [args]`: what the npm scripts call. Sets up first, then runs the task and passes its exit code on. */
import { spawn } from 'node:child_process';
import { isMain } from './machine.js';
import { orExit, root, setUp, SetupStopped } from './setup.js';

const CLI = 'out/main/cli/main.js';
const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const LINT = ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.'];

/** Counts for `npm run test:long`; `npm test` runs a small sample of each. */
const LONG = { COUNTERSIGN_LONG: '1', COUNTERSIGN_KILLS: '300', COUNTERSIGN_FLIPS: 'all', COUNTERSIGN_FUZZ: '100000' };

/** Whether a task needs the tests, what it needs of the browser, and what it starts (Node's arguments, relative to the folder of package.json). */
const TASKS = {
  demo: { browser: 'chromium', args: [CLI, 'demo'] },
  open: { browser: 'window', args: [CLI, 'open'] },
  test: { tests: true, browser: 'chromium', args: JEST },
  'test-long': { tests: true, browser: 'chromium', args: [...JEST, '--testTimeout=3600000'], env: LONG },
  check: { tests: true, browser: 'none', args: LINT },
  bench: { tests: true, browser: 'chromium', args: ['out/test/bench/run.js'] },
};

/**
 * Runs Node on `args` in this terminal until it ends; gives its exit code.
 * @param {Record<string, string>} env added to this process's own
 * @param {string} cwd
 */
export function runNode(args, env = {}, cwd = root) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' });
    // Ctrl+C reaches the child by itself; it decides how to end, and this process waits for it.
    const ignore = () => undefined;
    const pass = (signal) => child.kill(signal);
    process.on('SIGINT', ignore).on('SIGTERM', pass).on('SIGHUP', pass);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', ignore).off('SIGTERM', pass).off('SIGHUP', pass);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

async function main([name = '', ...rest]) {
  const task = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined;
  if (task === undefined) throw new SetupStopped(`Usage: node build/run.js <${Object.keys(TASKS).join('|')}> [arguments]`, 2);
  const { browser } = await setUp(task.browser, { tests: task.tests });
  return runNode([...task.args, ...rest], { ...task.env, ...(browser === null ? {} : { COUNTERSIGN_BROWSER: browser }) });
}

if (isMain(import.meta.url)) await orExit(() => main(process.argv.slice(2)));
