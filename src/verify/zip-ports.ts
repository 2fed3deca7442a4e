/**
 * Checksums and ciphers that a ZIP needs, which Node and a web page have in different places. WebCrypto alone will not do: it takes
 * no message piece by piece and counts blocks from the other end.
 */
export interface ZipPorts {
  /** CRC-32 (APPNOTE 4.4.7) of the bytes that `before` is the CRC-32 of, followed by `bytes`; 0 before the first. */
  crc32(bytes: Uint8Array, before: number): number;
  /** PBKDF2 with HMAC-SHA-1 (RFC 8018 section 5.2); `length` in bytes. */
  pbkdf2Sha1(passphrase: Uint8Array, salt: Uint8Array, iterations: number, length: number): Promise<Uint8Array>;
  /**
   * AES-256 in the counter mode of WinZip: a block's number, from 1, is a little-endian integer. Gives what turns ciphertext into
   * plaintext; the first of its bytes begins the block with the number `firstBlock`.
   */
  aesCounter(key: Uint8Array): (bytes: Uint8Array, firstBlock: number) => Uint8Array;
  /** HMAC-SHA-1 (RFC 2104), piece by piece. */
  hmacSha1(key: Uint8Array): { update(bytes: Uint8Array): void; digest(): Uint8Array };
  /** Where it is there: a way through a file from its beginning to its end that is quicker than {@link aesCounter} and {@link hmacSha1}; null where it cannot run. */
  carriedCipher?(key: Uint8Array, authenticationKey: Uint8Array): Promise<CarriedCipher | null>;
  /** Bytes of an encrypted file that are read and decrypted at a time, whole blocks; absent: 1 MiB. A few of them are in memory. */
  readonly carriedPiece?: number;
}

/** Reads an encrypted file (WinZip's AES-256) in order, one piece after the other. */
export interface CarriedCipher {
  /** Authenticates the next bytes of the ciphertext, whole blocks but for the last ones, and gives their plaintext. Takes over the memory of `bytes`. May be called again before it has answered. */
  next(bytes: Uint8Array): Promise<Uint8Array>;
  /** HMAC-SHA-1 of everything that was given, after the last. */
  code(): Promise<Uint8Array>;
  /** Lets go of what it holds; nothing may be asked afterwards. */
  close(): void;
}
