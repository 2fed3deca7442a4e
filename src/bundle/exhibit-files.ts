import { hex } from '../record/bytes.js';
import { CodedError } from '../record/coded-error.js';
import type { BundleExhibit, BundlePart, BundlePorts } from './bundle-input.js';
import { stopIfCancelled } from './cancelling.js';

/** Bytes of two parts that may be in memory together. */
const TOGETHER = 96 * 2 ** 20;

/** A file of an exhibit as it goes into the bundle. */
export interface ExhibitFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** Reads the files of exhibits, and gives nothing on that is not as it was captured. */
export class ExhibitFiles {
  readonly #exhibits: readonly BundleExhibit[];
  readonly #ports: BundlePorts;
  /** Parts of the report's pictures, which are in memory for the report as well. */
  readonly #held = new Map<BundlePart, Uint8Array>();

  constructor(exhibits: readonly BundleExhibit[], ports: BundlePorts) {
    this.#exhibits = exhibits;
    this.#ports = ports;
  }

  /** @throws CodedError `export.cancelled`, `export.exhibit-changed`, and what the part's own `read` throws */
  async read(reference: string, part: BundlePart): Promise<Uint8Array> {
    stopIfCancelled(this.#ports);
    const held = this.#held.get(part);
    if (held !== undefined) return held;
    const bytes = await part.read();
    if (bytes.length !== part.size || hex(this.#ports.sha256.of(bytes)) !== part.sha256) {
      throw new CodedError('export.exhibit-changed', `A part of exhibit ${reference} is not as it was captured. No bundle was made. Keep this computer as it is and ask for help.`);
    }
    return bytes;
  }

  /** As {@link read}; {@link all} then gives the same bytes, and does not read them again. */
  async hold(reference: string, part: BundlePart): Promise<Uint8Array> {
    const bytes = await this.read(reference, part);
    this.#held.set(part, bytes);
    return bytes;
  }

  /** Every file, one after another: while one is written, the next is read. */
  async *all(): AsyncGenerator<ExhibitFile, void, undefined> {
    const parts = this.#exhibits.flatMap(({ reference, parts: all }) => all.map((part) => ({ reference, part })));
    const read = (at: number): Promise<Uint8Array> | null => {
      const next = parts[at];
      const reading = next === undefined ? null : this.read(next.reference, next.part);
      // Told of when its turn comes, if it comes.
      reading?.catch(() => undefined);
      return reading;
    };
    let next = read(0);
    for (const [at, { reference, part }] of parts.entries()) {
      const bytes = await (next ?? read(at));
      if (bytes === null) break;
      // Two large parts at once are too much memory.
      next = bytes.length + (parts[at + 1]?.part.size ?? 0) <= TOGETHER ? read(at + 1) : null;
      yield { path: `data/exhibits/${reference.replace('/', '-')}/${part.name}`, bytes, sha256: part.sha256 };
    }
  }
}
