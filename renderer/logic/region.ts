import type { Size } from './view-input.js';

/** A rectangle in CSS pixels, of the view or of the page. */
export interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

/** A place in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a choice begins: the middle of the view, half as wide and half as high. */
export function middleOf(view: Size): Area {
  const width = Math.max(1, Math.round(view.width / 2));
  const height = Math.max(1, Math.round(view.height / 2));
  return { x: Math.floor((view.width - width) / 2), y: Math.floor((view.height - height) / 2), width, height };
}

/** The rectangle between two places, in whole pixels, at least 1 x 1 and inside the view. */
export function between(from: Point, to: Point, view: Size): Area {
  const x = within(Math.floor(Math.min(from.x, to.x)), view.width - 1);
  const y = within(Math.floor(Math.min(from.y, to.y)), view.height - 1);
  return { x, y, width: Math.max(1, within(Math.ceil(Math.max(from.x, to.x)), view.width) - x), height: Math.max(1, within(Math.ceil(Math.max(from.y, to.y)), view.height) - y) };
}

/** The same rectangle elsewhere; it stays whole inside the view. */
export function moved(area: Area, by: Point, view: Size): Area {
  return { ...area, x: within(area.x + by.x, view.width - area.width), y: within(area.y + by.y, view.height - area.height) };
}

/** The rectangle with its right and bottom edges moved; at least 1 x 1 and inside the view. */
export function resized(area: Area, by: Point, view: Size): Area {
  return { ...area, width: Math.max(1, Math.min(area.width + by.x, view.width - area.x)), height: Math.max(1, Math.min(area.height + by.y, view.height - area.y)) };
}

/** A place moved, kept inside the view. */
export function movedPoint(point: Point, by: Point, view: Size): Point {
  return { x: within(point.x + by.x, view.width - 1), y: within(point.y + by.y, view.height - 1) };
}

/** A rectangle of the view as one of a page that is scrolled to `scroll`, in whole pixels. */
export function onPage(area: Area, scroll: Point): Area {
  return { ...area, x: Math.max(0, Math.round(area.x + scroll.x)), y: Math.max(0, Math.round(area.y + scroll.y)) };
}

/** How far an arrow key moves: 10 pixels, or 1 where it is done finely; null for any other key. */
export function arrowStep(key: string, fine: boolean): Point | null {
  const step = fine ? 1 : 10;
  switch (key) {
    case 'ArrowLeft':
      return { x: -step, y: 0 };
    case 'ArrowRight':
      return { x: step, y: 0 };
    case 'ArrowUp':
      return { x: 0, y: -step };
    case 'ArrowDown':
      return { x: 0, y: step };
    default:
      return null;
  }
}

function within(value: number, most: number): number {
  return Math.min(Math.max(value, 0), Math.max(0, most));
}
