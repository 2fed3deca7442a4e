import type { JsonValue } from '../record/canonical-json.js';
import type { Entry } from '../record/entry.js';
import type { Clock, Sha256 } from '../record/ports.js';
import type { StartCarrierCipher } from './carrier.js';
import type { Pictures } from './report/pictures.js';

/** A reviewer who signs the bundle. `sign` is called once; the key never leaves whoever holds it. */
export interface BundleSigner {
  readonly initials: string;
  readonly name: string;
  readonly position: string;
  readonly certificatePem: string;
  /** SHA-256 of the certificate's DER, in hexadecimal. */
  readonly certificate: string;
  /** RSASSA-PKCS1-v1_5 with SHA-256 over `bytes` (RFC 8017 section 8.2). */
  sign(bytes: Uint8Array): Uint8Array;
}

/** One file of an exhibit. `read` is called once, of a picture twice at most; what it gives must have `size` bytes and hash to `sha256`. */
export interface BundlePart {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  read(): Promise<Uint8Array>;
}

/** An exhibit as it goes into the bundle; `reference` as in the record (`PAS/1`). */
export interface BundleExhibit {
  readonly reference: string;
  readonly parts: readonly BundlePart[];
  /** Number of the redacted copy whose files these are; absent where they are the exhibit's own. */
  readonly redaction?: number;
  /** The part that is shown in the report; absent: `page.png`. */
  readonly picture?: string;
}

/** Who a bundle is made for. */
export type BundleRecipient = 'police' | 'lado' | 'group-record' | 'other';

/** Everything that a bundle is made of. */
export interface BundleInput {
  readonly organisation: string;
  readonly computer: { readonly name: string; readonly location: string };
  readonly caseReference: string;
  /** The record's identifier of the case, 32 hexadecimal digits. */
  readonly caseId: string;
  readonly recipient: BundleRecipient;
  /** The whole record, from `case-opened` to the `export` entry of this export; a withheld body is null. */
  readonly entries: readonly Entry[];
  /** Never a quarantined exhibit: its entries stay in the record, its bytes stay out. */
  readonly exhibits: readonly BundleExhibit[];
  readonly certificates: {
    readonly rootPem: string;
    /** Of everyone whose signature the record or the bundle bears, each once. */
    readonly reviewerPems: readonly string[];
    readonly crlDer: Uint8Array;
    /** Roots of the time stamping authorities that will be asked, two at most; absent or empty when none will be. */
    readonly timeRoots?: readonly { readonly name: string; readonly rootPem: string }[];
  };
  readonly signers: readonly [BundleSigner, BundleSigner];
  /** The last self-test's report, or null when there was none. */
  readonly selfTest: JsonValue | null;
  /** A protective marking for every page, in capitals; absent or empty for none. */
  readonly marking?: string;
  readonly versions: { readonly app: string; readonly browser: string; readonly node: string; readonly system: string };
}

/** Where a bundle goes. With a passphrase (ZIP alone), an outer AES-256 ZIP holds one inner `bundle.zip`. */
export interface BundleTarget {
  readonly path: string;
  readonly form: 'zip' | 'folder';
  readonly passphrase?: string | undefined;
}

/** Options of the Chrome DevTools Protocol's `Page.printToPDF` that the report is printed with; page size and margins are in its style sheet. */
export interface PrintOptions {
  readonly printBackground: true;
  readonly preferCSSPageSize: true;
  readonly generateTaggedPDF: true;
  readonly generateDocumentOutline: true;
}

/** A bundle that is written and has not got its name yet, as a reader would find it on the disk. */
export type UnfinishedBundle =
  | { readonly form: 'zip'; readonly size: number; readonly passphrase: string | undefined; read(offset: number, length: number): Promise<Uint8Array> }
  | { readonly form: 'folder'; list(): Promise<readonly { readonly path: string; readonly size: number }[]>; read(path: string): AsyncIterable<Uint8Array> };

/** What making a bundle needs of the outside. */
export interface BundlePorts {
  readonly clock: Clock;
  readonly sha256: Sha256;
  /** A PDF of a page without scripts, made by a browser that opens no address for it; `pictures` are what the page shows (`report/pictures.ts`). Once `signal` is aborted nobody waits for it. */
  printPdf(html: string, options: PrintOptions, pictures: Pictures, signal: AbortSignal): Promise<Uint8Array>;
  onProgress(step: string, done: number, total: number): void;
  /** Starts what encrypts a bundle under a passphrase. */
  readonly cipher: StartCarrierCipher;
  /**
   * Time stamp tokens (DER) over the SHA-256 of the signature file, of those authorities in `timeRoots` that answered; the
   * bundle is whole without them.
   */
  readonly timestamps?: ((sha256: Uint8Array) => Promise<readonly { readonly name: string; readonly token: Uint8Array }[]>) | undefined;
  /** Reads the whole bundle back before it gets its name. Throws when it must not be handed over; then nothing is left of it. */
  accept(written: UnfinishedBundle): Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** What an export made. `bytes` is the sum over the bundle's files. */
export interface BundleResult {
  readonly tagManifestSha256: string;
  readonly files: number;
  readonly bytes: number;
}
