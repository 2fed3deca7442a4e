import { z } from 'zod';
import { canonicalJson, type JsonValue } from './canonical-json.js';
import { hex, utf8 } from './bytes.js';
import type { Sha256 } from './ports.js';
import { ENTRY_KINDS, type EntryKind } from './kinds.js';

/** Version of the record's format; a reader refuses any other. */
export const RECORD_VERSION = 1;

/** What stands for "nothing before" in `prev` and `prevSigs` of the first entry. */
export const NO_HASH = '0'.repeat(64);

/** SHA-256 in lower-case hexadecimal. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** UTC, RFC 3339, milliseconds. */
export const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
export const instantSchema = z.string().regex(INSTANT);

/** Three capital letters that stand for a reviewer; unique in an installation. */
export const INITIALS = /^[A-Z]{3}$/;
export const initialsSchema = z.string().regex(INITIALS);

/** 128 random bits: 32 hexadecimal digits. */
export const RANDOM_128 = /^[0-9a-f]{32}$/;

/** What every copy of the record shows of an entry, even one whose body is withheld. */
export const headerSchema = z.strictObject({
  v: z.literal(RECORD_VERSION),
  /** Random identifier of the case, 32 hexadecimal digits; says nothing of the case. */
  case: z.string().regex(RANDOM_128),
  /** 0 for the first entry, then one more each. */
  seq: z.int().min(0).max(10_000_000),
  /** Hash of the entry before, or {@link NO_HASH}. */
  prev: sha256Schema,
  /** {@link signaturesHash} of the signatures beside the entry before, or {@link NO_HASH}. */
  prevSigs: sha256Schema,
  at: instantSchema,
  kind: z.enum(ENTRY_KINDS),
  /** Whose doing it was: initials of one or two reviewers, or `app` for what the machine did by itself. */
  by: z.array(z.union([initialsSchema, z.literal('app')])).min(1).max(2),
  /** SHA-256 over the canonical JSON of the body. */
  dataHash: sha256Schema,
});

/** See {@link headerSchema}. */
export type EntryHeader = z.infer<typeof headerSchema>;

/** What may be withheld. The nonce (128 random bits, hexadecimal) keeps a withheld body from being guessed. */
export const bodySchema = z.strictObject({
  nonce: z.string().regex(RANDOM_128),
  data: z.record(z.string(), z.json()),
});

/** See {@link bodySchema}; `data` fits the kind's schema in `kinds.ts`. */
export interface EntryBody {
  readonly nonce: string;
  readonly data: { readonly [key: string]: JsonValue };
}

/**
 * A signature beside an entry: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017) over {@link statementBytes}.
 * `machine`: applied by the app while both were signed in. `act`: the reviewer read a summary and gave the passphrase.
 */
export const signatureSchema = z.strictObject({
  by: initialsSchema,
  /** SHA-256 fingerprint of the signer's certificate (DER). */
  certificate: sha256Schema,
  how: z.enum(['machine', 'act']),
  /** Base64 of the signature. */
  value: z.string().regex(/^[A-Za-z0-9+/]{512}$/),
});

/** See {@link signatureSchema}. */
export type EntrySignature = z.infer<typeof signatureSchema>;

/** One line of the record: `body` is null where it is withheld. */
export interface Entry {
  readonly header: EntryHeader;
  readonly body: EntryBody | null;
  readonly signatures: readonly EntrySignature[];
}

/** Schema of {@link Entry} as it stands in `record.jsonl`. */
export const entrySchema = z.strictObject({ header: headerSchema, body: bodySchema.nullable(), signatures: z.array(signatureSchema).max(4) });

/** The last entry of a record, as far as the next one needs it; null before the first. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
  readonly signaturesHash: string;
}

/** An entry's hash: SHA-256 over the canonical JSON of its header, in hexadecimal. */
export function entryHash(header: EntryHeader, sha256: Sha256): string {
  return hexOf(canonicalJson(header), sha256);
}

/** A body's hash, as the header's `dataHash` commits to it. */
export function bodyHash(body: EntryBody, sha256: Sha256): string {
  return hexOf(canonicalJson({ nonce: body.nonce, data: body.data }), sha256);
}

/** What the next header's `prevSigs` commits to: SHA-256 over the canonical JSON of the signatures' array. */
export function signaturesHash(signatures: readonly EntrySignature[], sha256: Sha256): string {
  return hexOf(canonicalJson(signatures.map((s) => ({ ...s }))), sha256);
}

function hexOf(text: string, sha256: Sha256): string {
  return sha256.hexOfText?.(text) ?? hex(sha256.of(utf8(text)));
}

/**
 * The bytes that a reviewer's key signs for an entry. The purpose keeps such a signature from being passed off as one
 * over anything else, and `how` keeps a machine's signature from being passed off as a person's act.
 */
export function statementBytes(hash: string, how: EntrySignature['how']): Uint8Array<ArrayBuffer> {
  return utf8(`Countersign entry v1\n${how}\n${hash}\n`);
}

/** What a caller says of a new entry; the chain supplies the rest. */
export interface NewEntry {
  readonly case: string;
  readonly at: string;
  readonly kind: EntryKind;
  readonly by: readonly string[];
  readonly body: EntryBody;
}

/** The header of the entry that follows `head` (null for the first of a case). */
export function nextHeader(head: Head | null, entry: NewEntry, sha256: Sha256): EntryHeader {
  return {
    v: RECORD_VERSION,
    case: entry.case,
    seq: head === null ? 0 : head.seq + 1,
    prev: head === null ? NO_HASH : head.hash,
    prevSigs: head === null ? NO_HASH : head.signaturesHash,
    at: entry.at,
    kind: entry.kind,
    by: [...entry.by],
    dataHash: bodyHash(entry.body, sha256),
  };
}

/** An entry's parts as canonical JSON: what is hashed, and what may be stored. */
export interface EntryTexts {
  readonly header: string;
  readonly signatures: string;
  readonly body: string;
}

/** An entry's three hashes: {@link entryHash}, {@link signaturesHash} and {@link bodyHash} (null where it is withheld). */
export interface EntryHashes {
  readonly entry: string;
  readonly signatures: string;
  readonly body: string | null;
}

/**
 * Writes each part of an entry once, for whoever needs both the texts and the hashes over them. The header must fit its
 * schema: what that allows is written canonically by JSON itself once its members stand in order, and every append waits for this.
 */
export function entryTexts(entry: Entry & { readonly body: EntryBody }): EntryTexts {
  const { header: { at, by, case: caseId, dataHash, kind, prev, prevSigs, seq, v }, signatures, body } = entry;
  return {
    header: JSON.stringify({ at, by, case: caseId, dataHash, kind, prev, prevSigs, seq, v }),
    signatures: signatures.length === 0 ? '[]' : canonicalJson(signatures.map((s) => ({ ...s }))),
    body: canonicalJson({ nonce: body.nonce, data: body.data }),
  };
}

/** SHA-256 of `[]`: most entries have no signatures. */
const NO_SIGNATURES = '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945';

/** The hashes over the texts of an entry. */
export function hashesOfTexts(texts: EntryTexts, sha256: Sha256): EntryHashes {
  const of = (text: string): string => hexOf(text, sha256);
  return { entry: of(texts.header), signatures: texts.signatures === '[]' ? NO_SIGNATURES : of(texts.signatures), body: of(texts.body) };
}

/** The hashes of an entry. */
export function hashesOf(entry: Entry, sha256: Sha256): EntryHashes {
  const { header, signatures, body } = entry;
  return { entry: entryHash(header, sha256), signatures: signaturesHash(signatures, sha256), body: body === null ? null : bodyHash(body, sha256) };
}

/** The head that a record has once `entry` is its last. */
export function headAfter(entry: Pick<Entry, 'header' | 'signatures'>, sha256: Sha256): Head {
  return { seq: entry.header.seq, hash: entryHash(entry.header, sha256), signaturesHash: signaturesHash(entry.signatures, sha256) };
}
