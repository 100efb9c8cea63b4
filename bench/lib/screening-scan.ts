// The plain way to screen: every listed name, its best pairs of words by Jaro-Winkler, as documented of a well-known open engine.
import { tokensOf } from '#station/compliance/text/tokens.ts';

function matches(one: string, other: string): { count: number; turned: number } {
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1);
  const taken = new Uint8Array(other.length);
  const mine: string[] = [];
  for (let at = 0; at < one.length; at += 1) {
    const end = Math.min(other.length, at + reach + 1);
    for (let against = Math.max(0, at - reach); against < end; against += 1) {
      if (taken[against] === 1 || other[against] !== one[at]) continue;
      taken[against] = 1;
      mine.push(one[at] ?? '');
      break;
    }
  }
  let turned = 0;
  let index = 0;
  for (let against = 0; against < other.length; against += 1) {
    if (taken[against] !== 1) continue;
    if (other[against] !== mine[index]) turned += 1;
    index += 1;
  }
  return { count: mine.length, turned: turned / 2 };
}

function jaroWinkler(one: string, other: string): number {
  const { count, turned } = matches(one, other);
  if (count === 0) return 0;
  const jaro = (count / one.length + count / other.length + (count - turned) / count) / 3;
  let same = 0;
  while (same < 4 && same < one.length && one[same] === other[same]) same += 1;
  return jaro + same * 0.1 * (1 - jaro);
}

/** The best score of a name over all names, each given as its words. */
export function scan(name: string, listed: readonly (readonly string[])[]): number {
  const asked = tokensOf(name);
  let best = 0;
  for (const words of listed) {
    let sum = 0;
    let length = 0;
    for (const word of words) {
      let most = 0;
      for (const each of asked) most = Math.max(most, jaroWinkler(each, word));
      sum += most * word.length;
      length += word.length;
    }
    best = Math.max(best, sum / Math.max(1, length));
  }
  return best;
}
