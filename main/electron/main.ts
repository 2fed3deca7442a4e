import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, dialog, globalShortcut, ipcMain, Menu, powerMonitor, powerSaveBlocker, protocol, session } from 'electron/main';
import { isCoded } from '../../src/record/coded-error.js';
import { createApp, type App } from '../../src/engine/app.js';
import { nodeSha256, systemClock, systemRandom } from '../../src/engine/node-ports.js';
import type { EnginePorts, HostPorts } from '../../src/engine/ports.js';
import type { AppState } from '../../src/ipc/state.js';
import { hostName, systemName } from '../chromium/chromium-host.js';
import { dataFolder } from '../cli/data-folder.js';
import { createOutput, EXIT, exitCodeOf, reportUnexpected, sentenceOf } from '../cli/output.js';
import { runSelfTest } from '../cli/self-test.js';
import { hasContent, makeFolder } from '../cli/session.js';
import { memoryIntake } from '../memory-intake.js';
import { RENDERER_FOLDER } from '../paths.js';
import { folderPort } from '../folders.js';
import { handOn, offeredBundle, offeredPath, pathHandedOn } from '../offered-bundle.js';
import { machineIdentity } from '../machine-identity.js';
import { lookUpClient } from '../look-up-client.js';
import { practicePort } from '../practice.js';
import { sntpClient } from '../sntp-client.js';
import { madeBundles } from '../made-bundles.js';
import { verifyPage } from '../verify-page.js';
import { timestampClient } from '../timestamp-client.js';
import { createUiFiles } from '../ui/ui-files.js';
import { startEvidenceBrowser, type EvidenceElectron } from './evidence-host.js';
import { cutOffNetwork, denyPermissions, guardContents, hardenApp, refuseClientCertificates, refuseDownloads } from './hardening.js';
import { serveScreens } from './ipc.js';
import { parseLaunch, type LaunchOptions } from './launch-options.js';
import { printPdf } from './pdf.js';
import { createProtocolHandler, isUiAddress, SCHEME_PRIVILEGES, UI_ADDRESS, UI_SCHEME } from './protocol.js';
import { stopProcess } from './stop-process.js';
import { installStopKey } from './stop-key.js';
import { createWakefulness, lockWithComputer } from './wakefulness.js';
import { UI_PARTITION, uiWindowOptions } from './window-options.js';

/*
 * The app in Electron. This file alone touches Electron's own objects; the rules are in the files beside it. The crash reporter
 * is never started, so nothing of a crash is kept or sent.
 */

/** Sessions of pages under investigation, the only ones whose pages may go somewhere. */
const evidenceSessions = new WeakSet<object>();

const data = dataFolder(process.platform, process.env);
const refusedSwitch = hardenApp(app);
protocol.registerSchemesAsPrivileged([...SCHEME_PRIVILEGES]);
// Electron keeps its own files (caches, settings of the display) apart from the vault and beside it.
app.setPath('userData', join(data, 'electron'));

if (app.isPackaged && refusedSwitch !== null) app.exit(EXIT.unusable);
else {
  const named = offeredPath(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd());
  if (app.requestSingleInstanceLock(handOn(named))) start(named).catch(giveUp);
  else app.quit();
}

/** @param named path of the bundle that the app was opened with; null where it was opened alone */
async function start(named: string | null): Promise<void> {
  const offers = createOffers();
  app.on('open-file', (event, path) => {
    event.preventDefault();
    offers.take(path);
  });
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, (url) => evidenceSessions.has(contents.session) || isUiAddress(url));
  });
  refuseClientCertificates(app);
  await app.whenReady();
  Menu.setApplicationMenu(null);
  prepareSessions();
  const launch = parseLaunch(process.argv, data, process.cwd());
  const served = await createEngineApp(launch);
  offers.take(named);
  offers.give(served);
  const window = openWindow(launch, served);
  app.on('second-instance', (_event, _argv, _folder, data) => {
    offers.take(pathHandedOn(data));
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => { app.quit(); });
  closeBeforeQuitting(served);
}

/** Bundles that the app is opened with: on macOS they come before there is an app to offer them to. */
function createOffers(): { take(path: string | null): void; give(served: App): void } {
  let taker: App | null = null;
  let newest: string | null = null;
  const offer = async (served: App, path: string): Promise<void> => {
    const bundle = await offeredBundle(path);
    if (newest === path) served.offer(bundle);
  };
  const pass = (): void => {
    if (newest !== null && taker !== null) offer(taker, newest).catch(reportUnexpected);
  };
  return {
    take(path) {
      if (path === null) return;
      newest = path;
      pass();
    },
    give(served) {
      taker = served;
      pass();
    },
  };
}

/** The screens' session serves the screens and reaches nothing; the default one, which nothing uses, reaches nothing at all. */
function prepareSessions(): void {
  const screens = session.fromPartition(UI_PARTITION);
  screens.protocol.handle(UI_SCHEME, createProtocolHandler(createUiFiles(RENDERER_FOLDER)));
  cutOffNetwork(screens, (url) => isUiAddress(url) || /^(?:data|blob):/.test(url) || (!app.isPackaged && url.startsWith('devtools:')));
  cutOffNetwork(session.defaultSession, (url) => !app.isPackaged && url.startsWith('devtools:'));
  for (const each of [screens, session.defaultSession]) {
    denyPermissions(each, (permission) => { reportUnexpected(new Error(`a screen asked for ${permission}; refused`)); });
    refuseDownloads(each, () => undefined);
    each.setSpellCheckerEnabled(false);
  }
}

async function createEngineApp(launch: LaunchOptions): Promise<App> {
  const exportFolder = await makeFolder(join(data, 'bundles'));
  const ports: EnginePorts = {
    clock: systemClock,
    random: systemRandom,
    sha256: nodeSha256,
    host: createElectronHost(),
    versions: {
      app: `Countersign ${app.getVersion()}`,
      browser: `Chromium ${process.versions.chrome} (Electron ${process.versions.electron})`,
      node: `Node ${process.versions.node}`,
      system: systemName(),
      hostname: hostName(),
    },
    exportFolder,
    timestampAuthority: timestampClient,
    machine: machineIdentity(),
    lookUp: lookUpClient,
    sntp: sntpClient,
    verifyPage,
    folders: folderPort(),
    // In a kiosk nothing but the app comes to the front.
    bundles: launch.kiosk ? madeBundles(() => Promise.reject(new Error('this is a kiosk'))) : madeBundles(),
  };
  const output = createOutput(false);
  return createApp(launch.vault, await hasContent(launch.vault), { ...ports, selfTest: () => runSelfTest(ports, output), practice: practicePort(launch.vault) }, memoryIntake);
}

/** What Electron gives the engine. */
function createElectronHost(): HostPorts {
  const unique = (): string => `evidence-${randomUUID()}`;
  const electron: EvidenceElectron = {
    session: (partition) => {
      const made = session.fromPartition(partition);
      evidenceSessions.add(made);
      return made;
    },
    window: (options) => new BrowserWindow(options),
    userAgent: app.userAgentFallback,
    chrome: process.versions.chrome,
    stop: stopProcess,
    unique,
  };
  return {
    kind: 'electron',
    startEvidenceBrowser: (options) => startEvidenceBrowser(electron, options),
    printPdf: (html, pictures, signal) => printPdf({ session: (partition) => session.fromPartition(partition), window: (options) => new BrowserWindow(options), unique }, html, pictures, signal),
  };
}

function openWindow(launch: LaunchOptions, served: App): BrowserWindow {
  const preload = fileURLToPath(new URL('./preload.cjs', import.meta.url));
  const window = new BrowserWindow(uiWindowOptions(preload, app.isPackaged, launch.kiosk));
  // Screenshots by other programs, and screen sharing, get a black window where the system can do that.
  window.setContentProtection(true);
  serveScreens(ipcMain, window.webContents, served, reportUnexpected);
  // A halt that is there already refuses a second STOP with a sentence that the screens show anyway.
  installStopKey(globalShortcut, window, () => { served.handlers.stop({ by: null }).catch(() => undefined); });
  const stayAwake = createWakefulness(powerSaveBlocker);
  lockWithComputer(powerMonitor, () => { served.computerLeaves().catch(reportUnexpected); });
  served.onEvent((name, value) => {
    if (name === 'state') stayAwake(value as AppState);
  });
  window.once('ready-to-show', () => { window.show(); });
  window.loadURL(UI_ADDRESS).catch(giveUp);
  return window;
}

/** The vault is closed, and what waits is written, before the process ends. */
function closeBeforeQuitting(served: App): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    served.close().then(
      () => { app.exit(EXIT.done); },
      (error: unknown) => {
        reportUnexpected(error);
        app.exit(EXIT.failed);
      },
    );
  });
}

/** Says why the app cannot go on, and ends it. */
function giveUp(error: unknown): void {
  if (!isCoded(error)) reportUnexpected(error);
  dialog.showErrorBox('Countersign', sentenceOf(error));
  app.exit(exitCodeOf(error));
}
