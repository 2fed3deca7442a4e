import { describe, expect, test } from '@jest/globals';
import { cut, maskHeaders, maskUrl, oneLine } from '../../../src/cdp/masking.js';

describe('masking', () => {
  test.each([
    ['https://ann:secret@example.org/a?b=c#d', 'https://ann:***@example.org/a?b=c#d'],
    ['https://ann:se:c@ret@example.org/', 'https://ann:***@example.org/'],
    ['https://ann@example.org/', 'https://ann@example.org/'],
    ['https://example.org/path:with@sign', 'https://example.org/path:with@sign'],
    ['https://example.org/?mail=a:b@c', 'https://example.org/?mail=a:b@c'],
    ['mailto:someone@example.org', 'mailto:someone@example.org'],
    ['not an address', 'not an address'],
  ])('writes %s as %s', (url, masked) => {
    expect(maskUrl(url)).toBe(masked);
  });

  test('an address longer than the record takes is cut, and never in the middle of a character', () => {
    expect(maskUrl(`data:text/plain,${'x'.repeat(20_000)}`)).toHaveLength(16_384);
    expect(cut('a😀b', 3).isWellFormed()).toBe(true);
  });

  test('a line has no line breaks or control characters', () => {
    expect(oneLine('a\n\u0000b\u202e')).toBe('a b\u202e');
  });

  test('values of cookies and of authorization are masked, names stay, others stay whole', () => {
    expect(maskHeaders({ Cookie: 'a=1; b=2', 'Set-Cookie': 'a=1; Path=/; HttpOnly\nb=2', Authorization: 'Basic abc', Accept: '*/*' })).toEqual({
      accept: '*/*', authorization: '***', cookie: 'a=***; b=***', 'set-cookie': 'a=***; Path=/; HttpOnly\nb=***',
    });
  });
});
