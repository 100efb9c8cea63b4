// Credit at the counter: the applications on the left, on the right a new one with its figures, or one to decide.
import { useState } from 'react';
import type { CreditLine } from '#contract/credit.ts';
import { Button } from '../../parts/Button.tsx';
import { amountColumn, stateColumn } from '../../parts/columns.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { formatWhen } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel } from '../Screen.tsx';
import { Apply } from './Apply.tsx';
import styles from './credit.module.css';
import { DecideCredit } from './DecideCredit.tsx';

const columns: readonly Column<CreditLine>[] = [
  {
    id: 'time',
    title: 'Since',
    track: '56px',
    draw: (line) => formatWhen(line.at, new Date().toISOString()),
  },
  { id: 'name', title: 'Customer', track: 'minmax(0, 1fr)', draw: (line) => line.name },
  { id: 'product', title: 'What', track: '72px', draw: (line) => line.product },
  amountColumn(),
  { id: 'band', title: 'Band', track: '44px', draw: (line) => line.assessment.band },
  stateColumn('96px'),
];

const keyOf = (line: CreditLine): string => String(line.application);
const none: readonly CreditLine[] = [];

export function CreditScreen() {
  const reading = useQuery('credit.list', {}, { keep: true });
  const takes = useRole('teller', 'supervisor');
  const [picked, setPicked] = useState<string | null>(null);
  const lines = reading.data?.applications ?? none;
  const chosen = lines.find((line) => keyOf(line) === picked);
  return (
    <Halves
      left={
        <Panel
          title="Credit applications"
          isFull
          aside={
            chosen && takes ? (
              <Button kind="main" onPress={() => setPicked(null)}>
                New application
              </Button>
            ) : null
          }
        >
          {lines.length > 0 ? (
            <Table
              label="Credit applications"
              columns={columns}
              rows={lines}
              rowKey={keyOf}
              chosen={chosen ? keyOf(chosen) : null}
              onChoose={(line) => setPicked(keyOf(line))}
            />
          ) : (
            <div className={styles.empty}>
              <Waiting for={reading} what="the applications" />
              {reading.data ? <Empty>Nobody has asked for credit yet.</Empty> : null}
            </div>
          )}
        </Panel>
      }
      right={
        chosen ? (
          <DecideCredit key={chosen.application} line={chosen} />
        ) : takes ? (
          <Apply onDone={(application) => setPicked(String(application))} />
        ) : (
          <Panel title="Application">
            <Empty>Choose one on the left.</Empty>
          </Panel>
        )
      }
    />
  );
}
