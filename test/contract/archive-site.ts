import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { plainPng } from '../hostile/site.js';

/** A site whose pages load all that an archive can be asked to hold. Its pictures are squares of one colour. */
export interface ArchiveSite {
  readonly base: string;
  readonly other: string;
  readonly seen: readonly string[];
  close(): Promise<void>;
}

/** The page, in an encoding of its own: `é` is one byte. */
export const PAGE_BYTES = Buffer.from(
  `<!doctype html><html lang="en"><head><meta charset="windows-1252"><title>caf\xe9</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css"></head><body>
  <p id="words">Words caf\xe9 \x80 5</p><p id="later"></p>
  <img width="80" height="80" src="/seen.png" alt=""><div id="back"></div>
  <img width="60" height="60" style="position:absolute;left:-999px" src="/outside.png" alt="">
  <div style="position:relative;width:50px"><img width="50" height="50" src="/under.png" alt=""><div style="position:absolute;inset:0;background:#fff">Over</div></div>
  <img width="40" height="40" style="opacity:0.1" src="/faint.png" alt=""><img width="1" height="1" src="/large.png" alt="">
  <div style="overflow:hidden;width:20px;height:20px"><img width="90" height="90" src="/cut.png" alt=""></div>
  <img width="40" height="40" src="/moving.gif" alt=""><img width="30" height="30" src="data:image/png;base64,${plainPng(7, 7, 7).toString('base64')}" alt="">
  <iframe id="near" src="/frame" width="300" height="120"></iframe><iframe id="far" src="/far" width="300" height="120"></iframe>
  <script src="/script.js"></script></body></html>`,
  'latin1',
);

/** A GIF of two frames, by its headers: the app looks no further. */
const MOVING = Buffer.from('4749463839610100010080000000000000ffffff21ff0b4e45545343415045322e300301000000' + '21f904000a0000002c000000000100010000020244010021f904000a0000002c0000000001000100000202440100' + '3b', 'hex');

/** A PNG whose header says 4,000 by 4,000. */
const LARGE = ((): Buffer => {
  const bytes = plainPng(9, 9, 9);
  bytes.writeUInt32BE(4_000, 16);
  bytes.writeUInt32BE(4_000, 20);
  return bytes;
})();

const ANSWERS: { readonly [path: string]: readonly [type: string, body: string | Buffer] } = {
  '/page': ['text/html', PAGE_BYTES],
  '/style.css': ['text/css', '\uFEFFbody{color:rgb(1,2,3)}#back{width:8px;height:8px;background:url(/back.png)}'],
  '/script.js': ['text/javascript', 'fetch("/data.json").then(r=>r.json()).then(d=>{document.querySelector("#later").textContent=d.words})'],
  '/data.json': ['application/json', '{"words":"Words that came later"}'],
  '/frame': ['text/html; charset=utf-8', '<p>Framed words</p><img width="30" height="30" src="/framed.png" alt="">'],
  '/moving.gif': ['image/gif', MOVING],
  '/large.png': ['image/png', LARGE],
  '/bytes': ['application/octet-stream', Buffer.alloc(100)],
};

export async function startArchiveSite(): Promise<ArchiveSite> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    seen.push(path);
    const answer = ANSWERS[path];
    if (path === '/start') return void response.writeHead(302, { location: '/page', 'set-cookie': ['session=verysecret; Path=/', 'other=alsosecret'] }).end();
    if (path === '/far') return void response.writeHead(302, { location: `http://localhost:${(server.address() as AddressInfo).port}/frame?far` }).end();
    if (path === '/frame?far') return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Far words</p>');
    if (answer !== undefined) return void response.writeHead(200, { 'content-type': answer[0] }).end(answer[1]);
    if (path.endsWith('.png')) return void response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(path.length, 100, 200));
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { base: `http://127.0.0.1:${port}`, other: `http://localhost:${port}`, seen, close };
}
