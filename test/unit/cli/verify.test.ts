import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EXIT, type Output } from '../../../main/cli/output.js';
import { verifyCommand } from '../../../main/cli/verify.js';
import { hashWords } from '../../../src/record/words.js';
import { makeAuthority, type Authority } from '../../vectors/authority.js';
import { smallBundle } from '../../vectors/small-bundle.js';

let authority: Authority;
let folder: string;

beforeAll(async () => {
  authority = makeAuthority('Example School');
  folder = await mkdtemp(join(tmpdir(), 'verify-'));
  for (const [path, bytes] of (await smallBundle(authority)).files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function verify(fingerprint: string | undefined): Promise<{ exit: number; answer: Record<string, unknown> }> {
  const answers: Record<string, unknown>[] = [];
  const nothing = (): void => undefined;
  const output: Output = { say: nothing, progress: nothing, json: (value) => void answers.push(value as Record<string, unknown>) };
  const exit = await verifyCommand({ bundle: folder, root: undefined, passphraseFile: undefined, fingerprint }, output);
  return { exit, answer: answers[0] ?? {} };
}

test('the fingerprint on the enrolment sheet is taken as words or in hexadecimal, however it is typed', async () => {
  const words = hashWords(authority.root);
  for (const typed of [authority.root, authority.root.toUpperCase().replace(/../g, '$&:'), ` ${words.slice(0, 4).join('  ')}, ${words.slice(4).join(', ').toUpperCase()} `]) {
    expect(await verify(typed)).toMatchObject({ exit: EXIT.done, answer: { verdict: 'unchanged' } });
  }
});

test('without it the bundle is unchanged since it was signed, but by whom is not shown', async () => {
  expect(await verify(undefined)).toMatchObject({ exit: EXIT.done, answer: { verdict: 'unchanged-signers-not-shown' } });
});

test('another school’s fingerprint fails the check, and one that is no fingerprint is told as that', async () => {
  expect(await verify('ab'.repeat(32))).toMatchObject({ exit: EXIT.failed, answer: { verdict: 'changed' } });
  expect(await verify('four words and more')).toMatchObject({ exit: EXIT.unusable, answer: { code: 'verify.bad-fingerprint' } });
});

test('a reader who closes the pipe early ends neither the check nor its exit code, and nobody sees a stack trace', () => {
  const { stdout, stderr } = spawnSync('bash', ['-c', '"$0" out/main/cli/main.js verify "$1" | true; echo "${PIPESTATUS[0]}"', process.execPath, folder], { encoding: 'utf8' });
  expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
});
