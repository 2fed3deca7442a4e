import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';

/** A site whose pages bring neutral stand-ins in by every way that a page has. */
export interface StandInSite {
  readonly base: string;
  /** A plain teal square that ends in {@link mark}. */
  readonly square: Buffer;
  /** Random bytes that nothing else on this computer holds. */
  readonly mark: Buffer;
  /** Coloured shapes, and the same picture again, smaller and as a JPEG. */
  readonly shapes: Buffer;
  readonly seen: readonly string[];
  close(): Promise<void>;
}

/** Lines of a list of hashes that the square is on. */
export function hashLine(bytes: Buffer, algorithm: 'md5' | 'sha1' | 'sha256'): string {
  return `${createHash(algorithm).update(bytes).digest('hex')}\n`;
}

const SHAPES = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640"><rect width="640" height="640" fill="#e8e0d0"/>${Array.from({ length: 40 }, (_, i) => {
  const [x, y, r] = [(i * 197) % 640, (i * 311) % 640, 20 + ((i * 53) % 90)];
  const colour = `hsl(${(i * 67) % 360} 70% ${25 + ((i * 29) % 50)}%)`;
  return i % 2 === 0 ? `<circle cx="${x}" cy="${y}" r="${r}" fill="${colour}"/>` : `<rect x="${x}" y="${y}" width="${r}" height="${2 * r}" fill="${colour}" transform="rotate(${i * 17} ${x} ${y})"/>`;
}).join('')}</svg>`;

const page = (body: string): string => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title></head><body style="background:#fff">${body}</body></html>`;

export async function startStandInSite(): Promise<StandInSite> {
  const mark = randomBytes(32);
  const square = Buffer.concat([await sharp({ create: { width: 200, height: 200, channels: 3, background: '#008080' } }).png().toBuffer(), mark]);
  const shapes = await sharp(Buffer.from(SHAPES)).png().toBuffer();
  const again = await sharp(shapes).resize(420).jpeg({ quality: 70 }).toBuffer();
  const data = `data:image/png;base64,${square.toString('base64')}`;
  const seen: string[] = [];
  const pages: Readonly<Record<string, string>> = {
    '/': page('<h1>Start</h1><a id="go" href="/listed">Go</a> <a id="hop" href="/to-listed">Hop</a> <a id="push" href="#" onclick="history.pushState({},\'\',\'/listed\')">Push</a>'),
    '/image': page('<img src="/square" width="200">'),
    '/frame': page('<iframe src="/square" width="300" height="300"></iframe>'),
    '/worker': page('<script>new Worker(URL.createObjectURL(new Blob(["fetch(\'"+location.origin+"/square\')"])))</script>'),
    '/fetch': page('<script>fetch("/square-unnamed").then(r=>r.arrayBuffer())</script>'),
    '/background': page('<div style="width:200px;height:200px;background:url(/square)"></div>'),
    '/poster': page('<video poster="/square" width="200" height="200"></video>'),
    '/film': page('<video src="/film-whole" width="200" height="200" autoplay muted></video>'),
    '/icon': page('').replace('<title>', '<link rel="icon" href="/square"><title>'),
    '/shown': page('<img src="/square" width="200"><p>Something else</p>'),
    '/blocked': page('<img src="/square" width="200"><p>This page may contain indecent images of children as identified by the Internet Watch Foundation</p>'),
    '/blocked-frame': page('<h1>Something else</h1><iframe src="/blocked" width="300" height="300"></iframe>'),
    '/preload': page('<link rel="preload" as="image" href="/square">'),
    '/data': page(`<img src="${data}" width="200">`),
    '/data-unnamed': page(`<img src="data:;base64,${square.toString('base64')}" width="200">`),
    '/data-background': page(`<div style="width:200px;height:200px;background:url(${data})"></div>`),
    '/blob': page(`<img id="i" width="200"><script>i.src=URL.createObjectURL(new Blob([Uint8Array.from(atob("${square.toString('base64')}"),c=>c.charCodeAt(0))],{type:"image/png"}))</script>`),
    '/alike': page('<img src="/shapes-again" width="420">'),
    '/canvas': page(`<canvas id="c" width="420" height="420"></canvas><script>const a=new Image();a.onload=()=>c.getContext("2d").drawImage(a,0,0,420,420);a.src=URL.createObjectURL(new Blob([\`${SHAPES}\`],{type:"image/svg+xml"}))</script>`),
    '/canvas-frame': page('<iframe src="/canvas" width="440" height="440"></iframe>'),
    '/redirected': page('<img src="/to-square" width="200">'),
    '/alike-frame': page('<iframe src="/shapes-again" width="440" height="440"></iframe>'),
    '/alike-background': page('<div style="width:420px;height:420px;background:url(/shapes-again)"></div>'),
    '/alike-poster': page('<video poster="/shapes-again" width="420" height="420"></video>'),
    '/alike-worker': page('<script>new Worker(URL.createObjectURL(new Blob(["fetch(\'"+location.origin+"/shapes-again\')"])))</script>'),
    '/listed-background': page('<div style="width:200px;height:200px;background:url(/listed/picture)"></div>'),
    '/listed-poster': page('<video poster="/listed/picture" width="200" height="200"></video>'),
    '/listed-icon': page('').replace('<title>', '<link rel="icon" href="/listed"><title>'),
    '/listed-frame': page('<iframe src="/listed"></iframe>'),
    '/listed-image': page('<img src="/listed/picture">'),
    '/listed-redirect': page('<img src="/to-listed">'),
    '/listed-worker': page('<script>new Worker(URL.createObjectURL(new Blob(["fetch(\'"+location.origin+"/listed\')"])))</script>'),
    '/listed-socket': page('<script>new WebSocket("ws://"+location.host+"/listed")</script>'),
    '/listed-prefetch': page('<link rel="prefetch" href="/listed">'),
    '/unchecked': page('<img src="/too-large"><img src="/stream"><video src="/film-part" autoplay muted></video>'),
    '/crowd': page(`<script>for (let at = 0; at < 506; at += 1) { const one = new Image(8, 8); one.src = 'data:image/svg+xml,' + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><text>' + at + '</text></svg>'); document.body.append(one); }
for (let at = 0; at < 503; at += 1) { const one = document.createElement('canvas'); one.width = one.height = 8; document.body.append(one); }
const large = document.createElement('canvas'); large.width = large.height = 4100; document.body.prepend(large);</script>`),
    '/plain': page('<h1>Plain</h1><img src="/other" width="40"><img src="/missing" width="40">'),
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    seen.push(path);
    if (path === '/square') response.writeHead(200, { 'content-type': 'image/png' }).end(square);
    else if (path === '/square-unnamed') response.writeHead(200).end(square);
    else if (path === '/shapes-again') response.writeHead(200, { 'content-type': 'image/jpeg' }).end(again);
    else if (path === '/other') response.writeHead(200, { 'content-type': 'image/png' }).end(shapes);
    else if (path === '/to-square') response.writeHead(302, { location: '/square' }).end();
    else if (path === '/to-listed') response.writeHead(302, { location: '/listed' }).end();
    else if (path === '/film-whole') response.writeHead(206, { 'content-type': 'video/mp4', 'content-range': `bytes 0-${square.length - 1}/${square.length}` }).end(square);
    else if (path === '/film-part') response.writeHead(206, { 'content-type': 'video/mp4', 'content-range': 'bytes 0-9/1000' }).end(Buffer.alloc(10));
    else if (path === '/too-large') response.writeHead(200, { 'content-type': 'image/png', 'content-length': String(20 * 2 ** 20) }).end(Buffer.alloc(20 * 2 ** 20));
    else if (path === '/stream') response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=x' }).write('--x\r\n');
    else if (pages[path] === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pages[path]);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    square, mark, shapes, seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
