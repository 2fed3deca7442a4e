/** A PDQ hash: 256 bits as eight 32-bit words, the first being the most significant (as in its 64 hexadecimal digits), and its quality. */
export interface PdqHash {
  readonly words: Uint32Array;
  /** 0 to 100; a picture with few edges has a low one, and its hash means little. */
  readonly quality: number;
}

/** Pixels row by row, red, green and blue, 8 bits each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Words in a hash. */
export const PDQ_WORDS = 8;

const SIDE = 64;
const KEPT = 16;
const PASSES = 2;

/** Rows of the discrete cosine transform that are kept: the first 16 frequencies above the constant one. */
const COSINES = Float32Array.from({ length: KEPT * SIDE }, (_, at) => {
  const [frequency, place] = [Math.floor(at / SIDE) + 1, at % SIDE];
  return Math.sqrt(2 / SIDE) * Math.cos((Math.PI / 2 / SIDE) * frequency * (2 * place + 1));
});

/**
 * The PDQ hash of a picture, after the description that Meta published ("The TMK+PDQF Video-Hashing Algorithm and the PDQ
 * Image-Hashing Algorithm", 2019): luminance, a tent filter made of two box filters each way, 64 by 64 samples, 16 by 16 low
 * frequencies of the cosine transform, and one bit for each that says whether it is above the median.
 *
 * @returns null for a picture with less than five pixels on a side
 */
export function pdqHash(pixels: Pixels): PdqHash | null {
  const { width, height } = pixels;
  if (width < 5 || height < 5) return null;
  const samples = sampled(blurred(luminance(pixels), width, height), width, height);
  return { words: bits(transformed(samples)), quality: qualityOf(samples) };
}

/** The 64 hexadecimal digits of a hash. */
export function pdqText(words: Uint32Array): string {
  return [...words].map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** How many bits differ. */
export function pdqDistance(a: Uint32Array, b: Uint32Array): number {
  let distance = 0;
  for (let at = 0; at < PDQ_WORDS; at += 1) distance += ones((a[at] ?? 0) ^ (b[at] ?? 0));
  return distance;
}

/** How many bits of a 32-bit word are set. */
export function ones(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function luminance({ rgb, width, height }: Pixels): Float32Array {
  const luma = new Float32Array(width * height);
  for (let at = 0, from = 0; at < luma.length; at += 1, from += 3) luma[at] = 0.299 * (rgb[from] ?? 0) + 0.587 * (rgb[from + 1] ?? 0) + 0.114 * (rgb[from + 2] ?? 0);
  return luma;
}

function blurred(luma: Float32Array, width: number, height: number): Float32Array {
  const across = windowFor(width);
  const down = windowFor(height);
  const other = new Float32Array(luma.length);
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (let row = 0; row < height; row += 1) box(luma, other, row * width, width, 1, across);
    for (let column = 0; column < width; column += 1) box(other, luma, column, height, width, down);
  }
  return luma;
}

/** Two passes of this width make a tent as wide as one of the 64 samples. */
function windowFor(side: number): number {
  return Math.floor((side + 2 * SIDE - 1) / (2 * SIDE));
}

/** The mean of a window that slides along one line; at the ends it is over what there is. */
function box(from: Float32Array, to: Float32Array, start: number, length: number, stride: number, window: number): void {
  const ahead = Math.floor((window + 2) / 2) - 1;
  const behind = window - ahead - 1;
  let sum = 0;
  let count = 0;
  for (let at = 0; at < Math.min(ahead, length); at += 1, count += 1) sum += from[start + at * stride] ?? 0;
  for (let at = 0; at < length; at += 1) {
    if (at + ahead < length) {
      sum += from[start + (at + ahead) * stride] ?? 0;
      count += 1;
    }
    if (at - behind > 0) {
      sum -= from[start + (at - behind - 1) * stride] ?? 0;
      count -= 1;
    }
    to[start + at * stride] = sum / count;
  }
}

function sampled(luma: Float32Array, width: number, height: number): Float32Array {
  const samples = new Float32Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row += 1) {
    const line = Math.floor(((row + 0.5) * height) / SIDE) * width;
    for (let column = 0; column < SIDE; column += 1) samples[row * SIDE + column] = luma[line + Math.floor(((column + 0.5) * width) / SIDE)] ?? 0;
  }
  return samples;
}

/** The sum of the steps between neighbours, scaled so that an ordinary photograph reaches 100. */
function qualityOf(samples: Float32Array): number {
  let steps = 0;
  const step = (a: number, b: number): number => Math.abs(Math.trunc((((samples[a] ?? 0) - (samples[b] ?? 0)) * 100) / 255));
  for (let row = 0; row < SIDE; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      const at = row * SIDE + column;
      if (row + 1 < SIDE) steps += step(at, at + SIDE);
      if (column + 1 < SIDE) steps += step(at, at + 1);
    }
  }
  return Math.min(100, Math.trunc(steps / 90));
}

function transformed(samples: Float32Array): Float32Array {
  const half = new Float32Array(KEPT * SIDE);
  for (let frequency = 0; frequency < KEPT; frequency += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      let sum = 0;
      for (let row = 0; row < SIDE; row += 1) sum += (COSINES[frequency * SIDE + row] ?? 0) * (samples[row * SIDE + column] ?? 0);
      half[frequency * SIDE + column] = sum;
    }
  }
  const whole = new Float32Array(KEPT * KEPT);
  for (let down = 0; down < KEPT; down += 1) {
    for (let across = 0; across < KEPT; across += 1) {
      let sum = 0;
      for (let column = 0; column < SIDE; column += 1) sum += (half[down * SIDE + column] ?? 0) * (COSINES[across * SIDE + column] ?? 0);
      whole[down * KEPT + across] = sum;
    }
  }
  return whole;
}

function bits(frequencies: Float32Array): Uint32Array {
  // Of an even number the lower of the two in the middle counts.
  const median = frequencies.toSorted()[frequencies.length / 2 - 1] ?? 0;
  const words = new Uint32Array(PDQ_WORDS);
  frequencies.forEach((value, bit) => {
    const word = PDQ_WORDS - 1 - (bit >> 5);
    if (value > median) words[word] = ((words[word] ?? 0) | (1 << (bit & 31))) >>> 0;
  });
  return words;
}
