import { randomBytes } from 'node:crypto';
import { isCoded } from '../../../src/record/coded-error.js';
import type { EntryData, EntryKind } from '../../../src/record/kinds.js';
import type { Announcer } from '../../../src/engine/case-context.js';
import type { CaseRecord } from '../../../src/engine/case-record.js';
import { Engine } from '../../../src/engine/engine.js';
import type { EnginePorts, HostPorts } from '../../../src/engine/ports.js';
import { freshFolder, FAST_KDF, JMK, newVaultFolder, PAS, sha256, TestClock } from '../vault/support.js';

/** What an engine announced. */
export class Heard implements Announcer {
  blanks = 0;
  frames = 0;
  readonly alerts: string[] = [];
  changed(): void {
    // Nothing is shown here.
  }
  blank(): void {
    this.blanks += 1;
  }
  frame(): void {
    this.frames += 1;
  }
  /** Long work: each step with how far it was, and `done` at the end. */
  readonly steps: (string | readonly [step: string, done: number, total: number])[] = [];
  progress(_task: string, step: string, done: number, total: number): void {
    this.steps.push([step, done, total]);
  }
  progressDone(): void {
    this.steps.push('done');
  }
  alert(code: string): void {
    this.alerts.push(code);
  }
}

/** A host for what needs no browser. */
export const NO_HOST: HostPorts = {
  kind: 'chromium',
  startEvidenceBrowser: () => Promise.reject(new Error('this test has no browser')),
  printPdf: () => Promise.reject(new Error('this test has no browser')),
};

export function enginePorts(clock: EnginePorts['clock'], more: Partial<EnginePorts> = {}): EnginePorts {
  return {
    clock, sha256, random: { bytes: (count) => randomBytes(count) }, host: NO_HOST, kdf: FAST_KDF, exportFolder: freshFolder(),
    versions: { app: 'Countersign test', browser: 'none', node: 'Node', system: 'test', hostname: 'test' },
    ...more,
  };
}

export interface Started {
  readonly engine: Engine;
  readonly clock: TestClock;
  readonly heard: Heard;
  readonly folder: string;
}

/** An engine over a vault of its own, both signed in. */
export async function signedIn(more: Partial<EnginePorts> = {}, folder?: string, clock = new TestClock()): Promise<Started> {
  const heard = new Heard();
  const at = folder ?? (await newVaultFolder());
  const engine = await Engine.start(at, true, enginePorts(clock, more), heard);
  await engine.signIn(PAS, JMK);
  return { engine, clock, heard, folder: at };
}

/** A new case, opened by the two of {@link signedIn}. */
export const CASE = { reference: '2026-014', reason: 'A report', subject: 'pupil', suspected: [], first: PAS, second: JMK } as const;

/** One of the two of {@link signedIn}, with a passphrase that is not right. */
export const WRONG = { initials: 'PAS', passphrase: 'quite another thing' };

/** Answers to what is asked before the first browsing. */
export const PRE_FLIGHT = {
  authorised: { name: 'Ada Okafor', position: 'Head' }, room: 'Head’s office', screenHidden: true, filter: { exception: 'as-usual', words: '' }, numbers: true,
} as const;

/** Like {@link signedIn}, with a new case open. */
export async function withCase(more: Partial<EnginePorts> = {}): Promise<Started & { readonly id: string }> {
  const started = await signedIn(more);
  return { ...started, id: await started.engine.openCase(CASE) };
}

/** The record of the case that is open. */
export function recordOf({ engine }: Pick<Started, 'engine'>): CaseRecord {
  return engine.openedCase.context.record;
}

export function kindsOf(started: Pick<Started, 'engine'>): EntryKind[] {
  return recordOf(started).since(0).map((entry) => entry.header.kind);
}

/** What every entry of one kind says, in order. */
export function told<K extends EntryKind>(started: Pick<Started, 'engine'>, kind: K): EntryData<K>[] {
  return recordOf(started).since(0).filter((entry) => entry.header.kind === kind).map((entry) => entry.body.data as EntryData<K>);
}

/** The code of what `work` throws, or 'none'. */
export async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'none';
  } catch (error) {
    return isCoded(error) ? error.code : String(error);
  }
}
