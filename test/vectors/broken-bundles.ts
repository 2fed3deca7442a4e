import { hex } from '../../src/record/bytes.js';
import { bodyHash, headAfter, nextHeader, type Entry, type EntrySignature, type Head } from '../../src/record/entry.js';
import { ACT_KINDS, SIGNED_KINDS, type EntryKind } from '../../src/record/kinds.js';
import { detachedSignature } from '../../src/bundle/cms.js';
import type { CheckId } from '../../src/verify/report.js';
import { makeAuthority, type Authority, type TestPerson } from './authority.js';
import { EXPORTED_AT, relisted, resigned, withRecord, type BundleFiles, type GoodBundle } from './make-bundle.js';
import { HOSTILE_BUNDLES } from './hostile-bundles.js';
import { sha256, signEntry } from './sample-case.js';

/** A way to break a good bundle, and the check that must catch it. */
export interface BrokenBundle {
  readonly name: string;
  readonly check: CheckId;
  readonly from: 'sealed' | 'halted' | 'locked';
  make(good: GoodBundle, stranger: Authority): BundleFiles;
}

type Make = BrokenBundle['make'];

const flip = (path: string, at = 0.5): Make => ({ files }) => {
  const bytes = new Uint8Array(files.get(path) ?? new Uint8Array());
  const index = Math.floor(bytes.length * at);
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return new Map(files).set(path, bytes);
};
const drop = (path: string): Make => ({ files }) => {
  const made = new Map(files);
  made.delete(path);
  return made;
};
const put = (path: string, text: string): Make => ({ files }) => new Map(files).set(path, Buffer.from(text));
const edit = (path: string, change: (text: string) => string): Make => ({ files }) => new Map(files).set(path, Buffer.from(change(Buffer.from(files.get(path) ?? '').toString('latin1')), 'latin1'));
/** The same change, after which both reviewers' keys sign again: only what lies inside can show it. */
const signedAgain = (make: Make): Make => (good, stranger) => resigned(make(good, stranger), good.authority.people);
const record = (change: (entries: Entry[], good: GoodBundle) => Entry[]): Make => signedAgain((good) => withRecord(good.files, change(structuredClone(good.sample.entries), good)));
/** A change after which the chain is made anew and every entry that needs it is signed anew. */
const rewritten = (change: (entries: Entry[], good: GoodBundle) => Entry[]): Make => record((entries, good) => rechained(change(entries, good), good.authority.people));

/** Links entries anew; with people, signs anew what was signed or has to be. */
export function rechained(entries: readonly Entry[], people: readonly TestPerson[] | null): Entry[] {
  let head: Head | null = null;
  return entries.map((entry): Entry => {
    const { header, body } = entry;
    const fresh = nextHeader(head, { case: header.case, at: header.at, kind: header.kind, by: header.by, body: body ?? { nonce: '0'.repeat(32), data: {} } }, sha256);
    const made = { ...fresh, dataHash: body === null ? header.dataHash : bodyHash(body, sha256) };
    const signatures = people !== null && SIGNED_KINDS.has(header.kind) ? people.map((person) => signEntry({ header: made }, person, ACT_KINDS.has(header.kind) ? 'act' : 'machine')) : entry.signatures;
    const linked = { header: made, body, signatures };
    head = headAfter(linked, sha256);
    return linked;
  });
}

const first = (entries: readonly Entry[], kind: EntryKind): number => entries.findIndex((entry) => entry.header.kind === kind);
const withData = (entry: Entry | undefined, data: Record<string, unknown>): Entry => {
  if (entry?.body == null) throw new Error('no such entry');
  return { ...entry, body: { ...entry.body, data: { ...entry.body.data, ...data } as never } };
};
const changed = (kind: EntryKind, data: Record<string, unknown>) => (entries: Entry[]): Entry[] => entries.with(first(entries, kind), withData(entries[first(entries, kind)], data));
const moved = (kind: EntryKind, after: EntryKind) => (entries: Entry[]): Entry[] => {
  const from = first(entries, kind);
  const [entry] = entries.splice(from, 1);
  if (entry !== undefined) entries.splice(first(entries, after) + 1, 0, entry);
  return entries.map((each, i) => ({ ...each, header: { ...each.header, at: new Date(Date.parse('2026-11-24T10:30:00.000Z') + i * 1000).toISOString() } }));
};
/** A second copy of an entry of `kind` right before the last one. */
const repeatedAtEnd = (kind: EntryKind) => (entries: Entry[]): Entry[] => {
  const copy = entries[first(entries, kind)];
  const last = entries.at(-1);
  if (copy === undefined || last === undefined) return entries;
  const before = entries.at(-2)?.header.at ?? '';
  return [...entries.slice(0, -1), { ...copy, header: { ...copy.header, at: before } }, last];
};
/** An entry of our own making right before the last one. */
const addedAtEnd = (kind: EntryKind, data: Record<string, unknown>) => (entries: Entry[]): Entry[] => {
  const [before, last] = entries.slice(-2);
  if (before?.body == null || last === undefined) return entries;
  return [...entries.slice(0, -1), { ...before, header: { ...before.header, kind }, body: { nonce: '5a'.repeat(16), data: data as never } }, last];
};
/** A copy of the first entry of `kind` right before the app is unlocked. */
const duringLock = (kind: EntryKind) => (entries: Entry[]): Entry[] => {
  const [copy, at] = [entries[first(entries, kind)], first(entries, 'resumed')];
  return copy === undefined ? entries : entries.toSpliced(at, 0, { ...copy, header: { ...copy.header, at: entries[at]?.header.at ?? '' } });
};
/** The same, of what the browser told before the app was unlocked. */
const seenAt = (value: string | null) => (entries: Entry[]): Entry[] => {
  const at = first(entries, 'resumed') - 1;
  const entry = entries[at];
  if (entry?.body == null) return entries;
  const { seenAt: was, ...data } = entry.body.data;
  return entries.with(at, { ...entry, body: { ...entry.body, data: value === null || was === undefined ? data : { ...data, seenAt: value } } });
};
const signatures = (kind: EntryKind, change: (signatures: readonly EntrySignature[], entry: Entry, good: GoodBundle) => EntrySignature[]): Make =>
  record((entries, good) => {
    const i = first(entries, kind);
    const entry = entries[i];
    if (entry === undefined) return entries;
    return relinked(entries.with(i, { ...entry, signatures: change(entry.signatures, entry, good) }), i + 1, good.authority.people);
  });
/** Links and signs anew from entry `from` on, and leaves what is before it alone. */
function relinked(entries: readonly Entry[], from: number, people: readonly TestPerson[]): Entry[] {
  let head: Head | null = null;
  return entries.map((entry, i): Entry => {
    if (i < from || head === null || entry.body === null) {
      head = headAfter(entry, sha256);
      return entry;
    }
    const header = nextHeader(head, { case: entry.header.case, at: entry.header.at, kind: entry.header.kind, by: entry.header.by, body: entry.body }, sha256);
    const how = ACT_KINDS.has(header.kind) ? 'act' : 'machine';
    const made = { header, body: entry.body, signatures: SIGNED_KINDS.has(header.kind) ? people.map((person) => signEntry({ header }, person, how)) : entry.signatures };
    head = headAfter(made, sha256);
    return made;
  });
}

const cms = (change: (good: GoodBundle, stranger: Authority) => readonly TestPerson[], at = EXPORTED_AT): Make => (good, stranger) => resigned(good.files, change(good, stranger), at);
const pems = (people: readonly TestPerson[]): string => people.map((person) => person.certificatePem).join('');
const quarantinedFile = 'data/exhibits/PAS-2/page.png';

/** The second reviewer's certificate withdrawn in the middle of the record, though their key went on signing. */
const withdrawnMidway: Make = signedAgain((good) => new Map(good.files).set('certificates/crl.der', good.authority.revoke([good.authority.people[1]], new Date(good.sample.entries[8]?.header.at ?? ''))));
/** Entries from the seal on signed with another key under the second reviewer's initials. */
const newKeysUnder = (name: string, withdrawn: boolean): Make => ({ files, sample, authority }) => withNewKeys(files, sample.entries, authority, { name, withdrawn });

/** A record whose second reviewer signs with a new certificate from the seal on; the old one is withdrawn, or is not. */
export function withNewKeys(files: BundleFiles, entries: readonly Entry[], authority: Authority, { name, withdrawn }: { name: string; withdrawn: boolean }): BundleFiles {
  const [one, two] = authority.people;
  const fresh = authority.issue({ initials: two.initials, name, position: two.position });
  const from = first(entries, 'seal');
  const crl = withdrawn ? authority.revoke([two], new Date(entries[from]?.header.at.replace(/\.\d+Z$/, 'Z') ?? '')) : authority.crlDer;
  const made = withRecord(files, relinked(entries, from, [one, fresh]));
  return resigned(made.set('certificates/crl.der', crl).set('certificates/reviewers.pem', Buffer.from(pems([one, two, fresh]))), [one, fresh]);
}

/** Every broken bundle. Those made with `signedAgain` hold against sha256sum and openssl: only the record's own rules show them. */
export const BROKEN_BUNDLES: readonly BrokenBundle[] = [...HOSTILE_BUNDLES, ...list([
  ['a byte of a picture flipped', 'bag.payload-digests', 'sealed', flip('data/exhibits/PAS-1/page.png')],
  ['a byte of a page’s text flipped', 'bag.payload-digests', 'sealed', flip('data/exhibits/PAS-1/page.txt')],
  ['a byte of a page’s HTML flipped', 'bag.payload-digests', 'sealed', flip('data/exhibits/TRE-1/page.html')],
  ['a byte of the capture facts flipped', 'bag.payload-digests', 'sealed', flip('data/exhibits/TRE-1/capture.json')],
  ['a byte of the PDF flipped', 'bag.payload-digests', 'sealed', flip('data/report.pdf')],
  ['a byte of the HTML report flipped', 'bag.payload-digests', 'sealed', flip('data/report.html')],
  ['a byte of the record flipped', 'bag.payload-digests', 'sealed', flip('data/record.jsonl')],
  ['a byte of the self-test flipped', 'bag.payload-digests', 'sealed', flip('data/self-test.json')],
  ['a byte of visits.csv flipped', 'bag.payload-digests', 'sealed', flip('data/visits.csv')],
  ['a byte of exhibits.csv flipped', 'bag.payload-digests', 'sealed', flip('data/exhibits.csv')],
  ['a byte of case.jsonld flipped', 'bag.payload-digests', 'sealed', flip('data/case.jsonld')],
  ['a byte of VERIFY.txt flipped', 'bag.tag-digests', 'sealed', flip('VERIFY.txt')],
  ['a byte of bagit.txt flipped', 'bag.declaration', 'sealed', flip('bagit.txt')],
  ['a byte of bag-info.txt flipped', 'bag.tag-digests', 'sealed', flip('bag-info.txt', 0.1)],
  ['a byte of the manifest flipped', 'bag.tag-digests', 'sealed', flip('manifest-sha256.txt', 0.01)],
  ['a byte of the tag manifest flipped', 'signature.content', 'sealed', flip('tagmanifest-sha256.txt', 0.01)],
  ['a byte of the root certificate flipped', 'bag.tag-digests', 'sealed', flip('certificates/root.pem')],
  ['a byte of the reviewers’ certificates flipped', 'bag.tag-digests', 'sealed', flip('certificates/reviewers.pem')],
  ['a byte of the revocation list flipped', 'bag.tag-digests', 'sealed', flip('certificates/crl.der')],
  ['a byte of the signature file flipped', 'signature.encoding', 'sealed', flip('signatures/tagmanifest.p7s', 0.003)],
  ['a byte appended to the signature file', 'signature.encoding', 'sealed', edit('signatures/tagmanifest.p7s', (text) => `${text}\u0000`)],
  ['a picture dropped', 'bag.listed', 'sealed', drop('data/exhibits/PAS-1/page.png')],
  ['the record dropped', 'bag.required', 'sealed', drop('data/record.jsonl')],
  ['the signatures dropped', 'bag.required', 'sealed', drop('signatures/tagmanifest.p7s')],
  ['the tag manifest dropped', 'bag.manifests', 'sealed', drop('tagmanifest-sha256.txt')],
  ['a file added to the exhibits', 'bag.listed', 'sealed', put('data/exhibits/PAS-1/extra.png', 'x')],
  ['a file added at the top', 'bag.listed', 'sealed', put('README.txt', 'Trust me.')],
  ['a second signature file added', 'bag.listed', 'sealed', put('signatures/other.p7s', 'x')],
  ['a picture renamed', 'bag.listed', 'sealed', ({ files }) => {
    const made = new Map(files).set('data/exhibits/PAS-1/site.png', files.get('data/exhibits/PAS-1/page.png') ?? new Uint8Array());
    made.delete('data/exhibits/PAS-1/page.png');
    return made;
  }],
  ['two files whose names differ in case', 'bag.paths', 'sealed', put('verify.TXT', 'x')],
  ['a path that climbs out', 'bag.paths', 'sealed', put('../outside.txt', 'x')],
  ['an unknown file that both signed', 'bag.known', 'sealed', signedAgain(put('data/extra.json', '{}'))],
  ['a sign-out that says that both signed for it, and a machine did', 'record.acts', 'sealed', rewritten(addedAtEnd('sign-out', { acts: true, entries: 1, pages: 0, captures: 0, concerns: 0, notes: 0, refused: 0, head: 'ab'.repeat(32) }))],
  ['a line of the manifest taken out with its file', 'bag.tag-digests', 'sealed', ({ files }) => {
    const made = new Map(files);
    made.delete('data/exhibits/PAS-1/page.txt');
    return made.set('manifest-sha256.txt', Buffer.from(Buffer.from(files.get('manifest-sha256.txt') ?? '').toString().split('\n').filter((line) => !line.endsWith('PAS-1/page.txt')).join('\n')));
  }],
  ['a picture exchanged and listed anew', 'signature.content', 'sealed', ({ files }) => relisted(new Map(files).set('data/exhibits/PAS-1/page.png', files.get('data/exhibits/TRE-1/page.png') ?? new Uint8Array()))],
  ['the PDF exchanged and listed anew', 'signature.content', 'sealed', ({ files }) => relisted(new Map(files).set('data/report.pdf', Buffer.from('%PDF-1.7 another')))],
  ['a manifest with CRLF', 'bag.manifests', 'sealed', edit('manifest-sha256.txt', (text) => text.replaceAll('\n', '\r\n'))],
  ['a manifest line twice', 'bag.manifests', 'sealed', edit('manifest-sha256.txt', (text) => `${text.split('\n')[0] ?? ''}\n${text}`)],
  ['a wrong Payload-Oxum', 'bag.info', 'sealed', edit('bag-info.txt', (text) => text.replace(/Payload-Oxum: \d+/, 'Payload-Oxum: 1'))],
  ['one person signed twice', 'signature.signers', 'sealed', cms(({ authority }) => [authority.people[0], authority.people[0]])],
  ['one person signed alone', 'signature.signers', 'sealed', cms(({ authority }) => [authority.people[0]])],
  ['one key under two names', 'signature.signers', 'sealed', (good) => {
    const [one] = good.authority.people;
    const other = good.authority.issue({ initials: 'XYZ', name: 'Xavier Young', position: 'Head', key: one.key });
    return resigned(new Map(good.files).set('certificates/reviewers.pem', Buffer.from(pems([...good.authority.people, other]))), [one, other]);
  }],
  ['a third person signed as well', 'signature.signers', 'sealed', (good) => {
    const third = good.authority.issue({ initials: 'XYZ', name: 'Xavier Young', position: 'Head' });
    return resigned(new Map(good.files).set('certificates/reviewers.pem', Buffer.from(pems([...good.authority.people, third]))), [...good.authority.people, third]);
  }],
  ['a stranger’s root and people', 'trust.root', 'sealed', (good, stranger) => resigned(new Map(good.files).set('certificates/root.pem', Buffer.from(stranger.rootPem)).set('certificates/reviewers.pem', Buffer.from(pems(stranger.people))).set('certificates/crl.der', stranger.crlDer), stranger.people)],
  ['a stranger’s people under this root', 'certificates.chain', 'sealed', (good, stranger) => resigned(new Map(good.files).set('certificates/reviewers.pem', Buffer.from(pems([good.authority.people[0], stranger.people[1]]))), [good.authority.people[0], stranger.people[1]])],
  ['a signer whose certificate is not listed', 'signature.signers', 'sealed', cms((good, stranger) => [good.authority.people[0], stranger.people[1]])],
  ['the record opened under another root', 'record.frame', 'sealed', rewritten((entries) => changed('case-opened', { root: 'ab'.repeat(32) })(entries))],
  ['the signature of another bundle', 'signature.content', 'sealed', ({ files, authority }) => new Map(files).set('signatures/tagmanifest.p7s', detachedSignature(Buffer.from('another list\n'), authority.people, EXPORTED_AT, sha256))],
  ['a signature value altered', 'signature.values', 'sealed', ({ files }) => {
    const bytes = new Uint8Array(files.get('signatures/tagmanifest.p7s') ?? new Uint8Array());
    bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) ^ 4;
    return new Map(files).set('signatures/tagmanifest.p7s', bytes);
  }],
  ['signed after the certificates expired', 'signature.time', 'sealed', cms(({ authority }) => authority.people, '2040-01-01T00:00:00.000Z')],
  ['signed before the last entry', 'record.frame', 'sealed', cms(({ authority }) => authority.people, '2026-11-24T10:00:00.000Z')],
  ['a certificate that is not for signing', 'certificates.usage', 'sealed', (good) => {
    const wrong = good.authority.issue({ initials: 'TRE', name: 'Tom R. Ellis', position: 'Assistant Head', usage: { keyCertSign: true } });
    return resigned(new Map(good.files).set('certificates/reviewers.pem', Buffer.from(pems([good.authority.people[0], wrong]))), [good.authority.people[0], wrong]);
  }],
  ['a signer who had been withdrawn', 'certificates.crl', 'sealed', signedAgain((good) => new Map(good.files).set('certificates/crl.der', good.authority.revoke([good.authority.people[1]], new Date('2026-10-01T00:00:00Z'))))],
  ['an entry signed by a reviewer who had been withdrawn', 'record.signatures', 'sealed', withdrawnMidway],
  ['new keys while the old ones still count', 'record.signatures', 'sealed', newKeysUnder('Tom R. Ellis', false)],
  ['new keys in another person’s name', 'record.signatures', 'sealed', newKeysUnder('Somebody Else', true)],
  ['a revocation list by a stranger', 'certificates.crl', 'sealed', signedAgain((good, stranger) => new Map(good.files).set('certificates/crl.der', stranger.crlDer))],
  ['a revocation list that is junk', 'certificates.crl', 'sealed', signedAgain(put('certificates/crl.der', 'junk'))],
  ['reviewers’ certificates that are junk', 'certificates.files', 'sealed', signedAgain(put('certificates/reviewers.pem', 'junk'))],
  ['an entry altered', 'record.chain', 'sealed', record((entries) => changed('concern', { description: 'Nothing happened.' })(entries))],
  ['an entry removed', 'record.chain', 'sealed', record((entries) => entries.toSpliced(first(entries, 'concern'), 1))],
  ['two entries exchanged', 'record.chain', 'sealed', record((entries) => entries.toSpliced(5, 2, ...entries.slice(5, 7).reverse()))],
  ['an entry twice', 'record.chain', 'sealed', record((entries) => entries.toSpliced(5, 0, ...entries.slice(5, 6)))],
  ['an entry of another case', 'record.chain', 'sealed', record((entries) => entries.map((entry, i) => (i === 7 ? { ...entry, header: { ...entry.header, case: 'ef'.repeat(16) } } : entry)))],
  ['an entry altered, the chain made anew without its signatures', 'record.signatures', 'sealed', record((entries) => rechained(changed('concern', { description: 'Nothing happened.' })(entries), null))],
  ['an entry removed, the chain made anew without its signatures', 'record.signatures', 'sealed', record((entries) => rechained(entries.toSpliced(first(entries, 'title'), 1), null))],
  ['the end cut off', 'record.frame', 'sealed', rewritten((entries) => entries.slice(0, -3))],
  ['the beginning cut off', 'record.frame', 'sealed', rewritten((entries) => entries.slice(1))],
  ['an entry before the checkpoint removed, all signed anew', 'record.checkpoints', 'sealed', rewritten((entries) => entries.toSpliced(first(entries, 'title'), 1))],
  ['a checkpoint’s words exchanged', 'record.checkpoints', 'sealed', rewritten((entries) => changed('checkpoint', { words: Array.from({ length: 8 }, () => 'abandon') })(entries))],
  ['a signature taken off an entry', 'record.signatures', 'sealed', signatures('concern', (list) => list.slice(0, 1))],
  ['one person’s signature twice on an entry', 'record.signatures', 'sealed', signatures('concern', ([one]) => (one === undefined ? [] : [one, one]))],
  ['the signatures of two entries exchanged', 'record.signatures', 'sealed', record((entries, good) => {
    const i = first(entries, 'capture');
    const j = first(entries, 'concern');
    const [a, b] = [entries[i], entries[j]];
    if (a === undefined || b === undefined) return entries;
    return relinked(entries.with(i, { ...a, signatures: b.signatures }), i + 1, good.authority.people);
  })],
  ['a signature under the other person’s initials', 'record.signatures', 'sealed', signatures('concern', ([one, two]) => (one === undefined || two === undefined ? [] : [{ ...one, by: two.by }, { ...two, by: one.by }]))],
  ['a machine’s signature passed off as an act', 'record.signatures', 'sealed', signatures('seal', (list, entry, { authority }) => list.map((each, i) => ({ ...signEntry(entry, authority.people[i === 0 ? 0 : 1], 'machine'), how: 'act' as const })))],
  ['a seal that only the machine signed', 'record.acts', 'sealed', signatures('seal', (_, entry, { authority }) => authority.people.map((person) => signEntry(entry, person, 'machine')))],
  ['a line that is not canonical JSON', 'record.lines', 'sealed', signedAgain(edit('data/record.jsonl', (text) => text.replace('{"body"', '{ "body"')))],
  ['a line with a key twice', 'record.lines', 'sealed', signedAgain(edit('data/record.jsonl', (text) => text.replace('{"body"', '{"body":null,"body"')))],
  ['a line that is not JSON', 'record.lines', 'sealed', signedAgain(edit('data/record.jsonl', (text) => `${text}what\n`))],
  ['a record without its last line feed', 'record.lines', 'sealed', signedAgain(edit('data/record.jsonl', (text) => text.slice(0, -1)))],
  ['a body that does not fit its kind', 'record.bodies', 'sealed', rewritten((entries) => changed('concern', { description: 7 })(entries))],
  ['a seal with wrong sums', 'record.counts', 'sealed', rewritten((entries) => changed('seal', { concerns: 0 })(entries))],
  ['a sign-out that leaves a capture out', 'record.counts', 'locked', rewritten((entries) => changed('sign-out', { captures: 1 })(entries))],
  ['a sign-out that counts a page too few', 'record.counts', 'locked', rewritten((entries) => changed('sign-out', { pages: 1 })(entries))],
  ['an export that hides a withheld entry', 'record.counts', 'sealed', record((entries) => entries.with(first(entries, 'title'), { ...(entries[first(entries, 'title')] as Entry), body: null }))],
  ['a capture after the seal', 'record.frame', 'sealed', rewritten(repeatedAtEnd('capture'))],
  ['a note after the seal, without a halt', 'record.frame', 'sealed', rewritten(addedAtEnd('note', { text: 'One more thing' }))],
  ['a suspected address that was opened', 'visits.accounted', 'sealed', rewritten((entries) => changed('suspected-address', { url: 'https://pupil-chat.example/help' })(entries))],
  ['a capture of a page that nobody opened', 'visits.accounted', 'sealed', rewritten((entries) => changed('capture', { view: 'v99' })(entries))],
  ['an exhibit’s reference twice', 'exhibits.entries', 'sealed', rewritten(repeatedAtEnd('capture'))],
  ['a declaration by somebody else', 'exhibits.entries', 'sealed', rewritten((entries) => changed('capture', { declaration: { by: 'ZZZ', answer: 'not-suspected', at: '2026-11-24T10:30:00.000Z' } })(entries))],
  ['a declaration that came later', 'exhibits.entries', 'sealed', rewritten((entries) => changed('capture', { declaration: { by: 'PAS', answer: 'not-suspected', at: '2026-11-24T23:30:00.000Z' } })(entries))],
  ['no declaration', 'record.bodies', 'sealed', rewritten((entries) => changed('capture', { declaration: null })(entries))],
  ['a declaration on another picture', 'exhibits.composite', 'sealed', rewritten((entries) => changed('capture', { composite: 'ab'.repeat(32) })(entries))],
  ['a series that does not say when its pictures were taken', 'exhibits.composite', 'sealed', rewritten((entries) => changed('capture', { form: 'series' })(entries))],
  ['a series with fewer pictures than it says', 'exhibits.composite', 'sealed', rewritten((entries) => changed('capture', { form: 'series', pictures: ['2026-11-24T10:00:00.000Z'] })(entries))],
  ['an element that is not named', 'exhibits.composite', 'sealed', rewritten((entries) => changed('capture', { form: 'element' })(entries))],
  ['a text capture of another text', 'exhibits.composite', 'sealed', rewritten((entries) => changed('capture', { form: 'text', image: null })(entries))],
  ['an exhibit’s file dropped, both signed', 'exhibits.files', 'sealed', signedAgain(drop('data/exhibits/TRE-1/page.html'))],
  ['an exhibit’s file added, both signed', 'exhibits.files', 'sealed', signedAgain(put('data/exhibits/TRE-1/extra.png', 'x'))],
  ['an exhibit’s picture exchanged, both signed', 'exhibits.files', 'sealed', signedAgain(({ files }) => new Map(files).set('data/exhibits/TRE-1/page.png', files.get('data/exhibits/PAS-1/page.png') ?? new Uint8Array()))],
  ['a capture after the halt', 'halt.after', 'halted', rewritten(moved('capture', 'halt'))],
  ['a page opened after the halt', 'halt.after', 'halted', rewritten(repeatedAtEnd('navigation'))],
  ...(['capture', 'concern', 'note', 'navigation'] as const).map((kind) => [`a ${kind} while the app was locked`, 'lock.quiet', 'locked', rewritten(duringLock(kind))] as const),
  ['something that the browser told while the app was locked, without the time', 'lock.quiet', 'locked', rewritten(seenAt(null))],
  ['something seen while the app was locked, when it was not', 'lock.quiet', 'sealed', rewritten((entries) => changed('refusal', { seenAt: '2026-11-24T10:30:00.000Z' })(entries))],
  ['a lock that was never opened', 'lock.quiet', 'locked', rewritten((entries) => entries.toSpliced(first(entries, 'resumed'), 1))],
  ['a file of a quarantined exhibit, both signed', 'halt.quarantine', 'halted', signedAgain((good) => new Map(good.files).set(quarantinedFile, good.sample.bytes.get('PAS-2/page.png') ?? new Uint8Array()))],
  ['a note after the case was handed to the police', 'halt.ending', 'halted', rewritten((entries) => [...endedHalt(entries, 'handed-to-police').slice(0, -1), ...addedAtEnd('note', { text: 'One more thing' })(entries).slice(-2)])],
  ['a halt ended without a call to the police', 'halt.ending', 'halted', rewritten((entries) => endedHalt(entries.filter((entry) => entry.header.kind !== 'police-call'), 'no-further-action'))],
  ['the page of a halt opened again after no further action', 'halt.ending', 'halted', rewritten((entries) => reopened(endedHalt(entries, 'no-further-action')))],
  ['a halt ended by a machine’s signatures', 'record.acts', 'halted', record((entries, good) => signedByMachine(rechained(endedHalt(entries, 'handed-to-police'), good.authority.people), 'halt-ended', good))],
  ['the address of a halt in a copy for the LADO', 'halt.disclosed', 'halted', rewritten((entries) => changedLast(entries, { recipient: 'lado' }))],
  ['an address that was reported as suspected in a copy for the school', 'halt.disclosed', 'sealed', rewritten((entries) => changedLast(entries, { recipient: 'group-record' }))],
  ['a quarantined exhibit’s entry in a copy for the school', 'halt.disclosed', 'halted', rewritten((entries) => changedLast(entries, { recipient: 'group-record' }).map((entry) => (entry.header.kind === 'stop' || entry.header.kind === 'halt' ? { ...entry, body: null } : entry)))],
  ['an exhibit of the same document that was not quarantined', 'halt.quarantine', 'halted', rewritten((entries) => changed('halt', { view: 'v2', url: 'https://flagged.example/page' })(entries))],
  ['exhibits that were not quarantined although STOP was pressed with no page open', 'halt.quarantine', 'halted', rewritten((entries) => changed('halt', { view: null, url: null })(entries))],
  ['an exhibit of the flagged page that was not quarantined', 'halt.quarantine', 'halted', rewritten((entries) => entries.toSpliced(first(entries, 'quarantine'), 1))],
])];

/** The halt ended with what the reviewers signed, right before the export. */
function endedHalt(entries: Entry[], how: 'handed-to-police' | 'no-further-action'): Entry[] {
  return addedAtEnd('halt-ended', { how, reference: 'EX-2026-778', officer: 'PC 1234 Jones', advisedAt: null, text: '' })(entries);
}

/** The page that led to the halt is opened once more. */
function reopened(entries: Entry[]): Entry[] {
  const page = entries.find((entry) => entry.header.kind === 'navigation' && JSON.stringify(entry.body?.data).includes('flagged.example'));
  return page?.body == null ? entries : addedAtEnd('navigation', page.body.data)(entries);
}

function changedLast(entries: Entry[], data: Record<string, unknown>): Entry[] {
  return entries.with(-1, withData(entries.at(-1), data));
}

/** An act signed as the machine signs. */
function signedByMachine(entries: Entry[], kind: EntryKind, { authority }: GoodBundle): Entry[] {
  const at = first(entries, kind);
  const entry = entries[at];
  return entry === undefined ? entries : relinked(entries.with(at, { ...entry, signatures: authority.people.map((person) => signEntry(entry, person, 'machine')) }), at + 1, authority.people);
}

function list(rows: readonly (readonly [name: string, check: CheckId, from: BrokenBundle['from'], make: Make])[]): BrokenBundle[] {
  return rows.map(([name, check, from, make]) => ({ name, check, from, make }));
}

/** The stranger whose keys some of the broken bundles are made with. */
export function makeStranger(): Authority {
  return makeAuthority('Another School');
}

/** SHA-256 in hexadecimal, for tests. */
export function digestOf(bytes: Uint8Array): string {
  return hex(sha256.of(bytes));
}
