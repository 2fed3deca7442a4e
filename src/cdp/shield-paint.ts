import sharp from 'sharp';
import type { Box } from './displayed-pictures.js';
import type { Words } from './shield-look.js';

/** A part of the frame to be hidden, in the frame's pixels. Text painted later than `order` stays readable over it. */
export interface Mask {
  readonly box: Box;
  readonly order: number;
}

/** Side of the squares that a hidden picture is made of: large enough that nothing can be made out. */
const SQUARE = 32;
/** How far beyond its box a picture is hidden: JPEG spreads colours over its neighbours. */
const MARGIN = 8;
/** How near to its colour a pixel counts as text (sum over red, green and blue). */
const NEAR = 150;

/**
 * `jpeg` with every mask turned into flat squares of grey. Over them, pixels in the colour of the text that stands there
 * are kept, so that words on a picture can be read; everything else of such a line is flat.
 */
export async function paintShield(jpeg: Uint8Array, masks: readonly Mask[], words: readonly Words[]): Promise<Uint8Array> {
  const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const picture = { data, width: info.width, height: info.height };
  const original = words.length === 0 ? data : Buffer.from(data);
  for (const mask of masks) hide(picture, mask.box);
  for (const line of words) {
    const under = masks.filter((mask) => mask.order <= line.order && meet(mask.box, line.box));
    if (under.length > 0) restore(picture, original, line);
  }
  original.fill(0, 0, original === data ? 0 : original.length);
  const painted = await sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } }).jpeg({ quality: 85 }).toBuffer();
  data.fill(0);
  return painted;
}

interface Raw {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

function hide({ data, width, height }: Raw, box: Box): void {
  const [left, top] = [Math.max(0, Math.floor(box.x) - MARGIN), Math.max(0, Math.floor(box.y) - MARGIN)];
  const [right, bottom] = [Math.min(width, Math.ceil(box.x + box.width) + MARGIN), Math.min(height, Math.ceil(box.y + box.height) + MARGIN)];
  for (let y = top; y < bottom; y += SQUARE) {
    for (let x = left; x < right; x += SQUARE) flatten(data, width, x, y, Math.min(right, x + SQUARE), Math.min(bottom, y + SQUARE));
  }
}

/** One square gets the middle between its own brightness and mid grey. */
function flatten(data: Buffer, width: number, left: number, top: number, right: number, bottom: number): void {
  let sum = 0;
  for (let y = top; y < bottom; y += 1) for (let at = 3 * (y * width + left); at < 3 * (y * width + right); at += 3) sum += (data[at] ?? 0) + 2 * (data[at + 1] ?? 0) + (data[at + 2] ?? 0);
  const grey = Math.round((sum / (4 * (right - left) * (bottom - top)) + 170) / 2);
  for (let y = top; y < bottom; y += 1) data.fill(grey, 3 * (y * width + left), 3 * (y * width + right));
}

function restore({ data, width, height }: Raw, original: Buffer, { box, colour }: Words): void {
  const [red, green, blue] = colour;
  const back = red + green + blue > 382 ? 50 : 225;
  const right = Math.min(width, Math.ceil(box.x + box.width));
  for (let y = Math.max(0, Math.floor(box.y)); y < Math.min(height, Math.ceil(box.y + box.height)); y += 1) {
    for (let x = Math.max(0, Math.floor(box.x)); x < right; x += 1) {
      const at = 3 * (y * width + x);
      const far = Math.abs((original[at] ?? 0) - red) + Math.abs((original[at + 1] ?? 0) - green) + Math.abs((original[at + 2] ?? 0) - blue);
      const tone = far <= NEAR ? (red + green + blue) / 3 : back;
      data.fill(tone, at, at + 3);
    }
  }
}

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
