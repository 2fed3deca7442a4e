/** Open-source software that is part of the app, by licence. A test holds it against what is installed. */
export const LICENCES: Readonly<Record<string, readonly string[]>> = {
  'MIT': [
    '@hpke/core', '@hyzyla/pdfium', '@noble/ciphers', '@noble/hashes', '@node-rs/argon2', '@scure/bip39', '@zxcvbn-ts/core', '@zxcvbn-ts/language-common', '@zxcvbn-ts/language-en', 'hash-wasm', 'react', 'react-dom', 'zod', 'zustand',
  ],
  'Apache-2.0': ['react-aria-components', 'sharp', 'warcio'],
  'BSD-3-Clause': ['@zip.js/zip.js', 'asn1js', 'node-forge', 'pkijs', 'sqlite3'],
  'ISC': ['lucide-react'],
  'OFL-1.1': ['@fontsource/atkinson-hyperlegible-mono', '@fontsource/atkinson-hyperlegible-next'],
};

/** What the app cannot do or does not check, in the words of its own report. */
export const KNOWN_LIMITS: readonly string[] = [
  'Flag lists catch what they know. A page that is on no list can still show the sexual abuse of a child before anybody sees what it is. Press F9 at once.',
  'The app proves that nothing in its record was changed after it was written. It cannot prove that a page was true, or who wrote it.',
  'A lasting connection that a page opens by itself, such as a WebSocket, is listed once and not message by message.',
  'A picture on a page can be seen for an instant before it is hidden.',
  'Times rest on this computer’s clock. A time stamping authority, where one is set, shows that the record existed by then.',
  'Somebody with both passphrases can open everything. Somebody who controls this computer while you are signed in sees what you see.',
  'A destroyed case is gone from this computer. Copies that left it, on paper or as bundles, are not.',
];
