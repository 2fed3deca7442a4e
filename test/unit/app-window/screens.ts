import type { CallName, CallResult, EventName } from '../../../src/ipc/contract.js';
import type { Handlers } from '../../../src/ipc/dispatch.js';
import type { UiFile, UiFiles } from '../../../main/ui/ui-files.js';

const START = `<!doctype html>
<html lang="en-GB">
<head><title>Countersign</title><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/screen.css"><script type="module" src="/screen.js"></script></head>
<body><h1 id="title">not yet</h1><script>document.title = 'inline script ran';</script></body>
</html>`;

const SCRIPT = `
window.heard = [];
countersign.listen((name, value) => { window.heard.push([name, value]); });
document.getElementById('title').textContent = 'ready';
`;

const FILES: Readonly<Record<string, readonly [mediaType: string, text: string]>> = {
  '/': ['text/html; charset=utf-8', START],
  '/screen.js': ['text/javascript; charset=utf-8', SCRIPT],
  '/screen.css': ['text/css; charset=utf-8', 'body { background-color: rgb(1, 2, 3); }'],
  '/icon.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
};

/** A tiny set of screens: one page that says when it is ready and keeps what it hears in `heard`. */
export const testFiles: UiFiles = (path) => {
  const file = FILES[path];
  const found: UiFile | null = file === undefined ? null : { mediaType: file[0], bytes: Buffer.from(file[1]) };
  return Promise.resolve(found);
};

/** An app with a few answers of its own; every other call is answered with null. */
export interface TestApp {
  readonly handlers: Handlers;
  onEvent(listener: (name: EventName, value: unknown) => void): () => void;
  emit(name: EventName, value: unknown): void;
  /** The calls that came, in order. */
  readonly calls: readonly (readonly [name: string, input: unknown])[];
}

/** Stands for the engine: notes each call and answers with what `answers` has for it. */
export function testApp(answers: Partial<Record<CallName, unknown>> = {}): TestApp {
  const calls: [string, unknown][] = [];
  const listeners = new Set<(name: EventName, value: unknown) => void>();
  const handlers = new Proxy({} as Handlers, {
    get: (_target, name: CallName) => (input: unknown): Promise<CallResult<CallName>> => {
      calls.push([name, input]);
      return Promise.resolve((answers[name] ?? null) as CallResult<CallName>);
    },
  });
  return {
    handlers,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    emit: (name, value) => { for (const listener of listeners) listener(name, value); },
    calls,
  };
}
