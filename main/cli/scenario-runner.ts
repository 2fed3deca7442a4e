import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { CodedError, isCoded } from '../../src/record/coded-error.js';
import type { Engine } from '../../src/engine/engine.js';
import type { ExportOutcome } from '../../src/engine/exporting.js';
import { NO_CONTACTS } from '../../src/engine/contacts.js';
import type { ToldRow } from '../../src/investigation/told.js';
import type { Credentials } from '../../src/vault/vault.js';
import { reportUnexpected, type Output } from './output.js';
import { browse } from './scenario-browsing.js';
import type { Scenario, Step } from './scenario.js';
import { makeFolder } from './session.js';

/** What came of one step. */
export interface StepResult {
  readonly index: number;
  readonly do: string;
  /** Whether the step went as the scenario says, refusals that it expects included. */
  readonly ok: boolean;
  /** Code of the refusal, or null. */
  readonly code: string | null;
  readonly sentence: string;
  readonly made: { readonly exhibit?: string; readonly sha256?: string; readonly path?: string; readonly words?: readonly string[] } | null;
}

/** How {@link runScenario} went. */
export interface RunResult {
  readonly ok: boolean;
  readonly case: string | null;
  readonly steps: readonly StepResult[];
  readonly exports: readonly ExportOutcome[];
}

interface Running {
  readonly engine: Engine;
  readonly scenario: Scenario;
  readonly credentials: readonly [Credentials, Credentials];
  readonly outFolder: string;
  readonly exports: ExportOutcome[];
}

/**
 * Signs in as the scenario says (after set-up where the vault is new), opens its case and does its steps one by one. A
 * step that fails against expectation ends the run.
 *
 * @throws CodedError `auth.*`, `set-up.*`, `case.*` when the run cannot begin
 */
export async function runScenario(engine: Engine, scenario: Scenario, outFolder: string, output: Output): Promise<RunResult> {
  const credentials = credentialsOf(scenario);
  await signIn(engine, scenario, credentials, output);
  const { suspected = [], notConcerned = false, ...opening } = scenario.case;
  const caseId = await engine.openCase({ ...opening, suspected, notConcerned, first: credentials[0], second: credentials[1] });
  output.say(`Case ${opening.reference} opened by ${credentials.map((c) => c.initials).join(' and ')}`);
  const running: Running = { engine, scenario, credentials, outFolder, exports: [] };
  const steps: StepResult[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    const result = await attempt(running, step, index);
    steps.push(result);
    output.say(`  ${result.ok ? '✓' : '✗'} ${result.do}: ${result.sentence}`);
    if (!result.ok) break;
  }
  await engine.closeCase();
  return { ok: steps.length === scenario.steps.length && steps.every((s) => s.ok), case: caseId, steps, exports: running.exports };
}

/** Who was told as the record takes it, counted back from now. */
function toldOf({ engine, scenario }: Running, { told = [] }: Pick<Extract<Step, { do: 'conclude' }>, 'told'>): ToldRow[] {
  const now = Date.parse(engine.openedCase.context.ports.clock.now());
  return told.map(({ who, name = '', minutesBefore, by }) => ({ who, name, at: new Date(now - minutesBefore * 60_000).toISOString(), ...tellerOf(scenario, by) }));
}

/** Who told somebody: a reviewer of the scenario by initials, or somebody else in words. */
function tellerOf(scenario: Scenario, by: string): { readonly by: string | null; readonly byName: string } {
  return scenario.reviewers.some(({ initials }) => initials === by) ? { by, byName: '' } : { by: null, byName: by };
}

/** Someone of the scenario. @throws CodedError `auth.unknown-reviewer` */
function reviewerOf(scenario: Scenario, initials: string, where: string): Scenario['reviewers'][number] {
  const reviewer = scenario.reviewers.find((each) => each.initials === initials);
  if (reviewer === undefined) throw new CodedError('auth.unknown-reviewer', `Nobody with the initials ${initials} is in the scenario.`, { where });
  return reviewer;
}

/** @throws CodedError `auth.one-person`, `auth.same-person`, `auth.unknown-reviewer` */
function credentialsOf(scenario: Scenario): readonly [Credentials, Credentials] {
  const [first, second] = scenario.signIn ?? [];
  if (first === undefined || second === undefined) throw new CodedError('auth.one-person', 'Two people have to sign in. One alone can open nothing.', { where: 'signIn' });
  if (first === second) throw new CodedError('auth.same-person', 'The two people who sign in have to be different.', { where: 'signIn[1]' });
  const find = (initials: string, where: string): Credentials => ({ initials, passphrase: reviewerOf(scenario, initials, where).passphrase });
  return [find(first, 'signIn[0]'), find(second, 'signIn[1]')];
}

async function signIn(engine: Engine, scenario: Scenario, credentials: readonly [Credentials, Credentials], output: Output): Promise<void> {
  if (engine.installation === null) {
    const [first, second] = scenario.reviewers;
    if (first === undefined || second === undefined) throw new CodedError('auth.one-person', 'Two reviewers are needed to set a computer up.');
    output.progress('Making the keys of the installation and of both reviewers', 0, 0);
    const { name, computer } = scenario.organisation;
    await engine.setUp({ organisation: name, computer, reviewers: [first, second], contacts: NO_CONTACTS });
    output.say(`${name} is set up on ${computer.name}; ${first.name} and ${second.name} enrolled each other`);
    const signedIn = engine.signedIn;
    if (signedIn?.[0] === credentials[0].initials && signedIn[1] === credentials[1].initials) return;
    await engine.signOut();
  }
  output.progress('Checking both passphrases', 0, 0);
  await engine.signIn(credentials[0], credentials[1]);
  output.say(`${credentials[0].initials} and ${credentials[1].initials} signed in with their passphrases`);
}

async function attempt(running: Running, step: Step, index: number): Promise<StepResult> {
  const base = { index, do: step.do };
  try {
    const { sentence, made } = await perform(running, step);
    if (step.expect !== undefined) return { ...base, ok: false, code: null, sentence: `This should have been refused with ${step.expect}, but it was not.`, made };
    return { ...base, ok: true, code: null, sentence, made };
  } catch (error) {
    const code = isCoded(error) ? error.code : 'app.unexpected';
    const sentence = isCoded(error) ? error.sentence : 'Something went wrong inside the program.';
    if (code === step.expect) return { ...base, ok: true, code, sentence: `Refused, as it should be: ${sentence}`, made: null };
    reportUnexpected(error);
    return { ...base, ok: false, code, sentence, made: null };
  }
}

interface Performed {
  readonly sentence: string;
  readonly made: StepResult['made'];
}

const did = (sentence: string, made: StepResult['made'] = null): Performed => ({ sentence, made });

async function perform(running: Running, step: Step): Promise<Performed> {
  const { engine, credentials } = running;
  const open = engine.openedCase;
  switch (step.do) {
    case 'goto':
    case 'click':
    case 'type':
    case 'back':
    case 'forward':
    case 'reload':
    case 'scroll':
    case 'wait':
      return did(await browse(running.engine, step));
    case 'capture': {
      await open.prepareCapture(step.textOnly === true ? 'text' : step.fullPage === true ? 'full-page' : 'viewport');
      const { exhibit, sha256 } = await open.declare(step.by, step.declare ?? null, step.note ?? '');
      return did(`kept as ${exhibit}, SHA-256 ${sha256}`, { exhibit, sha256 });
    }
    case 'concern':
      await engine.addConcern(step.by, step.category, step.description);
      return did(`${step.category}, by ${step.by}`);
    case 'note':
      await open.addNote(step.by, step.text);
      return did(`written by ${step.by}`);
    case 'stop':
      await open.halt.stop(step.by);
      await open.halt.answer(step.by, 'stop-suspected', step.sentence ?? '');
      return did('the case is halted; the view is blank and the browser is cut off');
    case 'halt-step':
      await open.halt.step(step.by, step.step, true);
      return did(`${step.step}, by ${step.by}`);
    case 'police-call': {
      const { force, officer, reference, advice } = step;
      await open.halt.call(step.by, { force, officer, reference, advice });
      return did(`${force}, reference ${reference}`);
    }
    case 'release':
      await open.halt.release(credentials[0], credentials[1], step.text);
      return did('both signed; the case stays halted');
    case 'conclude': {
      const { substance, outcomes, text, sanctions = [] } = step;
      await engine.conclude({ substance, outcomes, text, sanctions: sanctions.map(({ id, details = '' }) => ({ id, details })), told: toldOf(running, step) });
      return did(substance ? 'the concern has substance' : 'the concern has no substance');
    }
    case 'add-to-conclusion':
      await open.addWords(step.by, open.context.record.newest('conclusion')?.header.seq ?? -1, step.text ?? '', toldOf(running, step));
      return did(`added by ${step.by}`);
    case 'seal': {
      const words = await open.seal(credentials[0], credentials[1], open.context.record.count);
      return did(`both signed; eight words: ${words.join(' ')}`, { words });
    }
    case 'enrol': {
      const { role, ...reviewer } = reviewerOf(running.scenario, step.initials, 'initials');
      await withoutCase(engine, () => engine.reviewers.enrol(credentials[0], credentials[1], { ...reviewer, ...(role === undefined ? {} : { role }) }));
      return did(`${reviewer.name} is a reviewer; the vault has a new key`);
    }
    case 'remove':
      await withoutCase(engine, () => engine.reviewers.remove(credentials[0], credentials[1], step.initials));
      return did(`${step.initials} is no longer a reviewer; the vault has a new key`);
    case 'new-keys':
      await withoutCase(engine, () => engine.reviewers.changeKeys(credentials[0], credentials[1], step.initials));
      return did(`${step.initials} has new keys and a new certificate; the old one is withdrawn`);
    case 'list':
      return listStep(running, step);
    case 'export':
      return exportStep(running, step);
  }
}

/** Closes the case, does what may only be done without one, and opens it again. */
async function withoutCase(engine: Engine, work: () => Promise<void>): Promise<void> {
  const { id } = engine.openedCase.context.record.store;
  await engine.closeCase();
  try {
    await work();
  } finally {
    await engine.showCase(id);
  }
}


/** Both import a list of what halts a case, as they would from a file. */
async function listStep({ engine, credentials }: Running, { source, givenBy, format, note, text }: Extract<Step, { do: 'list' }>): Promise<Performed> {
  const lists = engine.changeableLists;
  const bytes = Buffer.from(text, 'utf8');
  const id = randomUUID();
  await lists.begin(id, { source, givenBy, format, note: note ?? '', size: bytes.length });
  await lists.piece(id, bytes);
  const { values, file } = await lists.finish(id, credentials[0], credentials[1]);
  return did(`${source}: ${values} ${values === 1 ? 'value' : 'values'}, imported by both`, { sha256: file });
}

async function exportStep(running: Running, step: Extract<Step, { do: 'export' }>): Promise<Performed> {
  const [first, second] = running.credentials;
  // Made no earlier, so that a run that is refused leaves nothing behind.
  await makeFolder(running.outFolder);
  const made = await running.engine.openedCase.export({
    recipient: step.recipient,
    first,
    second,
    path: join(running.outFolder, step.to),
    form: step.to.endsWith('.zip') ? 'zip' : 'folder',
    encrypt: step.passphrase ?? false,
  });
  running.exports.push(made);
  return did(`${made.path} (${made.files} files, ${made.bytes} bytes)`, { path: made.path, sha256: made.tagManifest, words: made.words });
}
