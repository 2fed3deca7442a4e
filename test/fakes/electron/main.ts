import { EventEmitter } from 'node:events';
import { listening, stoppable } from './events.js';
import { DoubleSession } from './session.js';
import { DoubleContents, type Mailbox, type UsedContents } from './web-contents.js';

/*
 * Stands for the module `electron/main`: exactly what main/electron takes from it, typed against `electron.d.ts`. See README.md
 * for what this does not prove.
 */

const switches = new Map<string, string | undefined>();
const appEvents = new EventEmitter();
const windows = new Set<BrowserWindow>();
const exits: number[] = [];
let exited: (code: number) => void = () => undefined;

/** Quits as Electron does: asks who wants to finish something first. */
function quit(): void {
  for (const window of windows) window.destroy();
  const event = stoppable({});
  appEvents.emit('will-quit', event);
  if (!event.defaultPrevented) exit(0);
}

function exit(code = 0): void {
  exits.push(code);
  exited(code);
}

type UsedApp = Pick<Electron.App, 'on' | 'quit' | 'exit' | 'whenReady' | 'setPath' | 'requestSingleInstanceLock' | 'getVersion' | 'enableSandbox' | 'isPackaged' | 'userAgentFallback'> & {
  readonly commandLine: Pick<Electron.CommandLine, 'appendSwitch' | 'hasSwitch'>;
};

export const app = {
  isPackaged: false,
  userAgentFallback: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Countersign/0.1.0 Chrome/156.0.0.0 Electron/45.4.1 Safari/537.36`,
  commandLine: {
    appendSwitch: (name: string, value?: string) => { switches.set(name, value); },
    hasSwitch: (name: string) => switches.has(name),
  },
  on: listening(appEvents, 'on') as Electron.App['on'],
  quit, exit,
  whenReady: () => Promise.resolve(),
  setPath: (name: string, path: string) => { told.paths.set(name, path); },
  requestSingleInstanceLock: (data) => {
    told.handedOn.push(data);
    return true;
  },
  getVersion: () => '0.1.0',
  enableSandbox: () => { told.sandboxed = true; },
} satisfies UsedApp as UsedApp;

const handlers = new Map<string, (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown>();
const messages = new EventEmitter();

export const ipcMain = {
  handle: (channel: string, listener: (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown) => { handlers.set(channel, listener); },
  on: listening(messages, 'on') as Electron.IpcMain['on'],
} satisfies Pick<Electron.IpcMain, 'handle' | 'on'>;

const mail: Mailbox = {
  invoke: async (channel, args, from) => handlers.get(channel)?.(eventFrom(from) as Electron.IpcMainInvokeEvent, ...args),
  send: (channel, args, from) => { messages.emit(channel, eventFrom(from), ...args); },
};

function eventFrom(sender: DoubleContents): unknown {
  return { sender, senderFrame: { url: sender.getURL(), parent: null } };
}

const partitions = new Map<string, DoubleSession>();
const commandLine = (): string[] => [...switches].map(([name, value]) => (value === undefined ? `--${name}` : `--${name}=${value}`));

function fromPartition(partition: string): DoubleSession {
  const known = partitions.get(partition);
  if (known !== undefined) return known;
  const made = new DoubleSession(commandLine);
  partitions.set(partition, made);
  return made;
}

export const session = { fromPartition, defaultSession: fromPartition('') };

type UsedWindow = Pick<Electron.BrowserWindow, 'on' | 'once' | 'show' | 'focus' | 'isMinimized' | 'restore' | 'destroy' | 'isDestroyed' | 'loadURL' | 'setContentProtection'> & { readonly webContents: UsedContents };

/** A window: its page is one of a browser without a window, and what the system would do with the window is only noted. */
export class BrowserWindow implements UsedWindow {
  readonly #events = new EventEmitter();
  readonly on = listening(this.#events, 'on') as Electron.BrowserWindow['on'];
  readonly once = listening(this.#events, 'once') as Electron.BrowserWindow['once'];
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: DoubleContents;
  #destroyed = false;
  contentProtection = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    this.options = options;
    this.webContents = new DoubleContents(fromPartition(options.webPreferences?.partition ?? ''), options, mail);
    windows.add(this);
    appEvents.emit('web-contents-created', {}, this.webContents);
    this.webContents.once('did-finish-load', () => { this.#events.emit('ready-to-show'); });
  }

  loadURL(url: string): Promise<void> { return this.webContents.loadURL(url); }
  show(): void { this.focus(); }
  focus(): void { this.#events.emit('focus'); }
  blur(): void { this.#events.emit('blur'); }
  isMinimized(): boolean { return false; }
  restore(): void { /* It never is minimized. */ }
  setContentProtection(on: boolean): void { this.contentProtection = on; }
  isDestroyed(): boolean { return this.#destroyed; }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this);
    told.ending.push(this.webContents.destroyed());
    this.#events.emit('closed');
    if (windows.size === 0) appEvents.emit('window-all-closed');
  }
}

const shortcuts = new Map<string, () => void>();
export const globalShortcut = {
  register: (accelerator: Electron.Accelerator, callback: () => void) => {
    shortcuts.set(accelerator, callback);
    return true;
  },
  unregister: (accelerator: Electron.Accelerator) => { shortcuts.delete(accelerator); },
} satisfies Pick<Electron.GlobalShortcut, 'register' | 'unregister'>;

export const Menu = { setApplicationMenu: (menu: Electron.Menu | null) => { told.menu = menu; } } satisfies Pick<typeof Electron.Menu, 'setApplicationMenu'>;

export const dialog = { showErrorBox: (title: string, content: string) => { told.errors.push(`${title}: ${content}`); } } satisfies Pick<Electron.Dialog, 'showErrorBox'>;

export const powerSaveBlocker = {
  start: () => {
    told.awake += 1;
    return told.awake;
  },
  stop: () => {
    told.awake -= 1;
    return true;
  },
} satisfies Pick<Electron.PowerSaveBlocker, 'start' | 'stop'>;

const power = new EventEmitter();
export const powerMonitor = { on: listening(power, 'on') as Electron.PowerMonitor['on'] } satisfies Pick<Electron.PowerMonitor, 'on'>;

export const protocol = { registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => { told.schemes.push(...schemes); } } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged'>;

/** What the app told Electron, for tests to look at. */
export const told = { sandboxed: false, menu: undefined as Electron.Menu | null | undefined, awake: 0, paths: new Map<string, string>(), errors: [] as string[], schemes: [] as Electron.CustomScheme[], switches, ending: [] as Promise<void>[], handedOn: [] as unknown[] };

/** What a person, or the system, does. */
export const hands = {
  /** Every window that is there. */
  windows: (): readonly BrowserWindow[] => [...windows],
  /** Presses a key while the app has the focus: the system's shortcut first, then the window. */
  press: (key: string): void => {
    const shortcut = shortcuts.get(key);
    if (shortcut === undefined) [...windows].find((window) => window.options.webPreferences?.preload !== undefined)?.webContents.pressed(key);
    else shortcut();
  },
  /** The computer goes to sleep, or its screen is locked. */
  sleep: (event: 'suspend' | 'lock-screen' | 'shutdown'): void => { power.emit(event); },
  /** Somebody opens a file with the app from the Dock or the Finder. Gives whether the app took it upon itself. */
  openFile: (path: string): boolean => {
    const event = stoppable({});
    appEvents.emit('open-file', event, path);
    return event.defaultPrevented;
  },
  /** The app is started again: what the second start hands on. */
  startAgain: (data: unknown): void => { appEvents.emit('second-instance', {}, [], '/', data); },
  /** Closes the app; gives its exit code once it has ended and every browser is gone. */
  quit: async (): Promise<number> => {
    const ended = new Promise<number>((resolve) => { exited = resolve; });
    quit();
    const code = await ended;
    await Promise.all(told.ending);
    return code;
  },
};
