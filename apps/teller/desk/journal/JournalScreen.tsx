// The electronic journal: every entry of a business date, and of the one chosen the legs, the proof, the receipt.
import { useCallback, useRef, useState } from 'react';
import type { JournalLine } from '#contract/journals.ts';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { Table } from '../../parts/Table.tsx';
import { journalColumns } from '../../shell/JournalTail.tsx';
import { useQuery } from '../../state/useQuery.ts';
import { useSession } from '../../state/useSession.ts';
import { FilteredList, ListFilter, NoRows } from '../ListFilter.tsx';
import { Halves, Panel, useOpening } from '../Screen.tsx';
import { JournalDetail } from './JournalDetail.tsx';

export interface JournalScreenProps {
  readonly journal?: number;
  readonly text?: string;
  readonly action?: 'reverse';
}

const keyOf = (line: JournalLine): string => String(line.journal);
const noLines: readonly JournalLine[] = [];
const pageLines = 100;
/** The station hands out at most this many lines at once; older ones are found by filter or date. */
const mostLines = 500;

/** In half the window only what tells entries apart: account and name stand in what it was. */
const columns = journalColumns.filter(({ id }) => id !== 'name' && id !== 'account');

export function JournalScreen(props: JournalScreenProps) {
  const { businessDate } = useSession();
  const [text, setText] = useState(props.text ?? '');
  const [date, setDate] = useState(businessDate ?? '');
  const [count, setCount] = useState(pageLines);
  const [picked, setPicked] = useState<string | null>(
    props.journal === undefined ? null : String(props.journal),
  );
  const table = useRef<HTMLDivElement>(null);
  const filter = useRef<HTMLInputElement>(null);
  const reading = useQuery(
    'journal.list',
    { text, count, ...(date ? { date } : {}) },
    { keep: true },
  );
  const lines = reading.data?.lines ?? noLines;
  const hasMore = reading.data?.more ?? false;
  const more = useCallback(() => {
    if (hasMore) setCount((now) => Math.min(mostLines, now + pageLines));
  }, [hasMore]);
  const isGiven = props.journal !== undefined;
  const isShown = lines.length > 0;
  const isAsking = props.action !== undefined;
  useOpening(
    // A dialog that opens at once takes the focus itself, and closes when something else takes it away.
    () => (isAsking ? undefined : (isGiven ? table : filter).current?.focus()),
    reading.data !== undefined || !isGiven,
  );
  const chosen = picked ?? (lines[0] ? keyOf(lines[0]) : null);
  return (
    <Halves
      left={
        <Panel title="Journal" isFull>
          <FilteredList
            filter={
              <ListFilter
                ref={filter}
                list={table}
                value={text}
                placeholder="name, account, amount, number"
                onChange={setText}
              >
                <Field label="Date">
                  <TextInput kind="date" value={date} onChange={setDate} />
                </Field>
              </ListFilter>
            }
          >
            {isShown ? (
              <Table
                ref={table}
                label="Journal entries, newest first"
                columns={columns}
                rows={lines}
                rowKey={keyOf}
                chosen={chosen}
                onChoose={(line) => setPicked(keyOf(line))}
                onEnd={more}
              />
            ) : (
              <NoRows>
                <Waiting for={reading} what="the journal" />
                {reading.data ? <Empty>No entry of this date fits.</Empty> : null}
              </NoRows>
            )}
          </FilteredList>
        </Panel>
      }
      right={
        chosen === null ? (
          <Panel title="Entry">
            <Empty>Nothing chosen.</Empty>
          </Panel>
        ) : (
          <JournalDetail
            key={chosen}
            journal={Number(chosen)}
            action={chosen === String(props.journal) ? (props.action ?? null) : null}
          />
        )
      }
    />
  );
}
