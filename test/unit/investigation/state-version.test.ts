import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { STATE_VERSION } from '../../../src/investigation/case-state.js';
import { root } from '../house/root.js';

/** The version of the state, and the digest of the code that makes it, without its comments. */
const STATE: { readonly version: number; readonly digest: string } = { version: 3, digest: 'f70b29844426b8cf74cde61c550903e0' };

const MAKERS = ['src/investigation/case-state.ts', 'src/investigation/halt-state.ts', 'src/investigation/told.ts', 'src/investigation/flagged.ts'];

function digestOfMakers(): string {
  const code = MAKERS.map((path) => ts.transpileModule(readFileSync(join(root, path), 'utf8'), { compilerOptions: { removeComments: true, target: ts.ScriptTarget.ES2022 } }).outputText.replace(/STATE_VERSION = \d+/, ''));
  return createHash('sha256').update(code.join('\n')).digest('hex').slice(0, 32);
}

test('a state that an earlier app made of the entries is not taken for ours: its version goes up with every change of how it is made', () => {
  const digest = digestOfMakers();
  const advice = `The code that makes the state of a case has changed. If it makes anything else than before, raise STATE_VERSION (now ${STATE_VERSION}); then, in either case, put the digest ${digest} here.`;
  expect(digest === STATE.digest && STATE_VERSION === STATE.version ? 'as pinned' : advice).toBe('as pinned');
});
