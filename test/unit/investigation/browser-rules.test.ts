import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { BROWSER_RULES } from '../../../src/investigation/policy/browser.js';
import { REFUSED_THINGS } from '../../../src/record/kinds.js';

const README = readFileSync('README.md', 'utf8');

describe('what the browser refuses', () => {
  test.each(REFUSED_THINGS)('%s is said in one line and why, and stands in the README’s table', (what) => {
    const { sentence, why } = BROWSER_RULES[what];
    expect(sentence).toMatch(/^[A-Z].{5,60}[^.]$/);
    expect(why).toMatch(/\.$/);
    expect(README).toContain(`| ${sentence} |`);
  });
});
