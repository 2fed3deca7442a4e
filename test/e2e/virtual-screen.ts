import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** A screen that exists in memory alone. */
export interface VirtualScreen {
  /** Value for `DISPLAY`. */
  readonly display: string;
  /** Takes the screen away; resolves once it is gone. */
  stop(): Promise<void>;
}

/** How large, and `folder`: where its pixels lie as a file, for `screen-pixels.ts`. */
export interface ScreenOptions {
  readonly width: number;
  readonly height: number;
  readonly folder?: string;
}

const PROGRAMS = ['/usr/bin/Xvfb', '/usr/local/bin/Xvfb'];

/** Why the app's window cannot be shown on this machine, or null when it can. */
export function whyNoWindow(): string | null {
  if (process.platform !== 'linux') return 'the virtual screen is for Linux';
  if (!PROGRAMS.some(existsSync)) return 'Xvfb is not installed';
  return null;
}

/**
 * Starts a virtual screen of a number that was drawn by lot. Left to itself Xvfb takes the lowest free one, which may be
 * that of a screen just ending; that one then takes the newcomer's socket away with its own. And left to itself it begins
 * anew when its last program leaves, which throws out an app that is started again in that moment.
 */
export async function startScreen(options: ScreenOptions): Promise<VirtualScreen> {
  for (let tries = 0; tries < 5; tries += 1) {
    const number = randomInt(1_000, 30_000);
    const screen = spawn('Xvfb', [`:${number}`, '-displayfd', '3', '-screen', '0', `${options.width}x${options.height}x24`, '-nolisten', 'tcp', '-noreset', ...(options.folder === undefined ? [] : ['-fbdir', options.folder])], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const ended = once(screen, 'exit');
    if (await ready(screen, ended)) {
      return {
        display: `:${number}`,
        async stop() {
          screen.kill();
          await ended;
        },
      };
    }
  }
  throw new Error('no virtual screen could be started');
}

/** Whether it said that it can be used, before it ended. */
async function ready(screen: ChildProcess, ended: Promise<unknown>): Promise<boolean> {
  const said = new Promise<true>((resolve) => {
    (screen.stdio[3] as Readable).on('data', (chunk: Buffer) => {
      if (chunk.includes('\n')) resolve(true);
    });
  });
  return Promise.race([said, ended.then(() => false)]);
}
