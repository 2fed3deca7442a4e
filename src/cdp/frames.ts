import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from './connection.js';
import type { Viewport } from './facts.js';
import { Shield } from './shield.js';

/** One picture of the view. `at` is milliseconds since 1970 by the browser's clock. */
export interface ViewFrame {
  readonly data: Uint8Array;
  readonly mediaType: string;
  readonly at: number;
}

/** How long a page has to stand still before one more picture of it is asked for, in milliseconds. */
const QUIET_MS = 400;
/** How long the answer may take before it is asked for anew, in milliseconds, and how often that is done. */
const ANSWER_MS = 2_000;
const TRIES = 5;

/**
 * The stream of pictures of the view. Each is acknowledged as soon as it is handed on, which lets the browser send the
 * next; pictures are never stored. Each passes the {@link Shield}. The browser throws away what it drew while three
 * pictures were not acknowledged and never sends that again, so one more is asked for when no other has come for a while:
 * what stands still is seen as it is, however busy the computer was.
 */
export class FrameStream {
  readonly #session: CdpSession;
  readonly #viewport: Viewport;
  /** Hides pictures in what is handed on. */
  readonly shield: Shield;
  #onFrame: ((frame: ViewFrame) => void) | null = null;
  #held = false;
  #quiet: NodeJS.Timeout | null = null;
  #tries = 0;

  constructor(session: CdpSession, viewport: Viewport) {
    this.#session = session;
    this.#viewport = viewport;
    this.shield = new Shield(session, viewport, (frame) => {
      if (!this.#held) this.#onFrame?.(frame);
    }, () => {
      this.#refresh();
    });
  }

  /** Starts the stream; a second call changes who is told. */
  async start(onFrame: (frame: ViewFrame) => void): Promise<void> {
    this.#onFrame = onFrame;
    this.#wait(ANSWER_MS);
    await this.#begin();
  }

  /** Stops the stream. Not one frame is handed on after this was called, whatever the browser still sends. */
  async stop(): Promise<void> {
    if (this.#onFrame === null) return;
    this.cut();
    await this.#session.send('Page.stopScreencast');
  }

  /** Drops the listener without a word to the browser. */
  cut(): void {
    this.#onFrame = null;
    this.#wait(null);
    this.shield.forget();
  }

  /**
   * Hands nothing on while a capture is taken; a fresh frame follows when it is over. `shown` gives what is shown before
   * that: the picture of the view that was captured itself, so that what reviewers saw and what is kept are one state.
   */
  async hold<T>(work: () => Promise<T>, shown: (done: T) => ViewFrame | null = () => null): Promise<T> {
    this.#held = true;
    this.#wait(null);
    // Each scroll of a capture would be drawn, encoded and sent for nobody: measured to make it take twice as long.
    if (this.#onFrame !== null) await this.#session.send('Page.stopScreencast').catch(() => undefined);
    this.shield.forget();
    try {
      const done = await work();
      // A picture of the view passes by the shield, so it is handed on only where nothing is hidden.
      const frame = this.shield.on ? null : shown(done);
      if (frame !== null) this.#onFrame?.(frame);
      return done;
    } finally {
      this.#held = false;
      if (this.#onFrame !== null) {
        this.#wait(ANSWER_MS);
        await this.#begin().catch(() => undefined);
      }
    }
  }

  /** Takes one frame from the browser. */
  take(event: Protocol.Page.ScreencastFrameEvent): void {
    this.#session.tell('Page.screencastFrameAck', { sessionId: event.sessionId });
    if (this.#onFrame === null || this.#held) return;
    const { deviceWidth, deviceHeight, timestamp, scrollOffsetX, scrollOffsetY } = event.metadata;
    const whole = Math.round(deviceWidth) === this.#viewport.width && Math.round(deviceHeight) === this.#viewport.height;
    if (!whole) {
      this.#wait(this.#tries < TRIES ? QUIET_MS : null);
      return;
    }
    // The answer to a question is not asked about again.
    this.#wait(this.#tries === 0 ? QUIET_MS : null);
    this.#tries = 0;
    const frame = { data: Buffer.from(event.data, 'base64'), mediaType: 'image/jpeg', at: Math.round((timestamp ?? 0) * 1_000) };
    this.shield.take({ frame, came: performance.now(), scroll: Number.isNaN(scrollOffsetX + scrollOffsetY) ? null : { x: scrollOffsetX, y: scrollOffsetY } });
  }

  #wait(ms: number | null): void {
    if (this.#quiet !== null) clearTimeout(this.#quiet);
    this.#quiet = ms === null ? null : setTimeout(() => {
      this.#refresh();
    }, ms).unref();
  }

  /** Asks for a picture of the page as it is now; a stream that runs sends none of a page that stands still. */
  #refresh(): void {
    this.#wait(null);
    if (this.#onFrame === null || this.#held) return;
    this.#tries += 1;
    // A page that is just being exchanged for another gives no picture, and may refuse to start.
    this.#wait(this.#tries < TRIES ? ANSWER_MS : null);
    // Both are on their way before anything else can be said: a stop for a capture is never undone.
    this.#session.tell('Page.stopScreencast');
    void this.#begin().catch(() => undefined);
  }

  async #begin(): Promise<void> {
    const { width, height, scale } = this.#viewport;
    await this.#session.send('Page.startScreencast', { format: 'jpeg', quality: 85, maxWidth: Math.round(width * scale), maxHeight: Math.round(height * scale), everyNthFrame: 1 });
  }
}
