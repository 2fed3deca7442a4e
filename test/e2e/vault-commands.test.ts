import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { hashWords } from '../../src/record/words.js';
import type { EntryData } from '../../src/record/kinds.js';
import { CASE, recordOf, signedIn, type Started } from '../unit/engine/support.js';
import { filesUnder, force, JMK, PAS, TestClock } from '../unit/vault/support.js';
import { CLI, countersign, scratch, type CommandResult } from './command.js';

const folder = scratch();
const vault = folder.path('vault');
const yesterday = folder.path('yesterday');
const credentials = folder.path('credentials.json');
let words: { yesterday: string; today: string };

/** The words of the last checkpoint of the case, as they go on paper. */
function lastWords(started: Started): string {
  const checkpoint = recordOf(started).since(0).findLast(({ header }) => header.kind === 'checkpoint');
  return hashWords((checkpoint?.body.data as EntryData<'checkpoint'>).head).join(' ');
}

beforeAll(async () => {
  const clock = new TestClock();
  const started = await signedIn({}, undefined, clock);
  const id = await started.engine.openCase(CASE);
  await recordOf(started).checkpoint('interval');
  const first = lastWords(started);
  await started.engine.close();
  cpSync(started.folder, yesterday, { recursive: true });
  clock.pass(86_400);
  const again = await signedIn({}, started.folder, clock);
  await again.engine.showCase(id);
  await again.engine.openedCase.addNote('PAS', 'What happened today');
  await recordOf(again).checkpoint('interval');
  words = { yesterday: first, today: lastWords(again) };
  await again.engine.close();
  cpSync(started.folder, vault, { recursive: true });
  writeFileSync(credentials, JSON.stringify([PAS, JMK]));
}, 120_000);

afterAll(() => {
  folder.remove();
});

interface Answer extends CommandResult {
  readonly answer: Record<string, unknown>;
}

async function json(...args: string[]): Promise<Answer> {
  const result = await countersign([...args, '--json']);
  return { ...result, answer: JSON.parse(result.stdout) as Record<string, unknown> };
}

function compare(at: string, typed: string, reference: string = CASE.reference): Promise<Answer> {
  return json('words', at, '--case', reference, '--words', typed, '--passphrases-file', credentials);
}

describe('countersign words', () => {
  test('finds the checkpoint that the words on paper stand for, with its place and time, and writes nothing', async () => {
    const before = filesUnder(vault).find(({ path }) => path.endsWith('vault.db'))?.bytes;
    const { code, answer } = await compare(vault, words.today.toUpperCase().replaceAll(' ', ', '));
    expect([code, answer['ok']]).toEqual([0, true]);
    expect(answer['match']).toMatchObject({ at: '2026-11-25T10:00:00.000Z' });
    expect((await compare(vault, words.yesterday)).code).toBe(0);
    const plain = await countersign(['words', vault, '--case', CASE.reference, '--words', words.today, '--passphrases-file', credentials]);
    expect(plain.stdout).toContain('made at 2026-11-25 10:00:00 UTC');
    expect(before?.length).toBe(filesUnder(vault).find(({ path }) => path.endsWith('vault.db'))?.bytes.length);
  });

  test('notices that yesterday’s copy of the vault was put back', async () => {
    const { code, answer } = await compare(yesterday, words.today);
    expect([code, answer['ok'], answer['code']]).toEqual([1, false, 'words.no-match']);
    const plain = await countersign(['words', yesterday, '--case', CASE.reference, '--words', words.today, '--passphrases-file', credentials]);
    expect(plain.stdout).toContain('may have been put back to an earlier state');
    expect((await compare(yesterday, words.today, '2026-099')).answer).toMatchObject({ ok: false, code: 'case.unknown' });
  });

  test('is unusable with seven words, a wrong passphrase, one person, no file, or no vault', async () => {
    expect(await compare(vault, words.today.split(' ').slice(1).join(' '))).toMatchObject({ code: 2, answer: { code: 'words.not-eight' } });
    expect(await compare(folder.path('absent'), words.today)).toMatchObject({ code: 2, answer: { code: 'vault.not-a-vault' } });
    const file = folder.path('other.json');
    for (const [content, expected] of [
      [JSON.stringify([PAS, { ...JMK, passphrase: 'my secret words here' }]), 'auth.bad-passphrase'], [JSON.stringify([PAS]), 'auth.bad-passphrases-file'],
      ['{"initials": "PAS", my secret words here', 'auth.bad-passphrases-file'], [JSON.stringify([PAS, PAS]), 'auth.same-person'],
    ] as const) {
      writeFileSync(file, content);
      const { code, answer, stdout, stderr } = await json('words', vault, '--case', CASE.reference, '--words', words.today, '--passphrases-file', file);
      expect([code, answer['code']]).toEqual([2, expected]);
      expect(stdout + stderr).not.toMatch(/secret|\n\s+at /);
    }
    expect(await json('words', vault, '--case', CASE.reference, '--words', words.today)).toMatchObject({ code: 2, answer: { code: 'auth.no-passphrases' } });
  });

  test('asks for the passphrases in a terminal, and does not show them', async () => {
    if (spawnSync('script', ['--version']).status !== 0) {
      process.stdout.write('words: a terminal cannot be had here\n');
      return;
    }
    const copy = folder.path('terminal-vault');
    cpSync(yesterday, copy, { recursive: true });
    const command = [process.execPath, CLI, 'words', copy, '--case', CASE.reference, '--words', words.yesterday].map((part) => `'${part}'`).join(' ');
    const { code, shown } = await inTerminal(command, [['First reviewer, initials', PAS.initials], ['Passphrase of PAS', PAS.passphrase], ['Second reviewer, initials', JMK.initials.toLowerCase()], ['Passphrase of JMK', JMK.passphrase]]);
    expect(shown).toContain('These are the words of entry');
    expect(shown).not.toContain(PAS.passphrase);
    expect(shown).not.toContain(JMK.passphrase);
    expect(code).toBe(0);
  });
});

/** Runs a command in a terminal of its own and answers each question once it is asked. */
function inTerminal(command: string, answers: readonly (readonly [question: string, answer: string])[]): Promise<{ code: number; shown: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('script', ['-qec', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
    let shown = '';
    let next = 0;
    child.stdout.on('data', (bytes: Buffer) => {
      shown += bytes.toString('utf8');
      const [question, answer] = answers[next] ?? [];
      if (question === undefined || !shown.includes(question)) return;
      next += 1;
      child.stdin.write(`${answer ?? ''}\r`);
    });
    child.on('error', reject);
    child.on('close', (code) => { resolve({ code: code ?? -1, shown }); });
  });
}

describe('countersign backup, restore and check', () => {
  const backup = folder.path('backup');
  const restored = folder.path('restored');

  test('a vault is backed up, restored elsewhere, and all of it is in order', async () => {
    expect(await json('check', '--vault', vault, '--passphrases-file', credentials)).toMatchObject({ code: 0, answer: { ok: true, cases: 1, findings: [] } });
    const made = await json('backup', '--vault', vault, '--to', backup, '--passphrases-file', credentials);
    expect(made).toMatchObject({ code: 0, answer: { ok: true, place: backup, by: ['PAS', 'JMK'], cases: 1 } });
    expect(await json('backup', '--vault', vault, '--to', backup, '--passphrases-file', credentials)).toMatchObject({ code: 2, answer: { code: 'vault.not-empty' } });
    expect(await json('restore', '--from', backup, '--vault', restored)).toMatchObject({ code: 0, answer: { ok: true, missing: 0, altered: 0 } });
    expect((await compare(restored, words.today)).code).toBe(0);
    const plain = await countersign(['check', '--vault', restored, '--passphrases-file', credentials]);
    expect(plain.code).toBe(0);
    expect(plain.stdout.split('\n').slice(-2)).toEqual(['Everything is as it was written.', '']);
    expect(plain.stdout).not.toContain('\u001b');
  });

  test('a check names what was changed, with its case and entry, and ends with 1', async () => {
    const changed = folder.path('changed');
    cpSync(vault, changed, { recursive: true });
    force(changed, 'UPDATE entries SET body = zeroblob(80) WHERE seq = 1');
    const { code, answer, stderr } = await json('check', '--vault', changed, '--passphrases-file', credentials);
    expect([code, answer['ok']]).toEqual([1, false]);
    expect(answer['findings']).toMatchObject([{ code: 'entry-altered', reference: CASE.reference }]);
    expect(stderr).toContain(`Case ${CASE.reference}, entry 1: This entry was changed or damaged.`);
  });

  test('a check still works in a vault in which nobody could work any more', async () => {
    const broken = folder.path('broken');
    cpSync(vault, broken, { recursive: true });
    force(broken, 'UPDATE case_list SET box = zeroblob(80); UPDATE settings SET box = zeroblob(80)');
    const { code, answer } = await json('check', '--vault', broken, '--passphrases-file', credentials);
    expect([code, answer['ok']]).toEqual([1, false]);
  });

  test('what is no backup, and what lies in the way, is refused with 2', async () => {
    mkdirSync(folder.path('empty'));
    expect(await json('restore', '--from', folder.path('empty'), '--vault', folder.path('x'))).toMatchObject({ code: 2, answer: { code: 'vault.not-a-vault' } });
    expect(await json('restore', '--from', backup, '--vault', vault)).toMatchObject({ code: 2, answer: { code: 'vault.not-empty' } });
    expect(existsSync(folder.path('x'))).toBe(false);
    rmSync(folder.path('backup', 'vault.db'));
    expect((await json('restore', '--from', backup, '--vault', folder.path('x'))).code).toBe(2);
    for (const command of ['words', 'check', 'backup', 'restore']) {
      expect((await countersign([command])).code).toBe(2);
      expect((await countersign([command, '--help'])).stdout).toContain(`countersign ${command}`);
    }
  });
});
