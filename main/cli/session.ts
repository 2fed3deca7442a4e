import { access, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CodedError } from '../../src/record/coded-error.js';
import type { Announcer } from '../../src/engine/case-context.js';
import { Engine } from '../../src/engine/engine.js';
import { nodeSha256, systemClock, systemRandom } from '../../src/engine/node-ports.js';
import type { EnginePorts } from '../../src/engine/ports.js';
import { makeFolders } from '../../src/vault/made-folders.js';
import { appVersion } from '../app-version.js';
import { browserVersion } from '../chromium/browser-version.js';
import { createChromiumHost, demandBrowser, hostName, systemName, type ChromiumHost } from '../chromium/chromium-host.js';
import { folderPort } from '../folders.js';
import { machineIdentity } from '../machine-identity.js';
import { timestampClient } from '../timestamp-client.js';
import { lookUpClient } from '../look-up-client.js';
import { sntpClient } from '../sntp-client.js';
import { madeBundles } from '../made-bundles.js';
import { verifyPage } from '../verify-page.js';
import type { Output } from './output.js';

/** Everything that an engine on the command line needs. @throws CodedError `machine.no-browser` */
export async function commandPorts(exportFolder: string): Promise<EnginePorts & { readonly host: ChromiumHost }> {
  const host = createChromiumHost(demandBrowser());
  return {
    clock: systemClock,
    random: systemRandom,
    sha256: nodeSha256,
    host,
    versions: { app: `Countersign ${await appVersion()}`, browser: `${host.browser.name} ${(await browserVersion(host.browser)) ?? '(version not known)'}`, node: `Node ${process.versions.node}`, system: systemName(), hostname: hostName() },
    exportFolder,
    timestampAuthority: timestampClient,
    machine: machineIdentity(),
    lookUp: lookUpClient,
    sntp: sntpClient,
    verifyPage,
    folders: folderPort(),
    bundles: madeBundles(),
  };
}

/** Tells a command's output what the engine is doing. */
export function commandAnnouncer(output: Output): Announcer {
  return {
    changed: () => undefined,
    blank: () => output.say('  The view is blank.'),
    frame: () => undefined,
    progress: (_task, step, done, total) => output.progress(step, done, total),
    progressDone: () => undefined,
    alert: (_code, sentence) => output.say(`  ${sentence}`),
  };
}

/** Whether `folder` holds anything. @throws CodedError `vault.not-a-folder` when it is a file */
export async function hasContent(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    throw new CodedError('vault.not-a-vault', 'This is not a vault folder, or it cannot be read.', { cause: error });
  }
}

/** An engine over the vault in `folder`, which is set up later when it is new. */
export async function startEngine(folder: string, ports: EnginePorts, output: Output): Promise<Engine> {
  return Engine.start(resolve(folder), await hasContent(folder), ports, commandAnnouncer(output));
}

/** Makes the folder that outputs go to. @throws CodedError `output.cannot-make` */
export async function makeFolder(folder: string): Promise<string> {
  try {
    await makeFolders(resolve(folder));
    return resolve(folder);
  } catch (error) {
    throw new CodedError('output.cannot-make', 'The folder for the outputs cannot be made. Choose another one.', { cause: error });
  }
}

/** @throws CodedError `export.exists` when any of `names` is in `folder` already: nothing is ever overwritten */
export async function demandAbsent(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const exists = await access(join(folder, name)).then(
      () => true,
      () => false,
    );
    if (exists) throw new CodedError('export.exists', `${name} exists already. Nothing is overwritten: choose another name or folder.`);
  }
}
