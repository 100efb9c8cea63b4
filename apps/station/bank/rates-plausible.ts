// Judges whether a list of rates can be believed: beside the one before it, and beside what it says of itself.
import type { RatesOrder } from '#contract/rates.ts';
import { daysBetween } from './calendar.ts';

import { fractionOf, type Rates } from './rates.ts';
import { Refusal, refuseUnless } from './refusal.ts';

/** Days whose moves are added up at most: after a longer silence a person looks. */
export const movingDaysMost = 5;
/** How far a rate and its own inverse, each rounded as it is quoted, may lie apart: 0.5 %. */
export const inverseBasisPointsMost = 50;

/** What a list is compared with where it is to act. */
export interface Before {
  readonly inForce: Rates | null;
  /** How far a rate may move in a day without a second person, in basis points of the lesser of the two. */
  readonly moveBasisPoints: number;
  /** Currencies in use here: one of them that had a rate and has none is looked at. */
  readonly inUse: readonly string[];
}

/** A currency a second person has to have seen, and why. */
export interface Doubt {
  readonly currency: string;
  readonly message: string;
}

const whole = 10_000n;

const percentText = (basisPoints: bigint): string =>
  `${basisPoints / 100n}.${String(basisPoints % 100n).padStart(2, '0')} %`;

/** How far two rates lie apart, in basis points of the lesser, rounded up. */
export function movedBasisPoints(one: string, other: string): bigint {
  const [first, second] = [fractionOf(one), fractionOf(other)];
  const [left, right] = [first.over * second.under, second.over * first.under];
  const [low, high] = left < right ? [left, right] : [right, left];
  return ((high - low) * whole + low - 1n) / low;
}

/** Every currency of the list a second person has to have seen, in the order of their codes. */
export function doubtsOf(order: RatesOrder, before: Before): readonly Doubt[] {
  const { inForce, inUse } = before;
  if (!inForce) return [];
  const days = Math.max(1, daysBetween(inForce.date, order.date));
  const most = BigInt(before.moveBasisPoints * Math.min(days, movingDaysMost));
  const doubts: Doubt[] = [];
  for (const [currency, old] of Object.entries(inForce.rates)) {
    const rate = order.rates[currency];
    if (rate === undefined) {
      const message = `${currency} is in use and has no rate any more`;
      if (inUse.includes(currency)) doubts.push({ currency, message });
      continue;
    }
    const moved = movedBasisPoints(old, rate);
    if (moved <= most) continue;
    const message =
      `${currency} goes from ${old} to ${rate}, ${percentText(moved)} in ` +
      `${days === 1 ? '1 day' : `${days} days`} where ${percentText(most)} is the most`;
    doubts.push({ currency, message });
  }
  return doubts.sort((one, other) => (one.currency < other.currency ? -1 : 1));
}

/**
 * Refuses a list that contradicts itself (`rates-contradict`), which nobody can confirm, and one with a doubt that no
 * second person has taken on (`rates-implausible`). The sentence names the list that stays in force.
 */
export function refuseImplausible(order: RatesOrder, before: Before): void {
  refuseContradictions(order);
  const seen = order.second?.currencies ?? [];
  const open = doubtsOf(order, before).filter(({ currency }) => !seen.includes(currency));
  if (open.length === 0) return;
  const [stays, others] = [before.inForce, open.length - doubtsNamed];
  const named = open.slice(0, doubtsNamed).map(({ message }) => message);
  const more = others > 0 ? `; and ${others} more` : '';
  throw new Refusal(
    'rates-implausible',
    `${named.join('; ')}${more}. Those of ${stays?.date}, version ${stays?.version}, stay in force ` +
      'until head office sends a right list, or this one with a second person who has seen them.',
  );
}

/** Doubts told in one sentence. */
const doubtsNamed = 3;

function refuseContradictions({ rates, quotes = {} }: RatesOrder): void {
  for (const [currency, { bid, ask, inverse }] of Object.entries(quotes)) {
    const rate = rates[currency];
    if (rate === undefined) {
      throw new Refusal('rates-contradict', `${currency} is quoted and has no rate.`);
    }
    refuseUnless(
      isAtMost(bid, rate) && isAtMost(rate, ask),
      'rates-contradict',
      `${currency}: the rate ${rate} does not lie between bid ${bid} and ask ${ask}.`,
    );
    if (inverse === undefined) continue;
    const apart = inverseApart(rate, inverse);
    refuseUnless(
      apart <= BigInt(inverseBasisPointsMost),
      'rates-contradict',
      `${currency}: ${rate} and its inverse ${inverse} lie ${percentText(apart)} apart; ` +
        `${percentText(BigInt(inverseBasisPointsMost))} is what rounding explains.`,
    );
  }
}

function isAtMost(one: string, other: string): boolean {
  const [first, second] = [fractionOf(one), fractionOf(other)];
  return first.over * second.under <= second.over * first.under;
}

/** How far rate times inverse is from one, in basis points, rounded up. */
function inverseApart(rate: string, inverse: string): bigint {
  const [first, second] = [fractionOf(rate), fractionOf(inverse)];
  const [over, under] = [first.over * second.over, first.under * second.under];
  const off = over > under ? over - under : under - over;
  return (off * whole + under - 1n) / under;
}
