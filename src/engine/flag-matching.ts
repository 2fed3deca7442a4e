import { createHash, type KeyObject } from 'node:crypto';
import { imagePixels } from '../cdp/image-pixels.js';
import { addressForms, addressHash } from '../safety/address-form.js';
import type { DigestSet } from '../safety/digest-set.js';
import type { ListedFlag } from '../safety/gate.js';
import { keyedDigest } from '../safety/keyed-digest.js';
import { LEAST_PDQ_QUALITY } from '../safety/list-lines.js';
import type { ListFormat } from '../safety/list-format.js';
import { pdqHash } from '../safety/pdq-hash.js';
import type { PdqSearch } from '../safety/pdq-index.js';

/** A list as it is searched: its values are digests or, for PDQ, hashes. */
export interface LoadedList {
  /** The source, as the reviewers named it. */
  readonly name: string;
  readonly format: ListFormat;
  readonly values: DigestSet | PdqSearch;
}

/** Which list something was found on, and how. Never what was found. */
export interface FlagFound extends ListedFlag {
  readonly list: string;
}

/** Looks addresses and contents up in the lists. It says what is on a list; that something is not on one proves nothing. */
export class FlagMatcher {
  readonly #key: KeyObject;
  readonly #addresses: readonly { readonly name: string; readonly set: DigestSet }[];
  readonly #files: readonly { readonly name: string; readonly set: DigestSet }[];
  readonly #pictures: readonly { readonly name: string; readonly search: PdqSearch }[];

  constructor(key: KeyObject, lists: readonly LoadedList[]) {
    this.#key = key;
    const sets = (formats: readonly ListFormat[]) => lists.flatMap(({ name, format, values }) => (formats.includes(format) && 'has' in values ? [{ name, set: values }] : []));
    this.#addresses = sets(['addresses', 'hashed-addresses']);
    this.#files = sets(['hashes', 'vics']);
    this.#pictures = lists.flatMap(({ name, values }) => ('find' in values ? [{ name, search: values }] : []));
  }

  /** Whether a list is about contents, and not only about addresses. */
  get bodies(): boolean {
    return this.#files.length + this.#pictures.length > 0;
  }

  /** The list that an address is on, in any of its forms; null when it is on none. */
  address(url: string): FlagFound | null {
    if (this.#addresses.length === 0) return null;
    for (const form of addressForms(url)) {
      const digest = keyedDigest(this.#key, 'address', addressHash(form));
      const on = this.#addresses.find(({ set }) => set.has(digest));
      if (on !== undefined) return { cause: 'listed-address', list: on.name, sentence: `The address is on the list “${on.name}”.` };
    }
    return null;
  }

  /** The list that a file is on, by its MD5, SHA-1 or SHA-256 or as a picture; null when it is on none. Decodes nothing unless a list of pictures is set. */
  async body(bytes: Uint8Array): Promise<FlagFound | null> {
    // Lists of hashes often hold that of an empty file, which says nothing of anybody's picture.
    return bytes.length === 0 ? null : (this.#file(bytes) ?? (await this.#picture(bytes)));
  }

  #file(bytes: Uint8Array): FlagFound | null {
    if (this.#files.length === 0) return null;
    for (const type of ['md5', 'sha1', 'sha256'] as const) {
      const digest = keyedDigest(this.#key, type, createHash(type).update(bytes).digest());
      const on = this.#files.find(({ set }) => set.has(digest));
      if (on !== undefined) return { cause: 'listed-hash', list: on.name, sentence: `A file on the page is on the list “${on.name}”.` };
    }
    return null;
  }

  async #picture(bytes: Uint8Array): Promise<FlagFound | null> {
    if (this.#pictures.length === 0) return null;
    const pixels = await imagePixels(bytes);
    const hash = pixels === null ? null : pdqHash(pixels, LEAST_PDQ_QUALITY);
    pixels?.rgb.fill(0);
    if (hash === null) return null;
    const on = this.#pictures.find(({ search }) => search.find(hash.words) >= 0);
    return on === undefined ? null : { cause: 'listed-pdq', list: on.name, sentence: `A picture on the page is like one on the list “${on.name}”.` };
  }
}
