import { expect, test } from '@jest/globals';
import { withoutPictures } from '../../../src/archive/embedded-pictures.js';

const PICTURE = Buffer.from(`iVBORw0KGgo${'A'.repeat(200)}==`).toString();
const without = (text: string): { text: string; count: number } => {
  const { bytes, count } = withoutPictures(Buffer.from(text, 'latin1'));
  return { text: Buffer.from(bytes).toString('latin1'), count };
};

test.each([
  ['an image element', `<img src="data:image/png;base64,${PICTURE}" alt="x">`, '<img src="data:," alt="x">'],
  ['a style', `p{background:url(data:image/gif;base64,R0lGOD${'x'.repeat(50)}) no-repeat}`, 'p{background:url(data:,) no-repeat}'],
  ['JSON', `{"picture":"${PICTURE}","word":"kept"}`, '{"picture":"","word":"kept"}'],
  ['JSON with escaped slashes', String.raw`{"p":"data:image\/jpeg;base64,\/9j\/${'A'.repeat(150)}"}`, '{"p":"data:,"}'],
  ['bare JPEG in a script', `const p="/9j/${'Q'.repeat(150)}";go()`, 'const p="";go()'],
  ['a video', `<video src='data:video/mp4;base64,AAAA'>`, `<video src='data:,'>`],
  ['an SVG in base64', '<img src="data:image/svg+xml;base64,PHN2Zz4=">', '<img src="data:,">'],
])('takes a picture out of %s', (_, text, wanted) => {
  expect(without(text)).toEqual({ text: wanted, count: 1 });
});

test('leaves every other byte as it is, whatever the encoding', () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, at) => 32 + (at % 224));
  expect(withoutPictures(bytes)).toEqual({ bytes, count: 0 });
  expect(without('\xe9\xff<a href="data:text/plain,words">data:image/svg+xml,<svg/></a>').count).toBe(0);
});

test('takes no time worth mentioning over a text made to cost it', () => {
  for (const text of ['data:image/'.repeat(200_000), '/9j/'.repeat(500_000), 'AAAA'.repeat(500_000)]) expect(without(text).text.length).toBeLessThanOrEqual(text.length);
});
