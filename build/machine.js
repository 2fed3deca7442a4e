/* What set-up asks of the machine: starting programs, finding npm, installing Debian packages. Never through a shell. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One line of progress, on standard error so that standard output stays free for results. */
export function say(line) {
  process.stderr.write(`countersign: ${line}\n`);
}

const running = new Set();

/**
 * Runs a program to its end and keeps what it printed. A line every 20 seconds shows that it, or the oldest of several, is still at work.
 * @param {{ cwd?: string, env?: Record<string, string>, limitMs?: number }} options `env` is added to this process's own
 * @returns {Promise<{ code: number, output: string }>} code 127 when it could not be started, 124 when it took too long
 */
export function run(program, args, { cwd, env, limitMs = 1_800_000 } = {}) {
  return new Promise((resolve) => {
    const started = Date.now();
    let output = '';
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const heartbeat = setInterval(() => {
      if (running.values().next().value === child) say(`still working (${Math.round((Date.now() - started) / 1000)} s)`);
    }, 20_000);
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      child.kill();
    }, limitMs);
    running.add(child);
    const end = (code) => {
      running.delete(child);
      clearInterval(heartbeat);
      clearTimeout(limit);
      resolve({ code, output });
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-1_000_000)));
    child.on('error', (error) => {
      output += error.message;
      end(127);
    });
    child.on('close', (code) => {
      end(late ? 124 : (code ?? 1));
    });
  });
}

/** As {@link run}, for what takes no time. */
run.sync = (program, args, { cwd } = {}) => {
  const result = spawnSync(program, args, { cwd, encoding: 'utf8', windowsHide: true, timeout: 60_000 });
  return { code: result.status ?? 127, output: `${result.stdout ?? ''}${result.stderr ?? ''}` };
};

/** Whether the module at `url` is what Node was started with. */
export function isMain(url) {
  return process.argv[1] !== undefined && existsSync(process.argv[1]) && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(url));
}

/** npm's own JavaScript file, so that it can be started with this Node on every system; null when there is none. */
export function locateNpm() {
  const folders = [dirname(process.execPath), dirname(realpathSync(process.execPath))];
  const candidates = [
    process.env.npm_execpath,
    process.env.npm_execpath && join(dirname(process.env.npm_execpath), 'npm-cli.js'),
    ...folders.map((folder) => join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js')),
    ...folders.map((folder) => join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
    process.platform !== 'win32' && onPath('npm'),
  ];
  for (const candidate of candidates) {
    if (candidate && existsSync(candidate) && basename(realpathSync(candidate)) === 'npm-cli.js') return realpathSync(candidate);
  }
  return null;
}

/** Where `name` is on the PATH, or null. */
export function onPath(name, { env = process.env, exists = existsSync } = {}) {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    if (folder !== '' && exists(join(folder, name))) return join(folder, name);
  }
  return null;
}

/** Whether this is Debian, Ubuntu or a relative of theirs, run by its administrator. */
export function aptCanInstall() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || onPath('apt-get') === null || !existsSync('/etc/os-release')) return false;
  return /^ID(?:_LIKE)?=.*\b(?:debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** Installs Debian packages and what they cannot do without; gives whether it worked. */
export async function aptInstall(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  say(`apt-get install ${packages.join(' ')}`);
  await run('apt-get', ['update'], { env });
  return (await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env })).code === 0;
}
