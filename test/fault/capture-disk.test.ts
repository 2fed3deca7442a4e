import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cpSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createChromiumHost, demandBrowser, type ChromiumHost } from '../../main/chromium/chromium-host.js';
import { Engine } from '../../src/engine/engine.js';
import { systemClock } from '../../src/engine/node-ports.js';
import { CASE, codeOf, enginePorts, Heard } from '../unit/engine/support.js';
import { filesUnder, JMK, newVaultFolder, openBoth, PAS, removeFolders } from '../unit/vault/support.js';
import { empty, fill, smallDisk, unmountAll } from './small-disk.js';

let server: Server;
let host: ChromiumHost;

beforeAll(async () => {
  server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><title>A page</title><p>Some words'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  host = createChromiumHost(demandBrowser());
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await host.close();
  unmountAll();
  removeFolders();
});

test('on a full disk a capture says so and nothing of it is kept; what was kept stays, and the next is kept when there is space again', async () => {
  const disk = smallDisk('captures on a full disk', 24);
  if (disk === null) return;
  const folder = join(disk, 'vault');
  cpSync(await newVaultFolder(), folder, { recursive: true });
  const engine = await Engine.start(folder, true, enginePorts(systemClock, { host }), new Heard());
  await engine.signIn(PAS, JMK);
  const id = await engine.openCase(CASE);
  const open = engine.openedCase;
  await open.startBrowsing();
  await open.browsing.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const objects = (): string[] => filesUnder(join(folder, 'objects')).map((file) => file.path).sort();
  const exhibits = (): string[] => open.context.record.state.exhibits.map((each) => each.reference);
  const take = async (): Promise<string> => {
    await open.prepareCapture('viewport');
    return codeOf(() => open.declare('PAS', 'not-suspected', ''));
  };
  expect(await take()).toBe('none');
  const kept = objects();
  for (let round = 0; round < 2; round += 1) {
    await open.prepareCapture('viewport');
    fill(disk);
    expect(await codeOf(() => open.declare('PAS', 'not-suspected', ''))).toBe('vault.disk-full');
    expect([exhibits(), objects()]).toEqual([['PAS/1'], kept]);
    empty(disk);
  }
  expect(await take()).toBe('none');
  await open.addNote('PAS', 'There is space again');
  expect(exhibits()).toEqual(['PAS/1', 'PAS/2']);
  await engine.close();
  const { locked, vault } = await openBoth(folder);
  const found = await vault.fullCheck(() => undefined);
  expect(found.findings).toEqual([]);
  expect(await (await vault.openCase(id)).readPart('PAS/2', 'page.png')).not.toHaveLength(0);
  await locked.close();
}, 120_000);
