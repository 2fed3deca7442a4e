import { X509Certificate } from 'node:crypto';
import type { ReviewerRecord } from '../vault/vault.js';

const known = new Map<string, string>();

/** When a reviewer was enrolled: their certificate begins then. Until a change is noted that is also when the passphrase was set. */
export function enrolledAt({ certificate, certificatePem }: Pick<ReviewerRecord, 'certificate' | 'certificatePem'>): string {
  const before = known.get(certificate);
  if (before !== undefined) return before;
  const at = new Date(new X509Certificate(certificatePem).validFrom).toISOString();
  known.set(certificate, at);
  return at;
}
