// Leaves of a word what survives transliteration: its consonants, sounds that are confused folded into one.

const pairs: ReadonlyMap<string, string> = new Map([
  ...[
    ['kh', 'k'],
    ['gh', 'g'],
    ['ph', 'f'],
    ['sh', 's'],
    ['ch', 'c'],
    ['zh', 'g'],
    ['dj', 'g'],
  ],
  ...[
    ['th', 't'],
    ['dh', 'd'],
    ['ck', 'k'],
    ['ts', 's'],
    ['tz', 's'],
    ['ks', 'x'],
    ['dz', 's'],
  ],
] as [string, string][]);

const singles: ReadonlyMap<string, string> = new Map([
  ...[
    ['q', 'k'],
    ['z', 's'],
    ['v', 'f'],
    ['j', 'g'],
    ['x', 'x'],
  ],
] as [string, string][]);

const vowels = 'aeiouyw';

function isSoft(next: string | undefined): boolean {
  return next === 'e' || next === 'i' || next === 'y';
}

/**
 * The consonants of a word in Latin letters: `mhmd` of Mohammed and of Muhammad. A vowel at its beginning
 * is kept as `a`, an `h` at its end is not, doubled letters are one.
 */
export function skeletonOf(token: string): string {
  let skeleton = '';
  let index = 0;
  while (index < token.length) {
    const one = token[index] ?? '';
    const folded = pairs.get(token.slice(index, index + 2));
    const width = folded === undefined ? 1 : 2;
    let sound = folded ?? singles.get(one) ?? one;
    if (one === 'c' && folded === undefined) sound = isSoft(token[index + 1]) ? 's' : 'k';
    if (vowels.includes(one)) sound = index === 0 ? 'a' : '';
    if (sound === 'h' && index === token.length - 1) sound = '';
    if (sound !== '' && !skeleton.endsWith(sound)) skeleton += sound;
    index += width;
  }
  return skeleton;
}
