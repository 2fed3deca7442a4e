import { createHash, timingSafeEqual } from 'node:crypto';
import { hex } from '../record/bytes.js';
import type { Random } from '../record/ports.js';
import { openSealed, sealTo } from './hpke.js';
import { contextBytes, KEY_BYTES } from './sealed-box.js';

/**
 * Someone to whom a share is sealed: `agreement` is the X25519 public key from the certificate. The recovery sheet has
 * no certificate; its public key in hexadecimal stands there instead.
 */
export interface ShareHolder {
  readonly initials: string;
  readonly certificate: string;
  readonly agreement: Uint8Array;
}

/** Stands for the recovery sheet among those who hold shares; sorts after all initials. */
export const RECOVERY = 'recovery';

/**
 * The vault key, split for two reviewers, or for one and the recovery sheet: the exclusive or of both shares. `first`
 * comes first in the order of UTF-16 code units.
 */
export interface SplitKey {
  readonly first: string;
  readonly second: string;
  readonly firstShare: Buffer;
  readonly secondShare: Buffer;
}

/** Splits the vault key afresh for every pair of `holders`, each share sealed to its holder. */
export async function splitVaultKey(vaultKey: Uint8Array, holders: readonly ShareHolder[], random: Random): Promise<SplitKey[]> {
  const ordered = [...holders].sort((a, b) => (a.initials < b.initials ? -1 : 1));
  const pairs = ordered.flatMap((first, i) => ordered.slice(i + 1).map((second) => ({ first, second })));
  return Promise.all(pairs.map(({ first, second }) => splitForPair(vaultKey, first, second, random)));
}

async function splitForPair(vaultKey: Uint8Array, first: ShareHolder, second: ShareHolder, random: Random): Promise<SplitKey> {
  const a = Buffer.from(random.bytes(KEY_BYTES));
  const b = exclusiveOr(vaultKey, a);
  try {
    const pair = { first: first.initials, second: second.initials };
    return {
      ...pair,
      firstShare: await sealTo(first.agreement, a, shareContext(pair, first.certificate)),
      secondShare: await sealTo(second.agreement, b, shareContext(pair, second.certificate)),
    };
  } finally {
    a.fill(0);
    b.fill(0);
  }
}

/** The half of a split key that belongs to one reviewer. */
export interface KeyHalf {
  readonly initials: string;
  readonly certificate: string;
  /** X25519 private key, 32 bytes. */
  readonly agreement: Uint8Array;
}

/** The vault key from both halves, or null when a share does not open. The caller zeroes it. */
export async function joinVaultKey(split: SplitKey, halves: readonly [KeyHalf, KeyHalf]): Promise<Buffer | null> {
  const open = async (initials: string, share: Uint8Array): Promise<Buffer | null> => {
    const half = halves.find((h) => h.initials === initials);
    return half === undefined ? null : openSealed(half.agreement, share, shareContext(split, half.certificate));
  };
  const a = await open(split.first, split.firstShare);
  const b = await open(split.second, split.secondShare);
  try {
    return a?.length === KEY_BYTES && b?.length === KEY_BYTES ? exclusiveOr(a, b) : null;
  } finally {
    a?.fill(0);
    b?.fill(0);
  }
}

/** What stands for the vault key in the roster; says nothing of the key, which is 256 random bits. */
export function vaultKeyDigest(vaultKey: Uint8Array): string {
  return hex(createHash('sha256').update('Countersign vault key v1\n').update(vaultKey).digest());
}

/** Whether `vaultKey` is the one that the digest stands for. */
export function isVaultKey(vaultKey: Uint8Array, digest: string): boolean {
  return timingSafeEqual(Buffer.from(vaultKeyDigest(vaultKey)), Buffer.from(digest));
}

function exclusiveOr(a: Uint8Array, b: Uint8Array): Buffer {
  const result = Buffer.alloc(KEY_BYTES);
  for (let i = 0; i < KEY_BYTES; i += 1) result[i] = (a[i] ?? 0) ^ (b[i] ?? 0);
  return result;
}

function shareContext(pair: { readonly first: string; readonly second: string }, certificate: string): Uint8Array {
  return contextBytes({ purpose: 'Countersign vault share v1', first: pair.first, second: pair.second, to: certificate });
}
