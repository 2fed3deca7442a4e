import { expect, test } from '@jest/globals';
import { recordLine } from '../../../src/engine/record-lines.js';
import type { EntryData } from '../../../src/record/kinds.js';

const VISIT = { view: 'v1', url: 'https://forum.example.org/', cause: 'typed', redirects: [], status: 200, remoteAddress: '192.0.2.34' } as unknown as EntryData<'navigation'>;

test.each([
  [200, 'the site answered (200)'], [404, 'the site has no such page (404)'], [403, 'the site refused the page (403)'], [503, 'the site had a fault (503)'], [304, 'the site’s answer: 304'],
])('the site’s answer %i stands in the record in words', (status, words) => {
  expect(recordLine('navigation', { ...VISIT, status }, ['PAS']).detail).toBe(`Typed or chosen by PAS · ${words} · 192.0.2.34`);
});
