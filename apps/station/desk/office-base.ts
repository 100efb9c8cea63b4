// Reads what all branches hold in one currency, by head office's rates: positions and the cash of persons.
import type { Output } from '#contract/index.ts';
import { ratesOrder } from '#contract/rates.ts';
import { ageDays, type Rates, toBase } from '#station/bank/rates.ts';
import type { OfficeLine } from '#station/office/client/calls.ts';
import { instant } from './counter.ts';

type InBase = NonNullable<Output<'office.overview'>['overview']['inBase']>;
type Row = Readonly<Record<string, string>>;

/** Null where head office has no rates. A list it could not have published is none. */
export async function readInBase(
  line: Pick<OfficeLine, 'read'>,
  at: { readonly now: number; readonly oldDays: number },
): Promise<InBase | null> {
  const [newest] = await line.read<{ version: number; value: unknown }>(
    'SELECT version, value FROM office.newest_rates',
  );
  const list = ratesOrder.safeParse(newest?.value);
  if (!newest || !list.success) return null;
  const rates: Rates = { ...list.data, version: newest.version };
  const liquidity = await line.read<Row>(
    'SELECT * FROM office.liquidity ORDER BY branch, currency LIMIT 2000',
  );
  const cash = await line.read<Row>(
    `SELECT * FROM office.cash_in_base WHERE date = (SELECT date FROM office.newest_cash_date)
     ORDER BY amount DESC LIMIT 100`,
  );
  const age = ageDays(rates.date, instant(at.now).slice(0, 10));
  return {
    ...{ version: rates.version, base: rates.base, date: rates.date },
    ...{ ageDays: age, isOld: age > at.oldDays },
    positions: positionsOf(rates, liquidity),
    cash: cash.map(cashOf),
  };
}

/** Sums of each branch over its currencies; what has no rate is named and left out. */
export function positionsOf(rates: Rates, rows: readonly Row[]): InBase['positions'] {
  const branches = [...new Set(rows.map(({ branch = '' }) => branch))];
  return branches.map((branch) => {
    const own = rows.filter((row) => row.branch === branch);
    const sum = (column: string): string => {
      const worth = own.map((row) => {
        return toBase(rates, BigInt(row[column] ?? '0'), row.currency ?? '') ?? 0n;
      });
      return String(worth.reduce((total, each) => total + each, 0n));
    };
    const missing = own.flatMap(({ currency = '' }) =>
      toBase(rates, 0n, currency) === null ? [currency] : [],
    );
    const sums = { cashMinor: sum('cash'), depositsMinor: sum('deposits') };
    return { branch, ...sums, loansMinor: sum('loans'), missing };
  });
}

function cashOf(row: Row): InBase['cash'][number] {
  const { amount = '0', threshold } = row;
  return {
    ...{ date: row.date ?? '', direction: row.direction as 'in' | 'out', name: row.name ?? '' },
    ...{ identity: row.identity ?? '', at: row.at ?? '', items: Number(row.items ?? 0) },
    ...{ currencies: Number(row.currencies ?? 0), missing: row.missing ?? '' },
    ...{ amountMinor: amount, version: Number(row.version ?? 0) },
    isOver: threshold == null ? null : BigInt(amount) > BigInt(threshold),
  };
}
