/** The clock. `now` is UTC as RFC 3339 with exactly three decimals and `Z` (`2026-11-24T10:41:02.123Z`). */
export interface Clock {
  now(): string;
  /** Milliseconds that never run backwards; only differences mean anything. */
  monotonicMs(): number;
}

/** Cryptographically secure random bytes. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** A running SHA-256 (FIPS 180-4); `digest` may be called once and gives 32 bytes. */
export interface RunningSha256 {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

/** SHA-256, synchronous so that the same pure code runs over Node's crypto and over a library in a web page. */
export interface Sha256 {
  of(bytes: Uint8Array): Uint8Array;
  /** Of a text as UTF-8, in lower-case hexadecimal: where the platform does that in one step, every append is the quicker for it. */
  hexOfText?(text: string): string;
  start(): RunningSha256;
}
