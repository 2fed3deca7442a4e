import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Height of the page that {@link serveLongPage} serves, in CSS pixels. */
export const PAGE_HEIGHT = 13_000;

/** Flags that change how a page is drawn; the same for both sides. */
export const DRAWING = ['--disable-gpu', '--force-color-profile=srgb', '--hide-scrollbars', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

function textPage(): string {
  const sentence = 'A long page of plain words, as boards and chats have them, with a name and a time before each. ';
  const rows = Array.from({ length: 130 }, (_, i) => `<p style="height:100px;margin:0;overflow:hidden"><b>Name ${i}</b> 10:${String(i % 60).padStart(2, '0')} ${sentence.repeat(4)}</p>`);
  return `<!doctype html><html lang="en"><title>Long page</title><link rel="icon" href="data:,"><body style="margin:0;font:16px/1.5 sans-serif">${rows.join('')}</body></html>`;
}

/** Serves a 13,000 px page of text on a free port of this computer. */
export async function serveLongPage(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((_request, response) => void response.setHeader('content-type', 'text/html').end(textPage()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => new Promise<void>((resolve) => server.close(() => { resolve(); })),
  };
}

/** The middle one of several measurements. */
export const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

/** What `work` gives, and how many milliseconds it took. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}
