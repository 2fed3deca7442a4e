import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { startDemoSite, type DemoSite } from '../../main/demo-site.js';
import { scratch } from './command.js';
import { Hands } from './hands.js';
import { startApp, type RunningApp } from './running-app.js';
import { startScreen, whyNoWindow, type VirtualScreen } from './virtual-screen.js';

/** Describes tests in the app's own window; where no window can be shown, says so and how many are not run. */
export function inWindow(title: string, tests: number, suite: () => void): void {
  const reason = whyNoWindow();
  if (reason === null) {
    describe(title, suite);
    return;
  }
  process.stdout.write(`${title}: ${tests} tests not run, ${reason}\n`);
  test.todo(`${title} (${reason})`);
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

/** Starts the app on a screen of its own before the tests of a file and ends it after them. `opened` is called after every start; `pictures` begins the names of what {@link Hands.look} keeps. */
export function useWindow({ pictures, height = 900 }: { readonly pictures: string; readonly height?: number }, opened: (window: OpenedWindow) => void | Promise<void>): WindowUse {
  const folder = scratch();
  let site: DemoSite;
  let screen: VirtualScreen;
  let app: RunningApp;
  const start = async (): Promise<void> => {
    app = await startApp({ display: screen.display, vault: folder.path('vault'), home: folder.path('home') });
    await opened({ app, hands: new Hands(app.page, pictures), site });
  };
  beforeAll(async () => {
    site = await startDemoSite();
    screen = await startScreen({ width: 1440, height });
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
