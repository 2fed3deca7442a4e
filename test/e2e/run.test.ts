import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { startDemoSite, type DemoSite } from '../../main/demo-site.js';
import { countersign, scratch, type CommandResult } from './command.js';

type Json = Record<string, unknown>;

const REVIEWERS = [
  { name: 'Priya A. Shah', position: 'Deputy Head', initials: 'PAS', passphrase: 'correct horse battery staple' },
  { name: 'Tom R. Ellis', position: 'Assistant Head', initials: 'TRE', passphrase: 'orchard lantern seven kettle' },
];

const folder = scratch();
let site: DemoSite;
let count = 0;

beforeAll(async () => {
  site = await startDemoSite();
});

afterAll(async () => {
  await site.close();
  folder.remove();
});

function scenario(change: Json = {}): Json {
  return {
    organisation: { name: 'Example School', computer: { name: 'INV-01', location: 'Head’s office' } },
    reviewers: REVIEWERS,
    signIn: ['PAS', 'TRE'],
    case: { reference: '2026-014', reason: 'A report', subject: 'pupil' },
    steps: [],
    ...change,
  };
}

interface Answer {
  readonly ok: boolean;
  readonly code: string | null;
  readonly where?: string | null;
  readonly steps: readonly { do: string; ok: boolean; code: string | null; sentence: string; made: { exhibit?: string; sha256?: string; path?: string } | null }[];
}

async function run(content: Json | string, vault: string, out = folder.path('out')): Promise<CommandResult & { answer: Answer }> {
  count += 1;
  const file = folder.path(`scenario-${count}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  const result = await countersign(['run', file, '--vault', vault, '--out', out, '--json']);
  return { ...result, answer: JSON.parse(result.stdout) as Answer };
}

describe('who may sign in', () => {
  const vault = folder.path('vault-auth');

  test('one person alone is refused, and nothing is made', async () => {
    const { code, answer } = await run(scenario({ signIn: ['PAS'] }), vault);
    expect([code, answer.code, existsSync(vault)]).toEqual([2, 'auth.one-person', false]);
    expect((await run(scenario({ signIn: undefined }), vault)).answer.code).toBe('auth.one-person');
  });

  test('the same person twice is refused', async () => {
    const { answer } = await run(scenario({ signIn: ['PAS', 'PAS'] }), vault);
    expect(answer.code).toBe('auth.same-person');
  });

  test('a wrong passphrase is refused once the vault exists, and says no more than whose', async () => {
    expect((await run(scenario({ case: { reference: 'A', reason: 'r', subject: 'other' } }), vault)).code).toBe(0);
    const wrong = REVIEWERS.map((r) => (r.initials === 'TRE' ? { ...r, passphrase: 'something else entirely' } : r));
    const { code, answer, stdout, stderr } = await run(scenario({ reviewers: wrong }), vault);
    expect([code, answer.code]).toEqual([2, 'auth.bad-passphrase']);
    expect(stdout + stderr).not.toContain('something else entirely');
    expect(stdout + stderr).not.toMatch(/\n\s+at /);
  }, 120_000);
});

describe('a reviewer who was enrolled and removed', () => {
  const vault = folder.path('vault-removed');
  const KKO = { name: 'Kofi K. Osei', position: 'Head of Year', initials: 'KKO', role: 'dsl', passphrase: 'basket comet river pilot' };
  const people = { reviewers: [...REVIEWERS, KKO] };

  test('signs in between, and is refused from then on, and so is everybody else who may not', async () => {
    const other = { reference: '2026-015', reason: 'Another report', subject: 'other' };
    const enrolled = await run(scenario({ ...people, steps: [{ do: 'note', by: 'PAS', text: 'Before' }, { do: 'enrol', initials: 'KKO' }, { do: 'enrol', initials: 'KKO', expect: 'set-up.same-initials' }, { do: 'note', by: 'TRE', text: 'After' }] }), vault);
    expect(enrolled.answer.steps.filter((step) => !step.ok)).toEqual([]);
    expect((await run(scenario({ ...people, signIn: ['KKO', 'TRE'], case: other }), vault)).code).toBe(0);
    const removed = await run(scenario({ ...people, case: { ...other, reference: '2026-016' }, steps: [{ do: 'remove', initials: 'TRE', expect: 'reviewers.signed-in' }, { do: 'remove', initials: 'KKO' }, { do: 'remove', initials: 'TRE', expect: 'reviewers.signed-in' }] }), vault);
    expect(removed.answer.steps.filter((step) => !step.ok)).toEqual([]);
    expect(removed.code).toBe(0);

    const wrong = [...REVIEWERS.map((each) => (each.initials === 'TRE' ? { ...each, passphrase: 'something else entirely' } : each)), KKO];
    const refused: readonly (readonly [Json, string])[] = [
      [{ ...people, signIn: ['KKO', 'TRE'] }, 'auth.removed-reviewer'],
      [{ ...people, signIn: ['PAS', 'KKO'] }, 'auth.removed-reviewer'],
      [{ ...people, signIn: ['PAS', 'PAS'] }, 'auth.same-person'],
      [{ ...people, signIn: ['PAS'] }, 'auth.one-person'],
      [{ ...people, signIn: ['PAS', 'ZZZ'] }, 'auth.unknown-reviewer'],
      [{ reviewers: wrong }, 'auth.bad-passphrase'],
    ];
    for (const [change, expected] of refused) {
      const { code, answer, stderr } = await run(scenario({ case: { ...other, reference: '2026-017' }, ...change }), vault);
      expect([expected, code, answer.code, answer.ok]).toEqual([expected, 2, expected, false]);
      // What the command does is set in from the margin; what it says to the person is not.
      const said = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('  '));
      expect(said).toEqual([expect.stringMatching(/^[A-Z][^\n]*\.$/)]);
      expect(stderr + JSON.stringify(answer)).not.toMatch(/something else entirely|basket comet|\n\s+at /);
    }
  }, 300_000);

  test('with a passphrase that is too easy to guess is not enrolled, and sets nothing up', async () => {
    const weak = { ...KKO, initials: 'KKP', passphrase: 'Password1' };
    const { answer } = await run(scenario({ reviewers: [...REVIEWERS, weak], case: { reference: '2026-018', reason: 'r', subject: 'other' }, steps: [{ do: 'enrol', initials: 'KKP', expect: 'auth.weak-passphrase' }] }), vault);
    expect(answer.ok).toBe(true);
    const fresh = folder.path('vault-weak');
    const { code, answer: setUp } = await run(scenario({ reviewers: [{ ...weak, initials: 'PAS' }, REVIEWERS[1]] }), fresh);
    expect([code, setUp.code, existsSync(fresh)]).toEqual([2, 'auth.weak-passphrase', false]);
  }, 120_000);
});

describe('a halt', () => {
  const vault = folder.path('vault-halt');

  test('refuses everything that opens or keeps, by the engine and not by the screen', async () => {
    const { code, answer } = await run(
      scenario({
        steps: [
          { do: 'capture', by: 'PAS', declare: 'not-suspected', expect: 'browse.not-started' },
          { do: 'goto', url: `${site.origin}/` },
          { do: 'capture', by: 'PAS', expect: 'gate.undeclared' },
          { do: 'capture', by: 'PAS', declare: 'not-suspected' },
          { do: 'capture', by: 'TRE', declare: 'unsure', expect: 'gate.declared' },
          ...['capture', 'goto', 'back', 'reload', 'concern', 'conclude', 'seal'].map((name) => haltedStep(name)),
        ],
      }),
      vault,
    );
    expect(answer.steps.filter((step) => !step.ok)).toEqual([]);
    expect(code).toBe(0);
  });

  test('survives a restart: no other case can be opened until the police were called and both signed', async () => {
    const { code, answer } = await run(scenario({ case: { reference: '2026-015', reason: 'Another', subject: 'other' } }), vault);
    expect([code, answer.code]).toEqual([1, 'computer.halted']);
    const crisis = JSON.parse(readFileSync(`${vault}/crisis.json`, 'utf8')) as { caseReference: string };
    expect(crisis.caseReference).toBe('2026-014');
  });

  function haltedStep(name: string): Json {
    const more: Record<string, Json> = {
      capture: { by: 'PAS', declare: 'not-suspected' },
      goto: { url: `${site.origin}/` },
      concern: { by: 'PAS', category: 'bullying', description: 'x' },
      conclude: { substance: true, outcomes: [], text: 'x' },
    };
    return { do: name, expect: 'case.halted', ...more[name] };
  }
});

describe('input that cannot be used', () => {
  const good = { do: 'export', to: 'taken.zip', recipient: 'police', passphrase: null };

  test('a scenario with a fault is named with its place, exits 2 and makes nothing', async () => {
    const vault = folder.path('vault-none');
    const out = folder.path('out-none');
    for (const [content, code, where] of [
      ['{', 'scenario.not-json', null],
      [scenario({ steps: [{ do: 'dance' }] }), 'scenario.invalid', 'steps[0].do'],
      [scenario({ steps: [{ do: 'goto', url: 'file:///etc/passwd' }] }), 'scenario.invalid', 'steps[0].url'],
      [scenario({ reviewers: REVIEWERS.map((r) => ({ ...r, initials: 'PAS' })) }), 'scenario.same-initials', 'reviewers[1].initials'],
    ] as const) {
      const result = await run(content, vault, out);
      expect([result.code, result.answer.code, result.answer.where ?? null]).toEqual([2, code, where]);
    }
    expect([existsSync(vault), existsSync(out)]).toEqual([false, false]);
  });

  test('an output that exists is never overwritten', async () => {
    const out = folder.path('out-taken');
    mkdirSync(out);
    writeFileSync(`${out}/taken.zip`, 'mine');
    const { code, answer } = await run(scenario({ steps: [good] }), folder.path('vault-taken'), out);
    expect([code, answer.code]).toEqual([2, 'export.exists']);
    expect(readFileSync(`${out}/taken.zip`, 'utf8')).toBe('mine');
    expect(existsSync(folder.path('vault-taken'))).toBe(false);
  });

  test('a folder that is no vault, and a file, are refused and left alone', async () => {
    const other = folder.path('holiday');
    mkdirSync(other);
    writeFileSync(`${other}/letter.txt`, 'mine');
    for (const vault of [other, `${other}/letter.txt`]) {
      const { code, answer } = await run(scenario(), vault, folder.path('out-other'));
      expect([code, answer.code]).toEqual([2, 'vault.not-a-vault']);
    }
    expect(readdirSync(other)).toEqual(['letter.txt']);
    expect(existsSync(folder.path('out-other'))).toBe(false);
  });

  test('a command that is used wrongly exits 2 and says how', async () => {
    expect((await countersign(['run', 'x.json'])).code).toBe(2);
    expect((await countersign(['frobnicate'])).code).toBe(2);
    expect((await countersign(['verify', folder.path('nothing.zip')])).code).toBe(2);
    await Promise.all(['demo', 'run', 'verify', 'self-test', 'open'].map(async (command) => {
      const { code, stdout } = await countersign([command, '--help']);
      expect([code, stdout.includes(`countersign ${command}`)]).toEqual([0, true]);
    }));
  });

  test('a machine without a screen is told so in one sentence, and exits 3', async () => {
    const { code, stdout } = await countersign(['open', '--host', 'chromium', '--vault', folder.path('vault-open')], { env: { DISPLAY: '', WAYLAND_DISPLAY: '' } });
    expect(code).toBe(3);
    expect(stdout.trim().split('\n')).toEqual([expect.stringContaining('npm run demo')]);
  });
});
