import { canonicalJson, type JsonValue } from '../record/canonical-json.js';
import { entrySchema, type Entry, type EntryHeader, type EntrySignature } from '../record/entry.js';
import { KIND_SCHEMAS, type EntryData, type EntryKind } from '../record/kinds.js';
import { textOf } from './manifest.js';
import { LIMITS } from './limits.js';

/** The record's path in a bundle. */
export const RECORD = 'data/record.jsonl';

/** An entry as the checks see it: `data` is null where it is withheld or does not fit its kind. */
export type SeenEntry = {
  [K in EntryKind]: {
    readonly kind: K;
    readonly data: EntryData<K> | null;
    readonly header: EntryHeader;
    readonly signatures: readonly EntrySignature[];
    /** The entry's hash. */
    readonly hash: string;
    readonly withheld: boolean;
    readonly where: string;
  };
}[EntryKind];

/** One concern of the record: is shown every entry in order, then may settle its findings. */
export interface RecordCheck {
  see(entry: SeenEntry): void;
  finish(): void | Promise<void>;
}

/** Parses one line: strict JSON in canonical form that is an entry. Gives the fault as a sentence instead of throwing. */
export function parseLine(line: Uint8Array): Entry | string {
  const text = textOf(line);
  if (text === null) return 'It is not UTF-8 text.';
  try {
    const value = JSON.parse(text) as JsonValue;
    // Comes first: it bounds the depth of what the schema then walks.
    if (canonicalJson(value) !== text) return 'It is not in canonical form.';
    return entrySchema.safeParse(value).success ? (value as unknown as Entry) : 'It does not have the fields of an entry.';
  } catch {
    return 'It is not JSON in canonical form.';
  }
}

/** Whether a body's data fits its kind. */
export function parseData(kind: EntryKind, data: unknown): unknown {
  const parsed = KIND_SCHEMAS[kind].safeParse(data);
  return parsed.success ? data : null;
}

/** Cuts a stream of bytes into lines without their LF. `take` gets each line; a rest without LF goes to `end`. */
export class LineSplitter {
  readonly #take: (line: Uint8Array) => void;
  #held: Uint8Array[] = [];
  #size = 0;

  constructor(take: (line: Uint8Array) => void) {
    this.#take = take;
  }

  /** @returns false when a line is longer than is allowed; nothing may be pushed after that. */
  push(piece: Uint8Array): boolean {
    let start = 0;
    for (let end = piece.indexOf(10); end >= 0; end = piece.indexOf(10, start)) {
      if (this.#size + end - start > LIMITS.line) return false;
      this.#take(this.#joined(piece.subarray(start, end)));
      start = end + 1;
    }
    const rest = piece.subarray(start);
    if (rest.length > 0) this.#held.push(rest.slice());
    this.#size += rest.length;
    return this.#size <= LIMITS.line;
  }

  /** Whether the last line had its LF. */
  end(): boolean {
    return this.#size === 0;
  }

  #joined(last: Uint8Array): Uint8Array {
    if (this.#size === 0) return last;
    const line = new Uint8Array(this.#size + last.length);
    let offset = 0;
    for (const each of [...this.#held, last]) {
      line.set(each, offset);
      offset += each.length;
    }
    this.#held = [];
    this.#size = 0;
    return line;
  }
}
