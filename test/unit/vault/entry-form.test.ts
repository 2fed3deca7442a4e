import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bodySchema, entrySchema, headerSchema } from '../../../src/record/entry.js';
import { KIND_SCHEMAS, type EntryKind } from '../../../src/record/kinds.js';
import { isWellFormed } from '../../../src/vault/entry-form.js';
import { entryFor, note } from './support.js';
import { z } from 'zod';

const runs = Number(process.env['COUNTERSIGN_FUZZ'] ?? 3_000);
const store = { id: 'a'.repeat(32), head: { seq: 4, hash: 'b'.repeat(64), signaturesHash: 'c'.repeat(64) } };
/** What the caller compares with values that it knows may be anything here. */
const shell = entrySchema.extend({
  header: headerSchema.extend({ case: z.unknown(), seq: z.unknown(), prev: z.unknown(), prevSigs: z.unknown(), dataHash: z.unknown() }),
  body: bodySchema.extend({ data: z.unknown() }),
});

/** What the schemas say. */
function fits(entry: unknown): boolean {
  const parsed = shell.safeParse(entry);
  return parsed.success && KIND_SCHEMAS[parsed.data.header.kind].safeParse(parsed.data.body.data).success;
}

const signature = { by: 'PAS', certificate: 'd'.repeat(64), how: 'machine', value: 'A'.repeat(512) };
const models: unknown[] = [
  note(store, 'a note'),
  { ...note(store, 'signed'), signatures: [signature, { ...signature, by: 'JMK' }] },
  entryFor(store, 'locked', { reason: 'idle' }),
  entryFor(store, 'clock-jump', { wallMs: 5_000, monotonicMs: 10 }),
];

/** Every place in a value, as the names that lead to it. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, member]) => places(member, [...path, name]))];
}

/** A copy of `value` with something else in one place; the member goes where `put` is undefined. */
function changed(value: unknown, path: readonly string[], put: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return put;
  const copy: Record<string, unknown> = Object.assign(Array.isArray(value) ? [] : {}, value);
  const member = changed(copy[name], rest, put);
  if (member === undefined && rest.length === 0) Reflect.deleteProperty(copy, name);
  else copy[name] = member;
  return copy;
}

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }), fc.string(), fc.constantFrom<unknown>(undefined, null, -1, 2, [], {}, ['app'], ['PAS', 'JMK', 'app'], ['pas'], 'note', 'toString', '__proto__', 'f'.repeat(32), '2026-11-24T10:00:00.000Z', '2026-11-24', 'x'.repeat(20_001), [signature, signature, signature, signature, signature]),
);

test('an entry that is appended is held to exactly what the schemas demand of one that is read', () => {
  for (const model of models) expect([isWellFormed(model), fits(model)]).toEqual([true, true]);
  let [good, bad] = [0, 0];
  fc.assert(
    fc.property(fc.constantFrom(...models), fc.nat(), junk, fc.boolean(), (model, at, put, adds) => {
      const every = places(model);
      const path = every[at % every.length] ?? [];
      const entry = changed(model, adds ? [...path, 'more'] : path, put);
      const verdict = fits(entry);
      expect(isWellFormed(entry)).toBe(verdict);
      if (verdict) good += 1;
      else bad += 1;
    }),
    { numRuns: runs },
  );
  expect(Math.min(good, bad)).toBeGreaterThan(runs / 50);
  process.stdout.write(`vault: the form of ${good} good and ${bad} bad entries judged as the schemas do\n`);
});

test('every kind of entry is known to the quick check', () => {
  for (const kind of Object.keys(KIND_SCHEMAS) as EntryKind[]) expect(isWellFormed(entryFor(store, kind, { no: 'such member' }))).toBe(false);
});
