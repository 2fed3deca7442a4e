/*
 * The part of the bridge that runs inside the screens' page. It reaches the page as text, so nothing here may use
 * anything from outside the function.
 */

/** What the page's half of the bridge is told. */
export interface PageBridgeOptions {
  /** Name of the CDP binding that carries calls out; the page's own script never sees it. */
  readonly binding: string;
  /** Name of the function that carries answers and events in. */
  readonly deliver: string;
  readonly origin: string;
  /** Longest call, in UTF-16 code units of its JSON. */
  readonly maxCall: number;
}

/** The script to run in each new document of the screens, before any of its own. */
export function pageBridgeScript(options: PageBridgeOptions): string {
  return `(${installBridge.toString()})(${JSON.stringify(options)});`;
}

function installBridge(options: PageBridgeOptions): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  const send = scope[options.binding] as ((payload: string) => void) | undefined;
  Reflect.deleteProperty(scope, options.binding);
  if (send === undefined || window.top !== window || location.origin !== options.origin) return;

  type Listener = (name: string, value: unknown) => void;
  const listeners = new Set<Listener>();
  const waiting = new Map<number, (answer: unknown) => void>();
  let last = 0;

  const call = (name: unknown, input: unknown): Promise<unknown> =>
    new Promise((resolve) => {
      last += 1;
      const payload = JSON.stringify({ id: last, name, input });
      if (payload.length > options.maxCall) {
        resolve({ ok: false, code: 'ipc.too-large', sentence: 'This is too much at once. Make it shorter and try again.' });
        return;
      }
      waiting.set(last, resolve);
      send(payload);
    });

  const listen = (listener: Listener): (() => void) => {
    const own: Listener = (name, value) => { listener(name, value); };
    listeners.add(own);
    return () => { listeners.delete(own); };
  };

  const deliver = (text: string): void => {
    const message = JSON.parse(text) as { id: number; answer: unknown } | { event: string; value: unknown };
    if ('id' in message) {
      waiting.get(message.id)?.(message.answer);
      waiting.delete(message.id);
      return;
    }
    for (const listener of [...listeners]) {
      try {
        listener(message.event, message.value);
      } catch (error) {
        reportError(error);
      }
    }
  };

  Object.defineProperty(scope, options.deliver, { value: deliver });
  Object.defineProperty(scope, 'countersign', { value: Object.freeze({ call, listen }) });

  // What the browser itself would do with these belongs to a browser, not to this app. The screens still hear of each.
  const keep = (event: Event): void => { event.preventDefault(); };
  window.addEventListener('dragover', keep);
  window.addEventListener('drop', keep);
  window.addEventListener('contextmenu', (event) => {
    if (!(event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement)) event.preventDefault();
  });
  window.addEventListener('keydown', (event) => {
    const command = event.ctrlKey || event.metaKey;
    const tools = event.key === 'F12' || (command && (event.shiftKey || event.altKey) && /^[ijc]$/i.test(event.key));
    if (tools || (command && /^[jnopstu]$/i.test(event.key))) event.preventDefault();
  }, true);
}
