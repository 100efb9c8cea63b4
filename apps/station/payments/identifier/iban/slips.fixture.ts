// Makes the slips people make in IBANs, from a seed, for the test of repair and its bench.
import { lookalikes } from './explain.ts';

export const slipKinds = ['one-character', 'swap', 'lookalike', 'left-out', 'too-much'] as const;
export type SlipKind = (typeof slipKinds)[number];

/** A small generator of chance (mulberry32): the same slips from the same seed. */
export function chanceFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const put = (text: string, at: number, by: string, width = 1): string =>
  text.slice(0, at) + by + text.slice(at + width);

/** The IBAN with one slip of the kind, or null where the place drawn allows none. */
export function withSlip(
  iban: string,
  kind: SlipKind,
  chance: (below: number) => number,
): string | null {
  const at = chance(iban.length - 1);
  const typed = iban.charAt(at);
  const set = /\d/.test(typed) ? '0123456789' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const other = set.charAt(chance(set.length));
  if (kind === 'one-character') return other === typed ? null : put(iban, at, other);
  if (kind === 'swap') {
    const next = iban.charAt(at + 1);
    return next === typed ? null : put(iban, at, next + typed, 2);
  }
  if (kind === 'lookalike') {
    const alike = lookalikes[typed];
    return alike ? put(iban, at, alike.charAt(chance(alike.length))) : null;
  }
  return kind === 'left-out' ? put(iban, at, '') : put(iban, at, typed + other);
}
