import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ENTRY_KINDS, KIND_SCHEMAS } from '../../../src/record/kinds.js';
import { MIGRATIONS } from '../../../src/vault/migrations.js';

/** The version of the database since which the kinds of entries are what they are, and the digest of their JSON Schemas. */
const KINDS = { since: 7, digest: '4c05cb98f55e55be5e4d566bb5170aaa' } as const;

function digestOfKinds(): string {
  const schemas = [...ENTRY_KINDS].sort().map((kind) => [kind, z.toJSONSchema(KIND_SCHEMAS[kind])]);
  return createHash('sha256').update(JSON.stringify(schemas)).digest('hex').slice(0, 32);
}

test('an app that does not know a kind, or what one can say, refuses the vault as newer: the version goes up with every change of a kind', () => {
  const digest = digestOfKinds();
  const advice = `The kinds of entries are not those of version ${KINDS.since}. If that version has been released, add a step with the next number and the script KINDS_CHANGED to MIGRATIONS and put its number here; then, in either case, the digest ${digest}.`;
  expect(digest === KINDS.digest ? 'as pinned' : advice).toBe('as pinned');
  expect(MIGRATIONS.map((step) => step.number)).toContain(KINDS.since);
});
