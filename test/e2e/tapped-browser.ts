#!/usr/bin/env node
/*
 * A browser with a tap. The app is given this program as COUNTERSIGN_BROWSER; it starts the real one (COUNTERSIGN_REAL_BROWSER)
 * and passes everything on. For the browser that shows the app's window it also lets a test look in, over the socket that
 * COUNTERSIGN_TAP names, through a DevTools session of the test's own: the app runs unchanged and knows nothing of it.
 */
import { spawn } from 'node:child_process';
import { createServer, Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';

interface Message {
  id?: number;
  method?: string;
  sessionId?: string;
  params?: { sessionId?: string };
  result?: { sessionId?: string };
}

/** Numbers of the test's messages start here, so that they never meet the app's. */
const TAP_IDS = 1_000_000_000;
const ATTACH_ID = 2_000_000_000;

const args = process.argv.slice(2);
const program = process.env['COUNTERSIGN_REAL_BROWSER'] ?? '/usr/bin/chromium';
const tapPath = process.env['COUNTERSIGN_TAP'];
const isWindow = tapPath !== undefined && !args.some((arg) => arg.startsWith('--headless')) && args.includes('--remote-debugging-pipe');

if (isWindow) tap(tapPath);
else {
  const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'inherit', ...(args.includes('--remote-debugging-pipe') ? [3, 4] : [])] });
  child.on('exit', (code) => process.exit(code ?? 1));
}

function tap(path: string): void {
  const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'inherit', 'pipe', 'pipe'] });
  child.on('exit', (code) => process.exit(code ?? 1));
  const toBrowser = child.stdio[3] as Writable;
  const toApp = new Socket({ fd: 4, readable: false, writable: true });
  const own = new Set<string>();
  let root: string | null = null;
  let test: Socket | null = null;
  const send = (stream: Writable | null, message: Message): void => void stream?.write(`${JSON.stringify(message)}\0`);
  const waiting: Message[] = [];

  onMessages(new Socket({ fd: 3, readable: true, writable: false }), (message) => {
    send(toBrowser, message);
  }, () => toBrowser.end());
  onMessages(child.stdio[4] as Readable, (message) => {
    if (message.id === ATTACH_ID) {
      root = message.result?.sessionId ?? null;
      if (root !== null) own.add(root);
      for (const early of waiting.splice(0)) fromTest(early);
    } else if (message.id !== undefined && message.id >= TAP_IDS) {
      send(test, stripped({ ...message, id: message.id - TAP_IDS }));
    } else if (message.sessionId !== undefined && own.has(message.sessionId)) {
      if (message.method === 'Target.attachedToTarget' && message.params?.sessionId !== undefined) own.add(message.params.sessionId);
      send(test, stripped(message));
    } else send(toApp, message);
  }, () => undefined);

  const stripped = (message: Message): Message => {
    if (message.sessionId !== root) return message;
    const { sessionId: _root, ...rest } = message;
    return rest;
  };
  const fromTest = (message: Message): void => {
    if (root === null) waiting.push(message);
    else send(toBrowser, { ...message, id: (message.id ?? 0) + TAP_IDS, sessionId: message.sessionId ?? root });
  };
  createServer((socket) => {
    test = socket;
    send(toBrowser, { id: ATTACH_ID, method: 'Target.attachToBrowserTarget' });
    onMessages(socket, fromTest, () => undefined);
  }).listen(path);
}

function onMessages(stream: Readable, listener: (message: Message) => void, ended: () => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const parts = (rest + text).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) listener(JSON.parse(part) as Message);
  });
  stream.on('end', ended);
  stream.on('error', ended);
}
