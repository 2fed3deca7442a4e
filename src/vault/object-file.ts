import { webcrypto } from 'node:crypto';
import { open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hex } from '../record/bytes.js';
import type { Random, Sha256 } from '../record/ports.js';
import { makeFolder, moveDurably, removeDurably, syncFolder, TEMPORARY, writeDurably } from './durable-file.js';
import { decryptObject, encryptObject, OVERHEAD, SLICE } from './object-cipher.js';
import { NONCE_BYTES } from './sealed-box.js';
import { isMissing, storageError } from './storage-error.js';

/*
 * One evidence object in one file, as `object-cipher.ts` writes it. `objects/3f/3f…` (32 hexadecimal digits) is part of a case;
 * `.staged` behind the name says that the record did not name the file when it was last looked at.
 */
/** Behind the name of a file that no entry names yet. */
export const STAGED = '.staged';

/** Objects larger than this are hashed slice by slice, one at a time. */
const LARGEST_HASHED_WHOLE = 64 * 1024 * 1024;

/** The largest object: 1 GiB. */
export const LARGEST_OBJECT = 1024 * 1024 * 1024;

/** Where an object lies, and the SHA-256 of that file. */
export interface WrittenObject {
  readonly file: string;
  readonly cipherSha256: string;
}

/** The files under `objects/`. */
export class ObjectFolder {
  readonly #root: string;
  readonly #random: Random;
  readonly #sha256: Sha256;

  constructor(vaultFolder: string, random: Random, sha256: Sha256) {
    this.#root = join(vaultFolder, 'objects');
    this.#random = random;
    this.#sha256 = sha256;
  }

  /** Encrypts `bytes` (AES-256-GCM, bound to `aad`) into a new staged file, durably. */
  async write(key: Uint8Array, bytes: Uint8Array, aad: Uint8Array): Promise<WrittenObject> {
    const file = hex(this.#random.bytes(16));
    // Made before anything is waited for: the vault may be locked, and the key zeroed, at any later moment.
    const pieces = encryptObject(key, this.#random.bytes(NONCE_BYTES), bytes, aad);
    const hash = this.#sha256.start();
    await makeFolder(join(this.#root, file.slice(0, 2)));
    await writeDurably(this.#path(file) + STAGED, hashed(pieces, (chunk) => { hash.update(chunk); }));
    return { file, cipherSha256: hex(hash.digest()) };
  }

  /** Drops the mark of a staged file, once the record names it. Opening the vault does it where this did not happen. */
  async keep(file: string): Promise<void> {
    await moveDurably(this.#path(file) + STAGED, this.#path(file));
  }

  /** Removes a staged file. */
  async discard(file: string): Promise<void> {
    await removeDurably(this.#path(file) + STAGED);
  }

  /** Removes files, whether staged or not, durably; gives those that are gone, also those that were not there. */
  async remove(files: readonly string[]): Promise<string[]> {
    const gone: string[] = [];
    const folders = new Set<string>();
    for (const file of files) {
      const path = this.#path(file);
      try {
        for (const each of [path, path + STAGED]) await rm(each, { force: true });
        gone.push(file);
        folders.add(dirname(path));
      } catch {
        // It is tried again at the next opening.
      }
    }
    for (const folder of folders) await syncFolder(folder).catch((error: unknown) => { if (!isMissing(error)) throw storageError(error, 'write'); });
    return gone;
  }

  /** SHA-256 of a file as it lies there, or null when there is none. */
  async hash(file: string): Promise<string | null> {
    const hash = this.#sha256.start();
    const size = await this.#slices(file, Number.POSITIVE_INFINITY, (slice) => { hash.update(slice); });
    return size === null ? null : hex(hash.digest());
  }

  /**
   * The plaintext of a file, or null when it is missing, of another size or not genuine. The hash of the file itself is not made:
   * nobody without the key can make another file that passes.
   */
  async read(key: Uint8Array, file: string, size: number, aad: Uint8Array): Promise<Buffer | null> {
    const expected = Math.min(size, LARGEST_OBJECT) + OVERHEAD;
    if ((await this.#stat(file)) !== expected) return null;
    const whole = await this.#whole(file, expected);
    return whole === null ? null : decryptObject(key, whole, aad);
  }

  /**
   * Whether a file decrypts, is bound to `aad`, and holds the bytes with this SHA-256. As in {@link read}, the hash of the file itself is not made.
   */
  async check(key: Uint8Array, file: string, size: number, aad: Uint8Array, sha256: string): Promise<'right' | 'missing' | 'wrong'> {
    if (size > LARGEST_HASHED_WHOLE) {
      const found = await this.read(key, file, size, aad);
      if (found === null) return (await this.#stat(file)) === null ? 'missing' : 'wrong';
      return hex(this.#sha256.of(found)) === sha256 ? 'right' : 'wrong';
    }
    const there = await this.#stat(file);
    if (there === null) return 'missing';
    if (there !== size + OVERHEAD) return 'wrong';
    const whole = await this.#whole(file, there);
    const bytes = whole === null ? null : decryptObject(key, whole, aad);
    // Runs on another thread, so the next file is decrypted meanwhile.
    return bytes !== null && hex(new Uint8Array(await webcrypto.subtle.digest('SHA-256', bytes))) === sha256 ? 'right' : 'wrong';
  }

  async #stat(file: string): Promise<number | null> {
    for (const path of [this.#path(file), this.#path(file) + STAGED]) {
      try {
        return (await stat(path)).size;
      } catch (error) {
        if (!isMissing(error)) throw storageError(error, 'read');
      }
    }
    return null;
  }

  /** All bytes of a file of `size`; null when it has another size by now. */
  async #whole(file: string, size: number): Promise<Buffer | null> {
    const whole = Buffer.allocUnsafe(size);
    const handle = await this.#open(file);
    try {
      for (let filled = 0; filled < size; ) {
        const { bytesRead } = await handle.read(whole, filled, size - filled, filled);
        if (bytesRead === 0) return null;
        filled += bytesRead;
      }
      return whole;
    } catch (error) {
      throw storageError(error, 'read');
    } finally {
      await handle.close();
    }
  }

  /**
   * Puts the folder in order after a crash: temporary files and staged files that no record names are removed, staged
   * files that a record names lose their mark. Gives the number of other files of ours that no record names: there are
   * none unless the database was put back to an earlier state, and they are left alone.
   */
  async tidy(named: ReadonlySet<string>): Promise<number> {
    let unknown = 0;
    for (const folder of await list(this.#root)) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue;
      for (const name of await list(join(this.#root, folder))) {
        const [, file, mark] = /^([0-9a-f]{32})(\.staged(?:\.tmp)?)?$/.exec(name) ?? [];
        if (file === undefined) continue;
        const path = join(this.#root, folder, name);
        if (mark === STAGED + TEMPORARY || (mark === STAGED && !named.has(file))) await rm(path, { force: true }).catch(() => undefined);
        else if (mark === STAGED) await this.keep(file).catch(() => undefined);
        else if (!named.has(file)) unknown += 1;
      }
    }
    return unknown;
  }

  /** Hands the file on in slices and gives its size; null when there is none; stops and gives -1 when it is longer than `limit`. */
  async #slices(file: string, limit: number, use: (slice: Uint8Array) => void): Promise<number | null> {
    try {
      const handle = await this.#open(file);
      try {
        if ((await handle.stat()).size > limit) return -1;
        const slice = Buffer.alloc(SLICE);
        let total = 0;
        for (;;) {
          const { bytesRead } = await handle.read(slice, 0, SLICE, null);
          if (bytesRead === 0) return total;
          total += bytesRead;
          if (total > limit) return -1;
          use(slice.subarray(0, bytesRead));
        }
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (isMissing(error)) return null;
      throw storageError(error, 'read');
    }
  }

  async #open(file: string): Promise<FileHandle> {
    return open(this.#path(file), 'r').catch(async (error: unknown) => {
      if (isMissing(error)) return open(this.#path(file) + STAGED, 'r');
      throw error;
    });
  }

  #path(file: string): string {
    return join(this.#root, file.slice(0, 2), file);
  }
}

function* hashed(chunks: Iterable<Uint8Array>, update: (chunk: Uint8Array) => void): Generator<Uint8Array> {
  for (const chunk of chunks) {
    update(chunk);
    yield chunk;
  }
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw storageError(error, 'read');
  }
}
