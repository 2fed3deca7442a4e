import { entryHash, statementBytes, type EntryHeader, type EntrySignature } from '../record/entry.js';
import { SIGNED_KINDS } from '../record/kinds.js';
import type { Sha256 } from '../record/ports.js';
import type { Signer } from '../vault/vault.js';

/**
 * The signatures of a new entry; none where its kind has none. `acting`: signers who have just given their passphrases for this very
 * entry; without them `signers` are signed for by the machine.
 */
export function signaturesOf(header: EntryHeader, signers: readonly Signer[], acting: readonly Signer[] | undefined, sha256: Sha256): EntrySignature[] {
  if (!SIGNED_KINDS.has(header.kind)) return [];
  const how = acting === undefined ? 'machine' : 'act';
  const statement = statementBytes(entryHash(header, sha256), how);
  return (acting ?? signers).map((signer) => ({ by: signer.initials, certificate: signer.certificate, how, value: Buffer.from(signer.sign(statement)).toString('base64') }));
}
