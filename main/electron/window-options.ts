import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';

/*
 * The options of every window that the app opens, as data. Electron's defaults are good, but a default can change and
 * cannot be read here; so each one that matters is stated.
 */

/** What holds for every page, ours or a stranger's. */
const SEALED: Readonly<WebPreferences> = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  plugins: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  safeDialogs: true,
};

/** The size of the app's window when it first opens, in device-independent pixels. */
export const UI_WINDOW_SIZE = { width: 1440, height: 900, minWidth: 1024, minHeight: 700 } as const;

/**
 * The app's window. `partition` has no `persist:`, so what the screens' session holds lives in memory.
 *
 * @param preload path of the compiled preload script
 * @param packaged whether this is an installed app: then there are no developer tools
 * @param kiosk whether the window fills the screen and cannot be left
 */
export function uiWindowOptions(preload: string, packaged: boolean, kiosk: boolean): BrowserWindowConstructorOptions {
  return {
    ...UI_WINDOW_SIZE,
    show: false,
    title: 'Countersign',
    autoHideMenuBar: true,
    kiosk,
    fullscreenable: true,
    backgroundColor: '#ffffff',
    webPreferences: { ...SEALED, preload, partition: UI_PARTITION, devTools: !packaged, disableDialogs: true, backgroundThrottling: false },
  };
}

/** In-memory session of the screens. */
export const UI_PARTITION = 'screens';

/**
 * The window that holds a page under investigation. It is never shown: the page is painted into memory and reaches the
 * reviewers as pictures. It has no preload, so nothing of ours is inside the page.
 *
 * @param partition name of an in-memory session that this investigation alone uses
 * @param viewport size in CSS pixels
 * @param autoplay whether films start by themselves
 */
export function evidenceWindowOptions(partition: string, viewport: { width: number; height: number }, autoplay = false): BrowserWindowConstructorOptions {
  return {
    width: viewport.width,
    height: viewport.height,
    useContentSize: true,
    show: false,
    focusable: false,
    skipTaskbar: true,
    frame: false,
    enableLargerThanScreen: true,
    backgroundColor: '#ffffff',
    webPreferences: {
      ...SEALED,
      offscreen: { deviceScaleFactor: 1 },
      partition,
      // Developer tools and the debugger interface are separate: this turns off only the tools' own window.
      devTools: false,
      backgroundThrottling: false,
      autoplayPolicy: autoplay ? 'no-user-gesture-required' : 'document-user-activation-required',
      disableWakeLocks: true,
      zoomMode: 'disabled',
    },
  };
}

/**
 * A hidden window that turns our own HTML into a PDF. The document's script is stopped by the policy that it is served with.
 *
 * @param partition name of an in-memory session that this one print uses
 */
export function printWindowOptions(partition: string): BrowserWindowConstructorOptions {
  return {
    show: false,
    focusable: false,
    skipTaskbar: true,
    webPreferences: { ...SEALED, partition, devTools: false, disableDialogs: true },
  };
}
