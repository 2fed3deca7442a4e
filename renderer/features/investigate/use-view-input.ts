import { useEffect, type RefObject } from 'react';
import type { ViewInput } from '../../../src/ipc/investigate-contract.js';
import { client } from '../../client.js';
import { buttonName, isPaste, keyInput, modifierBits, toView, wheelPixels, type Size } from '../../logic/view-input.js';
import { reportProblem } from '../../store.js';

/** Sends what is done on the canvas to the page, in the view's CSS pixels. Moves are sent once a frame at most. */
export function useViewInput(canvas: RefObject<HTMLCanvasElement | null>, view: Size): void {
  const { width, height } = view;
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const listeners = new AbortController();
    const on = <E extends keyof HTMLElementEventMap>(name: E, listener: (event: HTMLElementEventMap[E]) => void): void => {
      element.addEventListener(name, listener, { signal: listeners.signal, passive: false });
    };
    listenToMouse(element, on, { width, height });
    listenToKeys(element, on, listeners.signal);
    return () => { listeners.abort(); };
  }, [canvas, width, height]);
}

type On = <E extends keyof HTMLElementEventMap>(name: E, listener: (event: HTMLElementEventMap[E]) => void) => void;

/** A press or a text that the page did not get is worth a sentence; the moves, wheels and releases around it are not. */
function send(input: ViewInput): void {
  const matters = input.type === 'text' || (input.type !== 'wheel' && input.event === 'down');
  client.call('view.input', input).catch((error: unknown) => { if (matters) reportProblem(error); });
}

function listenToMouse(element: HTMLCanvasElement, on: On, view: Size): void {
  let move: ViewInput | null = null;
  const mouse = (event: MouseEvent, kind: 'move' | 'down' | 'up'): ViewInput => ({
    type: 'mouse', event: kind, ...toView(event, element.getBoundingClientRect(), view), button: kind === 'move' ? 'none' : buttonName(event.button),
    buttons: event.buttons & 31, clicks: kind === 'move' ? 0 : Math.min(3, Math.max(1, event.detail)), modifiers: modifierBits(event),
  });
  const flush = (): void => {
    if (move !== null) send(move);
    move = null;
  };
  on('pointerdown', (event) => { element.setPointerCapture(event.pointerId); });
  on('mousemove', (event) => {
    if (move === null) requestAnimationFrame(flush);
    move = mouse(event, 'move');
  });
  for (const kind of ['down', 'up'] as const) {
    on(`mouse${kind}`, (event) => {
      if (buttonName(event.button) === 'none') return;
      event.preventDefault();
      element.focus();
      flush();
      send(mouse(event, kind));
    });
  }
  on('contextmenu', (event) => { event.preventDefault(); });
  on('wheel', (event) => {
    event.preventDefault();
    send({ type: 'wheel', ...toView(event, element.getBoundingClientRect(), view), ...wheelPixels(event, view), modifiers: modifierBits(event) });
  });
}

function listenToKeys(element: HTMLCanvasElement, on: On, signal: AbortSignal): void {
  const key = (event: KeyboardEvent, kind: 'down' | 'up'): void => {
    if (isPaste(event)) return;
    const input = keyInput(event, kind);
    if (input === null) return;
    event.preventDefault();
    send(input);
  };
  on('keydown', (event) => { key(event, 'down'); });
  on('keyup', (event) => { key(event, 'up'); });
  document.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (document.activeElement !== element || text === '') return;
    event.preventDefault();
    send({ type: 'text', text: text.slice(0, 10_000) });
  }, { signal });
}
