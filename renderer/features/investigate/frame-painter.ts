import type { Events } from '../../../src/ipc/contract.js';

/** Draws frames on a canvas: always the newest, one at a time, and nothing that arrived before a blank. */
export class FramePainter {
  readonly #canvas: HTMLCanvasElement;
  #next: Events['frame'] | null = null;
  #busy = false;
  #generation = 0;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** Draws `frame` unless a newer one comes first. */
  paint(frame: Events['frame']): void {
    this.#next = frame;
    if (!this.#busy) void this.#drain();
  }

  /** Takes everything off the canvas before this returns, and lets no frame that is on its way appear. */
  blank(): void {
    this.#generation += 1;
    this.#next = null;
    this.#canvas.width = 1;
    this.#canvas.height = 1;
    delete this.#canvas.dataset['painted'];
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    while (this.#next !== null) {
      const frame = this.#next;
      const generation = this.#generation;
      this.#next = null;
      const bitmap = await decode(frame);
      if (bitmap !== null && generation === this.#generation) this.#draw(bitmap);
      bitmap?.close();
    }
    this.#busy = false;
  }

  #draw(bitmap: ImageBitmap): void {
    const { width, height } = bitmap;
    if (this.#canvas.width !== width || this.#canvas.height !== height) Object.assign(this.#canvas, { width, height });
    this.#canvas.getContext('2d', { alpha: false })?.drawImage(bitmap, 0, 0);
    this.#canvas.dataset['painted'] = '';
  }
}

/** A frame that cannot be decoded is skipped; the next one comes soon. */
async function decode(frame: Events['frame']): Promise<ImageBitmap | null> {
  try {
    const bytes = Uint8Array.from(atob(frame.base64), (char) => char.charCodeAt(0));
    return await createImageBitmap(new Blob([bytes], { type: frame.mediaType }));
  } catch {
    return null;
  }
}
