import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACT_KINDS, ENTRY_KINDS, KIND_SCHEMAS, SIGNED_KINDS, type EntryKind } from '../../../src/record/kinds.js';
import { root } from '../house/root.js';

interface Row {
  readonly kind: EntryKind;
  readonly signed: string;
  readonly example: string;
}

/** The table of kinds, as a reader sees it. */
const rows: Row[] = readFileSync(join(root, 'src/record/README.md'), 'utf8').split('\n').flatMap((line) => {
  const cells = line.split('|').map((cell) => cell.trim());
  const kind = /^`([a-z-]+)`$/.exec(cells[1] ?? '')?.[1];
  return kind === undefined || cells.length !== 7 ? [] : [{ kind: kind as EntryKind, signed: cells[4] ?? '', example: cells[5] ?? '' }];
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

test.each(rows.map((row) => [row.kind, row] as const))('the example of %s is what its schema takes', (kind, row) => {
  expect(KIND_SCHEMAS[kind].safeParse(dataOf(row)).error?.issues ?? []).toEqual([]);
});
