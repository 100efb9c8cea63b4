// Reads the audit trail: what was recorded, by whom, newest first, each event whole.
import { useState } from 'react';
import type { Output } from '#contract/index.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog, DialogActions } from '../../parts/Dialog.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatInstant, plain } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import styles from './ledger.module.css';

type Entry = Output<'log.list'>['events'][number];

const columns: readonly Column<Entry>[] = [
  { id: 'seq', title: 'No.', track: '80px', isNumber: true, draw: (event) => event.seq },
  { id: 'at', title: 'When', track: '136px', draw: (event) => formatInstant(event.at) },
  { id: 'type', title: 'What', track: 'minmax(0, 2fr)', draw: (event) => plain(event.type) },
  { id: 'actor', title: 'Who', track: 'minmax(0, 1fr)', draw: (event) => event.actor },
  { id: 'desk', title: 'Desk', track: '48px', isNumber: true, draw: (event) => event.desk ?? '' },
];

const keyOf = (event: Entry): string => String(event.seq);
const pageCount = 200;

export function AuditTrail() {
  const [type, setType] = useState('');
  const [before, setBefore] = useState<number | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [opened, setOpened] = useState<Entry | null>(null);
  const reading = useQuery(
    'log.list',
    { type: type.trim(), count: pageCount, ...(before === null ? {} : { before }) },
    { keep: true },
  );
  const events = reading.data?.events ?? [];
  const last = events.at(-1)?.seq;
  const newest = (): void => setBefore(null);
  const older = (): void => {
    if (reading.data?.more && last !== undefined) setBefore(last);
  };
  useHotkeys('Audit trail', [
    { chord: 'Alt+N', what: 'newest', run: newest },
    { chord: 'Alt+O', what: 'older', run: older },
  ]);
  return (
    <div className={styles.trail}>
      <div className={styles.search}>
        <Field label="Kind" hint="The beginning of an event’s name, such as approval or session.">
          <TextInput
            kind="search"
            value={type}
            maxLength={60}
            onChange={(next) => {
              setBefore(null);
              setType(next);
            }}
          />
        </Field>
      </div>
      {events.length > 0 ? (
        <Table
          label="Audit trail"
          columns={columns}
          rows={events}
          rowKey={keyOf}
          chosen={chosen}
          onChoose={(event) => setChosen(String(event.seq))}
          onOpen={setOpened}
        />
      ) : (
        <div className={styles.search}>
          <Waiting for={reading} what="the audit trail" />
          {reading.isFresh ? <Empty>No event of that kind is recorded.</Empty> : null}
        </div>
      )}
      <div className={styles.pages}>
        <Button kind="quiet" chord="Alt+N" isOff={before === null} onPress={newest}>
          Newest
        </Button>
        <Button
          kind="quiet"
          chord="Alt+O"
          isOff={!reading.data?.more || last === undefined}
          onPress={older}
        >
          Older
        </Button>
      </div>
      {opened ? <EventDialog event={opened} onClose={() => setOpened(null)} /> : null}
    </div>
  );
}

function EventDialog(props: { event: Entry; onClose: () => void }) {
  const { event, onClose } = props;
  return (
    <Dialog title={`Event ${event.seq}: ${plain(event.type)}`} isOpen onClose={onClose} size="wide">
      <p className={styles.hash}>{event.hash}</p>
      <pre className={styles.body}>{indented(event.body)}</pre>
      <DialogActions>
        <Button kind="main" chord="Escape" onPress={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** The event's canonical text, spread over lines for reading. */
function indented(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2);
}
