import { useEffect } from 'react';
import { HOLD_TO_STOP, shortcut } from '../../logic/view-input.js';
import { canStop, stop, useScreens } from '../../store.js';
import { capture } from './capture.js';

/** The app's own keys, heard before anything else on the page: F9 or Esc held stops, F4 captures, F6 goes between page and app, Shift and F6 to what can be done with the page. */
export function useCaseKeys(): void {
  useEffect(() => {
    let held: ReturnType<typeof setTimeout> | null = null;
    const letGo = (): void => {
      if (held !== null) clearTimeout(held);
      held = null;
    };
    const down = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.repeat && held === null) held = setTimeout(stop, useScreens.getState().app?.settings.stopHoldMs ?? HOLD_TO_STOP);
      const wanted = shortcut(event.key);
      const { app } = useScreens.getState();
      if (wanted === null || event.altKey || !(wanted === 'stop' ? canStop(app) : app?.case?.phase === 'open')) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat) return;
      if (wanted === 'stop') stop();
      else if (wanted === 'capture') capture({ form: 'full-page' });
      else if (event.shiftKey) toActions();
      else switchFocus();
    };
    const up = (event: KeyboardEvent): void => { if (event.key === 'Escape') letGo(); };
    const options = { capture: true };
    window.addEventListener('keydown', down, options);
    window.addEventListener('keyup', up, options);
    window.addEventListener('blur', letGo);
    return () => {
      letGo();
      window.removeEventListener('keydown', down, options);
      window.removeEventListener('keyup', up, options);
      window.removeEventListener('blur', letGo);
    };
  }, []);
}

/** To what can be done with the page: behind the page, where Tab does not lead out of it. */
function toActions(): void {
  document.querySelector<HTMLElement>('.action-bar button:not([disabled])')?.focus();
}

function switchFocus(): void {
  const view = document.getElementById('picker') ?? document.getElementById('view');
  const address = document.getElementById('address');
  if (view !== null && document.activeElement !== view) view.focus();
  else address?.focus();
}
