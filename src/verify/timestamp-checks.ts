import { hex, utf8 } from '../record/bytes.js';
import { isCoded } from '../record/coded-error.js';
import type { EntryData } from '../record/kinds.js';
import { pemCertificates } from './certificates.js';
import type { RecordCheck, SeenEntry } from './entries.js';
import { LIMITS } from './limits.js';
import { counted } from './plain-words.js';
import type { Findings, TimeFact } from './report.js';
import { checkToken, rootOfPem, type HeldTimestamp } from './timestamp.js';
import type { TimestampPorts } from './timestamp-certificates.js';

/** Where the time stamps over the signature file may lie, each with the root that the bundle names for it. */
export const SIGNATURE_TIMES = [
  { token: 'signatures/tagmanifest.p7s.tst', root: 'certificates/tsa-1.pem' },
  { token: 'signatures/tagmanifest.p7s.2.tst', root: 'certificates/tsa-2.pem' },
] as const;

/** Seconds by which a right clock and an authority's may differ, what was on the way included. */
export const CLOCK_TOLERANCE_SECONDS = 10;
/** Seconds that entries may wait for a time stamp before a reader is told: twice the time between checkpoints. */
const LONG_WAIT_SECONDS = 1_200;

interface Checkpoint {
  readonly hash: string;
  readonly at: string;
  /** When the entry after it was written. */
  after: string | null;
}

/** What is held against the files once the record has been read. */
export interface SignatureTimeFiles {
  file(path: string): Uint8Array<ArrayBuffer> | null;
  readonly cms: Uint8Array<ArrayBuffer> | null;
  /** When the signers' computer says it was signed. */
  readonly signedAt: string | null;
}

/** `time.tokens`, `time.clock` and `time.gaps`: the time stamps in the record and over the signatures. */
export class TimestampCheck implements RecordCheck {
  readonly #trusted: ReadonlySet<string>;
  readonly #ports: TimestampPorts;
  readonly #findings: Findings;
  readonly #checkpoints = new Map<number, Checkpoint>();
  /** Root to how many time stamps it vouches for, and who signed them. */
  readonly #roots = new Map<string, { count: number; names: Set<string> }>();
  readonly #latest = new Map<string, string>();
  readonly #times: TimeFact[] = [];
  #pending: Promise<void>[] = [];
  #tokens = 0;
  #failures = 0;
  #unanswered = 0;
  #begin: string | null = null;
  #coveredTo = -1;
  #longest = { seconds: 0, where: null as string | null };
  #skew = { seconds: 0, where: null as string | null, ahead: true };
  #last: Checkpoint | null = null;

  /** @param trustedRoots fingerprints (SHA-256, hexadecimal) or PEM texts of roots that the reader trusts for time */
  constructor(trustedRoots: readonly string[], ports: TimestampPorts, findings: Findings) {
    this.#trusted = new Set(trustedRoots.flatMap((each) => fingerprintOf(each, ports)));
    this.#ports = { sha256: ports.sha256, subtle: ports.subtle, known: new Map() };
    this.#findings = findings;
  }

  see(entry: SeenEntry): void {
    const { seq, at } = entry.header;
    this.#begin ??= at;
    if (this.#last !== null) this.#last.after ??= at;
    if (entry.kind === 'checkpoint') {
      this.#last = { hash: entry.hash, at, after: null };
      this.#checkpoints.set(seq, this.#last);
    }
    if (entry.kind === 'timestamp-failed') this.#failures += 1;
    if (entry.kind === 'timestamp' && entry.data !== null) this.#entry(entry.data, at, entry.where);
  }

  /** Waits for the tokens seen so far, so that their number does not grow with the record. */
  async drain(): Promise<void> {
    await Promise.all(this.#pending);
    this.#pending = [];
  }

  finish(): Promise<void> {
    return this.drain();
  }

  /** Checks the time stamps over the signature file, and sums up. Gives those that hold. */
  async settle(files: SignatureTimeFiles): Promise<readonly TimeFact[]> {
    for (const { token, root } of SIGNATURE_TIMES) {
      const bytes = files.file(token);
      const pem = files.file(root);
      if (bytes !== null) await this.#signature(bytes, pem, { token, root }, files);
      else if (pem !== null) this.#unanswered += 1;
    }
    this.#sumUp();
    return this.#times;
  }

  #entry(data: EntryData<'timestamp'>, at: string, where: string): void {
    this.#tokens += 1;
    const checkpoint = this.#checkpoints.get(data.checkpointSeq);
    if (this.#tokens > LIMITS.timestamps) this.#fail('The record holds more time stamps than can be checked.', where);
    else if (checkpoint?.hash !== data.head) this.#fail('A time stamp names a checkpoint that is not in the record.', where);
    else {
      const token = Uint8Array.from(atob(data.token), (c) => c.charCodeAt(0));
      const wait = this.#waitingSince(data.checkpointSeq);
      this.#pending.push(this.#held(token, data.head, where, ({ statement, signer, root }) => {
        if (statement.genTime !== data.genTime || statement.serial !== data.serial || root.fingerprint !== data.root) this.#fail('An entry says something else of a time stamp than the time stamp itself.', where);
        this.#count(root.fingerprint, signer.name);
        this.#compare(checkpoint.at, statement.genTime, at, where);
        this.#order(root.fingerprint, statement.genTime, where);
        this.#waited(wait, statement.genTime, where);
      }));
    }
  }

  async #signature(bytes: Uint8Array<ArrayBuffer>, pem: Uint8Array<ArrayBuffer> | null, paths: { token: string; root: string }, files: SignatureTimeFiles): Promise<void> {
    const named = pem === null ? null : await rootOfPem(String.fromCharCode(...pem.subarray(0, 65_536)), this.#ports);
    if (named === null) {
      this.#fail('The root of the authority whose time stamp lies over the signatures is missing or cannot be read.', paths.root);
      return;
    }
    const wait = this.#waitingSince(Number.MAX_SAFE_INTEGER);
    await this.#held(bytes, hex(this.#ports.sha256.of(files.cms ?? new Uint8Array())), paths.token, ({ statement, signer, root }) => {
      if (root.fingerprint !== named.fingerprint) this.#fail('The time stamp over the signatures comes from another authority than the bundle names.', paths.token);
      this.#count(root.fingerprint, signer.name);
      this.#times.push({ name: signer.name, at: statement.genTime, root: root.fingerprint, trusted: this.#trusted.has(root.fingerprint), where: paths.token });
      if (files.signedAt !== null) this.#compare(files.signedAt, statement.genTime, null, paths.token);
      this.#order(root.fingerprint, statement.genTime, paths.token);
      this.#waited(wait, statement.genTime, paths.token);
    });
  }

  async #held(token: Uint8Array<ArrayBuffer>, imprint: string, where: string, then: (held: HeldTimestamp) => void): Promise<void> {
    try {
      then(await checkToken(token, imprint, this.#ports));
    } catch (error) {
      if (!isCoded(error)) throw error;
      this.#fail(error.sentence, where);
    }
  }

  #count(root: string, name: string): void {
    const known = this.#roots.get(root) ?? { count: 0, names: new Set<string>() };
    known.count += 1;
    if (known.names.size < 5) known.names.add(name);
    this.#roots.set(root, known);
  }

  /** A time stamp lies between what it is over and what was written down with it, if the clock was right. */
  #compare(before: string, genTime: string, after: string | null, where: string): void {
    const ahead = seconds(genTime, before);
    const behind = after === null ? 0 : seconds(after, genTime);
    if (Math.max(ahead, behind) > this.#skew.seconds) this.#skew = { seconds: Math.max(ahead, behind), where, ahead: ahead >= behind };
  }

  #order(root: string, genTime: string, where: string): void {
    const before = this.#latest.get(root) ?? genTime;
    if (genTime < before) this.#findings.note('time.clock', 'A time stamp is earlier than the one before it by the same authority.', where);
    this.#latest.set(root, genTime > before ? genTime : before);
  }

  /** Since when entries up to `seq` had been without a time stamp; null when none had. */
  #waitingSince(seq: number): string | null {
    if (seq <= this.#coveredTo) return null;
    const since = this.#coveredTo < 0 ? this.#begin : (this.#checkpoints.get(this.#coveredTo)?.after ?? null);
    this.#coveredTo = seq;
    return since;
  }

  #waited(since: string | null, genTime: string, where: string): void {
    const waited = since === null ? 0 : seconds(since, genTime);
    if (waited > this.#longest.seconds) this.#longest = { seconds: waited, where };
  }

  #sumUp(): void {
    const all = [...this.#roots.values()].reduce((sum, each) => sum + each.count, 0);
    if (all === 0) {
      this.#findings.note('time.tokens', 'There is no time stamp: only the computer’s own clock vouches for the times.');
    } else {
      const told = [...this.#roots].map(([root, { count, names }]) => `${count} by ${[...names].map((name) => `“${name}”`).join(', ')} under the root ${root}`).join('; ');
      const unknown = [...this.#roots.keys()].some((root) => !this.#trusted.has(root));
      if (unknown) this.#findings.note('time.tokens', `${counted(all, 'time stamp holds', 'time stamps hold')}: ${told}. Whose roots these are is not shown by the bundle: compare them with what the authorities publish.`);
      else this.#findings.pass('time.tokens', `${counted(all, 'time stamp holds', 'time stamps hold')}: ${told}, which you trust.`);
    }
    const { seconds: skew, ahead, where } = this.#skew;
    if (skew > CLOCK_TOLERANCE_SECONDS) this.#findings.note('time.clock', `Set against the time stamps, the computer’s clock was ${ahead ? 'ahead' : 'behind'} by ${skew} seconds or more.`, where);
    this.#findings.pass('time.clock', all === 0 ? 'There is no time stamp to set it against.' : `It agrees with ${counted(all, 'time stamp')} to ${CLOCK_TOLERANCE_SECONDS} seconds.`);
    this.#sumUpGaps(all);
  }

  #sumUpGaps(all: number): void {
    const failures = this.#failures === 0 ? '' : ` An authority failed ${this.#failures} times, as the record tells.`;
    const unanswered = this.#unanswered === 0 ? '' : ` ${this.#unanswered === 1 ? 'An authority was' : 'Two authorities were'} to stamp the signatures, but no time stamp of theirs is here.`;
    const longest = this.#longest.seconds === 0 ? '' : ` The longest that entries waited for one was ${this.#longest.seconds} seconds.`;
    const detail = `${longest}${failures}${unanswered}`.trim();
    if (failures !== '' || unanswered !== '' || (all > 0 && this.#longest.seconds > LONG_WAIT_SECONDS)) this.#findings.note('time.gaps', detail, this.#longest.where);
    this.#findings.pass('time.gaps', all === 0 ? 'There is no time stamp.' : detail);
  }

  #fail(sentence: string, where: string): void {
    this.#findings.fail('time.tokens', sentence, where);
  }
}

/** Whole seconds from `from` to `to`. */
function seconds(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 1_000);
}

function fingerprintOf(text: string, ports: TimestampPorts): string[] {
  if (!text.includes('-----BEGIN')) return [text.replace(/[\s:]/g, '').toLowerCase()];
  return (pemCertificates(utf8(`${text.replaceAll('\r\n', '\n').trim()}\n`)) ?? []).map((der) => hex(ports.sha256.of(der)));
}
