// Draws a text as a QR code (ISO/IEC 18004, byte mode, error correction M), for secrets and receipts.

/** Codewords of a version; ECC codewords a block, and blocks, at level M. Versions 1 to 10 hold 213 bytes. */
const versions = [
  [26, 10, 1, []],
  [44, 16, 1, [6, 18]],
  [70, 26, 1, [6, 22]],
  [100, 18, 2, [6, 26]],
  [134, 24, 2, [6, 30]],
  [172, 16, 4, [6, 34]],
  [196, 18, 4, [6, 22, 38]],
  [242, 22, 4, [6, 24, 42]],
  [292, 22, 5, [6, 26, 46]],
  [346, 26, 5, [6, 28, 50]],
] as const;

interface Shape {
  readonly version: number;
  readonly side: number;
  readonly dataWords: number;
  readonly eccWords: number;
  readonly blocks: number;
  readonly alignment: readonly number[];
}

function shapeFor(byteCount: number): Shape {
  for (const [index, [words, eccWords, blocks, alignment]] of versions.entries()) {
    const version = index + 1;
    const dataWords = words - eccWords * blocks;
    const headBits = 4 + (version < 10 ? 8 : 16);
    if (headBits + byteCount * 8 <= dataWords * 8) {
      return { version, side: 17 + 4 * version, dataWords, eccWords, blocks, alignment };
    }
  }
  throw new RangeError(`${byteCount} bytes are more than a QR code of version 10 holds`);
}

/** Mode, length, text, terminator and padding as codewords. */
function dataWordsOf(text: Uint8Array, shape: Shape): number[] {
  const bits: number[] = [];
  const push = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit -= 1) bits.push((value >>> bit) & 1);
  };
  push(0b0100, 4);
  push(text.length, shape.version < 10 ? 8 : 16);
  for (const byte of text) push(byte, 8);
  push(0, Math.min(4, shape.dataWords * 8 - bits.length));
  push(0, (8 - (bits.length % 8)) % 8);
  const words: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    words.push(bits.slice(at, at + 8).reduce((word, bit) => word * 2 + bit, 0));
  }
  for (let pad = 0xec; words.length < shape.dataWords; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/** Product in GF(2^8) with the polynomial 0x11d. */
function multiply(one: number, other: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((other >>> bit) & 1) * one;
  }
  return product;
}

/** Coefficients of the Reed-Solomon generator of this degree, highest power (always 1) left out. */
function generatorOf(degree: number): number[] {
  const result = new Array<number>(degree).fill(0);
  result[degree - 1] = 1;
  let root = 1;
  for (let turn = 0; turn < degree; turn += 1) {
    for (let at = 0; at < degree; at += 1) {
      result[at] = multiply(result[at] ?? 0, root) ^ (result[at + 1] ?? 0);
    }
    root = multiply(root, 2);
  }
  return result;
}

function eccOf(data: readonly number[], generator: readonly number[]): number[] {
  const rest = new Array<number>(generator.length).fill(0);
  for (const word of data) {
    const factor = word ^ (rest.shift() ?? 0);
    rest.push(0);
    for (const [at, coefficient] of generator.entries()) {
      rest[at] = (rest[at] ?? 0) ^ multiply(coefficient, factor);
    }
  }
  return rest;
}

/** Data and ECC of all blocks, interleaved as they are written. */
function interleave(words: readonly number[], shape: Shape): number[] {
  const generator = generatorOf(shape.eccWords);
  const shortLength = Math.floor(shape.dataWords / shape.blocks);
  const shortBlocks = shape.blocks - (shape.dataWords % shape.blocks);
  const data: number[][] = [];
  for (let block = 0, at = 0; block < shape.blocks; block += 1) {
    const length = shortLength + (block < shortBlocks ? 0 : 1);
    data.push(words.slice(at, at + length));
    at += length;
  }
  const ecc = data.map((block) => eccOf(block, generator));
  const column = (blocks: number[][], at: number) =>
    blocks.flatMap((block) => (at < block.length ? [block[at] ?? 0] : []));
  const result: number[] = [];
  for (let at = 0; at <= shortLength; at += 1) result.push(...column(data, at));
  for (let at = 0; at < shape.eccWords; at += 1) result.push(...column(ecc, at));
  return result;
}

/** A square of modules: what is dark, and what belongs to the patterns and is not masked. */
interface Square {
  readonly side: number;
  readonly dark: boolean[][];
  readonly fixed: boolean[][];
}

function blankSquare(side: number): Square {
  const rows = () => Array.from({ length: side }, () => new Array<boolean>(side).fill(false));
  return { side, dark: rows(), fixed: rows() };
}

function put(square: Square, x: number, y: number, isDark: boolean): void {
  const dark = square.dark[y];
  const fixed = square.fixed[y];
  if (!dark || !fixed || x < 0 || x >= square.side) return;
  dark[x] = isDark;
  fixed[x] = true;
}

function drawFinder(square: Square, x: number, y: number): void {
  for (let dy = -4; dy <= 4; dy += 1) {
    for (let dx = -4; dx <= 4; dx += 1) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      put(square, x + dx, y + dy, ring !== 2 && ring !== 4);
    }
  }
}

function drawAlignment(square: Square, positions: readonly number[]): void {
  const last = positions.at(-1);
  for (const x of positions) {
    for (const y of positions) {
      const isFinder = (x === 6 && (y === 6 || y === last)) || (x === last && y === 6);
      if (isFinder) continue;
      for (let dy = -2; dy <= 2; dy += 1) {
        for (let dx = -2; dx <= 2; dx += 1) {
          put(square, x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
        }
      }
    }
  }
}

/** The remainder of value by a generator polynomial, as format and version information use it. */
function bchOf(value: number, bits: number, generator: number): number {
  let rest = value;
  for (let turn = 0; turn < bits; turn += 1) {
    rest = (rest << 1) ^ ((rest >>> (bits - 1)) * generator);
  }
  return rest;
}

/** Level M (00) and mask, five bits, with their ten check bits. */
function drawFormat(square: Square, mask: number): void {
  const bits = ((mask << 10) | bchOf(mask, 10, 0x537)) ^ 0x5412;
  const bit = (at: number) => ((bits >>> at) & 1) === 1;
  const { side } = square;
  for (let at = 0; at <= 5; at += 1) put(square, 8, at, bit(at));
  put(square, 8, 7, bit(6));
  put(square, 8, 8, bit(7));
  put(square, 7, 8, bit(8));
  for (let at = 9; at < 15; at += 1) put(square, 14 - at, 8, bit(at));
  for (let at = 0; at < 8; at += 1) put(square, side - 1 - at, 8, bit(at));
  for (let at = 8; at < 15; at += 1) put(square, 8, side - 15 + at, bit(at));
  put(square, 8, side - 8, true);
}

function drawVersion(square: Square, version: number): void {
  if (version < 7) return;
  const bits = (version << 12) | bchOf(version, 12, 0x1f25);
  for (let at = 0; at < 18; at += 1) {
    const isDark = ((bits >>> at) & 1) === 1;
    const far = square.side - 11 + (at % 3);
    const near = Math.floor(at / 3);
    put(square, far, near, isDark);
    put(square, near, far, isDark);
  }
}

function drawPatterns(square: Square, shape: Shape): void {
  const { side } = square;
  for (let at = 0; at < side; at += 1) {
    put(square, 6, at, at % 2 === 0);
    put(square, at, 6, at % 2 === 0);
  }
  drawFinder(square, 3, 3);
  drawFinder(square, side - 4, 3);
  drawFinder(square, 3, side - 4);
  drawAlignment(square, shape.alignment);
  drawFormat(square, 0);
  drawVersion(square, shape.version);
}

/** Writes the codewords upwards and downwards in columns of two, from the right, around the patterns. */
function drawWords(square: Square, words: readonly number[]): void {
  const { side } = square;
  let at = 0;
  for (let right = side - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const isUpward = ((right + 1) & 2) === 0;
    for (let step = 0; step < side; step += 1) {
      const y = isUpward ? side - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = square.dark[y];
        if (!row || square.fixed[y]?.[x] || at >= words.length * 8) continue;
        row[x] = (((words[at >>> 3] ?? 0) >>> (7 - (at & 7))) & 1) === 1;
        at += 1;
      }
    }
  }
}

const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

function masked(square: Square, mask: number): Square {
  const flips = masks[mask];
  const dark = square.dark.map((row, y) =>
    row.map((isDark, x) => isDark !== (!square.fixed[y]?.[x] && flips?.(x, y))),
  );
  const result = { ...square, dark, fixed: square.fixed.map((row) => [...row]) };
  drawFormat(result, mask);
  return result;
}

/** Runs, 2x2 squares, finder-like patterns and imbalance: the less, the better it is read. */
function penaltyOf({ side, dark }: Square): number {
  const columns = dark.map((_row, x) => dark.map((row) => row[x] ?? false));
  let penalty = 0;
  for (const line of [...dark, ...columns]) {
    const text = line.map((isDark) => (isDark ? '1' : '0')).join('');
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) penalty += run.length - 2;
    penalty += 40 * (text.match(/(?=10111010000|00001011101)/g) ?? []).length;
  }
  for (let y = 1; y < side; y += 1) {
    for (let x = 1; x < side; x += 1) {
      const corner = [dark[y]?.[x], dark[y - 1]?.[x], dark[y]?.[x - 1], dark[y - 1]?.[x - 1]];
      if (new Set(corner).size === 1) penalty += 3;
    }
  }
  const darkCount = dark.flat().filter(Boolean).length;
  const percent = (darkCount * 100) / (side * side);
  return penalty + 10 * Math.floor(Math.abs(percent - 50) / 5);
}

/** The modules of the code, row by row, true where dark; at most 213 bytes of UTF-8. */
export function qrModules(text: string): readonly (readonly boolean[])[] {
  const bytes = new TextEncoder().encode(text);
  const shape = shapeFor(bytes.length);
  const square = blankSquare(shape.side);
  drawPatterns(square, shape);
  drawWords(square, interleave(dataWordsOf(bytes, shape), shape));
  const candidates = masks.map((_flips, mask) => masked(square, mask));
  const [best] = candidates.toSorted((one, other) => penaltyOf(one) - penaltyOf(other));
  return best?.dark ?? square.dark;
}
