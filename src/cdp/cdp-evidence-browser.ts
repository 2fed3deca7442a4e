import { CodedError } from '../record/coded-error.js';
import type { Assembled } from './assembly.js';
import { capture, type Composite } from './capture.js';
import type { CaptureWanted, PlainForm, SeriesWanted } from './capture-request.js';
import type { EvidenceBrowser } from './evidence-browser.js';
import type { Viewport } from './facts.js';
import type { ViewFrame } from './frames.js';
import { scrollPosition } from './in-page.js';
import { innerPictures, type InnerPicture } from './inner-pictures.js';
import { dispatchInput, type ViewInput } from './input.js';
import type { PageDriver } from './page-driver.js';
import { takeSeries, type SeriesHooks } from './series.js';
import { pageSize, partsOf } from './tiles.js';

/** How long closing waits for the last of what pages asked for. */
const READ_MS = 1_000;
/** How long going offline may take before the processes are stopped regardless. */
const OFFLINE_MS = 400;

/** An {@link EvidenceBrowser} over the parts that {@link assemble} has put together. */
export class CdpEvidenceBrowser implements EvidenceBrowser {
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

  innerPictures(): AsyncIterable<InnerPicture> {
    const { targets } = this.#open();
    return innerPictures(targets.all().filter(({ kind }) => kind !== 'worker').map(({ session }) => session));
  }

  async input(event: ViewInput): Promise<void> {
    if (this.#capturing) return;
    const { page, features } = this.#open();
    await dispatchInput(page.session, event);
    features.soon();
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
    const { frames, gate, responses, targets, refusals, sockets, passwords, watch, features, host } = this.#parts;
    features.stop();
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
    const { connection, refusals, sockets, passwords, watch, features, host } = this.#parts;
    passwords.forget();
    watch.stop();
    if (!this.#cut) await this.#readFeatures();
    features.stop();
    refusals.flush();
    sockets.flush();
    if (!this.#cut) await connection.root.send('Browser.close', undefined, 2_000).catch(() => undefined);
    connection.close();
    await host.kill();
  }

  /** What pages asked for without a word, as far as the browser tells it in time. */
  async #readFeatures(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.#parts.features.readLast(), new Promise((resolve) => (timer = setTimeout(resolve, READ_MS)))]);
    clearTimeout(timer);
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
    const { driver, features } = this.#open();
    features.soon();
    return driver;
  }
}

/** The picture of a viewport capture as a frame of the view. */
function viewShown({ form, image, endedAt }: Composite): ViewFrame | null {
  // A copy: the capture is wiped, and what is on the screen belongs to whoever draws it.
  return form !== 'viewport' || image === null ? null : { data: Uint8Array.from(image.png), mediaType: 'image/png', at: Date.parse(endedAt) };
}
