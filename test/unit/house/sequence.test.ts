import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { load, root } from './root.js';

interface Listed { readonly path: string }
const { default: Sequence, SECONDS } = (await load('build/jest-sequence.js')) as { default: new (context: object) => { sort(tests: Listed[]): Listed[] }; SECONDS: Readonly<Record<string, number>> };

test('every test file that is said to take long is there', () => {
  expect(Object.keys(SECONDS).filter((name) => !existsSync(join(root, 'test', `${name}.ts`)))).toEqual([]);
});

test('the longest test files come first, and the others in one order on every computer', () => {
  const path = (name: string): Listed => ({ path: join(root, 'out', 'test', `${name}.js`) });
  const [longest = '', short = ''] = Object.entries(SECONDS).sort(([, a], [, b]) => b - a).map(([name]) => name).filter((_, i, all) => i === 0 || i === all.length - 1);
  const sorted = new Sequence({}).sort([path('unit/z.test'), path(short), path('unit/a.test'), path(longest)]);
  expect(sorted).toEqual([path(longest), path(short), path('unit/a.test'), path('unit/z.test')]);
});
