import { CodedError } from '../record/coded-error.js';
import type { EntryData } from '../record/kinds.js';
import type { CaseStore } from '../vault/stored-case.js';
import type { Signer } from '../vault/vault.js';
import type { CaseContext, CaseSurroundings } from './case-context.js';
import type { LeftBehind } from './case-lock.js';
import { CaseRecord } from './case-record.js';
import { CHECKED_AFTERWARDS, ownClock } from './clock-check.js';
import type { HeldFact } from './idle-lock-held.js';
import { belongsHere } from './machine.js';
import { OpenCase } from './open-case.js';
import { TrustedTime } from './trusted-time.js';
import { addressOf } from './typed-address.js';

/** What a case is opened with. */
export interface NewCase {
  readonly reference: string;
  readonly reason: string;
  readonly subject: EntryData<'case-opened'>['subject'];
  /** How the report came up; absent where nobody was asked. */
  readonly cameUp?: NonNullable<EntryData<'case-opened'>['cameUp']>;
  /** Addresses of the report that may be opened. */
  readonly reported?: readonly string[];
  /** Addresses of the report that are suspected to show child sexual abuse: never opened. */
  readonly suspected: readonly string[];
}

/** Opens a new case; it is on disk when this resolves. `declaring`: both have just given their passphrases and declare that they are not concerned. @throws CodedError `browse.bad-address` for a suspected address that is none */
export async function createCase(store: CaseStore, context: CaseSurroundings, opening: NewCase, about: Omit<EntryData<'case-opened'>, 'reference' | 'reason' | 'subject' | 'machine' | 'cameUp'>, declaring: readonly Signer[] | null = null): Promise<OpenCase> {
  const suspected = [...new Set(opening.suspected.map((address) => addressOf(address).href))];
  const reported = [...new Set((opening.reported ?? []).map((address) => addressOf(address).href))].filter((url) => !suspected.includes(url));
  if (reported.some((url) => !/^https?:/.test(url))) throw new CodedError('browse.bad-address', 'Only addresses of websites can be opened. Check the addresses that were reported.');
  const record = await CaseRecord.load(store, context.vault.signers, context.ports);
  const { reference, reason, subject, cameUp } = opening;
  await record.add('case-opened', [...context.reviewers], { reference, reason, subject, ...about, ...(cameUp === undefined ? {} : { cameUp }), ...(context.machine === null ? {} : { machine: context.machine }) });
  if (declaring !== null) await record.add('not-concerned', declaring.map((signer) => signer.initials), { reviewers: declaring.map((signer) => signer.initials) }, { acting: declaring });
  for (const url of suspected) await record.add('suspected-address', [...context.reviewers], { url });
  for (const url of reported) await record.add('reported-address', [...context.reviewers], { url });
  return new OpenCase({ ...context, record, time: trustedTime(context, record), stopped: false, locked: false, elsewhere: false }, null);
}

/**
 * Continues a stored case, with what a lock has left of its sitting. A sitting that a crash cut short is closed; STOP
 * that nobody answered becomes a halt. A case that belongs to another computer is only shown, and stopped.
 */
export async function resumeCase(store: CaseStore, surroundings: CaseSurroundings, left: LeftBehind | null = null): Promise<OpenCase> {
  const record = await read(store, surroundings);
  const elsewhere = !belongsHere(record.state.opened.machine, surroundings.machine);
  const context: CaseContext = { ...surroundings, record, time: trustedTime(surroundings, record, elsewhere), stopped: record.state.halt !== null, locked: false, elsewhere };
  // What was found behind the lock: nothing is shown any more.
  const waits = left?.sitting?.waits ?? left?.waits ?? null;
  if (waits !== null) context.stopped = true;
  const open = new OpenCase(context, left?.sitting ?? null);
  if (elsewhere) {
    await open.halt.resumeAfterRestart();
    return open;
  }
  if (left?.sitting == null) await endInterrupted(context, left?.facts ?? []);
  else await left.sitting.unlock(context);
  if (waits !== null) await open.suspect(waits);
  await open.halt.resumeAfterRestart();
  open.context.time.resume();
  return open;
}

async function endInterrupted({ record, ports }: CaseContext, facts: readonly HeldFact[]): Promise<void> {
  for (const { kind, data } of facts) await record.add(kind, ['app'], data);
  if (!record.state.sitting || record.state.phase === 'halted') return;
  await record.add('clock-check', ['app'], ownClock(ports.clock.now(), CHECKED_AFTERWARDS));
  await record.add('sitting-ended', ['app'], { reason: 'interrupted' });
}

function trustedTime(context: CaseSurroundings, record: CaseRecord, onlySignatures = false): TrustedTime {
  return new TrustedTime({ record, ports: context.ports, authorities: context.timeAuthorities, onlySignatures });
}

/** The record of a stored case. A long one takes seconds, and says how far it is. */
async function read(store: CaseStore, { vault, ports, announce }: CaseSurroundings): Promise<CaseRecord> {
  const told = { any: false };
  try {
    return await CaseRecord.load(store, vault.signers, ports, (done, total) => {
      told.any = true;
      announce.progress('start', 'Reading the record of this case', done, total, false);
    });
  } finally {
    if (told.any) announce.progressDone();
  }
}
