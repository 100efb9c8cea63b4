// The closed days and their signed packs, to be read, kept or handed to an auditor.
import { useState } from 'react';
import type { Output } from '#contract/index.ts';
import { Button } from '../../parts/Button.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { formatDate, formatInstant } from '../../parts/words.ts';
import { download, downloadText } from '../../state/download.ts';
import { useQuery } from '../../state/useQuery.ts';
import styles from './day.module.css';

type PackLine = Output<'day.packs'>['packs'][number];

const columns: readonly Column<PackLine>[] = [
  { id: 'date', title: 'Day', track: '128px', draw: (pack) => formatDate(pack.date) },
  { id: 'closed', title: 'Closed', track: '136px', draw: (pack) => formatInstant(pack.closedAt) },
  { id: 'by', title: 'By', track: 'minmax(0, 1fr)', draw: (pack) => pack.closedBy },
  {
    id: 'journals',
    title: 'Journals',
    track: '72px',
    isNumber: true,
    draw: (pack) => pack.journals.toLocaleString('en'),
  },
  {
    id: 'head',
    title: 'Log head',
    track: '80px',
    isNumber: true,
    draw: (pack) => pack.headSeq.toLocaleString('en'),
  },
];

const keyOf = (pack: PackLine): string => pack.date;

export function Packs() {
  const reading = useQuery('day.packs', {}, { keep: true });
  const [picked, setPicked] = useState<string | null>(null);
  const packs = reading.data?.packs ?? [];
  const date = picked ?? packs[0]?.date ?? null;
  if (packs.length === 0) {
    return (
      <div className={styles.inset}>
        <Waiting for={reading} what="the closed days" />
        {reading.isFresh ? <Empty>No day has been closed yet.</Empty> : null}
      </div>
    );
  }
  return (
    <div className={styles.packs}>
      <Table
        label="Closed days"
        columns={columns}
        rows={packs}
        rowKey={keyOf}
        chosen={date}
        onChoose={(pack) => setPicked(pack.date)}
      />
      <div className={styles.inset}>{date === null ? null : <Pack date={date} />}</div>
    </div>
  );
}

function Pack({ date }: { date: string }) {
  const [isWanted, setWanted] = useState<string | null>(null);
  const reading = useQuery('day.pack', isWanted === date ? { date } : null);
  const { data } = reading;
  if (!data) {
    return (
      <div className={styles.actions}>
        <Waiting for={reading} what="the pack" />
        <Button onPress={() => setWanted(date)}>{`Pack of ${formatDate(date)}`}</Button>
      </div>
    );
  }
  return (
    <div className={styles.actions}>
      <span>{`${data.name}, recomputed from the log and equal.`}</span>
      <Button onPress={() => downloadText(`${data.name}.json`, data.json, 'application/json')}>
        Save as JSON
      </Button>
      <Button onPress={() => download(`${data.name}.pdf`, data.pdfBase64, 'application/pdf')}>
        Save as PDF
      </Button>
    </div>
  );
}
