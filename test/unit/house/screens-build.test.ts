import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';

const SOURCES = {
  'index.html': '<!doctype html><html lang="en-GB"><head><title>Page</title></head><body><div id="app"></div><script type="module" src="./main.tsx"></script></body></html>',
  'main.tsx': `import { createRoot } from 'react-dom/client';
    import '@fontsource/atkinson-hyperlegible-next/latin-400.css';
    import './page.css';
    const place = document.querySelector('#app');
    if (place !== null) createRoot(place).render(<p>Ready</p>);`,
  'page.css': 'p { background: url("./dot.svg"); }',
  'dot.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><circle cx="2" cy="2" r="2"/></svg>',
};

describe('the build of the screens', () => {
  let folder = '';
  let built: string[] = [];
  const read = (path: string): string => readFileSync(join(folder, 'built', path), 'utf8');

  beforeAll(() => {
    mkdirSync(join(root, 'out'), { recursive: true });
    folder = mkdtempSync(join(root, 'out', 'screens-'));
    for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(folder, name), text);
    const vite = [join(root, 'node_modules/vite/bin/vite.js'), 'build', folder, '--config', join(root, 'build/vite.config.js'), '--outDir', join(folder, 'built'), '--logLevel', 'warn'];
    const { status, stderr } = spawnSync(process.execPath, vite, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    built = readdirSync(join(folder, 'built'), { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('names everything relative to the page, so that any origin can serve it', () => {
    const named = [...read('index.html').matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(named.length).toBeGreaterThanOrEqual(2);
    for (const address of named) expect(address).toMatch(/^\.\/assets\//);
  });

  test('brings its fonts and pictures as files, puts none into the style sheet, and fetches nothing from elsewhere', () => {
    const css = read(built.find((path) => path.endsWith('.css')) ?? '');
    const addresses = [...css.matchAll(/url\(["']?([^"')]+)/g)].map(([, address]) => address ?? '');
    expect(addresses.some((address) => address.endsWith('.woff2'))).toBe(true);
    for (const address of addresses) expect(built).toContain(`assets/${address.replace(/^\.\//, '')}`);
  });

  test('has no inline script and no source map', () => {
    expect(read('index.html')).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(built.filter((path) => path.endsWith('.map'))).toEqual([]);
  });
});
