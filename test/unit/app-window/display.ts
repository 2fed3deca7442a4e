import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** A screen that exists in memory alone. */
export interface TestDisplay {
  /** Value for `DISPLAY`. */
  readonly name: string;
  close(): Promise<void>;
}

const XVFB = '/usr/bin/Xvfb';

/** Whether a test can have a screen of its own. */
export function hasXvfb(): boolean {
  return existsSync(XVFB);
}

/** Starts Xvfb on a display number that it chooses itself. */
export async function startDisplay(): Promise<TestDisplay> {
  const child = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const ended = new Promise<void>((resolve) => { child.once('exit', () => { resolve(); }); });
  const number = await new Promise<string>((resolve, reject) => {
    let text = '';
    const output = child.stdio[3] as Readable;
    output.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes('\n')) resolve(text.trim());
    });
    void ended.then(() => { reject(new Error('Xvfb ended before it had a display')); });
  });
  return {
    name: `:${number}`,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
