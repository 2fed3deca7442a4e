import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Pages on which STOP is pressed: one that paints a new shade of magenta in every frame, and one of 250,000 px. */
export async function startStopSite(): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const pages: Readonly<Record<string, string>> = {
    '/moving': '<script>let n=0;const paint=()=>{document.documentElement.style.background=`rgb(255,${n=(n+5)%125},255)`;requestAnimationFrame(paint)};paint()</script>',
    '/tall': '<style>body{margin:0}p{margin:0;height:250px;background:linear-gradient(#f0f,#a0a)}</style><script>document.body.append(...Array.from({length:1000},(_,at)=>Object.assign(document.createElement("p"),{textContent:at})))</script>',
    '/plain': '<h1>Plain</h1>',
  };
  const server = createServer((request, response) => {
    const body = pages[request.url ?? ''];
    if (body === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><html lang="en"><head><title>Page</title></head><body>${body}</body></html>`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
