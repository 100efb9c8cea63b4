// The queue on the left, on the right what is to be decided or carried out; two keys and the factor decide.
import { useRef, useState } from 'react';
import type { ApprovalLine } from '#contract/approvals.ts';
import { Button } from '../../parts/Button.tsx';
import { amountColumn, stateColumn } from '../../parts/columns.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatWhen } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel, useOpening } from '../Screen.tsx';
import styles from './approvals.module.css';
import { DecisionCard } from './DecisionCard.tsx';

type Scope = 'waiting' | 'own' | 'decided';

const scopes: readonly (readonly [Scope, string, string])[] = [
  ['waiting', 'To decide', 'Alt+1'],
  ['own', 'Yours', 'Alt+2'],
  ['decided', 'Decided', 'Alt+3'],
];

const columns: readonly Column<ApprovalLine>[] = [
  {
    id: 'time',
    title: 'Since',
    track: '48px',
    draw: (line) => formatWhen(line.at, new Date().toISOString()),
  },
  { id: 'what', title: 'What', track: 'minmax(0, 1fr)', draw: (line) => line.what },
  amountColumn(),
  { id: 'by', title: 'By', track: '84px', draw: (line) => line.by },
  stateColumn('88px'),
];

const keyOf = (line: ApprovalLine): string => String(line.approval);
const noLines: readonly ApprovalLine[] = [];

const empty: Readonly<Record<Scope, string>> = {
  waiting: 'Nothing waits for a decision.',
  own: 'Nothing of yours was sent to a supervisor.',
  decided: 'Nothing has been decided yet.',
};

export function ApprovalsScreen(props: { approval?: number }) {
  const decides = useRole('supervisor');
  const [scope, setScope] = useState<Scope>(
    decides && props.approval === undefined ? 'waiting' : 'own',
  );
  const [picked, setPicked] = useState<string | null>(
    props.approval === undefined ? null : String(props.approval),
  );
  const table = useRef<HTMLDivElement>(null);
  const reading = useQuery('approval.list', { scope }, { keep: true });
  const lines = reading.data?.approvals ?? noLines;
  const chosen = lines.find((line) => keyOf(line) === picked) ?? lines[0];
  const go = (next: Scope) => (): void => {
    setPicked(null);
    setScope(next);
  };
  useHotkeys(
    'Approvals',
    scopes.map(([each, what, chord]) => ({ chord, what, run: go(each) })),
  );
  const isShown = lines.length > 0;
  useOpening(() => table.current?.focus(), reading.data !== undefined);
  return (
    <Halves
      left={
        <Panel
          title="Approvals"
          isFull
          aside={<Scopes scope={scope} onGo={(next) => go(next)()} />}
        >
          {isShown ? (
            <Table
              ref={table}
              label="Approvals"
              columns={columns}
              rows={lines}
              rowKey={keyOf}
              chosen={chosen ? keyOf(chosen) : null}
              onChoose={(line) => setPicked(keyOf(line))}
            />
          ) : (
            <div className={styles.empty}>
              <Waiting for={reading} what="approvals" />
              {reading.data ? <Empty>{empty[scope]}</Empty> : null}
            </div>
          )}
        </Panel>
      }
      right={
        chosen ? (
          <DecisionCard
            key={chosen.approval}
            line={chosen}
            onDone={() => {
              setPicked(null);
              table.current?.focus();
            }}
          />
        ) : (
          <Panel title="Decision">
            <Empty>Choose one on the left.</Empty>
          </Panel>
        )
      }
    />
  );
}

function Scopes(props: { scope: Scope; onGo: (scope: Scope) => void }) {
  return (
    <div className={styles.scopes}>
      {scopes.map(([scope, label, chord]) => (
        <Button
          key={scope}
          kind={scope === props.scope ? 'main' : 'quiet'}
          chord={chord}
          onPress={() => props.onGo(scope)}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
