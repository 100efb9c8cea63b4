// Sorts long columns of numbers digit by digit, since comparing them is what binning waited for.

/** Below so many numbers comparing them is quicker. */
const digitsFrom = 2048;
const digits = 2048;
/**
 * The digits of a number of 64 bits, lowest first: which of its two words, and from which bit on.
 */
const places = [0, 1].flatMap((word) => [0, 11, 22].map((shift) => ({ word, shift })));

/**
 * Turns the bits of doubles into words that rise as the numbers do: negative ones wholly, else the
 * sign.
 */
function toRising(words: Int32Array): void {
  for (let at = 0; at < words.length; at += 2) {
    const high = words[at + 1] as number;
    const sign = high >> 31;
    words[at] = (words[at] as number) ^ sign;
    words[at + 1] = high ^ (sign | -2_147_483_648);
  }
}

function fromRising(words: Int32Array): void {
  for (let at = 0; at < words.length; at += 2) {
    const high = words[at + 1] as number;
    const sign = ~(high >> 31);
    words[at] = (words[at] as number) ^ sign;
    words[at + 1] = high ^ (sign | -2_147_483_648);
  }
}

/** How many numbers hold each digit, for every place of a digit. */
function countDigits(words: Int32Array): Int32Array {
  const counts = new Int32Array(places.length * digits);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as number;
    const first = (at & 1) * 3 * digits;
    const [low, middle, high] = [
      first + (word & 2047),
      first + digits + ((word >>> 11) & 2047),
      first + 2 * digits + (word >>> 22),
    ] as const;
    counts[low] = (counts[low] as number) + 1;
    counts[middle] = (counts[middle] as number) + 1;
    counts[high] = (counts[high] as number) + 1;
  }
  return counts;
}

/** Writes the pairs of words in the order of one digit; `starts` says where each digit begins. */
function scatter(
  from: Int32Array,
  to: Int32Array,
  starts: Int32Array,
  { word, shift }: { readonly word: number; readonly shift: number },
): void {
  for (let at = 0; at < from.length; at += 2) {
    const digit = ((from[at + word] as number) >>> shift) & (digits - 1);
    const place = starts[digit] as number;
    starts[digit] = place + 2;
    to[place] = from[at] as number;
    to[place + 1] = from[at + 1] as number;
  }
}

/** Sorts in place, like `sort()` of a Float64Array (-0 before 0), and gives it back. No NaN. */
export function sortNumbers(numbers: Float64Array): Float64Array {
  if (numbers.length < digitsFrom) return numbers.sort();
  const own = new Int32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
  let from: Int32Array = own;
  let to: Int32Array = new Int32Array(own.length);
  toRising(from);
  const counts = countDigits(from);
  for (const [turn, place] of places.entries()) {
    const starts = counts.subarray(turn * digits, (turn + 1) * digits);
    // Where all hold the same digit, as whole numbers do in their lower bits, order stays.
    if (starts.some((count) => count === numbers.length)) continue;
    let sum = 0;
    for (let digit = 0; digit < digits; digit++) {
      const count = starts[digit] as number;
      starts[digit] = sum;
      sum += 2 * count;
    }
    scatter(from, to, starts, place);
    [from, to] = [to, from];
  }
  fromRising(from);
  if (from !== own) own.set(from);
  return numbers;
}
