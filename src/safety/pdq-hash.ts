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
  const samples = sampled(luminance(pixels), width, height);
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

/** What a window around one place covers: so many before it and after it. */
interface Window {
  readonly behind: number;
  readonly ahead: number;
}

/** Two passes of this width make a tent as wide as one of the 64 samples. */
function windowFor(side: number): Window {
  const width = Math.floor((side + 2 * SIDE - 1) / (2 * SIDE));
  const ahead = Math.floor((width + 2) / 2) - 1;
  return { behind: width - ahead - 1, ahead };
}

/** 64 by 64 samples of the picture under its filter; of the second pass only what is sampled is worked out. */
function sampled(luma: Float32Array, width: number, height: number): Float32Array {
  const across = windowFor(width);
  const down = windowFor(height);
  const once = boxDown(boxAcross(luma, width, height, across), width, height, down);
  const columns = Int32Array.from({ length: SIDE }, (_, at) => Math.floor(((at + 0.5) * width) / SIDE));
  const samples = new Float32Array(SIDE * SIDE);
  const sums = new Float64Array(SIDE);
  for (let sample = 0; sample < SIDE; sample += 1) {
    const row = Math.floor(((sample + 0.5) * height) / SIDE);
    const [first, last] = [Math.max(0, row - down.behind), Math.min(height - 1, row + down.ahead)];
    sums.fill(0);
    for (let line = first; line <= last; line += 1) {
      for (let at = 0; at < SIDE; at += 1) sums[at] = (sums[at] ?? 0) + meanAcross(once, line * width, columns[at] ?? 0, width, across);
    }
    for (let at = 0; at < SIDE; at += 1) samples[sample * SIDE + at] = (sums[at] ?? 0) / (last - first + 1);
  }
  return samples;
}

/** The mean of a window around one place of a line; at the ends it is over what there is. */
function meanAcross(from: Float32Array, start: number, at: number, width: number, { behind, ahead }: Window): number {
  const [first, last] = [Math.max(0, at - behind), Math.min(width - 1, at + ahead)];
  let sum = 0;
  for (let place = first; place <= last; place += 1) sum += from[start + place] ?? 0;
  return Math.fround(sum / (last - first + 1));
}

/** The mean of a window that slides along each line. */
function boxAcross(from: Float32Array, width: number, height: number, { behind, ahead }: Window): Float32Array {
  const to = new Float32Array(from.length);
  for (let start = 0; start < width * height; start += width) {
    let sum = 0;
    let count = 0;
    for (let at = -ahead; at < width; at += 1) {
      if (at + ahead < width) {
        sum += from[start + at + ahead] ?? 0;
        count += 1;
      }
      if (at - behind > 0) {
        sum -= from[start + at - behind - 1] ?? 0;
        count -= 1;
      }
      if (at >= 0) to[start + at] = sum / count;
    }
  }
  return to;
}

/** The mean of a window that slides down all columns at once: memory is read in the order in which it lies. */
function boxDown(from: Float32Array, width: number, height: number, { behind, ahead }: Window): Float32Array {
  const to = new Float32Array(from.length);
  const sums = new Float64Array(width);
  let count = 0;
  for (let at = -ahead; at < height; at += 1) {
    if (at + ahead < height) {
      const line = (at + ahead) * width;
      for (let column = 0; column < width; column += 1) sums[column] = (sums[column] ?? 0) + (from[line + column] ?? 0);
      count += 1;
    }
    if (at - behind > 0) {
      const line = (at - behind - 1) * width;
      for (let column = 0; column < width; column += 1) sums[column] = (sums[column] ?? 0) - (from[line + column] ?? 0);
      count -= 1;
    }
    if (at >= 0) for (let column = 0; column < width; column += 1) to[at * width + column] = (sums[column] ?? 0) / count;
  }
  return to;
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
