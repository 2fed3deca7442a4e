/*
 * Draws the pictures that are kept in assets/: the app's icon in the sizes that packages need, and the PNGs of the
 * demonstration website. Run `node build/draw.js` after changing one of the SVG files, and commit what it writes.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { root } from './setup.js';
import { testCardRow, TEST_CARD_HEIGHT } from '../out/main/demo-site.js';

const assets = join(root, 'assets');
const png = (pipeline) => pipeline.png({ compressionLevel: 9, palette: false }).toBuffer();
const render = (svg, width, height) => png(sharp(readFileSync(svg), { density: 384 }).resize(width, height));

/** An icon file for Windows: a directory of PNG images (the sizes of a byte; 0 stands for 256). */
function ico(images) {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ size, data }, i) => {
    const at = 6 + 16 * i;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(data.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += data.length;
  });
  return Buffer.concat([head, ...images.map(({ data }) => data)]);
}

const icon = join(assets, 'icon.svg');
mkdirSync(join(assets, 'icons'), { recursive: true });
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const images = await Promise.all(sizes.map(async (size) => ({ size, data: await render(icon, size, size) })));
for (const { size, data } of images) writeFileSync(join(assets, 'icons', `${size}x${size}.png`), data);
writeFileSync(join(assets, 'icon.ico'), ico(images.filter(({ size }) => size <= 256)));

const site = join(assets, 'demo-site');
for (const number of [2, 4, 6]) writeFileSync(join(site, `picture-${number}.png`), await render(join(site, `picture-${number}.svg`), 640, 400));

const width = 16;
const rows = Buffer.concat(Array.from({ length: TEST_CARD_HEIGHT }, (_, y) => Buffer.concat(Array.from({ length: width }, () => Buffer.from(testCardRow(y))))));
writeFileSync(join(site, 'test-card.png'), await png(sharp(rows, { raw: { width, height: TEST_CARD_HEIGHT, channels: 3 } })));
