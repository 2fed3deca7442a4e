/*
 * The preload script runs in a JavaScript world of its own, which shares the document with the page and nothing else, as in
 * Electron. What `contextBridge` hands over is rebuilt on the page's side; calls and values go across as JSON in the
 * document's own events, which are delivered at once.
 */

/** Name of the preload script's world. */
export const PRELOAD_WORLD = 'countersign-preload';

/** Runs in the page's own world before any script of the page, and there first. */
export const MAIN_WORLD = `(${mainWorld.toString()})();`;

/** The preload script with `require('electron')` around it; runs in {@link PRELOAD_WORLD}. */
export function preloadSource(script: string): string {
  return `(${preloadWorld.toString()})((require, exports) => {\n${script}\n});`;
}

function mainWorld(): void {
  const functions: ((...args: unknown[]) => unknown)[] = [];
  const waiting = new Map<number, (value: unknown) => void>();
  let last = 0;
  let answer: unknown = undefined;
  const out = (value: unknown): unknown => (typeof value === 'function' ? { __function: functions.push(value as (...args: unknown[]) => unknown) - 1 } : value);
  const call = (target: string | number, args: unknown[]): unknown => {
    last += 1;
    const id = last;
    answer = undefined;
    document.dispatchEvent(new CustomEvent('countersign-to-preload', { detail: JSON.stringify({ id, target, args: args.map(out) }) }));
    const { promised, value } = (answer ?? {}) as { promised?: boolean; value?: unknown };
    return promised === true ? new Promise((resolve) => { waiting.set(id, resolve); }) : into(value);
  };
  const into = (value: unknown): unknown => {
    const number = (value as { __function?: number } | null | undefined)?.__function;
    return number === undefined ? value : (...args: unknown[]) => call(number, args);
  };
  document.addEventListener('countersign-to-page', (event) => {
    const message = JSON.parse((event as CustomEvent<string>).detail) as { expose?: string; keys?: string[]; run?: number; args?: unknown[]; settled?: number; value?: unknown; answer?: unknown };
    if (message.expose !== undefined) Object.defineProperty(globalThis, message.expose, { value: Object.freeze(Object.fromEntries((message.keys ?? []).map((key) => [key, (...args: unknown[]) => call(key, args)]))) });
    else if (message.run !== undefined) functions[message.run]?.(...(message.args ?? []));
    else if (message.settled !== undefined) waiting.get(message.settled)?.(message.value);
    else answer = message.answer;
  });
}

function preloadWorld(run: (require: (name: string) => unknown, exports: object) => void): void {
  type Anything = (...args: unknown[]) => unknown;
  const scope = globalThis as unknown as Record<string, unknown>;
  const post = scope['countersignDoubleSend'] as (payload: string) => void;
  const functions: Anything[] = [];
  const heard = new Map<string, Anything>();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let api: Record<string, Anything> = {};
  let last = 0;
  const tell = (message: unknown): void => { document.dispatchEvent(new CustomEvent('countersign-to-page', { detail: JSON.stringify(message) })); };
  const into = (value: unknown): unknown => {
    const number = (value as { __function?: number } | null)?.__function;
    return number === undefined ? value : (...args: unknown[]) => { tell({ run: number, args }); };
  };
  document.addEventListener('countersign-to-preload', (event) => {
    const { id, target, args } = JSON.parse((event as CustomEvent<string>).detail) as { id: number; target: string | number; args: unknown[] };
    const value = (typeof target === 'number' ? functions[target] : api[target])?.(...args.map(into));
    if (value instanceof Promise) {
      tell({ answer: { promised: true } });
      void value.then((settled: unknown) => { tell({ settled: id, value: settled }); });
    } else {
      tell({ answer: { value: typeof value === 'function' ? { __function: functions.push(value as Anything) - 1 } : value } });
    }
  });
  scope['countersignDoubleDeliver'] = (text: string): void => {
    const message = JSON.parse(text) as { channel?: string; args?: unknown[]; id?: number; value?: unknown; error?: string };
    if (message.channel !== undefined) heard.get(message.channel)?.({}, ...(message.args ?? []));
    else if (message.error !== undefined) waiting.get(message.id ?? 0)?.reject(new Error(message.error));
    else waiting.get(message.id ?? 0)?.resolve(message.value);
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, given: Record<string, Anything>) => {
        api = given;
        tell({ expose: name, keys: Object.keys(given) });
      },
    },
    ipcRenderer: {
      on: (channel: string, listener: Anything) => { heard.set(channel, listener); },
      send: (channel: string, ...args: unknown[]) => { post(JSON.stringify({ id: null, channel, args })); },
      invoke: (channel: string, ...args: unknown[]) => new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        post(JSON.stringify({ id: last, channel, args }));
      }),
    },
  };
  run((name) => {
    if (name !== 'electron') throw new Error(`a sandboxed preload script has no ${name}`);
    return electron;
  }, {});
}
