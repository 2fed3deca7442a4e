import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Random } from '../record/ports.js';
import { contextBytes, openBox, sealBox } from './sealed-box.js';

/** The root's private key (PKCS #8 DER) under the vault key. */
export function sealRootKey(vaultKey: Uint8Array, root: string, key: KeyObject, random: Random): Buffer {
  const der = key.export({ type: 'pkcs8', format: 'der' });
  try {
    return sealBox(vaultKey, der, context(root), random);
  } finally {
    der.fill(0);
  }
}

/** The root's private key, or null when the box is not the one made for this root under this vault key. */
export function openRootKey(vaultKey: Uint8Array, root: string, box: Uint8Array): KeyObject | null {
  const der = openBox(vaultKey, box, context(root));
  if (der === null) return null;
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    der.fill(0);
  }
}

function context(root: string): Uint8Array {
  return contextBytes({ purpose: 'Countersign root key v1', root });
}
