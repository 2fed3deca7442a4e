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

/**
 * The stream of pictures of the view. Each is acknowledged as soon as it is handed on, which lets the browser send the
 * next; pictures are never stored. Each passes the {@link Shield}.
 */
export class FrameStream {
  readonly #session: CdpSession;
  readonly #viewport: Viewport;
  /** Hides pictures in what is handed on. */
  readonly shield: Shield;
  #onFrame: ((frame: ViewFrame) => void) | null = null;
  #held = false;

  constructor(session: CdpSession, viewport: Viewport) {
    this.#session = session;
    this.#viewport = viewport;
    this.shield = new Shield(session, viewport, (frame) => {
      if (!this.#held) this.#onFrame?.(frame);
    });
  }

  /** Starts the stream; a second call changes who is told. */
  async start(onFrame: (frame: ViewFrame) => void): Promise<void> {
    this.#onFrame = onFrame;
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
    this.shield.forget();
  }

  /**
   * Hands nothing on while a capture is taken; a fresh frame follows when it is over. `shown` gives what is shown before
   * that: the picture of the view that was captured itself, so that what reviewers saw and what is kept are one state.
   */
  async hold<T>(work: () => Promise<T>, shown: (done: T) => ViewFrame | null = () => null): Promise<T> {
    this.#held = true;
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
      if (this.#onFrame !== null) await this.#begin().catch(() => undefined);
    }
  }

  /** Takes one frame from the browser. */
  take(event: Protocol.Page.ScreencastFrameEvent): void {
    this.#session.tell('Page.screencastFrameAck', { sessionId: event.sessionId });
    const { deviceWidth, deviceHeight, timestamp, scrollOffsetX, scrollOffsetY } = event.metadata;
    const whole = Math.round(deviceWidth) === this.#viewport.width && Math.round(deviceHeight) === this.#viewport.height;
    if (this.#onFrame === null || this.#held || !whole) return;
    const frame = { data: Buffer.from(event.data, 'base64'), mediaType: 'image/jpeg', at: Math.round((timestamp ?? 0) * 1_000) };
    this.shield.take({ frame, scroll: Number.isNaN(scrollOffsetX + scrollOffsetY) ? null : { x: scrollOffsetX, y: scrollOffsetY } });
  }

  async #begin(): Promise<void> {
    const { width, height, scale } = this.#viewport;
    await this.#session.send('Page.startScreencast', { format: 'jpeg', quality: 85, maxWidth: Math.round(width * scale), maxHeight: Math.round(height * scale), everyNthFrame: 1 });
  }
}
