// Head office's page: every branch with its head and lag, the bank's books, cash of persons over all branches.
import { useState } from 'react';
import type { Output } from '#contract/index.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Money } from '../../parts/Money.tsx';
import { Empty, Notice, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import {
  counted,
  formatDate,
  formatInstant,
  formatTime,
  formatWhen,
  plain,
} from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Halves, Panel, WaitingHalves } from '../Screen.tsx';
import { type BranchRow, troubleOf, worstFirst } from './branches.ts';
import { Exceptions } from './Exceptions.tsx';
import { CashInBase, InBase } from './InBase.tsx';
import styles from './office.module.css';

type Overview = Output<'office.overview'>['overview'];

/** Seen from the moment of the answer: silence grows with it. */
const columnsAt = (at: string): readonly Column<BranchRow>[] => [
  { id: 'branch', title: 'Branch', track: '72px', draw: (row) => row.branch },
  { id: 'name', title: 'Name', track: 'minmax(0, 1fr)', draw: (row) => row.name },
  { id: 'events', title: 'Events', track: '72px', isNumber: true, draw: (row) => row.received },
  {
    id: 'behind',
    title: 'Lag',
    track: '56px',
    isNumber: true,
    draw: (row) => row.behind + row.downBehind,
  },
  {
    id: 'seen',
    title: 'Heard',
    track: '72px',
    draw: (row) => (row.seenAt === null ? 'never' : formatWhen(row.seenAt, at)),
  },
  {
    id: 'state',
    title: 'State',
    track: '112px',
    draw: (row) => <BranchState row={row} at={at} />,
  },
];

const keyOf = (row: BranchRow): string => row.branch;

function BranchState({ row, at }: { row: BranchRow; at: string }) {
  switch (troubleOf(row, at)) {
    case 'stopped':
      return (
        <Badge tone="red" icon="stop">
          stopped
        </Badge>
      );
    case 'silent':
      return (
        <Badge tone="amber" icon="unlink">
          silent
        </Badge>
      );
    case 'exceptions':
      return (
        <Badge tone="amber" icon="warning">
          {`${row.exceptions} to settle`}
        </Badge>
      );
  }
  return (
    <Badge tone="calm" icon="dot">
      {plain(row.dayState)}
    </Badge>
  );
}

export function BankScreen() {
  const reading = useQuery('office.overview', {}, { keep: true });
  const [picked, setPicked] = useState<string | null>(null);
  const overview = reading.data?.overview;
  if (!overview) {
    return (
      <WaitingHalves left="All branches" right="The bank">
        <Waiting for={reading} what="what head office knows" />
      </WaitingHalves>
    );
  }
  const chosen = overview.branches.find((row) => row.branch === picked);
  return (
    <Halves
      left={
        <Panel
          title={`${counted(overview.branches.length, 'branch', 'branches')}, as of ${formatTime(overview.at)}`}
          isFull
        >
          <Table
            label="Branches"
            columns={columnsAt(overview.at)}
            rows={worstFirst(overview.branches, overview.at)}
            rowKey={keyOf}
            chosen={picked}
            onChoose={(row) => setPicked(row.branch === picked ? null : row.branch)}
          />
        </Panel>
      }
      right={
        <Panel title={chosen ? `${chosen.branch} ${chosen.name}` : 'The bank'}>
          <div className={styles.stack}>
            {chosen ? <BranchFacts row={chosen} /> : <Totals overview={overview} />}
            <Exceptions
              exceptions={overview.exceptions.filter(
                (row) => !chosen || row.branch === chosen.branch,
              )}
            />
            <Liquidity overview={overview} branch={chosen?.branch ?? null} />
            <InBase overview={overview} branch={chosen?.branch ?? null} />
            <Positions overview={overview} branch={chosen?.branch ?? null} />
            <CashInBase overview={overview} />
            <Cash overview={overview} />
          </div>
        </Panel>
      }
    />
  );
}

function BranchFacts({ row }: { row: BranchRow }) {
  const lines = [
    ['Head', row.head.slice(0, 32)],
    ['Heard', row.seenAt === null ? 'never' : formatInstant(row.seenAt)],
    ['Signed up to', `event ${row.verified} of ${row.received}`],
    [
      'Business date',
      row.businessDate === '' ? 'none' : `${formatDate(row.businessDate)}, ${plain(row.dayState)}`,
    ],
    ['On its way to it', `${row.inTransit} visits, ${row.downBehind} items`],
    ...(row.stopped === '' ? [] : [['Stopped', row.stopped] as const]),
  ] as const;
  return (
    <dl className={styles.facts}>
      {lines.flatMap(([label, text]) => [
        <dt key={label}>{label}</dt>,
        <dd key={`${label}:`} className={styles.hash}>
          {text}
        </dd>,
      ])}
    </dl>
  );
}

function Totals({ overview }: { overview: Overview }) {
  const wrong = overview.totals.filter(({ amountMinor }) => amountMinor !== '0');
  if (wrong.length > 0) {
    return (
      <Notice tone="red" isLoud>
        {`Debits do not equal credits over all branches in ${wrong.map(({ currency }) => currency).join(', ')}.`}
      </Notice>
    );
  }
  const names = overview.totals.map(({ currency }) => currency).join(', ');
  return names === '' ? (
    <Empty>No branch has delivered anything yet.</Empty>
  ) : (
    <Notice tone="green">{`Debits equal credits over all branches in ${names}.`}</Notice>
  );
}

interface Scoped {
  readonly overview: Overview;
  /** One branch, or null for all. */
  readonly branch: string | null;
}

function sumBy<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  amountOf: (row: T) => string,
): [string, bigint][] {
  const sums = new Map<string, bigint>();
  for (const row of rows)
    sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0n) + BigInt(amountOf(row)));
  return [...sums];
}

function Liquidity({ overview, branch }: Scoped) {
  const rows = overview.liquidity.filter((row) => branch === null || row.branch === branch);
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  return (
    <table className={styles.table}>
      <caption>Liquidity</caption>
      <thead>
        <tr>
          <th className={styles.number}>Cash there</th>
          <th className={styles.number}>Deposits that could be asked for</th>
          <th className={styles.number}>Lent out</th>
        </tr>
      </thead>
      <tbody>
        {currencies.map((currency) => {
          const own = rows.filter((row) => row.currency === currency);
          const sum = (pick: (row: (typeof rows)[number]) => string): string =>
            String(own.reduce((total, row) => total + BigInt(pick(row)), 0n));
          return (
            <tr key={currency}>
              <td className={styles.number}>
                <Money minor={sum((row) => row.cashMinor)} currency={currency} />
              </td>
              <td className={styles.number}>
                <Money minor={sum((row) => row.depositsMinor)} currency={currency} />
              </td>
              <td className={styles.number}>
                <Money minor={sum((row) => row.loansMinor)} currency={currency} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Positions({ overview, branch }: Scoped) {
  const rows = overview.trialBalance.filter((row) => branch === null || row.branch === branch);
  const sums = sumBy(
    rows,
    (row) => `${row.class} ${row.product} ${row.currency}`,
    (row) => row.amountMinor,
  );
  return (
    <table className={styles.table}>
      <caption>Trial balance, debits minus credits</caption>
      <tbody>
        {sums.map(([key, minor]) => {
          const [kind = '', product = '', currency = ''] = key.split(' ');
          return (
            <tr key={key}>
              <td>{kind}</td>
              <td>{product}</td>
              <td className={styles.number}>
                <Money minor={String(minor)} currency={currency} isSigned />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Cash({ overview }: { overview: Overview }) {
  if (overview.cash.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption>Cash by person on the newest business date, all branches, in and out apart</caption>
      <tbody>
        {overview.cash.slice(0, 10).map((row) => (
          <tr key={`${row.identity} ${row.direction} ${row.currency}`}>
            <td>{row.name === '' ? row.identity : row.name}</td>
            <td>{`${row.direction}, ${row.items} at ${row.at}`}</td>
            <td className={styles.number}>
              <Money minor={row.amountMinor} currency={row.currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
