// Asks the detective why a count differs: what was posted through the till since it last balanced.
import type { CountLine, TillRow } from '#station/ledger/projections/till.ts';
import type { Counter } from './counter.ts';
import type { Causes } from './till-count.ts';

/** The likely causes of one currency's difference, most likely first. */
export function causesOf(_counter: Counter, _till: TillRow, _line: CountLine): Causes {
  return [];
}
