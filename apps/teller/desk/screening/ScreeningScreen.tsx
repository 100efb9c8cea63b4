// Names beside the lists: which lists are in force, which names wait for a decision, and why each was found.
import { useRef, useState } from 'react';
import type { ScreeningCase } from '#contract/screening.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatInstant } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel, useOpening } from '../Screen.tsx';
import { DecideCase } from './DecideCase.tsx';
import { Hit } from './Hit.tsx';
import { Lists } from './Lists.tsx';
import styles from './screening.module.css';
import { scoreWords, stateWords } from './sentences.ts';
import { TryName } from './TryName.tsx';

const columns: readonly Column<ScreeningCase>[] = [
  { id: 'name', title: 'Name', track: 'minmax(0, 1fr)', draw: (row) => row.name },
  { id: 'role', title: 'As', track: '104px', draw: (row) => row.role },
  { id: 'entry', title: 'Entry', track: 'minmax(0, 1fr)', draw: (row) => row.entryName },
  {
    id: 'score',
    title: 'Alike',
    track: '96px',
    isNumber: true,
    draw: (row) => scoreWords(row.score),
  },
];

const keyOf = (row: ScreeningCase): string => String(row.id);
const nobody: readonly ScreeningCase[] = [];

export function ScreeningScreen() {
  const mayLook = useRole('supervisor', 'compliance', 'auditor');
  const reading = useQuery('screening.state', {}, { keep: true });
  const { data } = reading;
  if (mayLook) return <Cases />;
  return (
    <Halves
      left={
        <Panel title="Lists">
          {data ? <Lists state={data} /> : <Waiting for={reading} what="the lists" />}
        </Panel>
      }
      right={
        <Panel title="Names">
          <Empty>A supervisor or compliance decides the names that resemble a listed one.</Empty>
        </Panel>
      }
    />
  );
}

function Cases() {
  const state = useQuery('screening.state', {}, { keep: true });
  const [scope, setScope] = useState<'open' | 'decided'>('open');
  const [right, setRight] = useState<'case' | 'try'>('case');
  const [picked, setPicked] = useState<string | null>(null);
  const reading = useQuery('screening.cases', { scope }, { keep: true });
  const table = useRef<HTMLDivElement>(null);
  const rows = reading.data?.cases ?? nobody;
  const chosen = rows.find((row) => keyOf(row) === picked) ?? rows[0];
  const turn = (): void => setScope(scope === 'open' ? 'decided' : 'open');
  const look = (): void => setRight(right === 'try' ? 'case' : 'try');
  useHotkeys('Names beside the lists', [
    { chord: 'Alt+D', what: scope === 'open' ? 'decided names' : 'open names', run: turn },
    { chord: 'Alt+L', what: right === 'try' ? 'the chosen name' : 'look a name up', run: look },
  ]);
  useOpening(() => table.current?.focus(), reading.data !== undefined);
  return (
    <Halves
      left={
        <Panel title="Names beside the lists" aside={<Count open={state.data?.open ?? 0} />}>
          <div className={styles.stack}>
            {state.data ? <Lists state={state.data} /> : <Waiting for={state} what="the lists" />}
            <div className={styles.actions}>
              <Button chord="Alt+D" onPress={turn}>
                {scope === 'open' ? 'Show decided' : 'Show open'}
              </Button>
              <Button chord="Alt+L" onPress={look}>
                {right === 'try' ? 'Show the chosen name' : 'Look a name up'}
              </Button>
            </div>
            {rows.length > 0 ? (
              <Table
                ref={table}
                label={scope === 'open' ? 'Names that wait' : 'Names decided, newest first'}
                columns={columns}
                rows={rows}
                rowKey={keyOf}
                chosen={chosen ? keyOf(chosen) : null}
                onChoose={(row) => setPicked(keyOf(row))}
              />
            ) : (
              <Empty>
                {scope === 'open' ? 'No name waits for a decision.' : 'Nothing was decided yet.'}
              </Empty>
            )}
          </div>
        </Panel>
      }
      right={right === 'try' ? <TryName /> : <Chosen found={chosen} />}
    />
  );
}

function Count(props: { open: number }) {
  if (props.open === 0) return null;
  return (
    <Badge tone="amber" icon="person">
      {`${props.open} to be decided`}
    </Badge>
  );
}

function Chosen(props: { found: ScreeningCase | undefined }) {
  const { found } = props;
  if (!found) {
    return (
      <Panel title="Name">
        <Empty>Nothing chosen.</Empty>
      </Panel>
    );
  }
  return (
    <Panel title={`Case ${found.id}`}>
      <div className={styles.stack}>
        <p>
          {`Came up on ${formatInstant(found.openedAt)} with ${found.openedBy}: ${stateWords[found.state]}.`}
          {found.state === 'open' ? ` Decided by ${found.owner}, never by who brought it.` : ''}
        </p>
        {found.decidedBy && found.decidedAt ? (
          <p>{`${found.decidedBy}, ${formatInstant(found.decidedAt)}: ${found.note}`}</p>
        ) : null}
        <Hit hit={found} />
        {found.mine ? <DecideCase key={found.id} found={found} /> : null}
      </div>
    </Panel>
  );
}
