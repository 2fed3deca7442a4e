import type { CdpSession } from './connection.js';

/** Keys held with another, added up as the protocol has them: Alt 1, Ctrl 2, Meta 4, Shift 8. */
export type Modifiers = number;

/** Buttons of a mouse. */
export type MouseButton = 'none' | 'left' | 'middle' | 'right' | 'back' | 'forward';

/** What a reviewer does on the canvas; coordinates in CSS pixels of the viewport. */
export type ViewInput =
  | { readonly kind: 'mouse'; readonly type: 'move' | 'down' | 'up'; readonly x: number; readonly y: number; readonly button: MouseButton; readonly buttons: number; readonly clickCount: number; readonly modifiers: Modifiers }
  | { readonly kind: 'wheel'; readonly x: number; readonly y: number; readonly deltaX: number; readonly deltaY: number; readonly modifiers: Modifiers }
  | { readonly kind: 'key'; readonly type: 'down' | 'up'; readonly key: string; readonly code: string; readonly text: string; readonly modifiers: Modifiers }
  | { readonly kind: 'text'; readonly text: string };

const CTRL = 2;
const META = 4;
const MOUSE_TYPES = { move: 'mouseMoved', down: 'mousePressed', up: 'mouseReleased' } as const;

/** Windows virtual key codes of the keys that have no letter or digit (Microsoft, "Virtual-Key Codes"). */
const KEY_CODES: { readonly [key: string]: number } = {
  Backspace: 8, Tab: 9, Enter: 13, Shift: 16, Control: 17, Alt: 18, Escape: 27, ' ': 32, PageUp: 33, PageDown: 34, End: 35, Home: 36,
  ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, Insert: 45, Delete: 46, F5: 116,
};

/** Characters that some keys make beside their name. */
const KEY_TEXT: { readonly [key: string]: string } = { Enter: '\r', ' ': ' ' };

/** Hands one action to the page. */
export async function dispatchInput(session: CdpSession, event: ViewInput): Promise<void> {
  switch (event.kind) {
    case 'mouse':
      await session.send('Input.dispatchMouseEvent', {
        type: MOUSE_TYPES[event.type], x: event.x, y: event.y, button: event.button, buttons: event.buttons, clickCount: event.clickCount, modifiers: event.modifiers,
      });
      return;
    case 'wheel':
      await session.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: event.x, y: event.y, deltaX: event.deltaX, deltaY: event.deltaY, modifiers: event.modifiers });
      return;
    case 'text':
      await session.send('Input.insertText', { text: event.text });
      return;
    case 'key':
      if (!touchesClipboard(event.key, event.modifiers)) await dispatchKey(session, event.type, event.key, event.code, event.text, event.modifiers);
  }
}

/** Presses a key and lets it go. */
export async function pressKey(session: CdpSession, key: string): Promise<void> {
  await dispatchKey(session, 'down', key, key, '', 0);
  await dispatchKey(session, 'up', key, key, '', 0);
}

async function dispatchKey(session: CdpSession, type: 'down' | 'up', key: string, code: string, text: string, modifiers: Modifiers): Promise<void> {
  const characters = (modifiers & (CTRL | META)) !== 0 ? '' : text !== '' ? text : (KEY_TEXT[key] ?? '');
  const down = type === 'down' && characters !== '';
  await session.send('Input.dispatchKeyEvent', {
    type: type === 'up' ? 'keyUp' : down ? 'keyDown' : 'rawKeyDown',
    key,
    code,
    modifiers,
    windowsVirtualKeyCode: virtualKey(key),
    ...(down ? { text: characters, unmodifiedText: characters } : {}),
  });
}

function virtualKey(key: string): number {
  const known = KEY_CODES[key];
  if (known !== undefined) return known;
  return /^[a-z0-9]$/i.test(key) ? key.toUpperCase().charCodeAt(0) : 0;
}

/** Copying and cutting would put the page's content on the computer's clipboard; pasting would hand the clipboard to the page. */
function touchesClipboard(key: string, modifiers: Modifiers): boolean {
  const held = (modifiers & (CTRL | META)) !== 0;
  return (held && /^[cvx]$/i.test(key)) || ((held || (modifiers & 8) !== 0) && (key === 'Insert' || key === 'Delete'));
}
