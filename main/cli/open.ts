import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { CodedError } from '../../src/record/coded-error.js';
import { createApp } from '../../src/engine/app.js';
import { openAppWindow } from '../chromium/app-window.js';
import { memoryIntake } from '../memory-intake.js';
import { offeredBundle } from '../offered-bundle.js';
import { practicePort } from '../practice.js';
import { PACKAGE_FILE, RENDERER_FOLDER } from '../paths.js';
import { createUiFiles } from '../ui/ui-files.js';
import { dataFolder } from './data-folder.js';
import { electronProgram } from './electron-program.js';
import { EXIT, fail, reportUnexpected, type Output } from './output.js';
import { runSelfTest } from './self-test.js';
import { commandPorts, hasContent, makeFolder } from './session.js';

/** What `countersign open` is given. */
export interface OpenOptions {
  readonly host: 'electron' | 'chromium' | undefined;
  readonly vault: string | undefined;
  /** A bundle to check: a folder or a ZIP. */
  readonly bundle?: string | undefined;
}

/** Size of the window, in CSS pixels. */
const WINDOW = { width: 1440, height: 900 };

/** `countersign open`: the app in its window, until that is closed. Gives the exit code. */
export async function openCommand(options: OpenOptions, output: Output): Promise<number> {
  try {
    const data = dataFolder(process.platform, process.env);
    const vault = resolve(options.vault ?? join(data, 'vault'));
    const bundle = options.bundle === undefined ? null : resolve(options.bundle);
    const electron = options.host === 'chromium' ? null : electronProgram();
    if (electron !== null) return await openInElectron(electron, vault, bundle);
    if (options.host === 'electron') throw new CodedError('machine.no-electron', 'Electron is not here. Run “npm start” where its download can be reached, or leave --host away.');
    return await openInChromium(vault, join(data, 'bundles'), bundle, output);
  } catch (error) {
    return fail(error, output);
  }
}

async function openInChromium(vault: string, exportFolder: string, bundle: string | null, output: Output): Promise<number> {
  const ports = await commandPorts(exportFolder);
  try {
    const app = await createApp(vault, await hasContent(vault), { ...ports, selfTest: () => runSelfTest(ports, output), practice: practicePort(vault) }, memoryIntake);
    try {
      await makeFolder(exportFolder);
      if (bundle !== null) app.offer(await offeredBundle(bundle));
      const window = await openAppWindow({ browser: ports.host.browser, size: WINDOW, files: createUiFiles(RENDERER_FOLDER), app, report: reportUnexpected });
      output.say('Countersign is open in its own window. Close the window to end it.');
      const stop = (): void => void window.close();
      process.once('SIGINT', stop).once('SIGTERM', stop);
      await window.closed;
      return EXIT.done;
    } finally {
      await app.close();
    }
  } finally {
    await ports.host.close();
  }
}

async function openInElectron(program: string, vault: string, bundle: string | null): Promise<number> {
  const child = spawn(program, [dirname(PACKAGE_FILE), `--vault=${vault}`, ...(bundle === null ? [] : [bundle])], { stdio: 'inherit' });
  return new Promise((done, fail) => {
    child.on('error', (cause) => {
      fail(new CodedError('machine.no-electron', 'Electron could not be started. Try: countersign open --host chromium.', { cause }));
    });
    child.on('close', (code) => {
      done(code ?? EXIT.failed);
    });
  });
}
