import { createHash, createHmac, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runInNewContext } from 'node:vm';
import { setFlagsFromString } from 'node:v8';
import sharp from 'sharp';
import { commandAnnouncer, commandPorts } from '../../main/cli/session.js';
import { createOutput } from '../../main/cli/output.js';
import { Engine } from '../../src/engine/engine.js';
import { NO_CONTACTS } from '../../src/engine/contacts.js';
import type { ListFormat } from '../../src/safety/list-format.js';
import { PdqScan, PdqTables } from '../../src/safety/pdq-index.js';
import { scratch } from '../e2e/command.js';
import { median, timed } from './long-page.js';

const VALUES = Number(process.env['COUNTERSIGN_BENCH_VALUES'] ?? 10_000_000);
const PICTURES = Number(process.env['COUNTERSIGN_BENCH_PICTURES'] ?? 1_000_000);
const IMAGES = 150;
const LATENCY_MS = 50;
const ROUNDS = 5;

const REVIEWERS = [
  { initials: 'AAA', name: 'First', position: 'Bench', passphrase: 'one long passphrase' },
  { initials: 'BBB', name: 'Second', position: 'Bench', passphrase: 'another long passphrase' },
] as const;
const BOTH = [{ initials: 'AAA', passphrase: REVIEWERS[0].passphrase }, { initials: 'BBB', passphrase: REVIEWERS[1].passphrase }] as const;

/** Flag lists: importing ten million hashes, looking up, a million PDQ hashes searched two ways, and what lists cost a page of many pictures. */
export async function benchLists(): Promise<object[]> {
  const folder = scratch();
  const ports = await commandPorts(folder.path('bundles'));
  const announcer = commandAnnouncer({ ...createOutput(true), progress: () => undefined });
  const site = await pictures();
  let engine = await Engine.start(folder.path('vault'), false, ports, announcer);
  try {
    await engine.setUp({ organisation: 'Bench', computer: { name: 'Bench', location: 'Bench' }, reviewers: REVIEWERS, contacts: NO_CONTACTS });
    const off = await pageLoad(engine, site.url, 'off');
    // Before there is any list: what a closed engine has held may not have been collected yet.
    const before = heldBytes();
    const imported = await importing(engine);
    const keying = await keyingAlone();
    await engine.close();
    engine = await Engine.start(folder.path('vault'), true, ports, announcer);
    const signIn = await timed(() => engine.signIn(BOTH[0], BOTH[1]));
    const after = heldBytes();
    const lookups = await lookingUp(engine);
    const on = await pageLoad(engine, site.url, 'on');
    await bringIn(engine, 'pdq', 1, () => Buffer.from(Array.from({ length: 1_000 }, () => `${randomBytes(32).toString('hex')},100`).join('\n')));
    const onPdq = await pageLoad(engine, site.url, 'pdq');
    return [
      { bench: 'lists-import', value: Number((imported.ms / 1_000).toFixed(1)), unit: 's', values: VALUES, peer: Number((keying / 1_000).toFixed(1)), of: 'as many HMAC-SHA-256 by Node’s crypto and nothing else', peakMB: imported.peakMB },
      { bench: 'lists-memory', value: Math.round((after - before) / 1e6), unit: 'MB', signInSeconds: Number((signIn.ms / 1_000).toFixed(1)) },
      { bench: 'lists-file-lookups', value: Math.round(lookups), unit: 'files/s', of: 'MD5, SHA-1 and SHA-256 of 1 kB, keyed, looked up among 10 million' },
      ...(await pdqSearches()),
      { bench: 'lists-page-150-images', value: Math.round(on), unit: 'ms', ratio: Number((on / off).toFixed(2)), aim: 1.5, off: Math.round(off) },
      { bench: 'lists-page-150-images-pdq', value: Math.round(onPdq), unit: 'ms', ratio: Number((onPdq / off).toFixed(2)), off: Math.round(off) },
    ];
  } finally {
    await engine.close();
    await ports.host.close();
    await site.close();
    folder.remove();
  }
}

async function bringIn(engine: Engine, format: ListFormat, pieces: number, piece: (at: number) => Buffer): Promise<void> {
  const lists = engine.changeableLists;
  const id = randomUUID();
  const first = piece(0);
  await lists.begin(id, { source: `Bench ${format}`, givenBy: 'Bench', note: '', format, size: first.length * pieces });
  await lists.piece(id, first);
  for (let at = 1; at < pieces; at += 1) await lists.piece(id, piece(at));
  await lists.finish(id, BOTH[0], BOTH[1]);
}

/** Bytes of buffers and of the heap after everything unreachable was let go. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

/** Milliseconds that Node's crypto needs for the keyed digests of as many values. */
async function keyingAlone(): Promise<number> {
  const key = createSecretKey(randomBytes(32));
  const value = randomBytes(16);
  const sample = Math.min(VALUES, 500_000);
  const { ms } = await timed(() => {
    for (let at = 0; at < sample; at += 1) createHmac('sha256', key).update('md5:').update(value).digest();
    return Promise.resolve();
  });
  return (ms * VALUES) / sample;
}

/** Milliseconds from the first byte to kept and in force, and by how much the process grew meanwhile. */
async function importing(engine: Engine): Promise<{ ms: number; peakMB: number }> {
  const lines = 50_000;
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage.rss()); }, 50);
  const { ms } = await timed(() =>
    bringIn(engine, 'hashes', Math.ceil(VALUES / lines), () => {
      const text = randomBytes(16 * lines).toString('hex');
      const piece = Buffer.alloc(33 * lines, '\n');
      for (let at = 0; at < lines; at += 1) piece.write(text.slice(32 * at, 32 * at + 32), 33 * at, 'latin1');
      return piece;
    }),
  );
  clearInterval(watch);
  return { ms, peakMB: Math.round((peak - before) / 1e6) };
}

async function lookingUp(engine: Engine): Promise<number> {
  const { matcher } = engine.flagLists;
  const files = Array.from({ length: 20_000 }, () => randomBytes(1_000));
  const { ms } = await timed(async () => {
    for (const file of files) await matcher?.body(file);
  });
  return (files.length / ms) * 1_000;
}

async function pdqSearches(): Promise<object[]> {
  const words = new Uint32Array(randomBytes(32 * PICTURES).buffer.slice(0));
  const all = words.length === 8 * PICTURES ? words : Uint32Array.from({ length: 8 * PICTURES }, (_, at) => createHash('md5').update(String(at)).digest().readUInt32LE(0));
  const scan = new PdqScan(all);
  const { value: tables, ms: building } = await timed(() => PdqTables.build(all, () => Promise.resolve()));
  const queries = Array.from({ length: 200 }, () => Uint32Array.from({ length: 8 }, () => randomBytes(4).readUInt32LE()));
  const each = async (search: PdqScan | PdqTables): Promise<number> => (await timed(() => Promise.resolve(queries.map((query) => search.find(query))))).ms / queries.length;
  const linear = await each(scan);
  const indexed = await each(tables);
  return [
    { bench: 'lists-pdq-search-1m', value: Number(indexed.toFixed(3)), unit: 'ms', aim: 5, method: 'multi-index hashing, 16 parts of 16 bits, 17 values each', buildSeconds: Number((building / 1_000).toFixed(1)) },
    { bench: 'lists-pdq-search-1m-linear', value: Number(linear.toFixed(3)), unit: 'ms', method: 'every value in turn, population count, given up at 32 bits' },
  ];
}

/** Median milliseconds until a page with all its pictures has loaded. */
async function pageLoad(engine: Engine, url: string, name: string): Promise<number> {
  await engine.openCase({ reference: `Bench ${name}`, reason: 'Bench', subject: 'other', suspected: [], first: BOTH[0], second: BOTH[1] });
  const open = engine.openedCase;
  await open.startBrowsing();
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const { ms } = await timed(async () => {
      await open.browsing.goto(`${url}?${name}${round}`);
      await open.browsing.visit((browser) => browser.waitForSelector('#loaded', 60_000));
    });
    if (round > 0) times.push(ms);
  }
  await engine.closeCase();
  return median(times);
}

async function pictures(): Promise<{ url: string; close: () => Promise<void> }> {
  const kinds = await Promise.all(Array.from({ length: 10 }, async (_, at) => sharp(randomBytes(64 * 64 * 3), { raw: { width: 64, height: 64, channels: 3 } }).resize(300 + at, 200).jpeg().toBuffer()));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    setTimeout(() => {
      if (url.pathname === '/') {
        const images = Array.from({ length: IMAGES }, (_, at) => `<img width="60" height="40" src="/picture/${at}${url.search}">`).join('');
        response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Pictures</title><script>onload=()=>{document.body.insertAdjacentHTML('beforeend','<p id=loaded>Loaded</p>')}</script><body>${images}`);
      } else response.writeHead(200, { 'content-type': 'image/jpeg' }).end(kinds[Number(url.pathname.split('/').at(-1)) % kinds.length]);
    }, LATENCY_MS);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
