import { useEffect, type RefObject } from 'react';
import { client } from '../../client.js';
import { HOLD_TO_LOOK, toView, type Size } from '../../logic/view-input.js';
import { reportProblem } from '../../store.js';

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Shows what lies under the mouse while its right button or F8 is held, and everything in view while F8 is held with the
 * mouse elsewhere. Letting go, leaving the window or losing the focus hides it again.
 */
export function useHoldToLook(canvas: RefObject<HTMLCanvasElement | null>, view: Size, shielded: boolean): void {
  const { width, height } = view;
  useEffect(() => {
    const element = canvas.current;
    if (element === null || !shielded) return undefined;
    const listeners = new AbortController();
    const options = { signal: listeners.signal, capture: true };
    let pointer: Point | null = null;
    let held = false;
    const look = (point: Point | null): void => {
      held = true;
      client.call('shield.hold', { x: point?.x ?? null, y: point?.y ?? null, down: true }).catch(reportProblem);
    };
    const letGo = (): void => {
      if (held) client.call('shield.hold', { x: null, y: null, down: false }).catch(reportProblem);
      held = false;
    };
    const at = (event: MouseEvent): Point => toView(event, element.getBoundingClientRect(), { width, height });
    element.addEventListener('mousemove', (event) => { pointer = at(event); }, options);
    element.addEventListener('mouseleave', () => { pointer = null; }, options);
    element.addEventListener('mousedown', (event) => {
      if (event.button !== 2) return;
      // The page is not told: to it nothing has happened.
      event.preventDefault();
      event.stopImmediatePropagation();
      look(at(event));
    }, options);
    window.addEventListener('mouseup', (event) => {
      if (event.button !== 2 || !held) return;
      event.stopImmediatePropagation();
      letGo();
    }, options);
    window.addEventListener('keydown', (event) => {
      if (event.key !== HOLD_TO_LOOK) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) look(pointer);
    }, options);
    window.addEventListener('keyup', (event) => { if (event.key === HOLD_TO_LOOK) letGo(); }, options);
    window.addEventListener('blur', letGo, options);
    return () => {
      letGo();
      listeners.abort();
    };
  }, [canvas, width, height, shielded]);
}
