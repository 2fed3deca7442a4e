import type { Head } from '../record/entry.js';
import type { EntryKind } from '../record/kinds.js';
import type { WholeEntry } from './entry-row.js';
import type { KeptState } from './kept-state.js';

/** An object that is encrypted and on the disk, and belongs to no entry yet. */
export interface StagedObject {
  readonly exhibit: string;
  readonly name: string;
  readonly mediaType: string;
  /** Bytes of the plaintext. */
  readonly size: number;
  /** SHA-256 of the plaintext. */
  readonly sha256: string;
  /** SHA-256 of the file as it lies on the disk. */
  readonly cipherSha256: string;
  /** Random name of its file; for the vault alone. */
  readonly file: string;
}

/** One case: the only way to its record and its evidence objects. */
export interface CaseStore {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** The last entry that is on the disk; null before the first. */
  readonly head: Head | null;
  /**
   * Appends an entry, and with it the objects that it speaks of, in one transaction. Resolves once both survive a
   * power cut; when it rejects, neither is in the record, staged objects stay staged, and the same call may be made
   * again.
   *
   * @throws CodedError `case.does-not-follow`, `case.entry-too-large`, `case.not-staged`, `case.part-exists`,
   * `vault.disk-full`, `vault.write-failed`, `auth.locked`.
   */
  append(entry: WholeEntry, objects?: readonly StagedObject[]): Promise<void>;
  /** Every entry in order, decrypted and checked; with `after`, those that follow this one. @throws CodedError `vault.altered`, at the first that was changed. */
  entries(after?: Head | null): AsyncIterable<WholeEntry>;
  /**
   * The entries from `from` up to the one before `to`, in order, decrypted and checked: each follows the one before it, and the
   * next one or the head follows the last.
   *
   * @throws CodedError `vault.altered`, at the first that was changed.
   */
  between(from: number, to: number): Promise<WholeEntry[]>;
  /** The entries of these kinds from `from` on, in order. Each is as it was written; whether any is missing is not looked at. @throws CodedError `vault.altered` */
  ofKinds(kinds: readonly EntryKind[], from: number): Promise<WholeEntry[]>;
  /**
   * Keeps what the app made of the entries so far, under the case's key and instead of what was kept before: it spares reading
   * them all once more, and can be lost without harm.
   *
   * @throws CodedError `vault.disk-full`, `vault.write-failed`, `auth.locked`
   */
  keepState(text: string): Promise<void>;
  /** What was kept last and after which entry; null when there is nothing, or nothing that belongs to this record. */
  keptState(): Promise<KeptState | null>;
  /**
   * Encrypts a part of an exhibit and writes it durably. It is removed when the vault is next opened unless an entry
   * was appended with it.
   *
   * @throws CodedError `case.bad-part`, `case.object-too-large` (over 1 GiB), `vault.disk-full`, `vault.write-failed`.
   */
  stage(exhibit: string, part: { readonly name: string; readonly mediaType: string }, bytes: Uint8Array): Promise<StagedObject>;
  /** Removes staged objects from the disk; those that were appended stay. */
  discard(objects: readonly StagedObject[]): Promise<void>;
  /** The plaintext of a part. @throws CodedError `case.unknown-part`, `vault.object-altered`, `vault.altered`. */
  readPart(exhibit: string, partName: string): Promise<Uint8Array>;
  /** SHA-256 of a part's file, once it is what the vault wrote; nothing is decrypted. @throws CodedError as {@link readPart}. */
  cipherHash(exhibit: string, partName: string): Promise<string>;
}
