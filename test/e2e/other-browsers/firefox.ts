import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Driver } from './driven-browser.js';
import { Marionette } from './marionette.js';

const PROGRAM = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'].find(existsSync);

/** Saves without asking, and looks for nothing on the network by itself. */
const PREFERENCES = {
  'marionette.port': 0, 'browser.download.folderList': 2, 'browser.download.useDownloadDir': true, 'browser.download.always_ask_before_handling_new_types': false,
  'app.normandy.enabled': false, 'app.update.disabledForTesting': true, 'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
  'toolkit.telemetry.server': '', 'services.settings.server': 'data:,#remote-settings-dummy/v1',
};

/** Every error and refusal that Firefox has written down: `nsIScriptError`, its messages of a page's policy among them. */
const WRITTEN_DOWN = `return Services.console.getMessageArray().flatMap((message) => {
  if (!(message instanceof Ci.nsIScriptError)) return [];
  return [{ from: message.sourceName, text: message.errorMessage }];
});`;

/** Why Firefox cannot be had on this machine, or null when it can. */
export function whyNoFirefox(): string | null {
  return PROGRAM === undefined ? 'Firefox is not installed' : null;
}

/** Starts Firefox without a window, in a profile of its own. @param downloads folder that it saves to */
export async function startFirefox(downloads: string): Promise<Driver> {
  const profile = await mkdtemp(join(tmpdir(), 'firefox-'));
  const preferences = Object.entries({ ...PREFERENCES, 'browser.download.dir': downloads });
  await writeFile(join(profile, 'user.js'), preferences.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  // Its list of errors is read with the rights of the browser itself.
  const firefox = spawn(PROGRAM ?? '', ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile, 'about:blank'], { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, HOME: profile } });
  const ended = once(firefox, 'exit');
  const wire = await Marionette.connect(await listening(firefox));
  const { capabilities } = await wire.send('WebDriver:NewSession') as { capabilities: { browserVersion: string } };
  return {
    name: `Firefox ${capabilities.browserVersion}`,
    commands: wire.commands,
    async complaints(url) {
      await wire.send('Marionette:SetContext', { value: 'chrome' });
      const written = await wire.value('WebDriver:ExecuteScript', { script: WRITTEN_DOWN, args: [] }) as { from: string; text: string }[];
      await wire.send('Marionette:SetContext', { value: 'content' });
      return written.filter(({ from }) => from.startsWith(url) || from.startsWith('blob:')).map(({ text }) => text);
    },
    async stop() {
      await wire.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
      wire.close();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The port that it says it listens on. */
async function listening(firefox: ChildProcess): Promise<number> {
  let said = '';
  return new Promise((found, failed) => {
    firefox.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const port = /Marionette\s+INFO\s+Listening on port (\d+)/.exec(said)?.[1];
      if (port !== undefined) found(Number(port));
    });
    firefox.once('error', failed);
    firefox.once('exit', () => { failed(new Error(`Firefox ended before it could be driven:\n${said}`)); });
  });
}
