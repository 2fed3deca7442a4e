import type { Protocol } from 'devtools-protocol';
import type { Clock } from '../record/ports.js';
import { assemble } from './assembly.js';
import type { Composite } from './capture.js';
import type { CaptureWanted, PlainForm, SeriesWanted } from './capture-request.js';
import { CdpEvidenceBrowser } from './cdp-evidence-browser.js';
import type { EvidenceHostPort, EvidenceSink, Policy, Viewport } from './facts.js';
import type { ViewFrame } from './frames.js';
import type { InnerPicture } from './inner-pictures.js';
import type { ViewInput } from './input.js';
import type { SeriesHooks } from './series.js';
import type { Area, PageSize } from './tiles.js';
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
  innerPictures(): AsyncIterable<InnerPicture>;
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
  /** Loads no picture, video, sound or script file from now on, or loads them again. */
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
