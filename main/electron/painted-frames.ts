/** The part of `NativeImage` that is used. */
export interface PaintedImage {
  toJPEG(quality: number): Uint8Array;
  getSize(): { readonly width: number; readonly height: number };
  isEmpty(): boolean;
}

/** The part of an off-screen window's contents that paints. */
export interface PaintingContents {
  on(event: 'paint', listener: (details: unknown, dirty: unknown, image: PaintedImage) => void): unknown;
  startPainting(): void;
  stopPainting(): void;
  invalidate(): void;
  setFrameRate(rate: number): void;
}

/** One frame in the shape of the protocol's `Page.screencastFrame`. */
export interface PaintedFrame {
  /** JPEG in base64. */
  readonly data: string;
  readonly metadata: {
    readonly deviceWidth: number;
    readonly deviceHeight: number;
    readonly pageScaleFactor: number;
    readonly offsetTop: number;
    readonly scrollOffsetX: number;
    readonly scrollOffsetY: number;
    /** Seconds since 1970. */
    readonly timestamp: number;
  };
  readonly sessionId: number;
}

/** The pictures that an off-screen window paints, as a screencast. */
export interface PaintedFrames {
  /** @param quality of the JPEG, 0 to 100 */
  start(quality: number): void;
  stop(): void;
  /** The last frame was taken; the next may follow. */
  taken(): void;
}

/** Frames a second at most; more would only be dropped. */
const FRAME_RATE = 30;

/**
 * Turns `paint` events into frames. While a frame has not been taken, later ones are not even encoded: only the newest image
 * is kept, and sent when its turn comes.
 */
export function createPaintedFrames(contents: PaintingContents, now: () => number, tell: (frame: PaintedFrame) => void): PaintedFrames {
  let quality: number | null = null;
  let waiting: PaintedImage | null = null;
  let inFlight = false;
  let count = 0;

  function offer(): void {
    if (quality === null || inFlight || waiting === null) return;
    const image = waiting;
    waiting = null;
    inFlight = true;
    count += 1;
    const { width, height } = image.getSize();
    tell({
      data: Buffer.from(image.toJPEG(quality)).toString('base64'),
      metadata: { deviceWidth: width, deviceHeight: height, pageScaleFactor: 1, offsetTop: 0, scrollOffsetX: Number.NaN, scrollOffsetY: Number.NaN, timestamp: now() / 1_000 },
      sessionId: count,
    });
  }

  contents.on('paint', (_details, _dirty, image) => {
    if (quality === null || image.isEmpty()) return;
    waiting = image;
    offer();
  });

  return {
    start(wanted): void {
      quality = wanted;
      inFlight = false;
      contents.setFrameRate(FRAME_RATE);
      contents.startPainting();
      // A page that stands still paints nothing by itself.
      contents.invalidate();
    },
    stop(): void {
      quality = null;
      waiting = null;
      inFlight = false;
      contents.stopPainting();
    },
    taken(): void {
      inFlight = false;
      offer();
    },
  };
}
