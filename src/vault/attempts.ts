import { z } from 'zod';
import type { Clock } from '../record/ports.js';
import type { Database } from './database.js';
import { parseRows } from './rows.js';
import { isDiskTrouble } from './storage-error.js';

/** A wrong passphrase: whose, and when. Never what was typed. */
export interface WrongAttempt {
  readonly initials: string;
  readonly at: string;
}

const LONGEST_WAIT_S = 60;
/** Older attempts go, so that nobody fills the disk with them. */
const KEPT = 1_000;

const standingRows = z.tuple([z.strictObject({ count: z.int(), at: z.string().nullable() })]);
const attemptRows = z.array(z.strictObject({ initials: z.string(), at: z.string() }));
const idRows = z.array(z.strictObject({ id: z.int() })).min(1);

/**
 * Counts wrong passphrases and slows them down: 1, 2, 4 … 60 s after each, for one reviewer, across restarts, and
 * never locks anyone out.
 */
export class Attempts {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #openedAt: number;
  /** Attempts of this process: the monotonic clock cannot be set, and a full disk does not forget. */
  readonly #here = new Map<string, { count: number; at: number }>();

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
    this.#openedAt = clock.monotonicMs();
  }

  /** Whole seconds until this reviewer's passphrase may be tried; 0 when it may be. */
  async secondsToWait(initials: string): Promise<number> {
    const stored = await this.#stored(initials);
    const here = this.#here.get(initials);
    const count = Math.max(stored.count, here?.count ?? 0);
    if (count === 0) return 0;
    const wait = Math.min(LONGEST_WAIT_S, 2 ** Math.min(count - 1, 6)) * 1_000;
    return Math.max(0, Math.ceil((wait - this.#elapsed(here?.at, stored.at)) / 1_000));
  }

  /** Milliseconds since the last attempt. A wall clock that was set back since says nothing; then this process's time counts. */
  #elapsed(here: number | undefined, stored: string | null): number {
    const monotonic = this.#clock.monotonicMs();
    if (here !== undefined) return monotonic - here;
    const wall = stored === null ? Number.NaN : Date.parse(this.#clock.now()) - Date.parse(stored);
    return wall >= 0 ? wall : monotonic - this.#openedAt;
  }

  /**
   * Records an attempt as wrong before it is made, so that ending the app in the middle gains nothing. Gives what
   * {@link settle} needs. A full disk does not keep two reviewers out: then this process alone counts.
   */
  async begin(initials: string): Promise<number | null> {
    const here = this.#here.get(initials);
    this.#here.set(initials, { count: Math.max(here?.count ?? 0, (await this.#stored(initials)).count) + 1, at: this.#clock.monotonicMs() });
    try {
      const rows = await this.#database.all('INSERT INTO attempts (at, initials) VALUES (?, ?) RETURNING id', this.#clock.now(), initials);
      await this.#database.run('DELETE FROM attempts WHERE id <= (SELECT max(id) FROM attempts) - ?', KEPT);
      return parseRows(idRows, rows)[0]?.id ?? null;
    } catch (error) {
      if (isDiskTrouble(error)) return null;
      throw error;
    }
  }

  /** The attempt was right: it is no wrong one, and the counting starts anew. */
  async settle(initials: string, id: number | null): Promise<void> {
    this.#here.delete(initials);
    if (id === null) return;
    await this.#database
      .transaction(async (sql) => {
        await sql.run('DELETE FROM attempts WHERE id = ?', id);
        await sql.run('INSERT INTO attempts_settled (initials, up_to) VALUES (?, ?) ON CONFLICT (initials) DO UPDATE SET up_to = excluded.up_to', initials, id);
      })
      .catch((error: unknown) => {
        if (!isDiskTrouble(error)) throw error;
      });
  }

  /** The newest wrong attempts, oldest first; at most 1,000. */
  async list(): Promise<readonly WrongAttempt[]> {
    return parseRows(attemptRows, await this.#database.all('SELECT initials, at FROM attempts ORDER BY id LIMIT ?', KEPT));
  }

  async #stored(initials: string): Promise<z.infer<typeof standingRows>[0]> {
    const sql = 'SELECT count(*) AS count, max(at) AS at FROM attempts WHERE initials = ?1 AND id > coalesce((SELECT up_to FROM attempts_settled WHERE initials = ?1), 0)';
    return parseRows(standingRows, await this.#database.all(sql, initials))[0];
  }
}
