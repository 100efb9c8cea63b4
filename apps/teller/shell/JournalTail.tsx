// What was: the newest entries of the journal, always under the eyes; typing filters, Enter opens.
import { type KeyboardEvent, useState } from 'react';
import type { JournalLine } from '#contract/journals.ts';
import { formatAmount } from '#contract/money.ts';
import { Badge, StateBadge } from '../parts/Badge.tsx';
import { Empty, Waiting } from '../parts/Notice.tsx';
import { type Column, Table } from '../parts/Table.tsx';
import { formatAccount, formatTime } from '../parts/words.ts';
import { useScreens } from '../state/screens.ts';
import { useQuery } from '../state/useQuery.ts';
import { useRole } from '../state/useSession.ts';
import { focusCommandBar } from './commandBarFocus.ts';
import styles from './JournalTail.module.css';

let tail: HTMLDivElement | null = null;

/** Puts the focus on the newest entries. */
export function focusJournalTail(): void {
  tail?.focus();
}

export const journalColumns: readonly Column<JournalLine>[] = [
  { id: 'time', title: 'Time', track: '64px', draw: (line) => formatTime(line.at) },
  { id: 'number', title: 'No.', track: '64px', isNumber: true, draw: (line) => line.journal },
  { id: 'what', title: 'What', track: 'minmax(0, 2fr)', draw: (line) => line.what },
  { id: 'account', title: 'Account', track: '92px', draw: (line) => formatAccount(line.account) },
  { id: 'name', title: 'Name', track: 'minmax(0, 1fr)', draw: (line) => line.name },
  {
    id: 'amount',
    title: 'Amount',
    track: '120px',
    isNumber: true,
    draw: (line) => `${formatAmount(line.amountMinor, line.currency)} ${line.currency}`,
  },
  {
    id: 'state',
    title: 'State',
    track: '104px',
    draw: (line) => <StateBadge state={line.state} />,
  },
];

export function JournalTail() {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const mayRead = useRole('teller', 'supervisor', 'compliance', 'auditor');
  const reading = useQuery('journal.list', mayRead ? { text, count: 50 } : null, { keep: true });
  const open = useScreens((screens) => screens.open);
  const lines = reading.data?.lines ?? noLines;

  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      setText('');
      focusCommandBar();
    } else if (event.key === 'ArrowUp' && (chosen === null || chosen === keyOf(lines[0]))) {
      focusCommandBar();
    } else if (event.key === 'Backspace') setText(text.slice(0, -1));
    else if (event.key.length === 1 && !event.ctrlKey && !event.altKey) setText(text + event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section className={styles.tail} aria-label="Newest entries" onKeyDownCapture={press}>
      {text === '' ? null : (
        <div className={styles.filter}>
          <Badge tone="accent" icon="next">
            {text}
          </Badge>
        </div>
      )}
      {reading.data && lines.length > 0 ? (
        <Table
          ref={(element) => {
            tail = element;
          }}
          label="Newest journal entries"
          columns={journalColumns}
          rows={lines}
          rowKey={keyOf}
          chosen={chosen}
          onChoose={(line) => setChosen(keyOf(line))}
          onOpen={(line) => open({ name: 'journal', journal: line.journal })}
        />
      ) : (
        <div className={styles.empty}>
          <Waiting for={reading} what="the journal" />
          {reading.data ? <Empty>{emptySentence(text)}</Empty> : null}
          {mayRead ? null : <Empty>Your role does not read the journal.</Empty>}
        </div>
      )}
    </section>
  );
}

const noLines: readonly JournalLine[] = [];

function keyOf(line: JournalLine | undefined): string {
  return String(line?.journal);
}

function emptySentence(text: string): string {
  return text === ''
    ? 'Nothing has been posted on this business date yet.'
    : `Nothing of this business date holds “${text}”.`;
}
