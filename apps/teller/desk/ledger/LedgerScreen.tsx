// "Prove it": the trial balance, the log's head, and the proof of both run again before one's eyes.
import { useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import { Money } from '../../parts/Money.tsx';
import { Empty, Notice, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatAccount } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel } from '../Screen.tsx';
import { AuditTrail } from './AuditTrail.tsx';
import styles from './ledger.module.css';
import { Proof } from './Proof.tsx';
import { type BalanceRow, isZero, type Totals } from './totals.ts';

const columns: readonly Column<BalanceRow>[] = [
  {
    id: 'number',
    title: 'Account',
    track: '128px',
    draw: (row) => formatAccount(row.number),
  },
  { id: 'name', title: 'Name', track: 'minmax(0, 1fr)', draw: (row) => row.name },
  {
    id: 'debit',
    title: 'Debit',
    track: '136px',
    isNumber: true,
    draw: (row) => amountIn(row.debitMinor, row.currency),
  },
  {
    id: 'credit',
    title: 'Credit',
    track: '136px',
    isNumber: true,
    draw: (row) => amountIn(row.creditMinor, row.currency),
  },
];

const keyOf = (row: BalanceRow): string => row.number;

function amountIn(minor: string, currency: string) {
  return minor === '0' ? '' : <Money minor={minor} currency={currency} />;
}

export function LedgerScreen() {
  const mayReadTrail = useRole('auditor', 'compliance', 'administrator');
  const [isTrail, setTrail] = useState(false);
  const turn = (): void => setTrail(!isTrail);
  useHotkeys(
    'Books',
    [{ chord: 'Alt+L', what: isTrail ? 'trial balance' : 'audit trail', run: turn }],
    {
      isOff: !mayReadTrail,
    },
  );
  const swap = (
    <Button kind="quiet" chord="Alt+L" onPress={turn}>
      {isTrail ? 'Trial balance' : 'Audit trail'}
    </Button>
  );
  return (
    <Halves
      left={
        <Panel
          title={isTrail ? 'Audit trail' : 'Trial balance'}
          isFull
          aside={mayReadTrail ? swap : null}
        >
          {isTrail ? <AuditTrail /> : <TrialBalance />}
        </Panel>
      }
      right={
        <Panel title="Prove it">
          <Proof />
        </Panel>
      }
    />
  );
}

function TrialBalance() {
  const [chosen, setChosen] = useState<string | null>(null);
  const reading = useQuery('ledger.trialBalance', {}, { keep: true });
  const { data } = reading;
  if (!data) return <Waiting for={reading} what="the trial balance" />;
  if (data.rows.length === 0) return <Empty>The bank keeps no accounts yet.</Empty>;
  return (
    <div className={styles.list}>
      <TotalsLine totals={data.totals} />
      <Table
        label="Trial balance"
        columns={columns}
        rows={data.rows}
        rowKey={keyOf}
        chosen={chosen}
        onChoose={(row) => setChosen(row.number)}
      />
    </div>
  );
}

/** Debits minus credits of each currency: zero, or the books are wrong. */
function TotalsLine(props: { totals: Totals }) {
  const wrong = Object.entries(props.totals).filter(([, minor]) => !isZero(minor));
  if (wrong.length === 0) {
    return (
      <Notice tone="green">
        {`Debits equal credits in ${Object.keys(props.totals).join(', ')}.`}
      </Notice>
    );
  }
  return (
    <Notice tone="red" isLoud>
      Debits do not equal credits:
      {wrong.map(([currency, minor]) => (
        <Money key={currency} minor={minor} currency={currency} isSigned />
      ))}
    </Notice>
  );
}
