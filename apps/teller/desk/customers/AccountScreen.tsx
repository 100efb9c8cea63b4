// One account: its statement on the left, newest first, and on the right whose it is and what may be done.
import { useCallback, useRef, useState } from 'react';
import type { AccountView } from '#contract/accounts.ts';
import type { Output } from '#contract/index.ts';
import { formatAmount } from '#contract/money.ts';
import { Badge, StateBadge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { besideAccount } from '../../parts/besideAccount.ts';
import { Money } from '../../parts/Money.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatAccount, formatDate } from '../../parts/words.ts';
import { useScreens } from '../../state/screens.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel, useOpening } from '../Screen.tsx';
import { AccountActions } from './AccountActions.tsx';
import styles from './customers.module.css';

/** The other side is named once: most titles name it already. */
function whatOf({ what, counterparty, narrative }: StatementLine, number: string): string {
  const short = besideAccount(what, number);
  const other = counterparty && !short.includes(counterparty) ? counterparty : '';
  return [short, other, narrative].filter(Boolean).join(', ');
}

type StatementLine = Output<'account.statement'>['lines'][number];

function columnsFor(number: string, currency: string): readonly Column<StatementLine>[] {
  return [
    { id: 'date', title: 'Date', track: '120px', draw: (line) => formatDate(line.date) },
    { id: 'number', title: 'No.', track: '52px', isNumber: true, draw: (line) => line.journal },
    {
      id: 'what',
      title: 'What',
      track: 'minmax(0, 1fr)',
      draw: (line) => whatOf(line, number),
    },
    {
      id: 'amount',
      title: 'Amount',
      track: '96px',
      isNumber: true,
      draw: (line) => formatAmount(line.amountMinor, currency),
    },
    {
      id: 'balance',
      title: 'Balance',
      track: '104px',
      isNumber: true,
      draw: (line) => formatAmount(line.balanceMinor, currency),
    },
  ];
}

const keyOf = (line: StatementLine): string => line.leg;
const pageLines = 50;
/** The station hands out at most this many lines at once. */
const mostLines = 200;

export function AccountScreen(props: { number: string }) {
  const { number } = props;
  const [count, setCount] = useState(pageLines);
  const [chosen, setChosen] = useState<string | null>(null);
  const table = useRef<HTMLDivElement>(null);
  const account = useQuery('account.get', { number });
  const statement = useQuery('account.statement', { number, count }, { keep: true });
  const open = useScreens((screens) => screens.open);
  const currency = account.data?.currency ?? 'EUR';
  const lines = statement.data?.lines ?? noLines;
  const hasMore = statement.data?.more ?? false;
  const more = useCallback(() => {
    if (hasMore) setCount((now) => Math.min(mostLines, now + pageLines));
  }, [hasMore]);
  const isShown = lines.length > 0;
  useOpening(() => table.current?.focus(), statement.data !== undefined);
  return (
    <Halves
      left={
        <Panel title={`Statement of ${formatAccount(number)}`} isFull>
          {isShown ? (
            <Table
              ref={table}
              label="Statement, newest first"
              columns={columnsFor(number, currency)}
              rows={lines}
              rowKey={keyOf}
              chosen={chosen}
              onChoose={(line) => setChosen(line.leg)}
              onOpen={(line) => open({ name: 'journal', journal: line.journal })}
              onEnd={more}
            />
          ) : (
            <div className={styles.search}>
              <Waiting for={statement} what="the statement" />
              {statement.data ? <Empty>Nothing has moved on this account.</Empty> : null}
            </div>
          )}
        </Panel>
      }
      right={
        <Panel title="Account">
          <Waiting for={account} what="the account" />
          {account.data ? <AccountFacts account={account.data} /> : null}
        </Panel>
      }
    />
  );
}

const noLines: readonly StatementLine[] = [];

function AccountFacts(props: { account: AccountView }) {
  const { account } = props;
  const { currency } = account;
  const open = useScreens((screens) => screens.open);
  return (
    <div className={styles.whole}>
      <p className={styles.name}>
        <strong>{`${formatAccount(account.number)} ${account.name}`}</strong>
        <span className={styles.dim}>{account.product}</span>
        <StateBadge state={account.state} />
      </p>
      <dl className={styles.details}>
        <dt>balance</dt>
        <dd>
          <Money minor={account.balanceMinor} currency={currency} size="large" />
        </dd>
        <dt>available</dt>
        <dd>
          <Money minor={account.availableMinor} currency={currency} />
        </dd>
        <dt>overdraft</dt>
        <dd>
          <Money minor={account.overdraftMinor} currency={currency} />
        </dd>
        <dt>opened</dt>
        <dd>{formatDate(account.openedOn)}</dd>
        <dt>last moved</dt>
        <dd>{account.lastMovementOn ? formatDate(account.lastMovementOn) : 'never'}</dd>
      </dl>
      <section className={styles.block}>
        <h3>Owners and mandates</h3>
        <ul>
          {account.owners.map((owner) => (
            <li key={owner.customer} className={styles.name}>
              <Button
                kind="quiet"
                onPress={() => open({ name: 'customers', customer: owner.customer })}
              >
                {owner.name}
              </Button>
              <span className={styles.dim}>{owner.role}</span>
            </li>
          ))}
          {account.mandates.map((mandate) => (
            <li key={mandate.id} className={styles.name}>
              <span>{mandate.name}</span>
              <span className={styles.dim}>
                {`${mandate.kind}${mandate.until ? `, until ${formatDate(mandate.until)}` : ''}`}
              </span>
              {mandate.limitMinor === null ? null : (
                <Money minor={mandate.limitMinor} currency={currency} />
              )}
            </li>
          ))}
        </ul>
      </section>
      {account.holds.length > 0 ? (
        <section className={styles.block}>
          <h3>Held</h3>
          <ul>
            {account.holds.map((hold) => (
              <li key={hold.id} className={styles.name}>
                <Money minor={hold.amountMinor} currency={currency} />
                <span>{hold.why}</span>
                <Badge tone="amber" icon="lock">
                  held
                </Badge>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <Begin number={account.number} />
      <AccountActions account={account} />
    </div>
  );
}

const beginnings = [
  ['D', 'Deposit', 'cash.deposit'],
  ['W', 'Withdraw', 'cash.withdrawal'],
  ['T', 'Transfer', 'transfer'],
] as const;

/** What can be begun for the account in front, with its number filled in. */
function Begin(props: { number: string }) {
  const isDesk = useRole('teller', 'supervisor');
  const open = useScreens((screens) => screens.open);
  const keys = beginnings.map(([chord, what, task]) => ({
    ...{ chord, what },
    run: () => open({ name: 'counter', task, preset: { account: formatAccount(props.number) } }),
  }));
  useHotkeys(
    'Account',
    keys.map(({ what, ...key }) => ({ ...key, what: what.toLowerCase() })),
    { isOff: !isDesk },
  );
  if (!isDesk) return null;
  return (
    <div className={styles.actions}>
      {keys.map(({ chord, what, run }) => (
        <Button key={chord} kind="quiet" chord={chord} onPress={run}>
          {what}
        </Button>
      ))}
    </div>
  );
}
