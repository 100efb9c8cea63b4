// What all branches hold, and what persons moved in cash, in one currency; by which rates, and how old they are.
import type { Output } from '#contract/index.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Money } from '../../parts/Money.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { formatDate } from '../../parts/words.ts';
import styles from './office.module.css';
import { ratesSentence } from './words.ts';

type Overview = Output<'office.overview'>['overview'];

/** Liquidity of one branch, or of all, in the base; nothing where all of it is in the base anyway. */
export function InBase(props: { overview: Overview; branch: string | null }) {
  const { inBase } = props.overview;
  const own = props.overview.liquidity.filter(
    (row) => props.branch === null || row.branch === props.branch,
  );
  if (!inBase || own.every(({ currency }) => currency === inBase.base)) return null;
  const rows = inBase.positions.filter(
    (row) => props.branch === null || row.branch === props.branch,
  );
  const sum = (pick: (row: (typeof rows)[number]) => string): string =>
    String(rows.reduce((total, row) => total + BigInt(pick(row)), 0n));
  const missing = [...new Set(rows.flatMap((row) => row.missing))].sort().join(', ');
  return (
    <>
      <table className={styles.table}>
        <caption>{`The same in ${inBase.base}, by the ${ratesSentence(inBase)}`}</caption>
        <tbody>
          <tr>
            {[
              sum((row) => row.cashMinor),
              sum((row) => row.depositsMinor),
              sum((row) => row.loansMinor),
            ].map((minor, at) => (
              <td key={['cash', 'deposits', 'loans'][at]} className={styles.number}>
                <Money minor={minor} currency={inBase.base} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      {missing === '' ? null : (
        <Notice tone="amber">{`Without a rate, left out: ${missing}.`}</Notice>
      )}
    </>
  );
}

/** Cash of persons over all branches and currencies; nothing where all of it is in one. */
export function CashInBase({ overview }: { overview: Overview }) {
  const { inBase } = overview;
  const rows = inBase?.cash.filter((row) => row.currencies > 1 || row.isOver === true) ?? [];
  if (!inBase || rows.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption>
        {`Cash by person in all currencies on ${formatDate(rows[0]?.date ?? '')}, in ${inBase.base} by that date’s rates`}
      </caption>
      <tbody>
        {rows.slice(0, 10).map((row) => (
          <tr key={`${row.identity} ${row.direction}`}>
            <td>{row.name === '' ? row.identity : row.name}</td>
            <td>
              {`${row.direction}, ${row.items} at ${row.at}${row.missing === '' ? '' : `, without ${row.missing}`}`}
            </td>
            <td>
              {row.isOver ? (
                <Badge tone="amber" icon="warning">
                  over the threshold
                </Badge>
              ) : null}
            </td>
            <td className={styles.number}>
              <Money minor={row.amountMinor} currency={inBase.base} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
