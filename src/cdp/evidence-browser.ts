import type { Protocol } from 'devtools-protocol';
import { CodedError } from '../record/coded-error.js';
import type { Clock } from '../record/ports.js';
import { assemble, type Assembled } from './assembly.js';
import { capture, type Composite } from './capture.js';
import type { CaptureWanted, PlainForm, SeriesWanted } from './capture-request.js';
import type { EvidenceHostPort, EvidenceSink, Policy, Viewport } from './facts.js';
import type { ViewFrame } from './frames.js';
import { scrollPosition } from './in-page.js';
import { innerPictures } from './inner-pictures.js';
import { dispatchInput, type ViewInput } from './input.js';
import type { PageDriver } from './page-driver.js';
import { takeSeries, type SeriesHooks } from './series.js';
import { pageSize, partsOf, type Area, type PageSize } from './tiles.js';
import type { CdpTransport } from './transport.js';

/** What a host hands over. */
export interface EvidenceBrowserOptions {
  readonly transport: CdpTransport;
  readonly host: EvidenceHostPort;
  readonly policy: Policy;
  readonly sink: EvidenceSink;
  readonly clock: Clock;
  readonly viewport: Viewport;
  /** What client hints say of the browser and the system; absent where the browser says the right thing by itself. */
  readonly clientHints?: Protocol.Emulation.UserAgentMetadata;
}

/** How long going offline may take before the processes are stopped regardless. */
const OFFLINE_MS = 400;

/**
 * The browser in which reviewers look at pages: one page, hidden, driven over CDP. Everything it is asked to do throws
 * CodedErrors: `browser.*` and `capture.*`; after {@link cutOff} always `browser.cut-off`, while a capture is taken
 * `capture.busy`.
 */
export interface EvidenceBrowser {
  /** `Chrome/156.0.…`, as the browser names itself. */
  readonly product: string;
  /** What sites are told. */
  readonly userAgent: string;
  readonly viewport: Viewport;
  /** See {@link PageDriver.goto}. */
  goto(url: string): Promise<void>;
  /** See {@link PageDriver.click}. */
  click(selector: string): Promise<void>;
  /** See {@link PageDriver.type}. */
  type(selector: string, text: string): Promise<void>;
  /** See {@link PageDriver.back}. */
  back(): Promise<void>;
  /** See {@link PageDriver.forward}. */
  forward(): Promise<void>;
  /** See {@link PageDriver.reload}. */
  reload(): Promise<void>;
  /** See {@link PageDriver.stopLoading}. */
  stopLoading(): Promise<void>;
  /** See {@link PageDriver.scrollTo}. */
  scrollTo(y: number): Promise<void>;
  /** See {@link PageDriver.waitForSelector}. */
  waitForSelector(selector: string, timeoutMs: number): Promise<void>;
  /** Waits until the page stands still, and everything that happened so far has been told to the sink. */
  settle(): Promise<void>;
  /** Both reviewers go on to `origin` (as {@link EvidenceSink.asked} named it) although its certificate is not valid: for this browser and this `error`. */
  acceptCertificate(origin: string, error: string): void;
  /** A name and a password for the next time that `origin` asks for `realm`; used once, kept in memory until then, never told. */
  givePassword(origin: string, realm: string, username: string, password: string): void;
  /** See {@link innerPictures}. */
  innerPictures(): AsyncIterable<{ readonly url: string; readonly bytes: Uint8Array }>;
  /** Hands what a reviewer does on the canvas to the page. While a capture is taken it has no effect. */
  input(event: ViewInput): Promise<void>;
  /** See {@link FrameStream.start}. */
  startFrames(onFrame: (frame: ViewFrame) => void): Promise<void>;
  /** Hides pictures in the frames, which it does from the start, or shows them; never anything on the page or in a capture. */
  shield(on: boolean): void;
  /** See {@link Shield.lift}. */
  lift(point: { readonly x: number; readonly y: number } | null): boolean;
  /** See {@link Shield.release}. */
  release(): void;
  /** Loads no picture, film, sound or script file from now on, or loads them again. */
  textFirst(on: boolean): void;
  /** How many parts of the page on screen were not loaded because of {@link textFirst}. */
  readonly notLoaded: number;
  /** See {@link FrameStream.stop}. */
  stopFrames(): Promise<void>;
  /**
   * Takes a composite of the page on screen, in memory; see {@link capture} for what it throws. `onProgress` is told rows
   * of pixels done, and of how many. `settle: false` takes the page as it stands, which only measurements want.
   */
  compose(wanted: CaptureWanted | PlainForm, onProgress?: (done: number, total: number) => void, signal?: AbortSignal | null, settle?: boolean): Promise<Composite>;
  /** See {@link takeSeries}. Reviewers go on using the page meanwhile. @throws CodedError as {@link capture} */
  composeSeries(wanted: SeriesWanted, hooks: SeriesHooks): Promise<Composite>;
  /** Size of the whole page in CSS pixels, the areas that it can be captured in one by one, and where it is scrolled to. @throws CodedError `capture.no-page` */
  measure(): Promise<{ readonly size: PageSize; readonly parts: readonly Area[]; readonly scroll: { readonly x: number; readonly y: number } }>;
  /**
   * Cuts the browser off: no further frame, no further request, every session offline, then every process stopped where
   * it stands. Nothing is closed, cleared or navigated, so that what was there is still there. Never throws.
   */
  cutOff(): Promise<void>;
  /** Ends the browser. Nothing of it stays. */
  close(): Promise<void>;
}

/**
 * Takes a fresh browser over: everything that a page could reach is held, denied or watched before the page exists.
 *
 * @throws CodedError `browser.closed`, `browser.no-answer` or `browser.refused` when that cannot be done.
 */
export async function openEvidenceBrowser(options: EvidenceBrowserOptions): Promise<EvidenceBrowser> {
  return new CdpEvidenceBrowser(await assemble(options), options.viewport);
}

class CdpEvidenceBrowser implements EvidenceBrowser {
  readonly product: string;
  readonly userAgent: string;
  readonly viewport: Viewport;
  readonly #parts: Assembled;
  #captures = 0;
  #capturing = false;
  #inSeries = false;
  #cut = false;
  #closing = false;

  constructor(parts: Assembled, viewport: Viewport) {
    this.#parts = parts;
    this.product = parts.product;
    this.userAgent = parts.userAgent;
    this.viewport = viewport;
    parts.connection.onClose(() => {
      parts.refusals.flush();
      if (!this.#closing) parts.sink.closed('The browser that shows the page stopped by itself.');
    });
  }

  async goto(url: string): Promise<void> {
    await this.#driver().goto(url);
  }

  async click(selector: string): Promise<void> {
    await this.#driver().click(selector);
  }

  async type(selector: string, text: string): Promise<void> {
    await this.#driver().type(selector, text);
  }

  async back(): Promise<void> {
    await this.#driver().back();
  }

  async forward(): Promise<void> {
    await this.#driver().forward();
  }

  async reload(): Promise<void> {
    await this.#driver().reload();
  }

  async stopLoading(): Promise<void> {
    await this.#driver().stopLoading();
  }

  async scrollTo(y: number): Promise<void> {
    await this.#driver().scrollTo(y);
  }

  async waitForSelector(selector: string, timeoutMs: number): Promise<void> {
    await this.#driver().waitForSelector(selector, timeoutMs);
  }

  async settle(): Promise<void> {
    await this.#driver().settle();
    await this.#parts.watch.look();
  }

  acceptCertificate(origin: string, error: string): void {
    this.#open().certificates.accept(origin, error);
  }

  givePassword(origin: string, realm: string, username: string, password: string): void {
    this.#open().passwords.give(origin, realm, username, password);
  }

  innerPictures(): AsyncIterable<{ readonly url: string; readonly bytes: Uint8Array }> {
    const { targets, world } = this.#open();
    return innerPictures(targets.all().filter(({ kind }) => kind !== 'worker').map(({ session }) => session), world);
  }

  async input(event: ViewInput): Promise<void> {
    if (!this.#capturing) await dispatchInput(this.#open().page.session, event);
  }

  async startFrames(onFrame: (frame: ViewFrame) => void): Promise<void> {
    await this.#open().frames.start(onFrame);
  }

  shield(on: boolean): void {
    this.#open().frames.shield.set(on);
  }

  lift(point: { readonly x: number; readonly y: number } | null): boolean {
    return this.#open().frames.shield.lift(point);
  }

  release(): void {
    this.#open().frames.shield.release();
  }

  textFirst(on: boolean): void {
    this.#open().gate.textFirst(on);
  }

  get notLoaded(): number {
    return this.#parts.gate.notLoaded;
  }

  async stopFrames(): Promise<void> {
    await this.#open().frames.stop();
  }

  async compose(wanted: CaptureWanted | PlainForm, onProgress: (done: number, total: number) => void = () => undefined, signal: AbortSignal | null = null, settle = true): Promise<Composite> {
    const parts = this.#open();
    if (this.#capturing || this.#inSeries) throw new CodedError('capture.busy', 'A capture is being made already.');
    const request = { id: this.#nextId(), wanted: typeof wanted === 'string' ? { form: wanted } : wanted, settle, onProgress, signal };
    const take = (): Promise<Composite> => capture(parts.capture, request);
    return this.#alone(() => (request.wanted.form === 'text' ? take() : parts.frames.hold(take, viewShown)));
  }

  async composeSeries(wanted: SeriesWanted, hooks: SeriesHooks): Promise<Composite> {
    const parts = this.#open();
    if (this.#capturing || this.#inSeries) throw new CodedError('capture.busy', 'A capture is being made already.');
    this.#inSeries = true;
    try {
      return await takeSeries(parts.capture, { id: this.#nextId(), wanted, ...hooks, alone: (work) => this.#alone(work) });
    } finally {
      this.#inSeries = false;
    }
  }

  async measure(): ReturnType<EvidenceBrowser['measure']> {
    const { capture: taking } = this.#open();
    if (taking.recorder.current === null) throw new CodedError('capture.no-page', 'There is no page to capture yet.');
    const size = await pageSize(taking.session, this.viewport);
    return { size, parts: partsOf(size, this.viewport.scale), scroll: await taking.world.run(scrollPosition, []) };
  }

  async cutOff(): Promise<void> {
    if (this.#cut) return;
    this.#cut = true;
    const { frames, gate, responses, targets, refusals, sockets, passwords, watch, host } = this.#parts;
    passwords.forget();
    frames.cut();
    responses.cut();
    watch.stop();
    gate.shut();
    const offline = { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 };
    await Promise.allSettled(targets.all().map(({ session }) => session.send('Network.emulateNetworkConditions', offline, OFFLINE_MS)));
    host.freeze();
    refusals.flush();
    sockets.flush();
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    const { connection, refusals, sockets, passwords, watch, host } = this.#parts;
    passwords.forget();
    watch.stop();
    refusals.flush();
    sockets.flush();
    if (!this.#cut) await connection.root.send('Browser.close', undefined, 2_000).catch(() => undefined);
    connection.close();
    await host.kill();
  }

  #nextId(): string {
    this.#captures += 1;
    return `c${this.#captures}`;
  }

  /** Does `work` while nothing else reaches the page. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    this.#capturing = true;
    try {
      return await work();
    } finally {
      this.#capturing = false;
    }
  }

  #open(): Assembled {
    if (this.#cut) throw new CodedError('browser.cut-off', 'The browser was cut off and stays so.');
    return this.#parts;
  }

  #driver(): PageDriver {
    if (this.#capturing) throw new CodedError('capture.busy', 'A capture is being made. Wait until it is done.');
    return this.#open().driver;
  }
}

/** The picture of a viewport capture as a frame of the view. */
function viewShown({ form, image, endedAt }: Composite): ViewFrame | null {
  // A copy: the capture is wiped, and what is on the screen belongs to whoever draws it.
  return form !== 'viewport' || image === null ? null : { data: Uint8Array.from(image.png), mediaType: 'image/png', at: Date.parse(endedAt) };
}
