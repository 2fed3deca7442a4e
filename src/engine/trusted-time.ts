import { fromHex, hex } from '../record/bytes.js';
import { isCoded } from '../record/coded-error.js';
import { entryHash } from '../record/entry.js';
import type { EntryData } from '../record/kinds.js';
import type { Sha256 } from '../record/ports.js';
import type { WholeEntry } from '../vault/entry-row.js';
import type { CaseRecord } from './case-record.js';
import { askForTime, type AskPorts } from './trusted-time-ask.js';
import type { TimeAuthority } from './trusted-time-settings.js';

/** Milliseconds until an authority that failed is asked again; the last one repeats. */
const RETRY_AFTER_MS = [30_000, 60_000, 120_000, 300_000, 600_000] as const;

/** What trusted time works on. */
export interface TimeContext {
  readonly record: CaseRecord;
  readonly ports: AskPorts & { readonly sha256: Sha256 };
  readonly authorities: () => readonly TimeAuthority[];
  /** Only a bundle's signatures and a halt's checkpoints are stamped: for a case of another computer, into which nothing else is written. */
  readonly onlySignatures?: boolean;
}

/** A checkpoint that can be stamped. */
interface Head {
  readonly seq: number;
  readonly hash: string;
  readonly at: string;
}

/** Where one authority stands with this case. */
interface Standing {
  /** The newest checkpoint that bears its time stamp, or -1. */
  stamped: number;
  /** Whether a failure is on record that no time stamp has followed. */
  failing: boolean;
  /** Whether that failure left a checkpoint without a time stamp. */
  missed: boolean;
  failures: number;
  busy: boolean;
  work: Promise<void>;
  timer: NodeJS.Timeout | null;
}

/**
 * Time stamps of one case: each checkpoint is stamped in the background, and nobody waits for it. When an authority cannot be
 * reached or answers wrongly, that is recorded once; the newest checkpoint is stamped when it answers again. A halted case
 * has its halt's checkpoints stamped and no others, a sealed one its seal's.
 */
export class TrustedTime {
  readonly #context: TimeContext;
  readonly #standings = new Map<string, Standing>();
  readonly #stop = new AbortController();
  readonly #stopListening: () => void;
  #newest: Head | null = null;
  #disposed = false;

  constructor(context: TimeContext) {
    this.#context = context;
    this.#recall();
    this.#stopListening = context.record.onEntry((entry) => {
      this.#learn(entry);
      if (entry.header.kind === 'checkpoint') this.#stampNewest(false);
    });
  }

  /** Stamps what an earlier sitting left without a time stamp. Returns at once. */
  resume(): void {
    this.#stampNewest(false);
  }

  /** Gives every authority one more chance at the newest checkpoint, then lets go: for signing out. Waits no longer than `limitMs`. */
  async finish(limitMs: number): Promise<void> {
    this.#stampNewest(true);
    const timer = setTimeout(() => { this.#stop.abort(); }, limitMs);
    await Promise.all([...this.#standings.values()].map((each) => each.work));
    clearTimeout(timer);
    this.dispose();
    await this.#context.record.settled();
  }

  /** Lets go, and resolves once nothing more is written from here. */
  async stop(): Promise<void> {
    this.dispose();
    await Promise.all([...this.#standings.values()].map((each) => each.work));
    await this.#context.record.settled();
  }

  /** Lets go at once. */
  dispose(): void {
    this.#disposed = true;
    this.#stopListening();
    this.#stop.abort();
    for (const each of this.#standings.values()) if (each.timer !== null) clearTimeout(each.timer);
  }

  /** Time stamps over a bundle's signature file, of every authority that answers. Never throws; what failed is on record. */
  async stampSignatures(sha256: Uint8Array, signal: AbortSignal): Promise<{ name: string; token: Uint8Array }[]> {
    const asked = this.#context.authorities().map(async (authority) => {
      try {
        const held = await askForTime(authority, sha256, this.#context.ports, AbortSignal.any([signal, this.#stop.signal]));
        if (this.#standing(authority.name).failing) this.#stampNewest(true);
        return [{ name: authority.name, token: held.token }];
      } catch (error) {
        if (!signal.aborted) await this.#failed(authority, { checkpointSeq: null, head: hex(sha256) }, error);
        return [];
      }
    });
    return (await Promise.all(asked)).flat();
  }

  /** What the record tells of earlier sittings. */
  #recall(): void {
    const { record } = this.#context;
    if (record.count === 0) return;
    for (const [name, stamp] of Object.entries(record.state.stamps)) Object.assign(this.#standing(name), stamp);
    const checkpoint = record.newest('checkpoint');
    const closed = record.newest('stop', 'halt', 'seal');
    // Looking at a case that is closed, or another computer's, adds nothing to it.
    if (this.#context.onlySignatures === true || checkpoint === null || record.state.phase === 'halted' || record.state.phase === 'sealed') return;
    if (closed === null || closed.header.seq < checkpoint.header.seq) this.#newest = this.#headOf(checkpoint);
  }

  #headOf({ header }: WholeEntry): Head {
    return { seq: header.seq, hash: entryHash(header, this.#context.ports.sha256), at: header.at };
  }

  #learn(entry: WholeEntry): void {
    const { header, body } = entry;
    // What comes before a halt or a seal is stamped no more: their own checkpoints cover it.
    if (header.kind === 'stop' || header.kind === 'halt' || header.kind === 'seal') this.#newest = null;
    if (header.kind === 'checkpoint') {
      const { reason } = body.data as EntryData<'checkpoint'>;
      const { phase } = this.#context.record.state;
      const allowed = phase === 'halted' || this.#context.onlySignatures === true ? reason === 'halt' : phase === 'sealed' ? reason === 'seal' : true;
      if (allowed) this.#newest = this.#headOf(entry);
    } else if (header.kind === 'timestamp') {
      const { authority, checkpointSeq } = body.data as EntryData<'timestamp'>;
      Object.assign(this.#standing(authority), { stamped: checkpointSeq, failing: false, missed: false, failures: 0 });
    } else if (header.kind === 'timestamp-failed') {
      const { authority, checkpointSeq } = body.data as EntryData<'timestamp-failed'>;
      Object.assign(this.#standing(authority), { failing: true, missed: checkpointSeq !== null });
    }
  }

  #standing(name: string): Standing {
    const known = this.#standings.get(name) ?? { stamped: -1, failing: false, missed: false, failures: 0, busy: false, work: Promise.resolve(), timer: null };
    this.#standings.set(name, known);
    return known;
  }

  /** @param now whether an authority whose next try is not due yet is asked all the same */
  #stampNewest(now: boolean): void {
    if (this.#stop.signal.aborted) return;
    for (const authority of this.#context.authorities()) {
      const standing = this.#standing(authority.name);
      if (standing.busy || (standing.timer !== null && !now)) continue;
      if (standing.timer !== null) clearTimeout(standing.timer);
      standing.timer = null;
      standing.busy = true;
      standing.work = this.#stampFor(authority, standing);
    }
  }

  async #stampFor(authority: TimeAuthority, standing: Standing): Promise<void> {
    try {
      for (let head = this.#newest; head !== null && head.seq > standing.stamped && !this.#stop.signal.aborted; head = this.#newest) {
        if (!(await this.#stamped(authority, standing, head))) {
          this.#tryAgain(standing);
          return;
        }
      }
    } finally {
      // In the same step as the last look at what is newest, so that no checkpoint falls between.
      standing.busy = false;
    }
  }

  async #stamped(authority: TimeAuthority, standing: Standing, head: Head): Promise<boolean> {
    try {
      const held = await askForTime(authority, fromHex(head.hash), this.#context.ports, this.#stop.signal);
      const { genTime, serial } = held.statement;
      const unstampedSince = standing.missed ? await this.#firstWithout(standing.stamped) : null;
      await this.#context.record.add('timestamp', ['app'], {
        checkpointSeq: head.seq, head: head.hash, authority: authority.name, root: held.root.fingerprint, genTime, serial, token: Buffer.from(held.token).toString('base64'), unstampedSince,
      });
      return true;
    } catch (error) {
      await this.#failed(authority, { checkpointSeq: head.seq, head: head.hash }, error);
      return false;
    }
  }

  /** When the first checkpoint after entry `stamped` was made. */
  async #firstWithout(stamped: number): Promise<string | null> {
    const [first] = await this.#context.record.ofKinds(['checkpoint'], stamped + 1);
    return first?.header.at ?? null;
  }

  async #failed(authority: TimeAuthority, what: { checkpointSeq: number | null; head: string }, error: unknown): Promise<void> {
    const standing = this.#standing(authority.name);
    if (what.checkpointSeq !== null) standing.missed = true;
    if (standing.failing || this.#disposed) return;
    standing.failing = true;
    // Where the record itself takes nothing more, whoever works with it next is told so.
    await this.#context.record.add('timestamp-failed', ['app'], { ...what, authority: authority.name, code: isCoded(error) ? error.code : 'time.failed' }).catch(() => undefined);
  }

  #tryAgain(standing: Standing): void {
    if (this.#stop.signal.aborted) return;
    const delays = this.#context.ports.timeRetryMs ?? RETRY_AFTER_MS;
    const delay = delays[Math.min(standing.failures, delays.length - 1)] ?? 0;
    standing.failures += 1;
    standing.timer = setTimeout(() => {
      standing.timer = null;
      this.#stampNewest(false);
    }, delay);
    standing.timer.unref();
  }
}
