import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isCoded } from '../../../src/record/coded-error.js';
import { LIST_FORMATS, type ListFormat } from '../../../src/safety/list-format.js';
import { ListFile } from '../../../src/safety/list-reader.js';

/** What a file holds, read in pieces of `size` bytes: `type:hex` each. */
function read(format: ListFormat, bytes: Uint8Array | string, size = 7): string[] {
  const found: string[] = [];
  const file = new ListFile(format, (type, value) => found.push(`${type}:${Buffer.from(value).toString('hex')}`));
  const whole = Buffer.from(bytes);
  for (let at = 0; at < whole.length; at += size) file.push(whole.subarray(at, at + size));
  file.end();
  return found;
}

function fault(format: ListFormat, bytes: Uint8Array | string, size = 64): string {
  try {
    read(format, bytes, size);
    return 'none';
  } catch (error) {
    if (!isCoded(error)) throw error;
    expect(error.sentence).toContain('Nothing of this list was taken');
    return `${error.code} ${error.where ?? ''}`.trim();
  }
}

const MD5 = 'd41d8cd98f00b204e9800998ecf8427e';
const SHA1 = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
const SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('lists of hashes', () => {
  test('one a line, in any case, with comments, file names and either line ending', () => {
    expect(read('hashes', `# from the police\r\n${MD5.toUpperCase()}\r\n\r\n${SHA1}  a file.jpg\n${SHA256} *b.jpg`)).toEqual([`md5:${MD5}`, `sha1:${SHA1}`, `sha256:${SHA256}`]);
  });

  test('a table is read by the names of its columns', () => {
    expect(read('hashes', `Name,SHA-256,MD5\n"a, ""b""",${SHA256},${MD5}\nc,,${MD5}\n`)).toEqual([`sha256:${SHA256}`, `md5:${MD5}`, `md5:${MD5}`]);
    expect(read('hashes', `id;hash\n1;${SHA1}`)).toEqual([`sha1:${SHA1}`]);
  });

  test('a table without names is read by the shape of its first line', () => {
    expect(read('hashes', `7\t${MD5}\tx\n8\t${MD5}\ty`)).toEqual([`md5:${MD5}`, `md5:${MD5}`]);
    expect(fault('hashes', `7\t${MD5}\n8\t${SHA1}`)).toBe('lists.bad-hash line 2');
  });

  test('a wrong digit, a cut line, no hash and an open quotation mark are named with their line', () => {
    expect(fault('hashes', `${MD5}\n${MD5.slice(1)}z`)).toBe('lists.bad-hash line 2');
    expect(fault('hashes', `${MD5}\n${MD5}\n${SHA1.slice(0, 30)}`)).toBe('lists.bad-hash line 3');
    expect(fault('hashes', 'hello\n')).toBe('lists.bad-hash line 1');
    expect(fault('hashes', `md5,name\n${MD5},"cut`)).toBe('lists.cut-short line 2');
    expect(fault('hashes', '# nothing\n')).toBe('lists.empty');
  });
});

describe('lists of addresses', () => {
  test('each becomes the hash of its canonical form', () => {
    expect(read('addresses', 'https://Example.org/a%7eb?q=1#part\nexample.org\n')).toEqual([`address:${sha256('example.org/a~b?q=1')}`, `address:${sha256('example.org')}`]);
  });

  test('hashes of addresses are taken as they are', () => {
    expect(read('hashed-addresses', `sha256\n${SHA256}`)).toEqual([`address:${SHA256}`]);
    expect(fault('hashed-addresses', MD5)).toBe('lists.bad-hash line 1');
  });

  test('what is no address is named with its line', () => {
    expect(fault('addresses', 'https://example.org/\nnot an address')).toBe('lists.bad-address line 2');
    expect(fault('addresses', 'mailto://a@example.org')).toBe('lists.bad-address line 1');
  });
});

describe('lists of PDQ hashes', () => {
  test('those of low quality are left out', () => {
    expect(read('pdq', `${SHA256},100\n${SHA256},49\n${SHA256},50`)).toHaveLength(2);
    expect(read('pdq', `id,hash,quality\n1,${SHA256},12\n2,${SHA256},80`)).toEqual([`pdq:${SHA256}`]);
    expect(read('pdq', SHA256)).toEqual([`pdq:${SHA256}`]);
  });

  test('a quality that is none is named with its line', () => {
    expect(fault('pdq', `hash,quality\n${SHA256},101`)).toBe('lists.bad-quality line 2');
  });
});

const vics = (media: string, context = '"@odata.context":"http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/UK/$metadata#Media"'): string => `{${context},"value":[${media}]}`;

describe('VICS', () => {
  test('version 2.0: MD5 and SHA-1, and nothing else', () => {
    const media = `{"MediaID":1,"Category":2,"MD5":"${MD5.toUpperCase()}","SHA1":"${SHA1}","Comments":"${'long '.repeat(9_000)} MD5","PhotoDNA":"x\\"y","IsSuspected":"true","Tags":null,
      "MediaFiles":[{"MD5":"${MD5}","FileName":"\\u0041\\\\"}]}`;
    expect(read('vics', vics(media))).toEqual([`md5:${MD5}`, `sha1:${SHA1}`, `md5:${MD5}`]);
  });

  test('version 1.3, and cases with media inside', () => {
    const context = '"odata.metadata":"http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml#Media"';
    expect(read('vics', vics(`{"MD5":"${MD5}"}`, context))).toEqual([`md5:${MD5}`]);
    expect(read('vics', vics(`{"CaseID":"x","Media":[{"MD5":"${MD5}","SHA1":""}]}`), 1)).toEqual([`md5:${MD5}`]);
  });

  test('a file that is cut short, is not JSON, nests too deep or is something else is refused', () => {
    const whole = vics(`\n{"MD5":"${MD5}"},\n{"MD5":"${MD5}"}`);
    for (const cut of [whole.length - 1, whole.length - 20, 40, 3]) expect(fault('vics', whole.slice(0, cut))).toMatch(/^lists\.cut-short line/);
    expect(fault('vics', `${whole}x`)).toBe('lists.not-json line 3');
    expect(fault('vics', vics('\n{"MD5":"xyz"}'))).toBe('lists.bad-hash line 2');
    expect(fault('vics', vics('[1,]'))).toBe('lists.not-json line 1');
    expect(fault('vics', vics('['.repeat(40)))).toBe('lists.too-deep line 1');
    expect(fault('vics', `{"value":[{"MD5":"${MD5}"}]}`)).toBe('lists.not-vics');
    expect(fault('vics', vics('{"MediaID":1}'))).toBe('lists.empty');
  });

  test('any JSON is read or refused as JSON.parse does', () => {
    fc.assert(fc.property(fc.json(), fc.nat(60), fc.constantFrom('', ',', '}', '"', '[', 'tru'), (json, at, junk) => {
      const text = vics(json.slice(0, at) + junk + json.slice(at));
      const ours = fault('vics', text, 5);
      let theirs = true;
      try {
        JSON.parse(text);
      } catch {
        theirs = false;
      }
      expect([text, !/not-json|cut-short/.test(ours)]).toEqual([text, theirs || /too-deep|bad-hash/.test(ours)]);
    }), { numRuns: 2_000 });
  });
});

describe('junk', () => {
  test('UTF-16 is read where it says what it is, and refused where it does not', () => {
    const little = Buffer.from(`\ufeff${MD5}\n${SHA1}`, 'utf16le');
    expect(read('hashes', little, 3)).toEqual([`md5:${MD5}`, `sha1:${SHA1}`]);
    expect(read('hashes', Buffer.from(little).swap16(), 5)).toEqual([`md5:${MD5}`, `sha1:${SHA1}`]);
    expect(fault('hashes', Buffer.from(MD5, 'utf16le'))).toBe('lists.not-text line 1');
  });

  test('a packed file is refused with a sentence that says what to do', () => {
    expect(fault('hashes', gzipSync(MD5))).toBe('lists.compressed');
    expect(fault('addresses', Buffer.from('PK\x03\x04 and so on'))).toBe('lists.compressed');
  });

  test('a hundred megabytes in one line are refused without being held', () => {
    const piece = Buffer.alloc(65_536, 'a');
    for (const format of LIST_FORMATS) {
      const file = new ListFile(format, () => undefined);
      const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
      let code = 'none';
      for (let at = 0; at < 1_600 && code === 'none'; at += 1) {
        try {
          file.push(piece);
        } catch (error) {
          code = isCoded(error) ? `${error.code} ${error.where ?? ''}` : String(error);
        }
      }
      expect(code).toBe(format === 'vics' ? 'lists.not-json line 1' : 'lists.line-too-long line 1');
      expect(process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000);
    }
  });

  test('a VICS file of a hundred megabytes in one string is read within bounds', () => {
    const file = new ListFile('vics', () => undefined);
    file.push(Buffer.from(`{"@odata.context":"http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/UK/$metadata#Media","value":[{"MD5":"${MD5}","Comments":"`));
    const before = process.memoryUsage().heapUsed;
    for (let at = 0; at < 1_600; at += 1) file.push(Buffer.alloc(65_536, 'a'));
    file.push(Buffer.from('"}]}'));
    expect(file.end()).toMatchObject({ values: 1 });
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(80_000_000);
  });

  test('any bytes are read or refused with a code', () => {
    fc.assert(fc.property(fc.constantFrom(...LIST_FORMATS), fc.uint8Array({ maxLength: 200 }), (format, bytes) => {
      expect(fault(format, bytes)).toMatch(/^(?:none|lists\.[a-z-]+(?: line \d+)?)$/);
    }), { numRuns: 2_000 });
    for (const format of LIST_FORMATS) expect(fault(format, randomBytes(100_000))).toMatch(/^lists\./);
  });
});
