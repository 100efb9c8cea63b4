// Names no threshold was chosen on: the list's names in their own script without a query, and slips made by chance.
import type { ListEntry } from '#station/compliance/lists/entry.ts';
import { matching, type Query, sharedList } from './screening-sets.ts';

const latinAlone = /^[\p{Script=Latin}\P{L}]*$/u;
const plain = /^[\x20-\x7e]+$/;
const letters = 'abcdefghijklmnopqrstuvwxyz';

/** Names in their own script that stand in no development query. */
export function unseenOriginals(): readonly Query[] {
  const seen = new Set(matching().map(({ name }) => name));
  return sharedList(false).flatMap(({ id, names }) =>
    names
      .filter((name) => !latinAlone.test(name) && !seen.has(name))
      .map((name) => ({ name, expected: new Set([id]), kind: 'original_script' })),
  );
}

type Chance = (below: number) => number;

/** Numerical Recipes' generator: the same slips each time. */
function chanceFrom(start: number): Chance {
  let state = start;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function slipped(word: string, chance: Chance): string {
  const at = chance(word.length);
  const kind = chance(4);
  const [before, after] = [word.slice(0, at), word.slice(at + 1)];
  if (kind === 0) return before + after;
  if (kind === 3) return before + after.slice(0, 1) + word.charAt(at) + after.slice(1);
  const letter = letters.charAt(chance(letters.length));
  return kind === 1 ? before + letter + word.slice(at) : before + letter + after;
}

/** First names of entries no query is about, with so many slips in words of more than three letters. */
export function unseenSlips(entries: readonly ListEntry[], slips: number): readonly Query[] {
  const seen = new Set(matching().flatMap(({ expected }) => [...expected]));
  const unseen = entries.filter(({ id, names }) => !seen.has(id) && plain.test(names[0] ?? ''));
  const chance = chanceFrom(20_261_122 + slips);
  return Array.from({ length: 1000 }, () => {
    const { id = '', names = [] } = unseen[chance(unseen.length)] ?? {};
    const words = (names[0] ?? '').split(' ');
    for (let slip = 0; slip < slips; slip += 1) {
      const at = chance(words.length);
      const word = words[at] ?? '';
      if (word.length > 3) words[at] = slipped(word, chance);
    }
    return { name: words.join(' '), expected: new Set([id]), kind: `slips-${slips}` };
  });
}
