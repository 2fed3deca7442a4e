/*
 * Makes a fresh clone ready: packages, build, browser. `node build/setup.js` does all of it, `node build/setup.js build`
 * leaves the browser out, and run.js and bin.js call it before they do anything else. It is quiet and quick when there
 * is nothing to do, downloads nothing that is already there, and uses nothing but Node.
 */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasDisplay, noBrowserSentence } from './browsers.js';
import { aptCanInstall, aptInstall, isMain, locateNpm, onPath, run, say } from './machine.js';

/** The folder that holds package.json. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

/** Ends the run with one plain sentence: exit code 3 for what the machine lacks, 1 for code that does not build. */
export class SetupStopped extends Error {
  constructor(sentence, exitCode = 3) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

/**
 * Makes everything ready.
 * @param {'none' | 'chromium' | 'window'} browser what will be needed: nothing, a Chromium to drive, or a window of the app
 * @param {{ tests?: boolean }} options with `tests` everything is compiled and its types checked, without it what the app itself runs
 * @returns {Promise<{ browser: string | null }>} the program to drive; null when none was asked for or Electron serves
 * @throws {SetupStopped} with the sentence to show
 */
export async function setUp(browser, { tests = false } = {}) {
  checkNode();
  const prepareDatabase = await installPackages();
  await together([prepareDatabase, () => compile(tests), pages]);
  return { browser: browser === 'none' ? null : await provideBrowser(browser) };
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupStopped(`Countersign needs Node 20.19 or later and this is ${process.versions.node}: install the current version from https://nodejs.org.`);
  }
}

// ---- packages -----------------------------------------------------------------------------------------------------

/** Installs what the lockfile names; gives what is then left to do, which needs nothing but what is installed. */
async function installPackages() {
  const nothing = () => Promise.resolve();
  // A linked folder belongs to another clone, which keeps it up to date.
  if (lstatSync(at('node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) return nothing;
  const lock = readFileSync(at('package-lock.json'));
  const stamp = at('node_modules', '.countersign-set-up');
  const wanted = `${sha256(lock)} ${process.platform} ${process.arch}\n`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return nothing;
  const npm = locateNpm();
  if (npm === null) throw new SetupStopped('npm was not found beside Node: install Node again from https://nodejs.org, which brings npm with it.');
  if (!installedMatches(JSON.parse(lock.toString('utf8')))) {
    say('Installing packages (a few minutes the first time)');
    // Scripts are left for the next step, so that a missing compiler is never mistaken for a missing network.
    const result = await run(process.execPath, [npm, 'ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'], { cwd: root });
    if (result.code !== 0) throw new SetupStopped(`${packagesSentence(result.output)} What npm said is in ${keepLog(result.output)}.`);
  }
  return async () => {
    await buildSqlite(npm);
    writeFileSync(stamp, wanted);
  };
}

/** Whether npm's own note of what it installed holds every package of the lockfile; optional ones may be for other systems. */
function installedMatches(lock) {
  const note = at('node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = JSON.parse(readFileSync(note, 'utf8')).packages ?? {};
  return Object.entries(lock.packages).every(
    ([path, wanted]) => path === '' || (installed[path] === undefined ? wanted.optional === true : installed[path].version === wanted.version && existsSync(at(path))),
  );
}

/** What to do about an `npm ci` that failed. */
export function packagesSentence(output) {
  if (/ENOSPC/.test(output)) return 'The disk is full: make room (about 1 GB), then run this again.';
  if (/EACCES|EPERM/.test(output)) return 'npm may not write into this folder: close what uses it, or move it to a folder of your own, then run this again.';
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network/.test(output)) {
    return 'The packages could not be downloaded: check the internet connection (and the proxy, if there is one), then run this again.';
  }
  return 'The packages could not be installed.';
}

/** SQLite comes as a ready-made binary where one can be downloaded and fits this system, and is compiled elsewhere. */
async function buildSqlite(npm) {
  if (sqliteLoads()) return;
  // Node's own header files, where it brings them, spare node-gyp a download.
  const prefix = dirname(dirname(process.execPath));
  const headers = existsSync(join(prefix, 'include', 'node', 'node_api.h')) ? { npm_config_nodedir: prefix } : {};
  // Somebody waits for it: with fewer optimisations it is compiled in half the time, and reads and writes rows as fast.
  const quick = { JOBS: 'max', CFLAGS: `${process.env['CFLAGS'] ?? ''} -O1`.trim() };
  const rebuild = (env) => run(process.execPath, [npm, 'rebuild', 'sqlite3'], { cwd: root, env: { ...headers, ...quick, ...env } });
  say('Preparing the database module (one or two minutes where it has to be compiled)');
  let result = await rebuild({});
  if (sqliteLoads()) return;
  const lacking = ['python3', 'make', 'g++'].filter((name) => !onPath(name));
  const installed = lacking.length > 0 && aptCanInstall() && (await aptInstall(lacking));
  // It was made and yet does not load: the ready-made one is for another system.
  if (installed || result.code === 0) result = await rebuild({ npm_config_build_from_source: 'true' });
  if (!sqliteLoads()) throw new SetupStopped(`${compilerSentence(process.platform)} What npm said is in ${keepLog(result.output)}.`);
}

/** What to install where SQLite cannot be compiled. */
export function compilerSentence(platform) {
  const what = {
    win32: 'install Python 3 and the Visual Studio Build Tools with "Desktop development with C++"',
    darwin: 'install Python 3 and the command line tools (xcode-select --install)',
  }[platform] ?? 'install python3, make and g++ (on Debian and Ubuntu: sudo apt-get install python3 make g++)';
  return `The database module (sqlite3) could not be prepared: ${what}, then run this again.`;
}

function sqliteLoads() {
  if (!existsSync(at('node_modules', 'sqlite3', 'build', 'Release', 'node_sqlite3.node'))) return false;
  return run.sync(process.execPath, ['-e', 'require("sqlite3")'], { cwd: root }).code === 0;
}

// ---- build --------------------------------------------------------------------------------------------------------

const TYPESCRIPT = ['src', 'main', 'renderer', 'verify-page', 'test', 'build/tsconfig', 'tsconfig.json', 'package-lock.json'];
const PROGRAM = ['src', 'main', 'build/tsconfig', 'package-lock.json'];
const SCREENS = ['renderer', 'src', 'build/vite.config.js', 'package-lock.json'];
const VERIFY_PAGE = ['verify-page', 'renderer/tokens.css', 'src/verify', 'src/record', 'build/verify-page.config.js', 'package.json', 'package-lock.json'];

function compile(tests) {
  return tests ? whenChanged('typescript', TYPESCRIPT, () => typescript([], ['src', 'main', 'renderer/logic', 'test'])) : whenChanged('program', PROGRAM, () => typescript([at('build/tsconfig/main.json')], ['src', 'main']));
}

async function typescript(projects, folders) {
  say('Building the program');
  const result = await run(process.execPath, [at('node_modules/typescript/bin/tsc'), '-b', ...projects], { cwd: root });
  if (result.code !== 0) throw new SetupStopped(`${result.output.trim()}\nThe program does not build; what is wrong is above.`, 1);
  for (const folder of folders) removeOrphans(folder);
}

async function pages() {
  if (!existsSync(at('renderer', 'index.html'))) return;
  await whenChanged('screens', SCREENS, () => buildPages('the screens', 'build/vite.config.js'));
  await whenChanged('verify-page', VERIFY_PAGE, () => buildPages('the page that checks bundles', 'build/verify-page.config.js'));
}

async function buildPages(what, config) {
  say(`Building ${what}`);
  const result = await run(process.execPath, [at('node_modules/vite/bin/vite.js'), 'build', '--config', at(config), '--logLevel', 'warn'], { cwd: root });
  if (result.code !== 0) throw new SetupStopped(`${result.output.trim()}\nThis does not build: ${what}. What is wrong is above.`, 1);
}

/** Does `work` unless it was done for the very same inputs; their sizes and times tell. */
async function whenChanged(name, inputs, work) {
  const stamp = at('out', '.set-up', name);
  const now = sha256(inputs.flatMap((input) => files(at(input))).map(describe).join('\n'));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

function describe(file) {
  const { size, mtimeMs } = statSync(file);
  return `${relative(root, file)} ${size} ${mtimeMs}`;
}

/** Compiled files whose source is gone would still be run. */
function removeOrphans(folder) {
  for (const file of files(at('out', folder))) {
    const source = at(relative(at('out'), file).replace(/(?:\.d\.[cm]?ts|\.[cm]?js)(?:\.map)?$/, ''));
    if (!['.ts', '.cts', '.mts'].some((ending) => existsSync(source + ending))) rmSync(file);
  }
}

/** Every file at or below `path`, in a fixed order; none when it is not there. */
function files(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath ?? entry.path}${sep}${entry.name}`).sort();
}

// ---- browser ------------------------------------------------------------------------------------------------------

async function provideBrowser(need) {
  // Without a display no window opens, whatever is installed; the app itself says so.
  if (need === 'window' && !hasDisplay()) return null;
  const named = process.env.COUNTERSIGN_BROWSER;
  if (named && !existsSync(named)) throw new SetupStopped(`COUNTERSIGN_BROWSER names ${named}, which is not there: correct it or remove it.`);
  if (need === 'window' && !named && (electronIsThere() || (await downloadElectron()))) return null;
  // Built a moment ago: set-up and the app look in the same places.
  const { findBrowser } = await import('../out/main/chromium/find-browser.js');
  const found = findBrowser(process.env);
  if (found !== null) return found.path;
  if (aptCanInstall()) {
    say('Installing Chromium');
    await aptInstall(['chromium', 'fonts-liberation']);
  }
  const installed = findBrowser(process.env);
  if (installed === null) throw new SetupStopped(noBrowserSentence(process.platform));
  return installed.path;
}

function electronIsThere() {
  const path = at('node_modules', 'electron', 'path.txt');
  return existsSync(path) && existsSync(at('node_modules', 'electron', 'dist', readFileSync(path, 'utf8')));
}

/** Tries at most once a day: where Electron's server is out of reach, a system browser serves and nobody should wait again. */
async function downloadElectron() {
  const tried = at('node_modules', '.countersign-electron-tried');
  if (existsSync(tried) && Date.now() - statSync(tried).mtimeMs < 86_400_000) return false;
  say('Downloading Electron (about 120 MB, once)');
  const result = await run(process.execPath, [at('node_modules/electron/install.js')], { cwd: root, limitMs: 600_000 });
  if (result.code === 0 && electronIsThere()) return true;
  writeFileSync(tried, '');
  say('Electron could not be downloaded, so the app opens in the browser of this computer');
  return false;
}

/** Does all of it at the same time; what failed first is thrown once everything has ended. */
async function together(works) {
  const results = await Promise.allSettled(works.map((work) => work()));
  for (const { status, reason } of results) if (status === 'rejected') throw reason;
}

// ---- small things -------------------------------------------------------------------------------------------------

function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

function keepLog(output) {
  mkdirSync(at('out'), { recursive: true });
  writeFileSync(at('out', 'set-up.log'), output);
  return join('out', 'set-up.log');
}

/** Runs `work` and exits with what it gives; whatever goes wrong is shown as a sentence, never as a stack trace. */
export async function orExit(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof SetupStopped ? error.exitCode : 3;
  }
}

if (isMain(import.meta.url)) {
  await orExit(async () => {
    await setUp(process.argv[2] === 'build' ? 'none' : 'chromium', { tests: true });
    say('Everything is ready');
    return 0;
  });
}
