import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { load, root } from './root.js';

interface Machine {
  readonly platform: string;
  readonly env: Readonly<Record<string, string>>;
  readonly exists: (path: string) => boolean;
}

const { hasDisplay, noBrowserSentence } = (await load('build/browsers.js')) as {
  hasDisplay: (machine: Pick<Machine, 'platform' | 'env'>) => boolean;
  noBrowserSentence: (platform: string) => string;
};
const { compilerSentence, packagesSentence } = (await load('build/setup.js')) as { compilerSentence: (platform: string) => string; packagesSentence: (output: string) => string };

/** Runs a few lines of JavaScript in a Node of its own. */
function node(code: string): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
}

describe('a machine without a browser or a display', () => {
  test.each(['linux', 'win32', 'darwin'])('is told in one sentence what to install on %s', (platform) => {
    expect(noBrowserSentence(platform)).toMatch(/^No browser was found: install [^.]+\.$/);
  });

  test('knows that only Linux can be without a display', () => {
    expect(['linux', 'win32', 'darwin'].map((platform) => hasDisplay({ platform, env: {} }))).toEqual([false, true, true]);
    expect(hasDisplay({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBe(true);
  });
});

describe('what cannot be done', () => {
  test.each([
    ['npm error code ENOTFOUND', /internet connection/],
    ['npm error code ENOSPC', /disk is full/],
    ['npm error code EPERM', /may not write/],
    ['something else', /could not be installed/],
  ])('is explained: %s', (output, sentence) => {
    expect(packagesSentence(output)).toMatch(sentence);
  });

  test.each(['linux', 'win32', 'darwin'])('names the compiler to install on %s', (platform) => {
    expect(compilerSentence(platform)).toMatch(/install .*then run this again\.$/i);
  });

  test('is shown as a sentence and never as a stack trace', () => {
    const { status, stderr } = node(`import { orExit } from '${pathToFileURL(join(root, 'build/setup.js')).href}'; await orExit(() => { throw new Error('It broke.'); });`);
    expect([status, stderr]).toEqual([3, 'It broke.\n']);
  });

  test('a task that does not exist is refused with what there is', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'build/run.js'), 'constructor'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, 'Usage: node build/run.js <demo|open|test|test-long|check|bench> [arguments]\n']);
  });
});

describe('the summary of a test run', () => {
  test.each([
    [{ numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0, numPendingTests: 0, numTodoTests: 0 }, '7 passed, 0 failed\n'],
    [{ numPassedTests: 7, numFailedTests: 1, numRuntimeErrorTestSuites: 1, numPendingTests: 3, numTodoTests: 0 }, '7 passed, 2 failed, 3 skipped\n'],
  ])('is one line: %j', (results, line) => {
    const reporter = pathToFileURL(join(root, 'build/jest-summary.js')).href;
    expect(node(`import Summary from '${reporter}'; new Summary().onRunComplete(null, ${JSON.stringify(results)});`).stdout).toBe(line);
  });
});
