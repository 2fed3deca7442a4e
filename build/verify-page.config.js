import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/**
 * What the page may do: run its own script and styles, WebAssembly that is part of them, and a thread of its own (which has the same policy),
 * and nothing else. No address can be fetched, framed or sent to.
 */
const policy = (script, style) => `default-src 'none'; script-src '${script}' 'wasm-unsafe-eval'; worker-src blob:; style-src '${style}'; base-uri 'none'; form-action 'none'`;
const source = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Puts script and styles into the page, each allowed by its hash. */
function oneFile() {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle['index.html'];
      const script = Object.values(bundle).filter((file) => file.type === 'chunk');
      const style = Object.values(bundle).filter((file) => file.fileName.endsWith('.css'));
      if (page === undefined || script.length !== 1 || style.length !== 1) throw new Error('The page must come out as one script and one style sheet.');
      // A closing tag inside the script would end it.
      const code = script[0].code.replaceAll('</script', '<\\/script');
      const css = String(style[0].source);
      const meta = `<meta http-equiv="Content-Security-Policy" content="${policy(source(code), source(css))}" />`;
      page.source = String(page.source)
        .replace(/<script\b[^>]*><\/script>\s*/g, '')
        .replace(/<link\b[^>]*>\s*/g, '')
        .replace('<meta charset="utf-8" />', () => `<meta charset="utf-8" />\n    ${meta}`)
        .replace('</head>', () => `<style>${css}</style></head>`)
        .replace('</body>', () => `<script type="module">${code}</script></body>`);
      delete bundle[script[0].fileName];
      delete bundle[style[0].fileName];
    },
  };
}

/** The verifier's page: one file, out/verify-page/index.html, that a browser opens from the disk. */
export default defineConfig({
  root: join(root, 'verify-page'),
  base: './',
  publicDir: false,
  envDir: false,
  plugins: [react(), oneFile()],
  // The build of zip.js that unpacks with the browser's own streams: the other one would fetch a WebAssembly module, which the policy forbids.
  resolve: { alias: [{ find: /^@zip\.js\/zip\.js$/, replacement: '@zip.js/zip.js/index-native.js' }] },
  define: { TOOL: JSON.stringify(`Countersign verifier ${version}`) },
  build: {
    outDir: join(root, 'out', 'verify-page'),
    emptyOutDir: true,
    target: ['chrome120', 'firefox121', 'safari17'],
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
  },
});
