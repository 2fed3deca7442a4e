import { CodedError } from '../record/coded-error.js';
import { canonicalBytes, wellFormed, type JsonValue } from '../record/canonical-json.js';
import { hex, utf8 } from '../record/bytes.js';
import type { EntryData } from '../record/kinds.js';
import { nextExhibit } from '../investigation/case-state.js';
import { decide, type DeclarationAnswer, type GateDecision } from '../safety/gate.js';
import type { CaptureForm, Composite } from '../cdp/capture.js';
import type { EvidenceBrowser } from '../cdp/evidence-browser.js';
import type { StagedObject } from '../vault/vault.js';
import { demand, demandSignedIn, type CaseContext } from './case-context.js';
import { archivePart, type ArchivePart } from './page-archives.js';
import { WACZ_MEDIA_TYPE } from '../archive/wacz.js';

/** A composite that waits for a declaration, with the digest that the declaration is bound to. */
export interface PendingComposite {
  readonly composite: Composite;
  readonly digest: string;
  /** Made before the declaration, so that what is declared on and what is kept are of one moment. */
  readonly archive: ArchivePart | null;
}

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
  #pending: PendingComposite | null = null;
  #running: AbortController | null = null;

  constructor(context: CaseContext) {
    this.#context = context;
  }

  /** What waits for a declaration. */
  get pending(): PendingComposite | null {
    return this.#pending;
  }

  /** Whether one is being taken. */
  get running(): boolean {
    return this.#running !== null;
  }

  /** Takes what the page shows into memory. @throws CodedError `case.*`, `capture.busy`, `capture.cancelled`, `capture.too-large`, `browser.*` */
  async prepare(browser: EvidenceBrowser, form: CaptureForm): Promise<PendingComposite> {
    demand(this.#context, 'capture');
    if (this.#running !== null) throw new CodedError('capture.busy', 'A capture is being made already. Wait for it, or cancel it.');
    await this.discard();
    const running = new AbortController();
    this.#running = running;
    const { announce } = this.#context;
    try {
      announce.progress('capture', 'Taking the page', 0, 0, true);
      const composite = await browser.compose(form, (done, total) => announce.progress('capture', 'Taking the page', done, total, true), running.signal);
      return await this.#hold(composite);
    } finally {
      this.#running = null;
      announce.progressDone();
    }
  }

  async #hold(composite: Composite): Promise<PendingComposite> {
    // A page that no archive can be made of is kept without one.
    const archive = await archivePart(composite, this.#context.ports).catch(() => null);
    if (this.#context.stopped || this.#context.locked) {
      composite.wipe();
      archive?.bytes.fill(0);
      demand(this.#context, 'capture');
    }
    const bytes = composite.image === null ? utf8(composite.text) : composite.image.png;
    this.#pending = { composite, archive, digest: hex(this.#context.ports.sha256.of(bytes)) };
    this.#context.announce.changed();
    return this.#pending;
  }

  /** Cancels a capture that is being taken. */
  cancel(): void {
    this.#running?.abort();
  }

  /** Wipes what waits, at once and without a word in the record. */
  wipe(): void {
    this.cancel();
    this.#pending?.composite.wipe();
    this.#pending?.archive?.bytes.fill(0);
    this.#pending = null;
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
  async declare(by: string, answer: DeclarationAnswer | null, note: string): Promise<DeclarationResult> {
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
      return await this.#keep(pending, by, note);
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
      flags: { suspectedAddress: record.state.suspected.includes(pending.composite.url) },
      phase: record.state.phase,
      stopped,
      reviewers,
    });
  }

  async #keep(pending: PendingComposite, by: string, note: string): Promise<DeclarationResult> {
    const { record, ports } = this.#context;
    const { composite, digest } = pending;
    const exhibit = nextExhibit(record.state, by);
    const declaration = { by, answer: 'not-suspected' as const, at: ports.clock.now() };
    const staged: StagedObject[] = [];
    try {
      for (const part of partsOf(composite, { exhibit, declaration, digest, note, archive: pending.archive })) {
        this.#demandAllowed(pending, by);
        staged.push(await record.store.stage(exhibit, { name: part.name, mediaType: part.mediaType }, part.bytes));
      }
      const parts = staged.map(({ name, mediaType, size, sha256, cipherSha256 }) => ({ name, mediaType, size, sha256, cipherSha256 }));
      const { image, form, view, url, startedAt, endedAt, warnings } = composite;
      const size = image === null ? null : { width: image.width, height: image.height, scale: image.scale };
      const data: EntryData<'capture'> = {
        exhibit, form, view, url, startedAt, endedAt, image: size, composite: digest, declaration, parts, note, warnings: [...warnings],
      };
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
    }
  }

  /** STOP may come between any two steps of keeping; what was staged by then is removed and nothing is recorded as kept. */
  #demandAllowed(pending: PendingComposite, by: string): void {
    const decision = this.#decide(pending, by, 'not-suspected');
    if (decision.decision !== 'allow') throw new CodedError(decision.code, decision.sentence);
  }
}

interface Part {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

function partsOf(composite: Composite, context: { exhibit: string; declaration: JsonValue; digest: string; note: string; archive: ArchivePart | null }): Part[] {
  const parts: Part[] = [];
  if (composite.image !== null) parts.push({ name: 'page.png', mediaType: 'image/png', bytes: composite.image.png });
  parts.push({ name: 'page.txt', mediaType: 'text/plain; charset=utf-8', bytes: utf8(composite.text.toWellFormed()) });
  if (composite.html !== null) parts.push({ name: 'page.html', mediaType: 'text/html; charset=utf-8', bytes: utf8(composite.html.toWellFormed()) });
  if (context.archive !== null) parts.push({ name: 'page.wacz', mediaType: WACZ_MEDIA_TYPE, bytes: context.archive.bytes });
  const facts = {
    exhibit: context.exhibit,
    form: composite.form,
    view: composite.view,
    url: composite.url,
    title: composite.title,
    startedAt: composite.startedAt,
    endedAt: composite.endedAt,
    composite: context.digest,
    declaration: context.declaration,
    image: composite.image === null ? null : { width: composite.image.width, height: composite.image.height, scale: composite.image.scale },
    note: context.note,
    warnings: [...composite.warnings],
    archive: (context.archive?.summary ?? null) as unknown as JsonValue,
    facts: composite.facts as unknown as JsonValue,
  };
  parts.push({ name: 'capture.json', mediaType: 'application/json', bytes: canonicalBytes(wellFormed(facts)) });
  return parts;
}
