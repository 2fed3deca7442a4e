import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Head } from '../record/entry.js';
import type { Random } from '../record/ports.js';
import { contextBytes, KEY_BYTES, openBox, sealBox } from './sealed-box.js';

/** For how many entries nonces are drawn at a time. */
const DRAWN = 64;

/** A case's own keys, each drawn from the case key for one use (HKDF-SHA256, RFC 5869, no salt). */
export class CaseKeys {
  readonly bodies: Buffer;
  readonly objects: Buffer;
  readonly states: Buffer;
  readonly #heads: Buffer;
  readonly #caseId: string;
  /** Random bytes drawn ahead; each serves one nonce. */
  #drawn: Uint8Array = new Uint8Array();

  /** `caseKey` stays the caller's to zero. */
  constructor(caseId: string, caseKey: Uint8Array) {
    const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', caseKey, new Uint8Array(), `Countersign case v1 ${use}`, KEY_BYTES));
    this.#caseId = caseId;
    this.bodies = derive('bodies');
    this.objects = derive('objects');
    this.states = derive('states');
    this.#heads = derive('heads');
  }

  /** Encrypts the body of an entry, bound to `aad`; a box as {@link sealBox} makes them. */
  sealBody(plaintext: string, aad: string, random: Random): Buffer {
    return sealBox(this.bodies, plaintext, aad, { bytes: (count) => this.#draw(count, random) });
  }

  /** Asking the system for each nonce by itself costs as much as encrypting a short entry. */
  #draw(count: number, random: Random): Uint8Array {
    if (this.#drawn.length < count) this.#drawn = random.bytes(DRAWN * count);
    const taken = this.#drawn.subarray(0, count);
    this.#drawn = this.#drawn.subarray(count);
    return taken;
  }

  /** HMAC-SHA256 over a case's head: entries cut off at the end do not go unnoticed. */
  headMac(head: Head, objects: number): Buffer {
    // Canonical JSON written out: every part is a number or hexadecimal.
    const text = `{"case":"${this.#caseId}","hash":"${head.hash}","objects":${objects},"seq":${head.seq},"signaturesHash":"${head.signaturesHash}"}`;
    return createHmac('sha256', this.#heads).update(text).digest();
  }

  /** Whether `mac` is that of this head. */
  isHeadMac(mac: Uint8Array, head: Head, objects: number): boolean {
    const right = this.headMac(head, objects);
    return mac.length === right.length && timingSafeEqual(mac, right);
  }

  /** Forgets the keys. */
  zero(): void {
    for (const key of [this.bodies, this.objects, this.states, this.#heads]) key.fill(0);
  }
}

/** The case key under the vault key. */
export function wrapCaseKey(vaultKey: Uint8Array, caseId: string, caseKey: Uint8Array, random: Random): Buffer {
  return sealBox(vaultKey, caseKey, wrapContext(caseId), random);
}

/** The case key, or null when the wrap is not the one made for this case under this vault key. The caller zeroes it. */
export function unwrapCaseKey(vaultKey: Uint8Array, caseId: string, wrapped: Uint8Array): Buffer | null {
  return openBox(vaultKey, wrapped, wrapContext(caseId));
}

/** What a wrapped case key is bound to. */
export function wrapContext(caseId: string): Uint8Array {
  return contextBytes({ purpose: 'Countersign case key v1', case: caseId });
}
