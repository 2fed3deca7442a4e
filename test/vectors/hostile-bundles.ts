import type { CheckId } from '../../src/verify/report.js';
import type { Authority } from './authority.js';
import { resigned, type BundleFiles, type GoodBundle } from './make-bundle.js';

/** A bundle that was made to hurt whoever opens it, and the check that must catch it. Where both sign, nothing else shows it. */
interface HostileBundle {
  readonly name: string;
  readonly check: CheckId;
  readonly from: 'sealed';
  make(good: GoodBundle, stranger: Authority): BundleFiles;
}

type Change = (files: BundleFiles, good: GoodBundle) => BundleFiles;

const P7S = 'signatures/tagmanifest.p7s';
const CRL = 'certificates/crl.der';
const REVIEWERS = 'certificates/reviewers.pem';
const RECORD = 'data/record.jsonl';

const put = (path: string, bytes: Uint8Array | string): Change => (files) => new Map(files).set(path, Buffer.from(bytes as Uint8Array));
const edit = (path: string, change: (text: string) => string): Change => (files) => new Map(files).set(path, Buffer.from(change(Buffer.from(files.get(path) ?? '').toString())));
/** The last entry's line, changed. */
const lastLine = (change: (line: string) => string): Change => edit(RECORD, (text) => {
  const lines = text.trimEnd().split('\n');
  return `${[...lines.slice(0, -1), change(lines.at(-1) ?? '')].join('\n')}\n`;
});
const pem = (der: Uint8Array): string => `-----BEGIN CERTIFICATE-----\n${(Buffer.from(der).toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`;

/** A SEQUENCE that says it is 2 GiB long (X.690 section 8.1.3.5). */
const ABSURD = Buffer.from('30847fffffff020101', 'hex');
/** A SEQUENCE whose length needs 126 octets of its own. */
const LONG_LENGTH = Buffer.concat([Buffer.from('30fe', 'hex'), Buffer.alloc(126, 0xff), Buffer.from('020101', 'hex')]);

/** SEQUENCEs in each other, innermost an integer. */
function nested(depth: number): Uint8Array {
  const heads: Buffer[] = [];
  let length = 3;
  for (let level = 0; level < depth; level += 1) {
    const digits = [length & 255, (length >>> 8) & 255, (length >>> 16) & 255];
    heads.push(Buffer.from(length < 128 ? [0x30, length] : [0x30, 0x83, digits[2] ?? 0, digits[1] ?? 0, digits[0] ?? 0]));
    length += heads.at(-1)?.length ?? 0;
  }
  return Buffer.concat([...heads.reverse(), Buffer.from('020101', 'hex')]);
}

const DEEP = nested(50_000);
const INDEFINITE = Buffer.concat([Buffer.alloc(100_000, Buffer.from('3080', 'hex')), Buffer.alloc(1_000)]);

const rows: readonly (readonly [name: string, check: CheckId, change: Change])[] = [
  ['a line of the record 100,000 levels deep', 'record.lines', edit(RECORD, (text) => `${text}${'['.repeat(100_000)}${']'.repeat(100_000)}\n`)],
  ['an entry whose body is 5,000 levels deep', 'record.lines', lastLine((line) => line.replace('"data":{', `"data":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)},`))],
  ['a line of the record of nine million characters', 'record.lines', edit(RECORD, (text) => `${text}{"body":"${'x'.repeat(9_000_000)}"}\n`)],
  ['a number that is too large to be one', 'record.lines', lastLine((line) => line.replace(/"seq":\d+/, '"seq":1e400'))],
  ['a sequence number of 2^53 + 1', 'record.lines', lastLine((line) => line.replace(/"seq":\d+/, '"seq":9007199254740993'))],
  ['an entry that would change every object', 'record.lines', lastLine((line) => line.replace('{"body"', '{"__proto__":{"verdict":"unchanged"},"body"'))],
  ['an unpaired surrogate in an entry', 'record.lines', lastLine((line) => line.replace('"recipient":"police"', '"recipient":"\\ud800"'))],
  ['bytes in the record that are not UTF-8', 'record.lines', (files) => new Map(files).set(RECORD, Buffer.concat([files.get(RECORD) ?? new Uint8Array(), Buffer.from([0xc3, 0x28, 0x0a])]))],
  ['a record that begins with a byte order mark', 'record.lines', edit(RECORD, (text) => `\uFEFF${text}`)],
  ['a record without an entry', 'record.frame', put(RECORD, '')],
  ['a million empty lines in the record', 'record.lines', edit(RECORD, (text) => `${text}${'\n'.repeat(1_000_000)}`)],
  ['an unknown kind of entry', 'record.lines', lastLine((line) => line.replace('"kind":"export"', '"kind":"everything-is-fine"'))],
  ['a self-test’s report 100,000 levels deep', 'record.self-test', put('data/self-test.json', '['.repeat(100_000))],
  ['a self-test’s report that is junk', 'record.self-test', put('data/self-test.json', 'All good.')],
  ['a revocation list of a stated length of 2 GiB', 'certificates.crl', put(CRL, ABSURD)],
  ['a revocation list with a length of 126 octets', 'certificates.crl', put(CRL, LONG_LENGTH)],
  ['a revocation list 50,000 levels deep', 'certificates.crl', put(CRL, DEEP)],
  ['a revocation list of an indefinite length that never ends', 'certificates.crl', put(CRL, INDEFINITE)],
  ['a root certificate of a stated length of 2 GiB', 'certificates.files', put('certificates/root.pem', pem(ABSURD))],
  ['a root certificate 50,000 levels deep', 'certificates.files', put('certificates/root.pem', pem(DEEP))],
  ['a reviewer’s certificate 50,000 levels deep', 'certificates.files', edit(REVIEWERS, (text) => `${text}${pem(DEEP)}`)],
  ['ten thousand reviewers', 'certificates.files', edit(REVIEWERS, (text) => `${text}${pem(ABSURD).repeat(10_000)}`)],
  ['the same certificate twice', 'certificates.files', edit(REVIEWERS, (text) => `${text}${text.slice(0, text.indexOf('-----END'))}-----END CERTIFICATE-----\n`)],
  ['one key under two names, of which one signed', 'certificates.files', (files, { authority }) => {
    const other = authority.issue({ initials: 'XYZ', name: 'Xavier Young', position: 'Head', key: authority.people[0].key });
    return new Map(files).set(REVIEWERS, Buffer.concat([files.get(REVIEWERS) ?? new Uint8Array(), Buffer.from(other.certificatePem)]));
  }],
  ['the declaration of another encoding', 'bag.declaration', edit('bagit.txt', (text) => text.replace('UTF-8', 'UTF-16'))],
  ['the declaration of another version', 'bag.declaration', edit('bagit.txt', (text) => text.replace('1.0', '0.97'))],
  ['a list of what is to be fetched', 'bag.known', put('fetch.txt', 'https://example.org/more 12 data/more.txt\n')],
  ['a second manifest, of MD5', 'bag.known', put('manifest-md5.txt', `${'0'.repeat(32)}  data/record.jsonl\n`)],
  ['a name that turns the reading direction', 'bag.known', put('data/exhibits/PAS-1/\u202Egnp.exe', 'x')],
  ['a description in UTF-16', 'bag.info', (files) => new Map(files).set('bag-info.txt', Buffer.from(Buffer.from(files.get('bag-info.txt') ?? '').toString(), 'utf16le'))],
];

/** Changes after which nobody signs: the lists or the signatures themselves are what is wrong. */
const unsigned: readonly (readonly [name: string, check: CheckId, change: Change])[] = [
  ['a signature file of a stated length of 2 GiB', 'signature.encoding', put(P7S, ABSURD)],
  ['a signature file with a length of 126 octets', 'signature.encoding', put(P7S, LONG_LENGTH)],
  ['a signature file 50,000 levels deep', 'signature.encoding', put(P7S, DEEP)],
  ['a signature file of an indefinite length that never ends', 'signature.encoding', put(P7S, INDEFINITE)],
  ['a signature file whose length is written in a longer form', 'signature.encoding', (files) => {
    // 30 82 xx yy becomes 30 83 00 xx yy: BER allows it, DER does not (X.690 section 10.1).
    const bytes = Buffer.from(files.get(P7S) ?? '');
    return new Map(files).set(P7S, Buffer.concat([Buffer.from('308300', 'hex'), bytes.subarray(2)]));
  }],
  ['a signature that two people made, 500 times over', 'signature.signers', (files, { authority }) => resigned(files, Array.from({ length: 250 }, () => authority.people).flat())],
  ['a manifest that begins with a byte order mark', 'bag.manifests', edit('manifest-sha256.txt', (text) => `\uFEFF${text}`)],
  ['a manifest that writes its digests in capitals', 'bag.manifests', edit('manifest-sha256.txt', (text) => text.replace(/^[0-9a-f]{64}/, (digest) => digest.toUpperCase()))],
  ['a manifest with the mark of a binary file', 'bag.manifests', edit('manifest-sha256.txt', (text) => text.replace('  ', ' *'))],
  ['a manifest whose path is written with %0A', 'bag.listed', edit('manifest-sha256.txt', (text) => text.replace('data/record.jsonl', 'data/record%0A.jsonl'))],
  ['a manifest in UTF-16', 'bag.manifests', (files) => new Map(files).set('manifest-sha256.txt', Buffer.from(Buffer.from(files.get('manifest-sha256.txt') ?? '').toString(), 'utf16le'))],
  ['a manifest with a path that leads out', 'bag.listed', edit('manifest-sha256.txt', (text) => `${'0'.repeat(64)}  ../../etc/passwd\n${text}`)],
  ['a name whose accent is a character of its own', 'bag.paths', put('data/exhibits/PAS-1/e\u0301.png', 'x')],
  ['a name that Windows keeps for a device', 'bag.paths', put('data/exhibits/PAS-1/aux.png', 'x')],
];

export const HOSTILE_BUNDLES: readonly HostileBundle[] = [
  ...rows.map(([name, check, change]): HostileBundle => ({ name, check, from: 'sealed', make: (good) => resigned(change(good.files, good), good.authority.people) })),
  ...unsigned.map(([name, check, change]): HostileBundle => ({ name, check, from: 'sealed', make: (good) => change(good.files, good) })),
];
