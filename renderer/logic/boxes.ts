/** A part of a picture in its own pixels, from the top left corner, and why it is covered. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly reason: string;
}

/** A picture's size in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** The smallest side that a box drawn with the mouse may have, in pixels of the picture; less is a slip. */
export const SMALLEST = 4;

/** The box between two points of a picture, cut to it; null where it would be too small to be meant. */
export function boxBetween(from: { readonly x: number; readonly y: number }, to: { readonly x: number; readonly y: number }, image: Size): Box | null {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  const x = Math.max(0, Math.floor(left));
  const y = Math.max(0, Math.floor(top));
  const width = Math.min(image.width, Math.ceil(right)) - x;
  const height = Math.min(image.height, Math.ceil(bottom)) - y;
  return width < SMALLEST || height < SMALLEST ? null : { x, y, width, height, reason: '' };
}

/** A box moved by pixels, kept inside the picture. */
export function movedBox(box: Box, dx: number, dy: number, image: Size): Box {
  return { ...box, x: Math.min(Math.max(0, box.x + dx), image.width - box.width), y: Math.min(Math.max(0, box.y + dy), image.height - box.height) };
}

/** A box made larger or smaller at its right and lower side, kept inside the picture. */
export function sizedBox(box: Box, dx: number, dy: number, image: Size): Box {
  return { ...box, width: Math.min(Math.max(1, box.width + dx), image.width - box.x), height: Math.min(Math.max(1, box.height + dy), image.height - box.y) };
}

/** A box for the keyboard to begin with: a third of the width in the middle of what is seen. */
export function firstBox(image: Size, seenFrom: number, seenTo: number): Box {
  const width = Math.min(image.width, Math.max(SMALLEST, Math.round(image.width / 3)));
  const height = Math.min(image.height, Math.max(SMALLEST, Math.round(width / 4)));
  const middle = Math.round(((seenFrom + seenTo) / 2) * image.height);
  return movedBox({ x: Math.round((image.width - width) / 2), y: middle - Math.round(height / 2), width, height, reason: '' }, 0, 0, image);
}

/** How far an arrow key goes; null for other keys. */
export function arrowStep(key: string, far: boolean): { readonly dx: number; readonly dy: number } | null {
  const step = far ? 50 : 5;
  switch (key) {
    case 'ArrowLeft': return { dx: -step, dy: 0 };
    case 'ArrowRight': return { dx: step, dy: 0 };
    case 'ArrowUp': return { dx: 0, dy: -step };
    case 'ArrowDown': return { dx: 0, dy: step };
    default: return null;
  }
}
