import tseslint from 'typescript-eslint';
import { layers } from './build/lint/layers.js';

const house = { rules: { layers } };

/** What the pure folders must have handed in (src/record/ports.ts): clock, randomness, network, disk, page. */
const IMPURE = [
  'process', 'Buffer', 'global', 'globalThis', 'window', 'self', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage', 'indexedDB', 'caches',
  'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'Worker', 'performance', 'console', 'alert', 'eval', 'Function', 'require', 'module',
  'setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame', 'queueMicrotask', 'clearTimeout', 'clearInterval',
].map((name) => ({ name, message: 'Pure folders use no effects: take a port instead.' }));

const RANDOM = { selector: 'MemberExpression[object.name="Math"][property.name="random"]', message: 'Pure folders use no randomness: take a port instead.' };
const BARREL = { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines it.' };
const DEFAULT = { selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]', message: 'No default exports: one name for one thing everywhere.' };
const TODAY = [
  'NewExpression[callee.name="Date"][arguments.length=0]', 'CallExpression[callee.name="Date"]', 'MemberExpression[object.name="Date"]:not([property.name=/^(UTC|parse)$/])',
  'VariableDeclarator > Identifier.init[name="Date"]',
].map((selector) => ({ selector, message: 'Pure folders use no clock: times come from signed material or from a port.' }));
const CRYPTO = { selector: 'MemberExpression[object.name="crypto"]:not([property.name="subtle"])', message: 'Of crypto the verifier uses what is deterministic: crypto.subtle.' };

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'assets/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.cts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { house },
    rules: {
      'house/layers': 'error',
      // `== null` is the one comparison that means two things at once on purpose.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', BARREL, DEFAULT],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Numbers in sentences are what templates are for.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `{ readonly [key: string]: T }` beside other members reads better than Record.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // `_` is the usual name for what a callback must take and does not use.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An arrow that calls and returns nothing is the shortest event handler there is.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      // A key taken out of a fresh copy harms nobody.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Brackets say that a key comes from outside and may not be there.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // Interfaces here hold closures, which the rule cannot tell from methods; a class with #private fields fails at once by itself.
      '@typescript-eslint/unbound-method': 'off',
      // The types of node-forge and its like have enums; the code here has none.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // A text is spread to get its code points.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // One overload a line reads better where each takes another event.
      '@typescript-eslint/unified-signatures': 'off',
      // Ports are asynchronous; an implementation need not wait for anything.
      '@typescript-eslint/require-await': 'off',
      // It would have us write `!`, which the strict set refuses.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
    },
  },
  {
    // A sandboxed preload script cannot be an ES module.
    files: ['**/*.cts'],
    rules: { '@typescript-eslint/no-require-imports': 'off', '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['src/record/**', 'src/investigation/**', 'src/verify/**', 'src/archive/**'],
    rules: {
      'no-restricted-globals': ['error', ...IMPURE],
      'no-restricted-syntax': ['error', BARREL, DEFAULT, RANDOM, ...TODAY],
    },
  },
  {
    files: ['src/record/**', 'src/investigation/**'],
    rules: { 'no-restricted-globals': ['error', ...IMPURE, 'Date', 'crypto'] },
  },
  { files: ['src/verify/**'], rules: { 'no-restricted-syntax': ['error', BARREL, DEFAULT, RANDOM, ...TODAY, CRYPTO] } },
  {
    // Describing a broken input takes liberties with types that the product may not take.
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: ['build/**/*.js', '*.js'],
    extends: [tseslint.configs.recommended],
    rules: { eqeqeq: 'error', 'no-restricted-syntax': ['error', BARREL] },
  },
);
