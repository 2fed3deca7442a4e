import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, '..');

/** The screens: everything they need, fonts included, ends up in out/renderer and is named relative to index.html. */
export default defineConfig({
  root: join(root, 'renderer'),
  base: './',
  // Nothing is copied that no file names.
  publicDir: false,
  // What is in the machine's environment must not end up in the screens.
  envDir: false,
  plugins: [react()],
  build: {
    outDir: join(root, 'out', 'renderer'),
    // tsc puts the renderer's logic into the same folder; names without a hash keep old files from piling up.
    emptyOutDir: false,
    rolldownOptions: { output: { entryFileNames: 'assets/[name].js', chunkFileNames: 'assets/[name].js', assetFileNames: 'assets/[name][extname]' } },
    target: 'chrome130',
    sourcemap: false,
    // The policy of the screens refuses data: addresses for scripts and fonts, so nothing is put into them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The screens come from the disk in one piece; React Aria's words for every language make up most of it.
    chunkSizeWarningLimit: 1_500,
  },
});
