// Writes the line of a counting difference for the electronic journal.
import type { CountLine, TillRow } from '#station/ledger/projections/till.ts';
import { entryOf } from './counter.ts';
import { differenceMinor, differenceSentence } from './till-count.ts';

/** The line of a booked difference in the electronic journal. */
export function differenceEntry(till: TillRow, lines: readonly CountLine[], date: string) {
  const [largest] = [...lines].sort((one, other) => (sizeOf(other) > sizeOf(one) ? 1 : -1));
  return entryOf({
    kind: 'till.difference',
    what: `${till.name} ${differenceSentence(lines)}`,
    amountMinor: String(largest ? sizeOf(largest) : 0n),
    currency: largest?.currency ?? '',
    valueDate: date,
    till: till.till,
    name: till.name,
  });
}

function sizeOf(line: CountLine): bigint {
  const difference = differenceMinor(line);
  return difference < 0n ? -difference : difference;
}
