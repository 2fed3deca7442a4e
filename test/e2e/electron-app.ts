import { once } from 'node:events';
import { dirname } from 'node:path';
import { _electron as electron } from 'playwright-core';
import { electronProgram } from '../../main/cli/electron-program.js';
import { PACKAGE_FILE } from '../../main/paths.js';
import { hearErrors, type AppPlaces, type RunningApp } from './running-app.js';

/** Starts the app in Electron on a virtual screen, as `countersign open` does, with Playwright's hand in its window. */
export async function startInElectron(places: AppPlaces): Promise<RunningApp> {
  const program = electronProgram();
  if (program === null) throw new Error('Electron’s program is not here');
  const env: Record<string, string> = { ...defined(process.env), DISPLAY: places.display, XDG_DATA_HOME: places.home, COUNTERSIGN_DEBUG: '1' };
  const started = await electron.launch({
    executablePath: program,
    // Electron refuses to run as root with its sandbox; a user's run never has this.
    args: [dirname(PACKAGE_FILE), `--vault=${places.vault}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env, timeout: 60_000,
  });
  const app = started.process();
  let output = '';
  for (const stream of [app.stdout, app.stderr]) stream?.on('data', (bytes: Buffer) => (output += bytes.toString('utf8')));
  const exited = once(app, 'exit') as Promise<[number | null]>;
  const page = await started.firstWindow();
  const errors = hearErrors(page);
  return {
    page,
    pid: app.pid ?? 0,
    errors,
    output: () => output,
    async close() {
      await started.close();
      const [code] = await exited;
      return code ?? -1;
    },
    async kill() {
      app.kill('SIGKILL');
      await exited;
      await started.close().catch(() => undefined);
    },
  };
}

function defined(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
