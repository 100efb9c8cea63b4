// Makes the columns that stand in many tables: an amount with its currency, a state with its badge.
import { StateBadge } from './Badge.tsx';
import { Money } from './Money.tsx';
import type { Column } from './Table.tsx';

/** What a row costs or moves; `track` is as wide as the largest amount of the list. */
export function amountColumn<T extends { readonly amountMinor: string; readonly currency: string }>(
  track = '124px',
): Column<T> {
  return {
    ...{ id: 'amount', title: 'Amount', track, isNumber: true },
    draw: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
  };
}

/** Where a row stands, in a word and a shape. */
export function stateColumn<T extends { readonly state: string }>(track: string): Column<T> {
  return { id: 'state', title: 'State', track, draw: ({ state }) => <StateBadge state={state} /> };
}
