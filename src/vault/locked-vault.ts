import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fromHex } from '../record/bytes.js';
import type { JsonValue } from '../record/canonical-json.js';
import { CodedError } from '../record/coded-error.js';
import { Attempts } from './attempts.js';
import { readCrisis, type Crisis } from './crisis.js';
import type { Database } from './database.js';
import { removeFiles } from './destruction.js';
import { removeDurably, TEMPORARY } from './durable-file.js';
import { Inbox, RECOVERED, WRONG_PASSPHRASE } from './inbox.js';
import { takeInstanceLock, type InstanceLock } from './instance-lock.js';
import { readMarker } from './marker.js';
import { ObjectFolder } from './object-file.js';
import type { VaultPorts } from './ports.js';
import { recover } from './recovery.js';
import { checkSecret, unlockSecret, type ReviewerSecret } from './reviewer-secret.js';
import { loadRoster, type Member, type Roster } from './roster.js';
import { parseRows } from './rows.js';
import { altered, damaged } from './storage-error.js';
import { openShares, type SignedIn } from './signers.js';
import { OpenVault } from './unlocked-vault.js';
import { openDatabase } from './vault-database.js';
import type { Credentials, LockedVault, NewReviewer, ReviewerRecord, UnlockedVault } from './vault.js';

/** What a vault on disk consists of while it is open. */
export interface VaultParts {
  readonly folder: string;
  readonly ports: VaultPorts;
  readonly database: Database;
  readonly objects: ObjectFolder;
  /** The newest; a change of reviewers puts the next one here. */
  roster: Roster;
  /** Tries a reviewer's passphrase with all that belongs to it: waiting, recording, checking the keys. */
  readonly authenticate: (credentials: readonly Credentials[]) => Promise<SignedIn[]>;
  readonly attempts: Attempts;
  readonly inbox: Inbox;
  crisis: Crisis | null;
}

const fileRows = z.array(z.strictObject({ file: z.string() }));

/** See `openVault` in vault.ts. */
export async function openLockedVault(folder: string, ports: VaultPorts): Promise<LockedVault> {
  await readMarker(folder);
  const lock = await takeInstanceLock(folder);
  try {
    await access(join(folder, 'vault.db')).catch((error: unknown) => { throw damaged(error); });
    const database = await openDatabase(folder);
    try {
      return await assemble(folder, ports, lock, database);
    } catch (error) {
      await database.close();
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function assemble(folder: string, ports: VaultPorts, lock: InstanceLock, database: Database): Promise<LockedVault> {
  const roster = await loadRoster(database, ports.sha256);
  const objects = new ObjectFolder(folder, ports.random, ports.sha256);
  await removeFiles({ database, objects });
  const named = parseRows(fileRows, await database.all('SELECT file FROM objects')).map((row) => row.file);
  const unknownObjects = await objects.tidy(new Set(named));
  for (const name of ['crisis.json', 'vault.json']) await removeDurably(join(folder, name + TEMPORARY)).catch(() => undefined);
  const attempts = new Attempts(database, ports.clock);
  const authenticator = new Authenticator(() => parts.roster, attempts, (initials) => postQuietly(parts, WRONG_PASSPHRASE, { initials }));
  const parts: VaultParts = {
    folder, ports, database, objects, roster, attempts, inbox: new Inbox(database, ports.clock),
    authenticate: (credentials) => authenticator.authenticate(credentials),
    crisis: await readCrisis(folder),
  };
  return new ClosedVault(parts, lock, unknownObjects);
}

/** Posts what the vault has to say by itself. Nobody is kept out because it could not be posted. */
async function postQuietly(parts: VaultParts, kind: string, data: JsonValue): Promise<void> {
  const key = parts.roster.statement.inbox;
  if (key !== undefined) await parts.inbox.post(fromHex(key), kind, data, 'vault').catch(() => undefined);
}

/** Tries passphrases one call after another, so that asking twice at once gains nothing. */
class Authenticator {
  readonly #roster: () => Roster;
  readonly #attempts: Attempts;
  readonly #wrong: (initials: string) => Promise<void>;
  #last: Promise<unknown> = Promise.resolve();

  constructor(roster: () => Roster, attempts: Attempts, wrong: (initials: string) => Promise<void>) {
    this.#roster = roster;
    this.#attempts = attempts;
    this.#wrong = wrong;
  }

  authenticate(credentials: readonly Credentials[]): Promise<SignedIn[]> {
    const result = this.#last.then(() => this.#authenticate(credentials));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #authenticate(credentials: readonly Credentials[]): Promise<SignedIn[]> {
    const members = credentials.map((c) => this.#member(c.initials));
    for (const { initials, name } of members) {
      const seconds = await this.#attempts.secondsToWait(initials);
      if (seconds > 0) throw new CodedError('auth.slow-down', `The last passphrase of ${name} was not right. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then try again.`, { where: initials });
    }
    const numbers: (number | null)[] = [];
    for (const { initials } of members) numbers.push(await this.#attempts.begin(initials));
    const secrets = await Promise.all(members.map((member, i) => this.#open(member, credentials[i]?.passphrase ?? '')));
    const signedIn: SignedIn[] = [];
    for (const [i, member] of members.entries()) {
      const secret = secrets[i] ?? null;
      if (secret === null) continue;
      await this.#attempts.settle(member.initials, numbers[i] ?? null);
      signedIn.push({ member, secret });
    }
    const wrong = members.filter((m) => !signedIn.some((s) => s.member === m));
    for (const { initials } of wrong) await this.#wrong(initials);
    try {
      if (wrong.length > 0) throw badPassphrase(wrong);
      for (const { member, secret } of signedIn) checkSecret(secret, member, { pem: this.#roster().rootPem, fingerprint: this.#roster().statement.root });
      return signedIn;
    } catch (error) {
      for (const { secret } of signedIn) secret.agreement.fill(0);
      throw error;
    }
  }

  #member(initials: string): Member {
    const member = this.#roster().members.find((m) => m.initials === initials);
    if (member === undefined) throw new CodedError('auth.unknown-reviewer', 'No reviewer with these initials is enrolled on this computer.', { where: 'initials' });
    if (member.status === 'removed') throw new CodedError('auth.removed-reviewer', `${member.initials} is no longer a reviewer on this computer.`, { where: initials });
    return member;
  }

  async #open(member: Member, passphrase: string): Promise<ReviewerSecret | null> {
    const locked = this.#roster().secrets.find((s) => s.certificate === member.certificate);
    if (locked === undefined) throw altered(`The keys kept for ${member.initials} are missing.`, `reviewers/${member.initials}`);
    return unlockSecret(locked, passphrase);
  }
}

class ClosedVault implements LockedVault {
  readonly organisation: string;
  readonly computer: { readonly name: string; readonly location: string };
  readonly rootPem: string;
  readonly rootFingerprint: string;
  readonly unknownObjects: number;
  readonly #parts: VaultParts;
  readonly #lock: InstanceLock;
  #open: OpenVault | null = null;
  #closing: Promise<void> | null = null;

  constructor(parts: VaultParts, lock: InstanceLock, unknownObjects: number) {
    const { statement, rootPem } = parts.roster;
    this.#parts = parts;
    this.#lock = lock;
    this.organisation = statement.organisation;
    this.computer = statement.computer;
    this.rootPem = rootPem;
    this.rootFingerprint = statement.root;
    this.unknownObjects = unknownObjects;
  }

  get reviewers(): readonly ReviewerRecord[] {
    return this.#parts.roster.members.map(({ initials, name, position, role = 'senior-leader', certificatePem, certificate, status, removedAt, earlier = [], earlierPems }) => ({
      initials, name, position, role, certificatePem, certificate, status, removedAt,
      replaced: earlierPems.map((pem, i) => ({ certificatePem: pem, until: earlier[i]?.until ?? '' })),
    }));
  }

  get recoverySheet(): { readonly holder: string; readonly at: string } | null {
    const sheet = this.#parts.roster.statement.recovery;
    return sheet === undefined ? null : { holder: sheet.holder, at: sheet.at };
  }

  get crisis(): Crisis | null {
    return this.#parts.crisis;
  }

  async recover(credentials: Credentials, words: string, newReviewer: NewReviewer): Promise<void> {
    this.#open?.lock();
    await recover(this.#parts, credentials, words, newReviewer);
    await postQuietly(this.#parts, RECOVERED, { by: credentials.initials, initials: newReviewer.initials, name: newReviewer.name });
  }

  async post(kind: string, data: JsonValue): Promise<void> {
    const key = this.#parts.roster.statement.inbox;
    if (key === undefined) throw new CodedError('inbox.none', 'Two reviewers must sign in once before anything can be left here. Write this down on paper.');
    await this.#parts.inbox.post(fromHex(key), kind, data, 'person');
  }

  async unlock(first: Credentials, second: Credentials): Promise<UnlockedVault> {
    if ([first, second].some((c) => c.initials === '' || c.passphrase === '')) throw new CodedError('auth.one-person', 'Two reviewers must sign in together, each with their own passphrase.');
    if (first.initials === second.initials) throw new CodedError('auth.same-person', 'The same reviewer cannot sign in twice. A second reviewer must sign in too.');
    const signedIn = await this.#parts.authenticate([first, second]);
    try {
      const [one, two] = signedIn;
      const vaultKey = await openShares(this.#parts.roster, signedIn);
      if (one === undefined || two === undefined) throw altered('The list of reviewers in the vault was changed.', 'rosters');
      this.#open?.lock();
      this.#open = new OpenVault(this.#parts, vaultKey, [one, two]);
      await this.#open.bringUpToDate();
      return this.#open;
    } finally {
      for (const { secret } of signedIn) secret.agreement.fill(0);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#open?.lock();
    // Only shortens the next opening; what is in the journal is safe there.
    await this.#parts.database.all('PRAGMA wal_checkpoint(TRUNCATE)').catch(() => undefined);
    await this.#parts.database.close();
    await this.#lock.release();
  }
}

function badPassphrase(wrong: readonly { readonly initials: string; readonly name: string }[]): CodedError {
  const [whose, is] = wrong.length === 1 ? ['passphrase', 'is'] : ['passphrases', 'are'];
  return new CodedError('auth.bad-passphrase', `The ${whose} of ${wrong.map(({ name }) => name).join(' and ')} ${is} not right. Capital letters and spaces count.`, { where: wrong.map(({ initials }) => initials).join(' ') });
}

