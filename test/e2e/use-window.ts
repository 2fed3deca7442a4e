import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { startDemoSite, type DemoSite } from '../../main/demo-site.js';
import { scratch } from './command.js';
import { Hands } from './hands.js';
import type { RunningApp } from './running-app.js';
import { startScreen, whyNoWindow, type VirtualScreen } from './virtual-screen.js';
import { WINDOW_HOSTS, type WindowHost } from './window-host.js';

/**
 * Describes tests in the app's own window, once for each host. Where no window can be shown, or a host is not here, says so and
 * how many are not run.
 */
export function inWindow(title: string, tests: number, suite: (host: WindowHost) => void): void {
  for (const host of WINDOW_HOSTS) {
    const reason = whyNoWindow() ?? host.whyNot();
    if (reason === null) {
      describe(`${title}, on ${host.name}`, () => { suite(host); });
      continue;
    }
    process.stdout.write(`${title}: ${tests} tests not run on ${host.name}, ${reason}\n`);
    test.todo(`${title}, on ${host.name} (${reason})`);
  }
}

/** What the tests of one file share: the app in its window, hands in it, and the site of the demonstration. */
export interface OpenedWindow {
  readonly app: RunningApp;
  readonly hands: Hands;
  readonly site: DemoSite;
}

/** What {@link useWindow} gives before anything is started. */
export interface WindowUse {
  readonly folder: ReturnType<typeof scratch>;
  /** Ends the app as a power cut would and starts it anew over the same vault. */
  restart(): Promise<void>;
}

/** How a window is wanted. `pictures` begins the names of what {@link Hands.look} keeps; With `pixels` the screen itself lies as a file in the folder `screen`, for `screen-pixels.ts`. */
export interface WindowWish {
  readonly pictures: string;
  readonly height?: number;
  readonly pixels?: boolean;
}

/** Starts the app on a screen of its own before the tests of a file and ends it after them. `opened` is called after every start. */
export function useWindow(host: WindowHost, { pictures, height = 900, pixels = false }: WindowWish, opened: (window: OpenedWindow) => void | Promise<void>): WindowUse {
  const folder = scratch();
  let site: DemoSite;
  let screen: VirtualScreen;
  let app: RunningApp;
  const start = async (): Promise<void> => {
    app = await host.start({ display: screen.display, vault: folder.path('vault'), home: folder.path('home') });
    await opened({ app, hands: new Hands(app.page, host.pictures(pictures)), site });
  };
  beforeAll(async () => {
    site = await startDemoSite();
    if (pixels) mkdirSync(folder.path('screen'));
    screen = await startScreen({ width: 1440, height, ...(pixels ? { folder: folder.path('screen') } : {}) });
    await start();
  }, 120_000);
  afterAll(async () => {
    await app.close();
    await screen.stop();
    await site.close();
    folder.remove();
  }, 60_000);
  return {
    folder,
    async restart() {
      await app.kill();
      await start();
    },
  };
}
