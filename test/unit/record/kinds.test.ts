import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACT_KINDS, ENTRY_KINDS, KIND_SCHEMAS, SIGNED_KINDS, type EntryKind } from '../../../src/record/kinds.js';
import { root } from '../house/root.js';

interface Row {
  readonly kind: EntryKind;
  readonly by: string;
  readonly signed: string;
  readonly example: string;
}

/** The table of kinds, as a reader sees it. */
const rows: Row[] = readFileSync(join(root, 'src/record/README.md'), 'utf8').split('\n').flatMap((line) => {
  const cells = line.split('|').map((cell) => cell.trim());
  const kind = /^`([a-z-]+)`$/.exec(cells[1] ?? '')?.[1];
  return kind === undefined || cells.length !== 7 ? [] : [{ kind: kind as EntryKind, by: cells[3] ?? '', signed: cells[4] ?? '', example: cells[5] ?? '' }];
});

/** An example with its shortened hashes as long as hashes are. */
function dataOf({ example }: Row): unknown {
  const text = example.replace(/^`|`$/g, '').replace(/"([0-9a-f]{4})…"/g, (_, digits: string) => `"${digits}${'0'.repeat(60)}"`).replaceAll('…"', '"');
  return JSON.parse(text);
}

test('the table of the README has every kind once and says who signs it', () => {
  expect([...rows.map((row) => row.kind)].sort()).toEqual([...ENTRY_KINDS].sort());
  for (const { kind, signed } of rows) {
    const expected = !SIGNED_KINDS.has(kind) ? '' : ACT_KINDS.has(kind) ? 'both, act' : kind === 'sign-out' ? 'both; act where it says so' : 'both';
    expect([kind, signed]).toEqual([kind, expected]);
  }
});

/** Who does it, as the table says, and whether the app or a reviewer can. */
const DOERS: ReadonlyMap<string, readonly ('app' | 'reviewer')[]> = new Map([
  ['app', ['app']], ['reviewer', ['reviewer']], ['a reviewer', ['reviewer']], ['both reviewers', ['reviewer']],
  ['reviewer or app', ['app', 'reviewer']], ['reviewers or app', ['app', 'reviewer']], ['app or reviewer', ['app', 'reviewer']], ['both reviewers, or app', ['app', 'reviewer']],
]);

test('the table says of every kind who does it, as the code does that writes it', () => {
  for (const { kind, by, signed } of rows) {
    expect([kind, by, DOERS.has(by)]).toEqual([kind, by, true]);
    if (signed === 'both, act') expect([kind, by]).toEqual([kind, 'both reviewers']);
  }
  const folder = join(root, 'src/engine');
  const code = readdirSync(folder).map((name) => (name.endsWith('.ts') ? readFileSync(join(folder, name), 'utf8') : '')).join('\n');
  const writes = [...code.matchAll(/\.(?:add|addWith)\('([a-z-]+)', \[('app'|by|[a-z]*nitials|\.\.\.[a-z.]*reviewers)\]/g)];
  expect(writes.length).toBeGreaterThan(25);
  for (const [, kind, who = ''] of writes) {
    const row = rows.find((each) => each.kind === kind);
    const doer = who === "'app'" ? 'app' : 'reviewer';
    // `by` can be either; where both sign out together, or lock by hand, the code says so in a variable.
    expect([kind, doer, who === 'by' || DOERS.get(row?.by ?? '')?.includes(doer)]).toEqual([kind, doer, true]);
    if (who.startsWith('...')) expect([kind, row?.by]).toEqual([kind, expect.stringMatching(/^(both )?reviewers/)]);
  }
});

test.each(rows.map((row) => [row.kind, row] as const))('the example of %s is what its schema takes', (kind, row) => {
  expect(KIND_SCHEMAS[kind].safeParse(dataOf(row)).error?.issues ?? []).toEqual([]);
});
