import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { root } from './root.js';

/* Every path on which bytes can reach a disk. What is of a page passes the gate, because one place alone stores it. */

/** What of Node's file system makes or changes a file. */
const WRITES = new Set(['appendFile', 'appendFileSync', 'copyFile', 'copyFileSync', 'cp', 'cpSync', 'createWriteStream', 'open', 'openSync', 'rename', 'renameSync', 'write', 'writeFile', 'writeFileSync', 'writev']);

/** Each file that imports one of them, and why no byte of a page goes through it past the gate. */
const WRITERS: Readonly<Record<string, string>> = {
  'src/vault/durable-file.ts': 'what the vault writes whole: its mark, the crisis file, copies of files that exist already',
  'src/vault/object-file.ts': 'evidence objects, encrypted; only through `CaseStore.stage`, which captures.ts and redactions.ts alone call',
  'src/bundle/folder-writer.ts': 'bundles: exhibits that passed the gate and are read through exhibit-parts.ts',
  'src/bundle/zip-writer.ts': 'bundles, as above',
  'src/bundle/erase.ts': 'zeros, over what an export has left',
  'src/bundle/target.ts': 'opens a folder to have its entries written; no bytes',
  'src/engine/verify-page.ts': 'the page that checks bundles, which is the same for every case',
  'main/chromium/profile-folder.ts': 'the preferences with which the browser starts; what the browser itself writes is looked for in the tests of flag lists and halts',
  'main/cli/bundle-source.ts': 'bundles, opened to be read',
  'main/folders.ts': 'the app’s own folders',
  'main/electron/msi-menu.ts': 'the project of the MSI, when an installer is made; never in the app',
};

/** Modules that reach a disk without Node's file system, and each file that imports one. */
const OTHER_WAYS = new Set(['sqlite3', 'better-sqlite3', 'sqlite', 'child_process', 'inspector', 'v8', 'cluster', 'wasi', 'repl']);
const OTHER_WRITERS: Readonly<Record<string, string>> = {
  'src/vault/database.ts': 'entries (whose kinds hold bounded texts), settings, lists, the inbox: each encrypted; no other folder than the vault’s uses it',
  'main/chromium/process-tree.ts': 'stops and ends processes',
  'main/chromium/browser-version.ts': 'asks a browser for its version',
  'main/chromium/browser-process.ts': 'starts the browser, whose every folder is searched in the tests of flag lists and halts',
  'main/cli/open.ts': 'starts the app',
  'main/machine-identity.ts': 'asks the system for its number',
  'main/made-bundles.ts': 'shows a bundle that is there in the file manager, which is told its path alone',
};

/** Methods of libraries, of Node and of Electron that write a file of their own. */
const OWN_FILES = ['toFile', 'savePage', 'setSavePath', 'setDownloadPath', 'takeHeapSnapshot', 'writeHeapSnapshot', 'writeReport', 'startLogging', 'startRecording'];
/** What makes the browser write one: an archive of the page, a PDF as a stream, a download that is let through. */
const BROWSERS_FILES = ['Page.captureSnapshot', 'ReturnAsStream', 'allowAndName', 'Tracing.requestMemoryDump', 'Page.startScreencastToFile'];

interface Use {
  /** Modules of {@link OTHER_WAYS}. */
  readonly others: readonly string[];
  readonly texts: readonly string[];
  readonly writes: readonly string[];
  /** Method names that are called. */
  readonly calls: readonly string[];
}

function usesOf(path: string, text: string): Use {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const writes = new Set<string>();
  const calls = new Set<string>();
  const texts = new Set<string>();
  const others = new Set<string>();
  const see = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier) && /^(?:node:)?fs(?:\/promises)?$/.test(node.moduleSpecifier.text)) {
      const { importClause: clause } = node;
      const named = clause?.namedBindings;
      if (clause?.name !== undefined || (named !== undefined && ts.isNamespaceImport(named))) writes.add('*');
      else if (named !== undefined) for (const each of named.elements) if (WRITES.has((each.propertyName ?? each.name).text)) writes.add((each.propertyName ?? each.name).text);
    }
    if (ts.isStringLiteralLike(node)) {
      texts.add(node.text);
      const module = node.text.replace(/^node:/, '');
      if (OTHER_WAYS.has(module) && (ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent) || ts.isCallExpression(node.parent))) others.add(module);
      // Asked for while the app runs, and not by an import that says what of it is used.
      if (/^fs(?:\/promises)?$/.test(module) && !ts.isImportDeclaration(node.parent)) writes.add('*');
    }
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) calls.add(node.expression.name.text);
    ts.forEachChild(node, see);
  };
  see(source);
  return { writes: [...writes], calls: [...calls], texts: [...texts], others: [...others] };
}

function* sources(folder: string): Generator<string> {
  for (const found of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, found.name);
    if (found.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(found.name)) yield path;
  }
}

const USES = new Map(['src', 'main', 'renderer'].flatMap((folder) => [...sources(folder)]).map((path) => [relative('.', path), usesOf(path, readFileSync(join(root, path), 'utf8'))]));
const filesThat = (does: (use: Use) => boolean): string[] => [...USES].filter(([, use]) => does(use)).map(([path]) => path).sort();

describe('every path that stores bytes', () => {
  test('is known, with the reason why no page passes it unasked', () => {
    expect(filesThat(({ writes }) => writes.length > 0)).toEqual(Object.keys(WRITERS).sort());
  });

  test('without Node’s file system is known too, and the database is the vault’s alone', () => {
    expect(filesThat(({ others }) => others.length > 0)).toEqual(Object.keys(OTHER_WRITERS).sort());
    expect(filesThat(({ texts }) => texts.some((text) => /(?:^|\/)database\.js$/.test(text))).filter((path) => !path.startsWith('src/vault/'))).toEqual([]);
  });

  test('that a library, Electron or the browser would write by itself is never asked for', () => {
    expect(filesThat(({ calls }) => OWN_FILES.some((name) => calls.includes(name)))).toEqual([]);
    expect(filesThat(({ texts }) => BROWSERS_FILES.some((name) => texts.includes(name)))).toEqual([]);
    for (const path of filesThat(({ texts }) => texts.some((text) => text.endsWith('.setDownloadBehavior')))) expect(readFileSync(join(root, path), 'utf8')).not.toMatch(/behavior: '(?!deny)/);
  });

  test('of evidence is called by captures, behind the gate, and by redactions, which derive from what passed it and is not quarantined', () => {
    expect(filesThat(({ calls }) => calls.includes('stage'))).toEqual(['src/engine/captures.ts', 'src/engine/redactions.ts']);
    // The one call of each, and what stands right before it.
    for (const path of ['src/engine/captures.ts', 'src/engine/redactions.ts']) {
      const text = readFileSync(join(root, path), 'utf8');
      expect(text.match(/\.stage\(/g)).toHaveLength(1);
      expect(text).toMatch(/[dD]emandAllowed\([a-z, ]+\);\s+staged\.push\(await record\.store\.stage\(/);
    }
    expect(readFileSync(join(root, 'src/engine/redactions.ts'), 'utf8')).toContain('await readExhibitPart(context, reference,');
  });

  test('is seen by this test when it is new', () => {
    for (const code of ["import { writeFile } from 'node:fs/promises';", "import { writeFileSync as put } from 'fs';", "import * as fs from 'node:fs';", "import fs from 'node:fs';"]) {
      expect(usesOf('a.ts', code).writes).toHaveLength(1);
    }
    for (const code of ["const fs = require('fs');", "await import('node:fs/promises');", "process.getBuiltinModule('node:fs');", "export * from 'node:fs';"]) expect(usesOf('a.ts', code).writes).toEqual(['*']);
    for (const code of ["import { execFile } from 'node:child_process';", "require('sqlite3')"]) expect(usesOf('a.ts', code).others).toHaveLength(1);
    expect(usesOf('a.ts', 'await sharp(a).toFile(path);').calls).toContain('toFile');
    expect(usesOf('a.ts', 'await record.store.stage(a, b, c);').calls).toEqual(['stage']);
    expect(usesOf('a.ts', "import { readFile } from 'node:fs/promises';").writes).toEqual([]);
  });
});
