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
 * @param least no hash is worked out of a picture of a lower quality
 * @returns null for a picture with less than five pixels on a side, or of a lower quality than `least`
 */
export function pdqHash(pixels: Pixels, least = 0): PdqHash | null {
  const { width, height } = pixels;
  if (width < 5 || height < 5) return null;
  const samples = sampled(luminance(pixels), width, height);
  const quality = qualityOf(samples);
  return quality < least ? null : { words: bits(transformed(samples)), quality };
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

/** What each of the 64 samples of a side takes of how many places from which on: both box filters in one, each a mean over what there is at the ends. */
interface Tents {
  /** Most places that a sample takes. */
  readonly most: number;
  readonly from: Int32Array;
  readonly count: Int32Array;
  /** `most` weights for each sample. */
  readonly weights: Float64Array;
}

function tentsFor(side: number): Tents {
  const { behind, ahead } = windowFor(side);
  const most = 2 * (behind + ahead) + 1;
  const [from, count, weights] = [new Int32Array(SIDE), new Int32Array(SIDE), new Float64Array(SIDE * most)];
  for (let sample = 0; sample < SIDE; sample += 1) {
    const place = Math.floor(((sample + 0.5) * side) / SIDE);
    const [first, last] = [Math.max(0, place - behind), Math.min(side - 1, place + ahead)];
    const start = Math.max(0, first - behind);
    for (let inner = first; inner <= last; inner += 1) {
      const [begin, end] = [Math.max(0, inner - behind), Math.min(side - 1, inner + ahead)];
      for (let at = begin; at <= end; at += 1) weights[sample * most + at - start] = (weights[sample * most + at - start] ?? 0) + 1 / ((last - first + 1) * (end - begin + 1));
      count[sample] = Math.max(count[sample] ?? 0, end - start + 1);
    }
    from[sample] = start;
  }
  return { most, from, count, weights };
}

/** 64 by 64 samples of the picture under its filter; only what is sampled is worked out. */
function sampled(luma: Float32Array, width: number, height: number): Float32Array {
  const across = tentsFor(width);
  const down = height === width ? across : tentsFor(height);
  const narrow = new Float64Array(SIDE * height);
  for (let row = 0; row < height; row += 1) takeAcross(luma, row * width, across, narrow, row * SIDE);
  const samples = new Float32Array(SIDE * SIDE);
  const sums = new Float64Array(SIDE);
  for (let sample = 0; sample < SIDE; sample += 1) {
    sums.fill(0);
    const [from, count] = [down.from[sample] ?? 0, down.count[sample] ?? 0];
    for (let at = 0; at < count; at += 1) {
      const weight = down.weights[sample * down.most + at] ?? 0;
      const line = (from + at) * SIDE;
      for (let column = 0; column < SIDE; column += 1) sums[column] = (sums[column] ?? 0) + weight * (narrow[line + column] ?? 0);
    }
    samples.set(sums, sample * SIDE);
  }
  return samples;
}

/** The 64 samples of one line. */
function takeAcross(luma: Float32Array, line: number, { most, from, count, weights }: Tents, to: Float64Array, at: number): void {
  for (let sample = 0; sample < SIDE; sample += 1) {
    const start = line + (from[sample] ?? 0);
    const places = count[sample] ?? 0;
    const tent = sample * most;
    let sum = 0;
    for (let place = 0; place < places; place += 1) sum += (weights[tent + place] ?? 0) * (luma[start + place] ?? 0);
    to[at + sample] = sum;
  }
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
  const half = new Float64Array(KEPT * SIDE);
  for (let frequency = 0; frequency < KEPT; frequency += 1) {
    const to = frequency * SIDE;
    for (let row = 0; row < SIDE; row += 1) {
      const cosine = COSINES[to + row] ?? 0;
      const line = row * SIDE;
      for (let column = 0; column < SIDE; column += 1) half[to + column] = (half[to + column] ?? 0) + cosine * (samples[line + column] ?? 0);
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
