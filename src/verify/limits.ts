/** What a hostile bundle may make the verifier do, at most. */
export const LIMITS = {
  /** Files in a bundle. */
  files: 100_000,
  /** Bytes of all files of a bundle: 64 GiB. */
  bytes: 64 * 2 ** 30,
  /** Bytes of one manifest. */
  manifest: 64 * 2 ** 20,
  /** Bytes of any other file that is read whole (certificates, signature, tags). */
  small: 4 * 2 ** 20,
  /** Bytes of one line of the record. */
  line: 8 * 2 ** 20,
  /** Entries of a record. */
  entries: 2_000_000,
  /** Time stamps of a record. */
  timestamps: 5_000,
  /** Characters of a path. */
  path: 512,
  /** Bytes of a ZIP's central directory. */
  directory: 64 * 2 ** 20,
  /** Bytes of an encrypted ZIP that is decrypted into memory, which only one whose files lie in no order has to be. */
  decrypted: 4 * 2 ** 30,
  /** Unpacked by packed size, beyond which a ZIP is refused. */
  expansion: 200,
} as const;
