// One customer whole: what must be known now, accounts, last movements, notes.
import { useState } from 'react';
import type { CustomerView } from '#contract/customers.ts';
import { formatAmount, formatMoney } from '#contract/money.ts';
import { Badge, StateBadge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { besideAccount } from '../../parts/besideAccount.ts';
import { Empty, Notice, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatAccount, formatDate, formatInstant } from '../../parts/words.ts';
import { type CounterTask, useScreens } from '../../state/screens.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Panel } from '../Screen.tsx';
import { CustomerDetails } from './CustomerDetails.tsx';
import styles from './customers.module.css';
import { NoteDialog } from './NoteDialog.tsx';
import { Notes } from './Notes.tsx';
import { PictureStrip, TakePicture } from './Pictures.tsx';

type AccountLine = CustomerView['accounts'][number];

const columns: readonly Column<AccountLine>[] = [
  { id: 'number', title: 'Account', track: '88px', draw: (line) => formatAccount(line.number) },
  { id: 'product', title: 'Product', track: 'minmax(0, 1fr)', draw: (line) => line.product },
  { id: 'role', title: 'As', track: '64px', draw: (line) => line.role },
  {
    id: 'balance',
    title: 'Balance',
    track: '124px',
    isNumber: true,
    draw: (line) => formatMoney(line.balanceMinor, line.currency),
  },
  {
    id: 'available',
    title: 'Available',
    track: '104px',
    isNumber: true,
    draw: (line) =>
      line.availableMinor === line.balanceMinor
        ? ''
        : formatAmount(line.availableMinor, line.currency),
  },
  { id: 'state', title: 'State', track: '84px', draw: (line) => <StateBadge state={line.state} /> },
];

const keyOf = (line: AccountLine): string => line.number;

export function CustomerPanel(props: { customer: number | null }) {
  const { customer } = props;
  const reading = useQuery('customer.get', customer === null ? null : { customer }, { keep: true });
  const view = reading.data;
  if (!view) {
    return (
      <Panel title="Customer">
        {customer === null ? <Empty>Nobody chosen yet.</Empty> : null}
        <Waiting for={reading} what="the customer" />
      </Panel>
    );
  }
  return <Whole key={view.customer} view={view} />;
}

function Whole(props: { view: CustomerView }) {
  const { view } = props;
  const [chosen, setChosen] = useState<string | null>(null);
  const [isNoting, setNoting] = useState(false);
  const open = useScreens((screens) => screens.open);
  const account = chosen ?? view.accounts[0]?.number ?? null;
  useCustomerKeys({ view, account, onNote: () => setNoting(true) });
  return (
    <Panel
      title={`Customer ${view.customer}`}
      aside={<span>{`since ${formatDate(view.since)}`}</span>}
    >
      <div className={styles.whole}>
        <p className={styles.name}>
          <strong>{view.name}</strong>
          {view.identified ? null : (
            <Badge tone="red" icon="stop">
              not identified
            </Badge>
          )}
          {view.riskClass === 'high' ? (
            <Badge tone="amber" icon="warning">
              high risk
            </Badge>
          ) : null}
          <CashToday cash={view.cashToday} />
        </p>
        <PictureStrip customer={view.customer} name={view.name} />
        {view.alerts.map((alert) => (
          <Notice key={alert} tone="amber">
            {alert}
          </Notice>
        ))}
        <div
          className={styles.accounts}
          style={{ height: 24 * (1 + Math.min(5, Math.max(1, view.accounts.length))) }}
        >
          {view.accounts.length > 0 ? (
            <Table
              label="Accounts of the customer"
              columns={columns}
              rows={view.accounts}
              rowKey={keyOf}
              chosen={account}
              onChoose={(line) => setChosen(line.number)}
              onOpen={(line) => open({ name: 'account', number: line.number })}
            />
          ) : (
            <Empty>No account yet.</Empty>
          )}
        </div>
        <Actions view={view} onNote={() => setNoting(true)} />
        <Notes notes={view.notes} />
        <Movements movements={view.movements} />
        <CustomerDetails details={view.details} />
      </div>
      <NoteDialog customer={view.customer} isOpen={isNoting} onClose={() => setNoting(false)} />
    </Panel>
  );
}

function CashToday(props: { cash: CustomerView['cashToday'] }) {
  return props.cash.map((line) => (
    <span key={line.currency} className={styles.dim}>
      {`cash today in ${formatAmount(line.inMinor, line.currency)}, out ${formatMoney(line.outMinor, line.currency)}`}
    </span>
  ));
}

interface KeyOptions {
  readonly view: CustomerView;
  readonly account: string | null;
  readonly onNote: () => void;
}

/** What can be started for the customer; letters, because the focus stands in a table. */
function useCustomerKeys({ view, account, onNote }: KeyOptions): void {
  const open = useScreens((screens) => screens.open);
  const isDesk = useRole('teller', 'supervisor');
  const start = (task: CounterTask) => () =>
    account && open({ name: 'counter', task, preset: { account: formatAccount(account) } });
  const desk = [
    { chord: 'D', what: 'deposit', run: start('cash.deposit') },
    { chord: 'W', what: 'withdrawal', run: start('cash.withdrawal') },
    { chord: 'T', what: 'transfer', run: start('transfer') },
    { chord: 'B', what: 'session', run: start('basket') },
    {
      chord: 'O',
      what: 'open an account',
      run: () => open({ name: 'openAccount', customer: view.customer }),
    },
  ];
  useHotkeys('Customer', [
    ...(isDesk ? desk : []),
    { chord: 'N', what: 'write a note', run: onNote },
  ]);
}

function Actions(props: { view: CustomerView; onNote: () => void }) {
  const isDesk = useRole('teller', 'supervisor');
  const open = useScreens((screens) => screens.open);
  return (
    <div className={styles.actions}>
      {isDesk ? (
        <Button
          kind="quiet"
          chord="O"
          onPress={() => open({ name: 'openAccount', customer: props.view.customer })}
        >
          Open an account
        </Button>
      ) : null}
      <Button kind="quiet" chord="N" onPress={props.onNote}>
        Note
      </Button>
      {isDesk ? <TakePicture customer={props.view.customer} /> : null}
      {isDesk ? <span className={styles.dim}>D in, W out, T transfer</span> : null}
    </div>
  );
}

/** The newest few; the statement has them all. */
const shownMovements = 6;

function Movements(props: { movements: CustomerView['movements'] }) {
  const { movements } = props;
  if (movements.length === 0) return null;
  return (
    <section className={styles.block}>
      <h3>Last movements</h3>
      <ul>
        {movements.slice(0, shownMovements).map((line) => (
          <li key={`${line.journal}${line.account}`} className={styles.movement}>
            <span className={styles.dim}>{formatInstant(line.at)}</span>
            <span>{besideAccount(line.what, line.account)}</span>
            <span>{formatMoney(line.amountMinor, line.currency)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
