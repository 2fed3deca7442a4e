import sqlite3 from 'sqlite3';
import { storageError } from './storage-error.js';

/** What a column can hold here. */
export type SqlValue = string | number | Uint8Array | null;

/** The statements that the vault needs; every row that comes back is still to be checked. */
export interface Sql {
  /** Runs a statement that gives no rows. @throws CodedError see `storageError`. */
  run(sql: string, ...values: readonly SqlValue[]): Promise<void>;
  /** All rows of a statement; ask for few at a time. @throws CodedError see `storageError`. */
  all(sql: string, ...values: readonly SqlValue[]): Promise<readonly unknown[]>;
}

/** {@link Sql}, and whole scripts. */
export interface ScriptSql extends Sql {
  /** Runs several statements of one text, without parameters. */
  script(sql: string): Promise<void>;
}

/** No text or blob of ours is larger; SQLite refuses what a hostile file holds beyond it. */
export const LARGEST_VALUE = 9 * 1024 * 1024;

/**
 * A SQLite database behind promises. Statements run one after another; those inside {@link transaction} as one, with
 * nothing of another caller between them. Prepared statements are kept.
 */
export class Database implements Sql {
  readonly #connection: sqlite3.Database;
  readonly #statements = new Map<string, Promise<sqlite3.Statement>>();
  readonly #inside: Sql = { run: (sql, ...values) => this.#run(sql, values), all: (sql, ...values) => this.#all(sql, values, 'write') };
  #last: Promise<unknown> = Promise.resolve();

  private constructor(connection: sqlite3.Database) {
    this.#connection = connection;
  }

  /** Opens the file at `path` and makes it when there is none. */
  static async open(path: string): Promise<Database> {
    const connection = await new Promise<sqlite3.Database>((resolve, reject) => {
      const opened: sqlite3.Database = new sqlite3.Database(path, (error) => {
        if (error === null) resolve(opened);
        else reject(storageError(error, 'read'));
      });
    });
    connection.configure('busyTimeout', 0);
    connection.configure('limit', sqlite3.LIMIT_LENGTH, LARGEST_VALUE);
    return new Database(connection);
  }

  run(sql: string, ...values: readonly SqlValue[]): Promise<void> {
    return this.#afterLast(() => this.#run(sql, values));
  }

  all(sql: string, ...values: readonly SqlValue[]): Promise<readonly unknown[]> {
    return this.#afterLast(() => this.#all(sql, values, 'read'));
  }

  /** Runs several statements of one text, without parameters. */
  script(sql: string): Promise<void> {
    return this.#afterLast(() => this.#script(sql));
  }

  /** Runs several statements with nothing of another caller between them, and no transaction around them. */
  inTurn<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#afterLast(() => work(this.#inside));
  }

  /**
   * Runs `work` as one transaction: when the promise resolves, all of it is on the disk; when it rejects, none of it
   * is in the database. `committed` runs once it is on the disk and before any other statement does.
   */
  transaction<T>(work: (sql: ScriptSql) => Promise<T>, committed: () => void = () => undefined): Promise<T> {
    return this.#afterLast(async () => {
      await this.#run('BEGIN IMMEDIATE', []);
      try {
        const result = await work({ ...this.#inside, script: (sql) => this.#script(sql) });
        await this.#run('COMMIT', []);
        committed();
        return result;
      } catch (error) {
        // SQLite has rolled back by itself after some failures; then this one fails, and that is well.
        await this.#run('ROLLBACK', []).catch(() => undefined);
        throw error;
      }
    });
  }

  /** Waits for what is running, then closes the file. */
  close(): Promise<void> {
    return this.#afterLast(async () => {
      for (const prepared of this.#statements.values()) {
        const statement = await prepared.catch(() => null);
        if (statement !== null) await new Promise<void>((resolve) => statement.finalize(() => { resolve(); }));
      }
      this.#statements.clear();
      await new Promise<void>((resolve, reject) => {
        this.#connection.close((error) => {
          if (error === null) resolve();
          else reject(storageError(error, 'write'));
        });
      });
    });
  }

  #afterLast<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result;
    // The caller hears of a failure from `result`; the next statement does not care.
    this.#last.catch(() => undefined);
    return result;
  }

  async #run(sql: string, values: readonly SqlValue[]): Promise<void> {
    const statement = await this.#prepared(sql);
    await new Promise<void>((resolve, reject) => {
      statement.run(values, (error) => {
        if (error === null) resolve();
        else reject(storageError(error, 'write'));
      });
    });
  }

  /** `all` and not `get`: the latter leaves the statement open, and with it a read transaction. */
  async #all(sql: string, values: readonly SqlValue[], doing: 'read' | 'write'): Promise<readonly unknown[]> {
    const statement = await this.#prepared(sql);
    return new Promise((resolve, reject) => {
      statement.all<unknown>(values, (error, rows) => {
        if (error === null) resolve(rows);
        else reject(storageError(error, doing));
      });
    });
  }

  #script(sql: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#connection.exec(sql, (error) => {
        if (error === null) resolve();
        else reject(storageError(error, 'write'));
      });
    });
  }

  #prepared(sql: string): Promise<sqlite3.Statement> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = new Promise<sqlite3.Statement>((resolve, reject) => {
      const statement: sqlite3.Statement = this.#connection.prepare(sql, (error) => {
        if (error === null) resolve(statement);
        else reject(storageError(error, 'read'));
      });
    });
    this.#statements.set(sql, prepared);
    prepared.catch(() => this.#statements.delete(sql));
    return prepared;
  }
}
