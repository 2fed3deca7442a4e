import { describe, expect, test } from '@jest/globals';
import { suggestedName, wouldBeSaved } from '../../../src/cdp/downloads.js';

const headers = (type: string | null, disposition: string | null = null): { name: string; value: string }[] => [
  ...(type === null ? [] : [{ name: 'Content-Type', value: type }]),
  ...(disposition === null ? [] : [{ name: 'content-disposition', value: disposition }]),
];

describe('what a browser would save instead of show', () => {
  test.each([
    ['text/html; charset=utf-8', null, false],
    ['application/pdf', null, false],
    ['application/atom+xml', null, false],
    ['image/png', 'inline; filename="a.png"', false],
    ['image/png', 'attachment', true],
    ['text/html', 'ATTACHMENT; filename=a.html', true],
    ['text/html', 'something-else', true],
    ['text/html', 'filename=a.html', false],
    ['application/zip', null, true],
    ['application/octet-stream', null, true],
    ['application/vnd.ms-excel', null, true],
    ['text/csv', null, true],
    [null, null, false],
  ])('%s with disposition %s: %s', (type, disposition, saved) => {
    expect(wouldBeSaved(200, headers(type, disposition))).toBe(saved);
  });

  test('an answer without content saves nothing', () => {
    expect(wouldBeSaved(204, headers('application/zip'))).toBe(false);
  });

  test('the suggested name is read in its two forms', () => {
    expect(suggestedName(headers(null, 'attachment; filename="two words.bin"'))).toBe('two words.bin');
    expect(suggestedName(headers(null, "attachment; filename*=UTF-8''x.bin"))).toBe("UTF-8''x.bin");
    expect(suggestedName(headers('application/zip'))).toBeNull();
  });
});
