import { issueCrl } from './certificate.js';
import type { VaultPorts } from './ports.js';
import type { Roster } from './roster.js';
import { rootPrivateKey } from './roster-change.js';

/** What a bundle needs to show whose signatures it bears. */
export interface VaultCertificates {
  readonly rootPem: string;
  /** Every reviewer's, also of keys that were replaced and of those who were removed: what they signed is checked against these. */
  readonly reviewerPems: readonly string[];
  /** Whoever was removed and whatever was replaced, with the date; DER. */
  readonly crlDer: Uint8Array;
}

/** The certificates of a roster, with a CRL that the root signs now. @throws CodedError `vault.altered`. */
export function certificatesOf(roster: Roster, vaultKey: Uint8Array, { clock }: Pick<VaultPorts, 'clock'>): VaultCertificates {
  const { rootPem, members, statement } = roster;
  const root = { pem: rootPem, privateKey: rootPrivateKey(roster, vaultKey) };
  const removed = members.flatMap((m) => (m.removedAt === null ? [] : [{ pem: m.certificatePem, at: m.removedAt }]));
  const replaced = members.flatMap((m) => m.earlierPems.map((pem, i) => ({ pem, at: m.earlier?.[i]?.until ?? statement.at })));
  const reviewerPems = members.flatMap((m) => [...m.earlierPems, m.certificatePem]);
  return { rootPem, reviewerPems, crlDer: issueCrl(root, [...removed, ...replaced], clock.now(), statement.number) };
}
