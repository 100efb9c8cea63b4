// The guard: where it runs, which cash it holds beside the ledger, and where it has anchored the log.
import { useState } from 'react';
import type { GuardView } from '#contract/guard.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Money } from '../../parts/Money.tsx';
import { Empty, Notice, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { formatAccount } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel } from '../Screen.tsx';
import { Confirm } from './Confirm.tsx';
import styles from './guard.module.css';
import { Latency } from './Latency.tsx';
import { placeSentence, sealSentence, startSentence } from './sentences.ts';

type Row = GuardView['accounts'][number];

const columns: readonly Column<Row>[] = [
  {
    id: 'number',
    title: 'Account',
    track: '112px',
    draw: (row) => (row.number === '' ? '' : formatAccount(row.number)),
  },
  { id: 'name', title: 'Name', track: 'minmax(0, 1fr)', draw: (row) => row.name },
  {
    id: 'balance',
    title: 'Balance',
    track: '152px',
    isNumber: true,
    draw: (row) => <Money minor={row.balanceMinor} currency={row.currency} isSigned />,
  },
  {
    id: 'held',
    title: 'Held',
    track: '112px',
    isNumber: true,
    draw: (row) =>
      row.heldMinor === '0' ? '' : <Money minor={row.heldMinor} currency={row.currency} />,
  },
];

const keyOf = (row: Row): string => `${row.number} ${row.currency}`;

export function GuardScreen() {
  const reading = useQuery('guard.state', {}, { keep: true });
  const { data } = reading;
  return (
    <Halves
      left={
        <Panel title="Accounts in the guard" isFull>
          {data ? <Accounts rows={data.accounts} /> : <Waiting for={reading} what="the guard" />}
        </Panel>
      }
      right={<Panel title="Guard">{data ? <State view={data} /> : null}</Panel>}
    />
  );
}

function Accounts(props: { rows: readonly Row[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  if (props.rows.length === 0) {
    return <Empty>The guard holds no account yet: no till has been opened.</Empty>;
  }
  return (
    <Table
      label="Accounts in the guard"
      columns={columns}
      rows={props.rows}
      rowKey={keyOf}
      chosen={chosen}
      onChoose={(row) => setChosen(keyOf(row))}
    />
  );
}

function State(props: { view: GuardView }) {
  const { view } = props;
  const mayConfirm = useRole('supervisor', 'administrator');
  const { alarm, counts, remembered } = view;
  return (
    <div className={styles.state}>
      {alarm ? (
        <Notice tone={alarm.tone} isLoud>
          {alarm.message}
        </Notice>
      ) : null}
      {alarm?.reason === 'guard-unconfirmed' && mayConfirm ? <Confirm /> : null}
      <p>
        <Badge tone="calm" icon={view.kind === 'kernel' ? 'lock' : 'dot'}>
          {view.kind === 'kernel' ? 'in the kernel' : 'in this program'}
        </Badge>{' '}
        {placeSentence(view)}
      </p>
      <dl className={styles.facts}>
        <dt>State</dt>
        <dd>{`${view.state}, version ${view.abi}`}</dd>
        <dt>This life</dt>
        <dd>{startSentence(view)}</dd>
        <dt>Sealed</dt>
        <dd>{sealSentence(view.seals)}</dd>
        <dt>Postings</dt>
        <dd>{`${counted(counts.posted)} posted, ${counted(counts.held)} set aside, ${counted(counts.voided)} released, ${counted(counts.refused)} refused`}</dd>
        <dt>Remembered</dt>
        <dd>{`${counted(remembered.transfers)} of ${counted(remembered.transfersMax)} transfers`}</dd>
        <dt>Epoch</dt>
        <dd className={styles.hash}>{view.epoch}</dd>
      </dl>
      <h3>Where the log is anchored</h3>
      <Anchor quote={view.quote} />
      <h3>How long transfers took</h3>
      <Latency latency={view.latency} />
    </div>
  );
}

const counted = (count: number): string => count.toLocaleString('en');

function Anchor(props: { quote: GuardView['quote'] }) {
  const { quote } = props;
  if (!quote) return <Empty>Nowhere: the guard holds nothing yet.</Empty>;
  return (
    <dl className={styles.facts}>
      <dt>Event</dt>
      <dd>
        {counted(quote.seq)}{' '}
        {quote.isHead ? (
          <Badge tone="green" icon="tick">
            the head of the log
          </Badge>
        ) : (
          <Badge tone="red" icon="stop">
            not the head of the log
          </Badge>
        )}
      </dd>
      <dt>Its hash</dt>
      <dd className={styles.hash}>{quote.hash}</dd>
      <dt>Register</dt>
      <dd className={styles.hash}>{quote.register}</dd>
      <dt>Quote</dt>
      <dd className={styles.hash}>
        {quote.digest}
        {quote.isSigned ? '' : ' (no key was set, so it is not signed)'}
      </dd>
    </dl>
  );
}
