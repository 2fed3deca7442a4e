import type { KeyObject } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import { CodedError, isCoded } from '../record/coded-error.js';
import type { Clock } from '../record/ports.js';
import { DigestSet } from '../safety/digest-set.js';
import { digestKey } from '../safety/keyed-digest.js';
import { LIST_FORMATS } from '../safety/list-format.js';
import { pdqSearch } from '../safety/pdq-index.js';
import type { Credentials, UnlockedVault } from '../vault/vault.js';
import { confirmBoth } from './case-context.js';
import { FlagListImport, type ListDetails } from './flag-list-import.js';
import { FlagMatcher, type LoadedList } from './flag-matching.js';

const initials = z.string().regex(/^[A-Z]{3}$/);
const act = { at: z.string(), by: z.tuple([initials, initials]) };

/** What is known of a list, kept encrypted in the vault. */
const aboutSchema = z.strictObject({
  source: z.string(),
  givenBy: z.string(),
  note: z.string(),
  format: z.enum(LIST_FORMATS),
  /** Different values that are looked for. */
  values: z.int().min(0),
  /** Values of the file that were left out because they mean too little. */
  skipped: z.int().min(0),
  /** SHA-256 of the file as it was handed over. */
  file: z.string().regex(/^[0-9a-f]{64}$/),
  ...act,
  removed: z.strictObject(act).nullable(),
});

type About = z.infer<typeof aboutSchema>;

/** A list as the screens and the record name it. */
export interface FlagListLine extends About {
  readonly id: string;
  /** It cannot be read any more and is looked for nowhere. */
  readonly damaged: boolean;
}

interface Kept {
  line: FlagListLine;
  loaded: LoadedList | null;
}

/**
 * The flag lists of this computer, as long as two reviewers are signed in: kept in the vault, loaded into memory, imported and removed by
 * both. Values that were imported cannot be listed: addresses and file hashes are there as keyed digests alone.
 */
export class FlagLists {
  readonly #vault: UnlockedVault;
  readonly #clock: Clock;
  readonly #kept: Kept[];
  #key: KeyObject | null;
  #matcher: FlagMatcher | null = null;
  #running: { readonly id: string; readonly work: FlagListImport } | null = null;

  /** What is known of the lists was changed by other hands. */
  readonly #altered: boolean;

  private constructor(vault: UnlockedVault, clock: Clock, key: KeyObject | null, kept: Kept[] | null) {
    this.#altered = kept === null;
    this.#vault = vault;
    this.#clock = clock;
    this.#key = key;
    this.#kept = kept ?? [];
    this.#match();
  }

  /** Reads every list into memory. One that was damaged is named as such; no other suffers from it. Nobody is kept from signing in: {@link demandWhole} tells. */
  static async load(vault: UnlockedVault, clock: Clock): Promise<FlagLists> {
    const kept: Kept[] = [];
    const all = await vault.flagLists.all().catch((error: unknown) => {
      if (!isCoded(error, 'vault.altered')) throw error;
      return null;
    });
    if (all === null) return new FlagLists(vault, clock, null, null);
    for (const { id, about } of all) {
      const line = { id, ...aboutSchema.parse(about) };
      const loaded = line.removed === null ? await loadList(vault, line) : null;
      kept.push({ line: { ...line, damaged: line.removed === null && loaded === null }, loaded });
    }
    return new FlagLists(vault, clock, all.length === 0 ? null : await keyOf(vault), kept);
  }

  /** Every list, oldest first, with those that were removed. */
  get lines(): readonly FlagListLine[] {
    return this.#kept.map(({ line }) => line);
  }

  /** Lists that are in force. */
  get inForce(): readonly FlagListLine[] {
    return this.lines.filter(({ removed }) => removed === null);
  }

  /** What searches them; null where none is set. */
  get matcher(): FlagMatcher | null {
    return this.#matcher;
  }

  /** @throws CodedError `lists.altered`, `lists.damaged` when a list that both set cannot be searched: then no page is opened */
  demandWhole(): void {
    if (this.#altered) throw new CodedError('lists.altered', 'The flag lists of this computer were changed by other hands, so no page is opened. Your cases are safe. Check everything, and restore the vault from a backup.');
    const damaged = this.inForce.find((line) => line.damaged);
    if (damaged !== undefined) throw new CodedError('lists.damaged', `The list “${damaged.source}” was damaged and cannot be searched. Remove it, import it again, and then start the browser.`);
  }

  /** A file of a list is coming. @throws CodedError `lists.busy` */
  async begin(id: string, details: ListDetails): Promise<void> {
    if (this.#running !== null) throw new CodedError('lists.busy', 'Another list is being imported. Wait for it, or cancel it.');
    this.#key ??= await keyOf(this.#vault);
    this.#running = { id, work: new FlagListImport(details, this.#key) };
  }

  /** The next piece; gives how many bytes have come so far. @throws CodedError `lists.*`: nothing is kept of the list */
  async piece(id: string, bytes: Uint8Array): Promise<number> {
    const { work } = this.#find(id);
    try {
      return await work.push(bytes);
    } catch (error) {
      this.cancel(id);
      throw error;
    }
  }

  /** All of it is here and both confirm: the list is kept, and in force. @throws CodedError `auth.*`: it still waits; `lists.*`, `vault.*`: nothing is kept of it */
  async finish(id: string, first: Credentials, second: Credentials): Promise<FlagListLine> {
    const { work } = this.#find(id);
    await confirmBoth(this.#confirming(), first, second);
    try {
      this.#find(id);
      const read = await work.finish();
      this.#find(id);
      const { source, givenBy, note, format } = work.details;
      const about: About = { source, givenBy, note, format, values: read.size, skipped: read.skipped, file: read.file, at: this.#clock.now(), by: [first.initials, second.initials], removed: null };
      const kept = await this.#vault.flagLists.add(about, read.parts());
      const line = { id: kept, ...about, damaged: false };
      this.#kept.push({ line, loaded: await loadList(this.#vault, line) });
      this.#match();
      return line;
    } finally {
      this.cancel(id);
    }
  }

  /** Lets go of an import. */
  cancel(id: string | null): void {
    if (this.#running === null || (id !== null && this.#running.id !== id)) return;
    this.#running.work.cancel();
    this.#running = null;
  }

  /** Both remove a list: its values go for good, what is known of it stays. @throws CodedError `lists.unknown`, `auth.*`, `vault.*` */
  async remove(id: string, first: Credentials, second: Credentials): Promise<void> {
    const kept = this.#kept.find(({ line }) => line.id === id && line.removed === null);
    if (kept === undefined) throw new CodedError('lists.unknown', 'There is no such list.');
    await confirmBoth(this.#confirming(), first, second);
    const { id: _id, damaged: _damaged, ...about } = kept.line;
    const removed = { at: this.#clock.now(), by: [first.initials, second.initials] as [string, string] };
    await this.#vault.flagLists.remove(id, { ...about, removed });
    kept.line = { ...kept.line, removed, damaged: false };
    kept.loaded = null;
    this.#match();
  }

  /** The keys go: nothing is looked for any more. */
  forget(): void {
    this.cancel(null);
    this.#kept.length = 0;
    this.#key = null;
    this.#matcher = null;
  }

  #confirming(): { vault: UnlockedVault; reviewers: readonly [string, string] } {
    const [first, second] = this.#vault.signers;
    return { vault: this.#vault, reviewers: [first.initials, second.initials] };
  }

  #find(id: string): { readonly work: FlagListImport } {
    if (this.#running?.id !== id) throw new CodedError('lists.not-running', 'This list is not being imported any more. Choose the file again.');
    return this.#running;
  }

  #match(): void {
    const loaded = this.#kept.flatMap((kept) => (kept.loaded === null ? [] : [kept.loaded]));
    this.#matcher = loaded.length === 0 || this.#key === null ? null : new FlagMatcher(this.#key, loaded);
  }
}

async function keyOf(vault: UnlockedVault): Promise<KeyObject> {
  const key = await vault.flagLists.key();
  try {
    return digestKey(key);
  } finally {
    key.fill(0);
  }
}

/** The values of a list in one array; null when they were damaged. */
async function loadList(vault: UnlockedVault, { id, source, format, values }: FlagListLine | (About & { id: string })): Promise<LoadedList | null> {
  const width = format === 'pdq' ? 32 : 8;
  const whole = new Uint8Array(values * width);
  let filled = 0;
  try {
    for await (const part of vault.flagLists.parts(id)) {
      if (filled + part.length > whole.length) return null;
      whole.set(part, filled);
      filled += part.length;
    }
  } catch (error) {
    if (isCoded(error, 'vault.altered')) return null;
    throw error;
  }
  if (filled !== whole.length) return null;
  const words = new Uint32Array(whole.buffer);
  return { name: source, format, values: format === 'pdq' ? await pdqSearch(words, () => breathe()) : new DigestSet(words) };
}
