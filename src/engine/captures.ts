import { CodedError } from '../record/coded-error.js';
import type { EntryData } from '../record/kinds.js';
import { MAX_ADDRESS } from '../investigation/addresses.js';
import { nextExhibit } from '../investigation/case-state.js';
import { decide, type DeclarationAnswer, type GateDecision } from '../safety/gate.js';
import type { Composite } from '../cdp/capture.js';
import type { CaptureWanted, SeriesWanted } from '../cdp/capture-request.js';
import type { EvidenceBrowser } from '../cdp/evidence-browser.js';
import type { StagedObject } from '../vault/stored-case.js';
import { captureJson, compositeDigest, exhibitFiles, exhibitPreviews, type ExhibitFile } from './capture-parts.js';
import { CaptureTaking } from './capture-taking.js';
import { demand, demandSignedIn, type CaseContext } from './case-context.js';
import { ORIGIN_KINDS, originsOf, type Origins } from './where-from.js';
import { archivePart, type ArchivePart } from './page-archives.js';
import { WACZ_MEDIA_TYPE } from '../archive/wacz.js';

/** A composite that waits for a declaration, with the digest that the declaration is bound to. */
export interface PendingComposite {
  readonly composite: Composite;
  readonly digest: string;
  /** Made before the declaration, so that what is declared on and what is kept are of one moment. */
  readonly archive: ArchivePart | null;
}

/** What reviewers say of an exhibit: a note, and who the page says is logged in; empty where they say nothing. */
export interface ExhibitWords {
  readonly note: string;
  readonly account: string;
}

/** How many stopped requests a capture's entry lists. */
const MAX_BLOCKED = 50;

/** What became of a declaration. */
export type DeclarationResult =
  | { readonly kept: true; readonly exhibit: string; readonly sha256: string; readonly parts: EntryData<'capture'>['parts'] }
  | { readonly kept: false; readonly halt: Extract<GateDecision, { decision: 'halt' }>; readonly view: string; readonly url: string };

/**
 * Captures of one case: made in memory, shown, declared on, and only then stored. This is the only place that stores
 * bytes of a page, and it stores them only after {@link decide} allowed exactly those.
 */
export class Captures {
  readonly #context: CaseContext;
  readonly #taking: CaptureTaking;
  #pending: PendingComposite | null = null;
  #resolved: (exhibit: string | null) => void = () => undefined;

  constructor(context: CaseContext) {
    this.#context = context;
    this.#taking = new CaptureTaking(context);
  }

  /** What waits for a declaration. */
  get pending(): PendingComposite | null {
    return this.#pending;
  }

  /** Whether one is being taken. */
  get running(): boolean {
    return this.#taking.running;
  }

  /** The series that is being taken: its pictures so far, and how many there may be. */
  get series(): { readonly done: number; readonly most: number } | null {
    return this.#taking.series;
  }

  /**
   * Takes what the page shows into memory. One that is cancelled, and one that cannot be exact, leaves an entry and nothing else.
   *
   * @param look comes first, and throws where the page shows what is on a flag list
   * @throws CodedError `case.*`, `capture.*`, `browser.*`
   */
  prepare(browser: EvidenceBrowser, wanted: CaptureWanted | SeriesWanted, look: () => Promise<void> = () => Promise.resolve()): Promise<PendingComposite> {
    return this.#taking.during(wanted, async (take) => {
      await this.discard();
      await look();
      return this.#hold(await take(browser));
    });
  }

  async #hold(composite: Composite): Promise<PendingComposite> {
    // A page that no archive can be made of is kept without one.
    const archive = await archivePart(composite, this.#context.ports).catch(() => null);
    if (this.#context.stopped || this.#context.locked) {
      composite.wipe();
      archive?.bytes.fill(0);
      demand(this.#context, 'capture');
    }
    this.#pending = { composite, archive, digest: compositeDigest(composite, this.#context.ports.sha256) };
    this.#context.announce.changed();
    return this.#pending;
  }

  /** Cancels a capture that is being taken. */
  cancel(): void {
    this.#taking.cancel();
  }

  /** Ends a series with the pictures that it has. */
  finish(): void {
    this.#taking.finish();
  }

  /** Resolves once what waits has been kept (with its exhibit reference) or has gone (null). */
  untilResolved(): Promise<string | null> {
    if (this.#pending === null) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#resolved = resolve;
    });
  }

  /** Wipes what waits, at once and without a word in the record. */
  wipe(): void {
    this.cancel();
    this.#pending?.composite.wipe();
    this.#pending?.archive?.bytes.fill(0);
    this.#pending = null;
    this.#resolved(null);
  }

  /** Lets go of what waits, on the reviewers' wish. */
  async discard(): Promise<void> {
    const pending = this.#pending;
    if (pending === null) return;
    this.wipe();
    await this.#context.record.add('capture-discarded', [this.#context.record.state.heldBy], { view: pending.composite.view, composite: pending.digest });
    this.#context.announce.changed();
  }

  /**
   * A reviewer's answer about what waits (`answer` null: none was given). Kept only when the gate allows it.
   *
   * @throws CodedError `capture.none`, `gate.*`, `case.*`, `vault.*`: nothing was kept
   */
  async declare(by: string, answer: DeclarationAnswer | null, words: ExhibitWords): Promise<DeclarationResult> {
    const pending = this.#pending;
    if (pending === null) throw new CodedError('capture.none', 'There is nothing to keep. Take the page first.');
    demandSignedIn(this.#context, by);
    const decision = this.#decide(pending, by, answer);
    const { view, url } = pending.composite;
    if (decision.decision === 'halt') {
      this.wipe();
      return { kept: false, halt: decision, view, url };
    }
    if (decision.decision === 'refuse') {
      this.wipe();
      await this.#context.record.add('capture-refused', [by], { view, code: decision.code, sentence: decision.sentence });
      throw new CodedError(decision.code, decision.sentence);
    }
    try {
      const result = await this.#keep(pending, by, words);
      this.#resolved(result.exhibit);
      return result;
    } finally {
      this.wipe();
      this.#context.announce.changed();
    }
  }

  #decide(pending: PendingComposite, by: string, answer: DeclarationAnswer | null): GateDecision {
    const { record, reviewers, stopped } = this.#context;
    return decide({
      composite: pending.digest,
      declaration: answer === null ? null : { composite: pending.digest, by, answer },
      flags: { suspectedAddress: record.state.suspected.includes(pending.composite.url), listed: this.#context.flags().matcher?.address(pending.composite.url) ?? null },
      phase: record.state.phase,
      stopped,
      reviewers,
    });
  }

  async #keep(pending: PendingComposite, by: string, words: ExhibitWords): Promise<Extract<DeclarationResult, { kept: true }>> {
    const { record, ports } = this.#context;
    const { composite, digest } = pending;
    const exhibit = nextExhibit(record.state, by);
    const declaration = { by, answer: 'not-suspected' as const, at: ports.clock.now() };
    const staged: StagedObject[] = [];
    const stage = async (file: ExhibitFile): Promise<void> => {
      this.#demandAllowed(pending, by);
      staged.push(await record.store.stage(exhibit, { name: file.name, mediaType: file.mediaType }, file.bytes));
    };
    // Made beside the storing, from the picture that was declared on.
    const previews = exhibitPreviews(composite);
    try {
      for (const file of exhibitFiles(composite)) await stage(file);
      if (pending.archive !== null) await stage({ name: 'page.wacz', mediaType: WACZ_MEDIA_TYPE, bytes: pending.archive.bytes });
      for (const file of await previews) await stage(file);
      await stage({ name: 'capture.json', mediaType: 'application/json', bytes: captureJson(composite, { exhibit, digest, declaration, ...words, parts: staged, archive: pending.archive?.summary ?? null, ...(await this.#setting(composite)) }) });
      const parts = staged.map(({ name, mediaType, size, sha256, cipherSha256 }) => ({ name, mediaType, size, sha256, cipherSha256 }));
      const data = entryData(composite, { exhibit, digest, declaration, parts, ...words });
      const make = (): EntryData<'capture'> => {
        this.#demandAllowed(pending, by);
        return data;
      };
      await record.addWith('capture', [by], make, { objects: staged });
      await record.checkpoint('capture');
      return { kept: true, exhibit, sha256: digest, parts };
    } catch (error) {
      if (!record.state.exhibits.some((kept) => kept.reference === exhibit)) await record.store.discard(staged);
      throw error;
    } finally {
      for (const file of await previews) file.bytes.fill(0);
    }
  }

  async #setting({ url, view }: Composite): Promise<{ reviewers: { initials: string; name: string; position: string }[]; app: string; host: string; offsetMinutes: (at: string) => number; origins: Origins }> {
    const { record, reviewers, ports } = this.#context;
    return {
      reviewers: record.state.opened.reviewers.filter(({ initials }) => reviewers.includes(initials)),
      app: ports.versions.app, host: ports.host.kind,
      offsetMinutes: (at) => -new Date(at).getTimezoneOffset(),
      origins: originsOf(await record.ofKinds(ORIGIN_KINDS, record.newest('sitting-started')?.header.seq ?? 0), url, view),
    };
  }

  /** STOP may come between any two steps of keeping; what was staged by then is removed and nothing is recorded as kept. */
  #demandAllowed(pending: PendingComposite, by: string): void {
    const decision = this.#decide(pending, by, 'not-suspected');
    if (decision.decision !== 'allow') throw new CodedError(decision.code, decision.sentence);
  }
}

type Kept = ExhibitWords & Pick<EntryData<'capture'>, 'exhibit' | 'declaration' | 'parts'> & { readonly digest: string };

function entryData(composite: Composite, { exhibit, declaration, parts, digest, note, account }: Kept): EntryData<'capture'> {
  const { image, form, view, url, startedAt, endedAt, warnings, facts } = composite;
  const times = image?.pieces.flatMap(({ at }) => at ?? []) ?? [];
  return {
    exhibit, form, view, url, startedAt, endedAt,
    image: image === null ? null : { width: image.width, height: image.height, scale: image.scale },
    composite: digest, declaration, parts, note, warnings: [...warnings],
    ...(image === null ? {} : { area: { ...image.area } }),
    ...(image?.element == null ? {} : { element: image.element }),
    ...(times.length === 0 ? {} : { pictures: times }),
    ...(account === '' ? {} : { account }),
    ...(facts.blocked.length === 0 ? {} : { blocked: facts.blocked.slice(0, MAX_BLOCKED).map((one) => ({ ...one, url: one.url.slice(0, MAX_ADDRESS) })) }),
  };
}
