import { X509Certificate } from 'node:crypto';
import type { ReviewerRecord } from '../vault/vault.js';

const known = new Map<string, string>();

/** When a reviewer was enrolled: their first certificate begins then. Until a change is noted that is also when the passphrase was set. */
export function enrolledAt({ certificatePem, replaced }: Pick<ReviewerRecord, 'certificatePem' | 'replaced'>): string {
  const pem = replaced[0]?.certificatePem ?? certificatePem;
  const before = known.get(pem);
  if (before !== undefined) return before;
  const at = new Date(new X509Certificate(pem).validFrom).toISOString();
  known.set(pem, at);
  return at;
}
