/** The key that stops everything. */
export const STOP_KEY = 'F9';

/** The part of `globalShortcut` that is used. */
export interface Shortcuts {
  register(accelerator: string, callback: () => void): boolean;
  unregister(accelerator: string): void;
}

/** The part of the app's window that is used. */
export interface StopWindow {
  on(event: 'focus' | 'blur' | 'closed', listener: () => void): unknown;
  readonly webContents: {
    on(event: 'before-input-event', listener: (event: { preventDefault(): void }, input: { readonly type: string; readonly key: string }) => void): unknown;
  };
}

/**
 * Makes {@link STOP_KEY} stop everything while the app has the focus, even when the screens hang: as a global shortcut, which
 * the system hands to the app before any page sees it, and, where another program holds that shortcut already, as the first
 * reader of the window's keys. The shortcut is given back with the focus, so that other programs keep their F9.
 */
export function installStopKey(shortcuts: Shortcuts, window: StopWindow, stop: () => void): void {
  window.on('focus', () => { shortcuts.register(STOP_KEY, stop); });
  window.on('blur', () => { shortcuts.unregister(STOP_KEY); });
  window.on('closed', () => { shortcuts.unregister(STOP_KEY); });
  window.webContents.on('before-input-event', (event, input) => {
    if (input.type !== 'keyDown' || input.key !== STOP_KEY) return;
    event.preventDefault();
    stop();
  });
}
