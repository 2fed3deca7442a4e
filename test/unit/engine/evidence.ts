import { previewFiles } from '../../../src/bundle/kept-preview.js';
import { previewOf } from '../../../src/bundle/preview.js';
import sharp from 'sharp';
import type { EntryData } from '../../../src/record/kinds.js';
import { hex } from '../../../src/record/bytes.js';
import { sha256 } from '../vault/support.js';
import { recordOf, type Started } from './support.js';

/** A colour that no other part of a sample page has: whoever finds it has found what was to be covered. */
export const SECRET = { r: 7, g: 201, b: 133 } as const;
/** A word that no other part of a sample exhibit has. */
export const SECRET_WORD = 'Quillfeather';

/** Where {@link SECRET} stands on a sample page, in pixels. */
export const SECRET_BOX = { x: 40, y: 30, width: 60, height: 20 } as const;

/** A page of grey stripes with one block of {@link SECRET}, as PNG of true colour. */
export function samplePage(width = 320, height = 240): Promise<Buffer> {
  const stripes = Array.from({ length: Math.floor(height / 8) }, (_, i) => `<rect x="0" y="${i * 8}" width="100%" height="4" fill="rgb(${(i * 29) % 200},${(i * 29) % 200},${(i * 29) % 200})"/>`).join('');
  const { x, y, width: w, height: h } = SECRET_BOX;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>${stripes}<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="rgb(${SECRET.r},${SECRET.g},${SECRET.b})"/></svg>`;
  return sharp(Buffer.from(svg)).removeAlpha().withExif({ IFD0: { Copyright: SECRET_WORD } }).png({ palette: false }).toBuffer();
}

/** Opens a page in the record, as if the browser had told of it. */
export async function openPage(started: Pick<Started, 'engine'>, view: string, url: string, title: string): Promise<void> {
  const record = recordOf(started);
  await record.add('navigation', ['app'], { view, target: 't1', frame: 'f1', main: true, url, typed: null, cause: 'link', status: 200, protocol: 'h2', remoteAddress: '203.0.113.7', mediaType: 'text/html', redirects: [], tls: null });
  await record.add('title', ['app'], { view, title });
}

/** Keeps an exhibit of a page, with every part that a capture has; text, HTML, archive and facts hold {@link SECRET_WORD}. */
export async function keepExhibit(started: Pick<Started, 'engine'>, reference: string, view: string, url: string, png: Uint8Array): Promise<EntryData<'capture'>> {
  const record = recordOf(started);
  const says = Buffer.from(`Seen on the page: ${SECRET_WORD}`);
  const files: [string, string, Uint8Array][] = [
    ['page.png', 'image/png', png], ['page-001.png', 'image/png', png], ['page.txt', 'text/plain; charset=utf-8', says], ['page.html', 'text/html; charset=utf-8', says], ['page.wacz', 'application/wacz', says],
    ...previewFiles(await previewOf(png, 1e6) ?? { pieces: [], width: 0, height: 0 }).map((file): [string, string, Uint8Array] => [file.name, file.mediaType, file.bytes]),
    ['capture.json', 'application/json', Buffer.from(JSON.stringify({ title: SECRET_WORD }))],
  ];
  const staged = [];
  for (const [name, mediaType, bytes] of files) staged.push(await record.store.stage(reference, { name, mediaType }, bytes));
  const at = started.engine.openedCase.context.ports.clock.now();
  const by = reference.slice(0, 3);
  const { width, height } = await sharp(png).metadata();
  const data: EntryData<'capture'> = {
    exhibit: reference, form: 'full-page', view, url, startedAt: at, endedAt: at, image: { width, height, scale: 1 }, composite: hex(sha256.of(png)), declaration: { by, answer: 'not-suspected', at },
    parts: staged.map(({ name, mediaType, size, sha256: plain, cipherSha256 }) => ({ name, mediaType, size, sha256: plain, cipherSha256 })), note: '', warnings: [],
  };
  await record.add('capture', [by], data, { objects: staged });
  return data;
}
