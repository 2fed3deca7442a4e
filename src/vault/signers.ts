import type { KeyObject } from 'node:crypto';
import { CodedError } from '../record/coded-error.js';
import { signWith } from './asn1.js';
import type { ReviewerSecret } from './reviewer-secret.js';
import type { Member, Roster } from './roster.js';
import { altered } from './storage-error.js';
import type { Credentials, Signer } from './vault.js';
import { isVaultKey, joinVaultKey } from './vault-key.js';

/** A reviewer whose passphrase was right, with their keys. */
export interface SignedIn {
  readonly member: Member;
  readonly secret: ReviewerSecret;
}

/** The vault key, from the shares of two who gave their passphrases; the caller zeroes it. @throws CodedError `vault.altered`. */
export async function openShares(roster: Roster, [one, two]: readonly SignedIn[]): Promise<Buffer> {
  if (one === undefined || two === undefined) throw altered('The list of reviewers in the vault was changed.', 'rosters');
  const initials = [one.member.initials, two.member.initials];
  const split = roster.splits.find((s) => initials.includes(s.first) && initials.includes(s.second));
  const half = ({ member, secret }: SignedIn) => ({ initials: member.initials, certificate: member.certificate, agreement: secret.agreement });
  const vaultKey = split === undefined ? null : await joinVaultKey(split, [half(one), half(two)]);
  if (vaultKey === null || !isVaultKey(vaultKey, roster.statement.vaultKey)) throw altered(`The key shares of ${initials.join(' and ')} were changed.`, 'shares');
  return vaultKey;
}

/** The two who are signed in, with their signing keys until these are forgotten. */
export class Signers {
  /** By certificate: a signer whose keys were replaced signs no more. */
  readonly #keys = new Map<string, KeyObject>();
  readonly #demandUnlocked: () => void;
  #both: readonly [Signer, Signer];

  constructor([first, second]: readonly [SignedIn, SignedIn], demandUnlocked: () => void) {
    this.#demandUnlocked = demandUnlocked;
    this.#both = [this.#signer(first.member, first.secret.signing), this.#signer(second.member, second.secret.signing)];
  }

  get both(): readonly [Signer, Signer] {
    return this.#both;
  }

  get initials(): string[] {
    return this.#both.map((signer) => signer.initials);
  }

  /** The signer whom `credentials` name. @throws CodedError `auth.not-signed-in`. */
  named(credentials: Pick<Credentials, 'initials'>): Signer {
    const signer = this.#both.find((each) => each.initials === credentials.initials);
    if (signer === undefined) throw new CodedError('auth.not-signed-in', 'Only the two reviewers who are signed in can confirm this.', { where: 'initials' });
    return signer;
  }

  /** Signs with a reviewer's new key from now on, unless the keys were forgotten meanwhile. */
  replace(member: Member, signing: KeyObject): void {
    if (this.#keys.size === 0) return;
    const [first, second] = this.#both;
    this.#keys.delete(this.named(member).certificate);
    const fresh = this.#signer(member, signing);
    this.#both = first.initials === member.initials ? [fresh, second] : [first, fresh];
  }

  forget(): void {
    this.#keys.clear();
  }

  #signer({ initials, name, position, certificatePem, certificate }: Member, signing: KeyObject): Signer {
    this.#keys.set(certificate, signing);
    return {
      initials, name, position, certificatePem, certificate,
      sign: (bytes) => {
        this.#demandUnlocked();
        const key = this.#keys.get(certificate);
        if (key === undefined) throw new CodedError('auth.not-signed-in', `${initials} is not signed in with these keys.`);
        return signWith(key, bytes);
      },
    };
  }
}
