// Decides what a person who counts is told: nothing until a second blind count, and what they knew stays on record.
import { formatMoney } from '#contract/money.ts';
import type { CountLine, CountRow, TillRow } from '#station/ledger/projections/till.ts';
import type { Counter } from './counter.ts';
import { differenceSentence, isBalanced } from './till-count.ts';

/** Earlier counts of the till today that did not agree, while the ledger said what it says now. */
function earlierCounts(
  counter: Counter,
  till: TillRow,
  lines: readonly CountLine[],
): readonly CountRow[] {
  const from = counter.days.latest()?.opened ?? 1;
  const expected = new Map(lines.map((line) => [line.currency, line.expectedMinor]));
  return counter.tills
    .countsBetween(from, Number.MAX_SAFE_INTEGER)
    .filter((count) => count.till === till.till && count.purpose === 'close')
    .filter((count) => !isBalanced(count.lines))
    .filter((count) =>
      count.lines.every((each) => expected.get(each.currency) === each.expectedMinor),
    );
}

export interface Blindness {
  /** Whether who counts has not been told what should be there. */
  readonly blind: boolean;
  /** Whether the answer may hold the figures. */
  readonly disclosed: boolean;
}

/**
 * How a closing count stands among those before it. The first that does not agree is answered without figures;
 * the second of the same counting discloses them. A count made after that, or after the figures could be seen
 * because the counting was broken off in between, is not blind.
 */
export function blindnessOf(
  counter: Counter,
  till: TillRow,
  lines: readonly CountLine[],
): Blindness {
  const earlier = earlierCounts(counter, till, lines);
  const begun = till.counting ?? 0;
  const inThis = earlier.filter((count) => count.seq > begun);
  const blind = inThis.length === earlier.length && inThis.length < 2;
  return { blind, disclosed: !blind || isBalanced(lines) || inThis.length > 0 };
}

/** Why a close on this count needs a supervisor whatever it comes to: it was made knowing the figures. */
export function knowingReason(counter: Counter, till: TillRow, count: CountRow): string | null {
  if (count.blind) return null;
  const [first] = earlierCounts(counter, till, count.lines).filter(({ seq }) => seq < count.seq);
  const before = first ? `; the first count was ${differenceSentence(first.lines)}` : '';
  return `${till.name} was counted again after its figures were known${before}`;
}

/** What stands on the supervisor's card of one currency counted. */
export function countedText(line: CountLine): string {
  return (
    `expected ${formatMoney(line.expectedMinor, line.currency)}, ` +
    `counted ${formatMoney(line.countedMinor, line.currency)}`
  );
}
