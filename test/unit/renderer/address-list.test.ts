import { describe, expect, test } from '@jest/globals';
import { addressesIn, listProblem, listStanding } from '../../../renderer/logic/address-list.js';
import { certificateWords } from '../../../renderer/logic/certificate-words.js';

const item = (status: Parameters<typeof listStanding>[0]['items'][number]['status']) => ({ url: `https://${status}.example/`, status, exhibit: null, note: '' });

describe('a list of addresses', () => {
  test('has one a line, each once, whatever the line ends with', () => {
    expect(addressesIn('  https://a.example/ \r\n\nhttps://b.example/\nhttps://a.example/')).toEqual(['https://a.example/', 'https://b.example/']);
  });

  test('is refused when it is empty, too long, or has an address that nobody could open', () => {
    expect(listProblem([])).toBe('Paste at least one address');
    expect(listProblem(Array.from({ length: 201 }, (_, at) => `https://${at}.example/`))).toContain('This one has 201');
    expect(listProblem([`https://a.example/${'x'.repeat(20_000)}`])).toContain('too long');
    expect(listProblem(['https://a.example/'])).toBeNull();
  });

  test('says how many are behind it, which is under way, and how many were kept', () => {
    expect(listStanding({ running: true, items: [item('kept'), item('failed'), item('taking'), item('waiting')] })).toEqual({ done: 2, at: 3, kept: 1 });
    expect(listStanding({ running: false, items: [item('kept'), item('not-kept'), item('skipped')] })).toEqual({ done: 3, at: 0, kept: 1 });
  });
});

describe('a certificate that is not valid', () => {
  test('is explained in words, an unknown error too', () => {
    expect(certificateWords('ERR_CERT_COMMON_NAME_INVALID')).toBe('Its certificate was made out for another site.');
    expect(certificateWords('ERR_SOMETHING_NEW')).toBe('Its certificate cannot be checked.');
  });
});
