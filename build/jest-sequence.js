import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { createRequire } from 'node:module';
import { root } from './setup.js';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer');

/** Seconds that a file takes, of those that take long, by its path below `out/test`. Only their order matters. */
export const SECONDS = JSON.parse(readFileSync(new URL('./test-seconds.json', import.meta.url), 'utf8'));

/**
 * The longest files first, so that both workers end at about the same time. Jest would do so by itself on a machine on which it ran
 * before; on a fresh clone it knows no times and goes by the size of the files, which says little of a test that starts browsers.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const seconds = ({ path }) => SECONDS[relative(root, path).split(sep).slice(2).join('/').replace(/\.js$/, '')] ?? 1;
    return [...tests].sort((a, b) => seconds(b) - seconds(a) || a.path.localeCompare(b.path));
  }
}
