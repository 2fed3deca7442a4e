import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CHAIN_START, followChain, type ChainFault } from '../../../src/record/chain.js';
import { bodySchema, entryTexts, hashesOf, hashesOfTexts, headAfter, nextHeader, NO_HASH, statementBytes, type Entry, type Head } from '../../../src/record/entry.js';
import { hashWords } from '../../../src/record/words.js';
import { fromUtf8 } from '../../../src/record/bytes.js';
import { canonicalJson } from '../../../src/record/canonical-json.js';
import { nodeSha256 } from '../../../src/engine/node-ports.js';

const CASE = '00112233445566778899aabbccddeeff';

function record(length: number): Entry[] {
  const entries: Entry[] = [];
  let head: Head | null = null;
  for (let i = 0; i < length; i += 1) {
    const body = { nonce: i.toString(16).padStart(32, '0'), data: { text: `note ${i}` } };
    const at = `2026-11-24T10:00:${String(i % 60).padStart(2, '0')}.000Z`;
    const header = nextHeader(head, { case: CASE, at, kind: 'note', by: ['PAS'], body }, nodeSha256);
    const entry: Entry = { header, body, signatures: [{ by: 'PAS', certificate: 'c'.repeat(64), how: 'machine', value: String(i % 10).repeat(512) }] };
    entries.push(entry);
    head = headAfter(entry, nodeSha256);
  }
  return entries;
}

function faultsOf(entries: readonly Entry[]): ChainFault[] {
  let position = CHAIN_START;
  return entries.flatMap((entry) => {
    const { next, faults } = followChain(position, entry, nodeSha256);
    position = next;
    return faults;
  });
}

const codes = (entries: readonly Entry[]): string[] => faultsOf(entries).map((fault) => `${fault.code}@${fault.seq}`);

describe('the chain', () => {
  test('writes each part of an entry as canonical JSON, and hashes over those texts are the entry\'s own', () => {
    for (const entry of record(3)) {
      for (const each of [entry, { ...entry, signatures: [] }, { ...entry, header: { ...entry.header, kind: 'locked' as const, by: ['JMK', 'PAS'] } }]) {
        const whole = { ...each, body: bodySchema.parse(each.body) as NonNullable<Entry['body']> };
        const texts = entryTexts(whole);
        expect(texts).toEqual({ header: canonicalJson(whole.header), signatures: canonicalJson(whole.signatures), body: canonicalJson({ ...whole.body }) });
        expect(hashesOfTexts(texts, nodeSha256)).toEqual(hashesOf(whole, nodeSha256));
      }
    }
  });

  test('starts with nothing before it', () => {
    expect(record(1)[0]?.header).toMatchObject({ seq: 0, prev: NO_HASH, prevSigs: NO_HASH });
  });

  test('has no fault when nothing was changed, and withheld bodies do not make one', () => {
    const entries = record(20);
    expect(codes(entries)).toEqual([]);
    expect(codes(entries.map((entry, i) => (i % 3 === 0 ? { ...entry, body: null } : entry)))).toEqual([]);
  });

  test('any one entry left out, put twice or swapped with its neighbour is found', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(), fc.constantFrom('drop', 'repeat', 'swap'), (length, where, how) => {
        const entries = record(length);
        const i = where % (length - 1);
        const one = entries[i] as Entry;
        const two = entries[i + 1] as Entry;
        const changed = { drop: [], repeat: [one, one, two], swap: [two, one] }[how];
        const all = how === 'drop' ? [...entries.slice(0, i), ...entries.slice(i + 1)] : [...entries.slice(0, i), ...changed, ...entries.slice(i + 2)];
        expect(codes(all)).not.toEqual([]);
      }),
    );
  });

  test('an altered body, header or signature is named where it stands', () => {
    const entries = record(5);
    const third = entries[2] as Entry;
    const put = (entry: Entry): Entry[] => entries.map((each, i) => (i === 2 ? entry : each));
    expect(codes(put({ ...third, body: { nonce: 'f'.repeat(32), data: { text: 'note 2' } } }))).toEqual(['body@2']);
    expect(codes(put({ ...third, header: { ...third.header, by: ['TRE'] } }))).toEqual(['prev@3']);
    expect(codes(put({ ...third, signatures: [] }))).toEqual(['prev-sigs@3']);
    expect(codes(put({ ...third, header: { ...third.header, case: 'f'.repeat(32) } }))).toEqual(['case@2', 'prev@3']);
  });

  test('a clock that ran backwards is a fault of its own', () => {
    const entries = record(2);
    const second = entries[1] as Entry;
    expect(codes([entries[0] as Entry, { ...second, header: { ...second.header, at: '2026-11-24T09:00:00.000Z' } }])).toEqual(['time@1']);
  });
});

describe('what a key signs', () => {
  test('names its purpose and whether a machine or a person signed', () => {
    expect(fromUtf8(statementBytes('a'.repeat(64), 'act'))).toBe(`Countersign entry v1\nact\n${'a'.repeat(64)}\n`);
    expect(statementBytes('a'.repeat(64), 'machine')).not.toEqual(statementBytes('a'.repeat(64), 'act'));
  });
});

describe('eight words', () => {
  test('are the first 88 bits in the list of BIP 39', () => {
    expect(hashWords('0'.repeat(64))).toEqual(Array.from({ length: 8 }, () => 'abandon'));
    expect(hashWords('f'.repeat(64))).toEqual(Array.from({ length: 8 }, () => 'zoo'));
    // Eleven bits 00000000001 are word 1, eleven bits 10000000000 are word 1,024.
    expect(hashWords(`003${'0'.repeat(61)}`).slice(0, 3)).toEqual(['ability', 'length', 'abandon']);
  });

  test('differ when any of those bits differs', () => {
    const base = '5'.repeat(64);
    for (let bit = 0; bit < 88; bit += 1) {
      const bytes = Buffer.from(base, 'hex');
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (0x80 >> (bit & 7));
      expect(hashWords(bytes.toString('hex'))).not.toEqual(hashWords(base));
    }
  });
});
