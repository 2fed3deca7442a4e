import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Head } from '../record/entry.js';
import type { Random } from '../record/ports.js';
import { contextBytes, finishBox, KEY_BYTES, openBox, sealBox, startBox, type StartedBox } from './sealed-box.js';

/** A case's own keys, each drawn from the case key for one use (HKDF-SHA256, RFC 5869, no salt). */
export class CaseKeys {
  readonly bodies: Buffer;
  readonly objects: Buffer;
  readonly #heads: Buffer;
  readonly #caseId: string;
  /** Made ahead by {@link prepare}; each serves once. */
  #nextBody: StartedBox | null = null;
  #nextMac: ReturnType<typeof createHmac> | null = null;
  #zeroed = false;

  /** `caseKey` stays the caller's to zero. */
  constructor(caseId: string, caseKey: Uint8Array) {
    const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', caseKey, new Uint8Array(), `Countersign case v1 ${use}`, KEY_BYTES));
    this.#caseId = caseId;
    this.bodies = derive('bodies');
    this.objects = derive('objects');
    this.#heads = derive('heads');
  }

  /** Makes the cipher and the HMAC for the next entry: while the disk is busy with this one, nobody waits for it. */
  prepare(random: Random): void {
    if (this.#zeroed) return;
    this.#nextBody ??= startBox(this.bodies, random);
    this.#nextMac ??= createHmac('sha256', this.#heads);
  }

  /** Encrypts the body of an entry, bound to `aad`; a box as {@link sealBox} makes them. */
  sealBody(plaintext: string, aad: Uint8Array, random: Random): Buffer {
    const box = this.#nextBody ?? startBox(this.bodies, random);
    this.#nextBody = null;
    return finishBox(box, plaintext, aad);
  }

  /** HMAC-SHA256 over a case's head: entries cut off at the end do not go unnoticed. */
  headMac(head: Head, objects: number): Buffer {
    // Canonical JSON written out: every part is a number or hexadecimal.
    const text = `{"case":"${this.#caseId}","hash":"${head.hash}","objects":${objects},"seq":${head.seq},"signaturesHash":"${head.signaturesHash}"}`;
    const mac = this.#nextMac ?? createHmac('sha256', this.#heads);
    this.#nextMac = null;
    return mac.update(text).digest();
  }

  /** Whether `mac` is that of this head. */
  isHeadMac(mac: Uint8Array, head: Head, objects: number): boolean {
    const right = this.headMac(head, objects);
    return mac.length === right.length && timingSafeEqual(mac, right);
  }

  /** Forgets the keys. What was made ahead is ended, which wipes what OpenSSL made of the keys. */
  zero(): void {
    this.#zeroed = true;
    this.#nextBody?.cipher.final();
    this.#nextMac?.digest();
    this.#nextBody = null;
    this.#nextMac = null;
    for (const key of [this.bodies, this.objects, this.#heads]) key.fill(0);
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
