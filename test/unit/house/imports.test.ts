import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { load, root } from './root.js';

interface Layer {
  readonly folder?: string;
  readonly layers: readonly string[];
  readonly types?: readonly string[];
  readonly node: boolean;
  readonly packages: readonly string[];
}

const { LAYERS, layers } = (await load('build/lint/layers.js')) as { LAYERS: Readonly<Record<string, Layer>>; layers: object };
const names = Object.keys(LAYERS);
const linter = new Linter({ configType: 'flat', cwd: root });

/** What the rule says of `code` in the file at `path`. */
function lint(path: string, code: string): string[] {
  const config = [{ files: ['**/*.ts', '**/*.tsx'], languageOptions: { parser }, plugins: { house: { rules: { layers } } }, rules: { 'house/layers': 'error' } }];
  return linter.verify(code, config as unknown as Linter.Config[], { filename: join(root, path) }).map(({ message }) => message);
}

const folder = (layer: string): string => LAYERS[layer]?.folder ?? `src/${layer}`;
const fileIn = (layer: string): string => `${folder(layer)}/part/file.ts`;
const from = (a: string, b: string): string => posix.relative(posix.dirname(fileIn(a)), `${folder(b)}/part/other.js`);

describe('the import rule', () => {
  const pairs = names.flatMap((a) => names.filter((b) => b !== a).map((b) => [a, b] as const));
  const allowed = pairs.filter(([a, b]) => LAYERS[a]?.layers.includes(b));
  const forbidden = pairs.filter(([a, b]) => !LAYERS[a]?.layers.includes(b));

  test('knows every layer that exists', () => {
    expect(names).toEqual(expect.arrayContaining(readdirSync(join(root, 'src'))));
  });

  test.each(forbidden)('refuses %s importing %s', (a, b) => {
    const path = from(a, b);
    const ways = [`import { x } from '${path}';`, `export { x } from '${path}';`, `const x = await import('${path}');`, `import '${path}';`];
    for (const code of ways) expect(lint(fileIn(a), code)).toHaveLength(1);
    const types = [`import type { X } from '${path}';`, `let x: import('${path}').X;`];
    for (const code of types) expect(lint(fileIn(a), code)).toHaveLength(LAYERS[a]?.types?.includes(b) ? 0 : 1);
  });

  test.each(allowed)('lets %s import %s', (a, b) => {
    expect(lint(fileIn(a), `import { x } from '${from(a, b)}'; import type { X } from '${from(a, b)}';`)).toEqual([]);
  });

  test.each(names)('lets %s import itself and zod', (a) => {
    expect(lint(fileIn(a), `import { x } from './other.js'; import { y } from '../thing.js'; import { z } from 'zod';`)).toEqual([]);
  });

  test.each([
    ['src/record/a.ts', 'node:fs'], ['src/investigation/a.ts', 'node:crypto'], ['src/verify/a.ts', 'node:buffer'], ['src/ipc/a.ts', 'node:fs'], ['renderer/a.ts', 'node:fs'],
    ['src/record/a.ts', 'sqlite3'], ['src/verify/a.ts', 'node-forge'], ['src/bundle/a.ts', 'pkijs'], ['src/bundle/a.ts', 'sqlite3'], ['src/engine/a.ts', '@node-rs/argon2'],
    ['src/cdp/a.ts', 'electron'], ['main/a.ts', 'electron'], ['main/chromium/a.ts', 'electron/main'], ['main/cli/a.ts', 'playwright-core'], ['src/engine/a.ts', 'react'],
    ['renderer/a.ts', 'electron'], ['src/vault/a.ts', '../../build/setup.js'], ['src/record/a.ts', 'fs'], ['src/archive/a.ts', 'node:fs'], ['src/archive/a.ts', 'sharp'],
  ])('refuses %s importing %s', (path, source) => {
    expect(lint(path, `import { x } from '${source}';`)).toHaveLength(1);
  });

  test.each([
    ['src/verify/a.ts', 'pkijs'], ['src/archive/a.ts', 'warcio'], ['src/vault/a.ts', 'node:fs'], ['main/electron/a.ts', 'electron'], ['test/e2e/a.ts', 'playwright-core'],
    ['renderer/a.tsx', '@fontsource/atkinson-hyperlegible-next/400.css'], ['src/cdp/a.ts', 'devtools-protocol/types/protocol.js'],
  ])('lets %s import %s', (path, source) => {
    expect(lint(path, `import { x } from '${source}';`)).toEqual([]);
  });

  test('lets the screens use the policy tables and the errors that come over the contract, and no other value of the pure layers', () => {
    const uses = (source: string): string[] => lint('renderer/features/a.tsx', `import { x } from '../../src/${source}.js';`);
    expect([...uses('investigation/policy/concerns'), ...uses('record/coded-error')]).toEqual([]);
    expect([...uses('investigation/case-state'), ...uses('record/entry')]).toHaveLength(2);
  });

  test('refuses an import that hides what it names', () => {
    expect(lint('src/engine/a.ts', 'const x = await import(name);')).toHaveLength(1);
    expect(lint('src/record/a.ts', `import x = require('node:fs');`)).toHaveLength(1);
    expect(lint('src/record/a.ts', `const x = require('node:fs');`)).toHaveLength(1);
  });
});

describe('the tsconfigs', () => {
  const configured = readdirSync(join(root, 'build/tsconfig')).map((file) => file.replace('.json', '')).filter((name) => name !== 'base');

  test('are there for every layer that has files, and for nothing else', () => {
    expect(names).toEqual(expect.arrayContaining(configured));
    expect(configured).toEqual(expect.arrayContaining(names.filter((name) => existsSync(join(root, folder(name))))));
  });

  test.each(configured)('of %s refers to the layers of the table and no others', (name) => {
    const config = JSON.parse(readFileSync(join(root, 'build/tsconfig', `${name}.json`), 'utf8')) as { references: { path: string }[]; compilerOptions: { types?: string[] } };
    const layer = LAYERS[name];
    const wanted = [...(layer?.layers ?? []), ...(layer?.types ?? [])].filter((other) => configured.includes(other));
    expect(config.references.map(({ path }) => path).sort()).toEqual(wanted.map((other) => `./${other}.json`).sort());
    expect(config.compilerOptions.types?.includes('node')).toBe(layer?.node);
  });

  test('refuse a wrong import and a wrong global', () => {
    mkdirSync(join(root, 'out'), { recursive: true });
    const copy = mkdtempSync(join(root, 'out', 'wrong-imports-'));
    try {
      cpSync(join(root, 'build/tsconfig'), join(copy, 'build/tsconfig'), { recursive: true });
      const wrong: Record<string, string> = {
        'src/record/uses-process.ts': 'export const x = process.pid;',
        'src/record/uses-node.ts': `export { readFileSync } from 'node:fs';`,
        'src/record/uses-vault.ts': `export { y } from '../vault/uses-dom.js';`,
        'src/investigation/fine.ts': `export const z = 1;`,
        'src/vault/uses-dom.ts': 'export const y = document.title;',
        'src/verify/uses-bundle.ts': `export { b } from '../bundle/fine.js';`,
        'src/bundle/fine.ts': 'export const b = 1;',
      };
      for (const [path, code] of Object.entries(wrong)) {
        mkdirSync(dirname(join(copy, path)), { recursive: true });
        writeFileSync(join(copy, path), code);
      }
      const configs = ['record', 'vault', 'verify'].map((name) => join(copy, 'build/tsconfig', `${name}.json`));
      const compile = (config: string): string => spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', config, '--noEmit'], { encoding: 'utf8' }).stdout;
      const said = configs.map(compile).join('');
      for (const path of Object.keys(wrong)) expect([path, said.includes(`${path.split('/').pop() ?? ''}(`)]).toEqual([path, !path.includes('fine')]);
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
});

describe('package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

  test.each(Object.entries(scripts))('script %s needs no Unix shell', (_, script) => {
    expect(script).toMatch(/^node build\/[a-z-]+\.js(?: [a-z-]+)*$/);
  });
});
