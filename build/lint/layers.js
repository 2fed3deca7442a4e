/*
 * Who may import whom. This table is the house: the tsconfigs under build/tsconfig say the same, and
 * test/unit/house/imports.test.ts proves that both bite.
 */
import { posix, relative, sep } from 'node:path';

const PURE = ['record', 'investigation'];

/** What the screens show of the pure layers: the policy tables' words, and the errors that come back over the contract. */
const SHOWN = ['src/investigation/policy/', 'src/record/coded-error.js'];

/**
 * A layer lies in `src/<name>`, or in its `folder`. `layers`: which others it may import. `types`: of which it may import
 * types alone, but for the paths in `shared`. `node`: whether it may use Node's modules. `packages`: what it may use of
 * npm besides zod, which every layer uses at its border; `*` is anything.
 */
export const LAYERS = {
  record: { layers: [], node: false, packages: ['@scure/bip39'] },
  investigation: { layers: ['record'], node: false, packages: [] },
  verify: { layers: PURE, node: false, packages: ['pkijs', 'asn1js', '@zip.js/zip.js'] },
  safety: { layers: PURE, node: true, packages: ['@noble/hashes'] },
  cdp: { layers: PURE, node: true, packages: ['devtools-protocol', 'sharp', '@hyzyla/pdfium'] },
  archive: { layers: ['record'], node: false, packages: ['warcio', '@zip.js/zip.js'] },
  vault: { layers: PURE, node: true, packages: ['sqlite3', '@node-rs/argon2', '@hpke/core', 'node-forge'] },
  bundle: { layers: PURE, node: true, packages: ['node-forge', '@zip.js/zip.js', 'sharp'] },
  engine: { layers: [...PURE, 'verify', 'safety', 'cdp', 'archive', 'vault', 'bundle'], types: ['ipc'], shared: [], node: true, packages: ['@scure/bip39', '@zxcvbn-ts/core', '@zxcvbn-ts/language-common', '@zxcvbn-ts/language-en'] },
  ipc: { layers: PURE, node: false, packages: [] },
  main: { folder: 'main', layers: [...PURE, 'verify', 'safety', 'cdp', 'archive', 'vault', 'bundle', 'engine', 'ipc'], node: true, packages: ['devtools-protocol'] },
  'renderer-logic': { folder: 'renderer/logic', layers: ['ipc'], types: PURE, shared: SHOWN, node: false, packages: [] },
  renderer: {
    folder: 'renderer',
    layers: ['ipc', 'renderer-logic'],
    types: PURE,
    shared: SHOWN,
    node: false,
    packages: ['react', 'react-dom', 'react-aria-components', 'lucide-react', 'zustand', '@fontsource/atkinson-hyperlegible-next', '@fontsource/atkinson-hyperlegible-mono'],
  },
  'verify-page': { folder: 'verify-page', layers: [...PURE, 'verify'], types: ['renderer'], shared: ['renderer/tokens.css'], node: false, packages: ['react', 'react-dom', '@noble/hashes', '@noble/ciphers', '@zip.js/zip.js', 'hash-wasm'] },
  test: {
    folder: 'test',
    layers: [...PURE, 'verify', 'safety', 'cdp', 'archive', 'vault', 'bundle', 'engine', 'ipc', 'main', 'renderer-logic'],
    node: true,
    packages: ['*'],
  },
};

/** Packages that one folder of a layer may use beyond its layer's. */
const FOLDER_PACKAGES = { 'main/electron': ['electron', '@electron/fuses'] };

/** Folders before the folders that hold them. */
const FOLDERS = Object.entries(LAYERS).map(([name, { folder }]) => [name, folder ?? `src/${name}`]).sort(([, a], [, b]) => b.length - a.length);

/** The layer of a file, given by its path from the root with forward slashes; null for what lies outside the house. */
function layerOf(path) {
  return FOLDERS.find(([, folder]) => path.startsWith(`${folder}/`))?.[0] ?? null;
}

/** Why the file at `path` may not import `source`; null when it may. */
function refusal(path, source, typesOnly) {
  const from = layerOf(path);
  const table = LAYERS[from];
  if (source.startsWith('.')) {
    const target = posix.join(posix.dirname(path), source);
    const to = layerOf(target);
    if (to === from) return null;
    if (to === null) return `${from} may not import ${target}, which is outside the layers.`;
    if (table.layers.includes(to)) return null;
    if (table.types?.includes(to) && (typesOnly || table.shared.some((shown) => target.startsWith(shown)))) return null;
    return table.types?.includes(to) ? `${from} may import only types from ${to} (import type).` : `${from} may not import ${to}.`;
  }
  if (source.startsWith('node:')) return table.node ? null : `${from} runs in a web page too and may not import ${source}.`;
  const name = source.split('/').slice(0, source.startsWith('@') ? 2 : 1).join('/');
  const folders = Object.entries(FOLDER_PACKAGES).filter(([folder]) => path.startsWith(`${folder}/`));
  const allowed = ['zod', ...table.packages, ...folders.flatMap(([, packages]) => packages)];
  return allowed.includes(name) || allowed.includes('*') ? null : `${from} may not use the package ${name}.`;
}

/** ESLint rule: every import, export from, dynamic import and import type keeps to the table. */
export const layers = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const path = relative(context.cwd, context.filename).split(sep).join('/');
    if (layerOf(path) === null) return {};
    const check = (node, source, typesOnly) => {
      const constant = source?.type === 'TSLiteralType' ? source.literal : source;
      const message =
        typeof constant?.value === 'string' ? refusal(path, constant.value, typesOnly)
        : path.startsWith('test/') ? null
        : 'An import must name its module, so that it can be checked.';
      if (message !== null) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => { check(node, node.source, node.importKind === 'type'); },
      ExportNamedDeclaration: (node) => { if (node.source) check(node, node.source, node.exportKind === 'type'); },
      ExportAllDeclaration: (node) => { check(node, node.source, node.exportKind === 'type'); },
      ImportExpression: (node) => { check(node, node.source, false); },
      TSImportType: (node) => { check(node, node.source ?? node.argument, true); },
      TSExternalModuleReference: (node) => { check(node, node.expression, false); },
      'CallExpression[callee.name="require"]': (node) => { check(node, node.arguments[0], false); },
    };
  },
};
