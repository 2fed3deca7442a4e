import type { ViewInput } from '../../src/ipc/investigate-contract.js';

/** A size in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A box on the screen in CSS pixels of the window. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** The largest size with the view's proportions that fits into `space`; whole pixels, at least 1 x 1, never larger than twice the view. */
export function fitView(space: Size, view: Size): Size {
  const scale = Math.min(space.width / view.width, space.height / view.height, 2);
  return { width: Math.max(1, Math.floor(view.width * scale)), height: Math.max(1, Math.floor(view.height * scale)) };
}

/** Where a point of the window lies in the view, in the view's CSS pixels, kept inside it. */
export function toView(point: { readonly clientX: number; readonly clientY: number }, box: Box, view: Size): { x: number; y: number } {
  const x = ((point.clientX - box.left) * view.width) / Math.max(1, box.width);
  const y = ((point.clientY - box.top) * view.height) / Math.max(1, box.height);
  return { x: clamp(x, view.width - 1), y: clamp(y, view.height - 1) };
}

function clamp(value: number, most: number): number {
  return Math.round(Math.min(Math.max(value, 0), most) * 100) / 100;
}

/** The modifier keys that an event carries. */
export interface Modifiers {
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** Modifier bits as the DevTools protocol has them: Alt 1, Ctrl 2, Meta 4, Shift 8 (Input.dispatchKeyEvent). */
export function modifierBits(event: Modifiers): number {
  return (event.altKey ? 1 : 0) | (event.ctrlKey ? 2 : 0) | (event.metaKey ? 4 : 0) | (event.shiftKey ? 8 : 0);
}

/** The name of a mouse button by its number in a mouse event; other buttons are not passed on. */
export function buttonName(button: number): 'left' | 'middle' | 'right' | 'none' {
  return button === 0 ? 'left' : button === 1 ? 'middle' : button === 2 ? 'right' : 'none';
}

/** A wheel event in pixels: a line counts 40, a page the height of the view (deltaMode 1 and 2 of UI Events). */
export function wheelPixels(event: { readonly deltaX: number; readonly deltaY: number; readonly deltaMode: number }, view: Size): { deltaX: number; deltaY: number } {
  const unit = event.deltaMode === 1 ? 40 : event.deltaMode === 2 ? view.height : 1;
  return { deltaX: event.deltaX * unit, deltaY: event.deltaY * unit };
}

/** A key as the page shall see it, or null for what the page must not have: the app's own keys, a paste, a dead key. */
export function keyInput(event: Modifiers & { readonly key: string; readonly code: string }, kind: 'down' | 'up'): Extract<ViewInput, { type: 'key' }> | null {
  if (shortcut(event.key) !== null || event.key === HOLD_TO_LOOK || event.key === 'Dead' || event.key === 'Process' || isPaste(event)) return null;
  return { type: 'key', event: kind, key: event.key.slice(0, 32), code: event.code.slice(0, 32), text: kind === 'down' ? textOf(event) : '', modifiers: modifierBits(event) };
}

function textOf(event: Modifiers & { readonly key: string }): string {
  if (event.key === 'Enter') return '\r';
  const typed = [...event.key].length === 1;
  const altGr = event.ctrlKey && event.altKey;
  return typed && !event.metaKey && (altGr || !event.ctrlKey) ? event.key : '';
}

/** Whether an event would paste: the text goes to the page as text, so that the page never touches the clipboard. */
export function isPaste(event: Modifiers & { readonly key: string }): boolean {
  return ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'v') || (event.shiftKey && event.key === 'Insert');
}

/** What the app's own keys do everywhere in a case. Esc is not among them: it stops only when it is held. */
export function shortcut(key: string): 'stop' | 'capture' | 'switch' | null {
  return key === 'F9' ? 'stop' : key === 'F4' ? 'capture' : key === 'F6' ? 'switch' : null;
}

/** Held, it shows the picture under the mouse. The page never hears of it. */
export const HOLD_TO_LOOK = 'F8';

/** How long Esc must be held to stop, in milliseconds. */
export const HOLD_TO_STOP = 600;
