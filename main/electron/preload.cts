import type { IpcRendererEvent } from 'electron';

/*
 * The only thing of ours inside the screens' page: two functions, and no way to choose a channel. It is CommonJS because a
 * sandboxed preload script cannot be an ES module, and in one file because it cannot load another. The channel names are
 * those of ipc.ts.
 */
((): void => {
  const { contextBridge, ipcRenderer } = require('electron') as typeof import('electron');
  type Listener = (name: string, value: unknown) => void;
  const listeners = new Set<Listener>();

  ipcRenderer.on('countersign:event', (_event: IpcRendererEvent, number: unknown, name: unknown, value: unknown) => {
    for (const listener of [...listeners]) {
      try {
        listener(String(name), value);
      } catch (error) {
        reportError(error);
      }
    }
    ipcRenderer.send('countersign:taken', number);
  });

  contextBridge.exposeInMainWorld('countersign', {
    call: (name: unknown, input: unknown): Promise<unknown> => ipcRenderer.invoke('countersign:call', name, input),
    listen: (listener: Listener): (() => void) => {
      // Wrapped, so that the same function given twice is heard twice and stops once.
      const own: Listener = (name, value) => { listener(name, value); };
      listeners.add(own);
      return () => { listeners.delete(own); };
    },
  });
})();
