// Every payment and what became of it: the list on the left, on the right the life line of the one chosen.
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { PaymentLine } from '#contract/payments.ts';
import { amountColumn, stateColumn } from '../../parts/columns.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select } from '../../parts/Input.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { formatDate } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { FilteredList, ListFilter, NoRows } from '../ListFilter.tsx';
import { Halves, Panel, useOpening } from '../Screen.tsx';
import { BulkPanel } from './BulkPanel.tsx';
import { groupedIban } from './form.ts';
import { LifeLine } from './LifeLine.tsx';
import { Rejects } from './Rejects.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';

type Scope = 'all' | 'open' | 'attention' | 'bulk' | 'rejects' | 'settings';

const scopes: readonly { readonly value: Scope; readonly label: string }[] = [
  { value: 'all', label: 'all payments' },
  { value: 'open', label: 'not at their end' },
  { value: 'attention', label: 'needing a person' },
  { value: 'bulk', label: 'bulk files' },
  { value: 'rejects', label: 'files put aside' },
];

/** Only an administrator says how the bank pays. */
const administratorScopes = [...scopes, { value: 'settings', label: 'how the bank pays' }] as const;

const columns: readonly Column<PaymentLine>[] = [
  { id: 'date', title: 'Date', track: '116px', draw: (line) => formatDate(line.date) },
  {
    id: 'way',
    title: 'Way',
    track: '36px',
    draw: (line) => (line.direction === 'out' ? 'out' : 'in'),
  },
  {
    id: 'name',
    title: 'Payee or payer',
    track: 'minmax(0, 1fr)',
    draw: (line) => line.name || groupedIban(line.iban),
  },
  amountColumn(),
  stateColumn('104px'),
];

const keyOf = (line: PaymentLine): string => String(line.payment);
const noLines: readonly PaymentLine[] = [];
const pageLines = 50;
const mostLines = 200;

export function PaymentsScreen(props: { payment?: number; text?: string }) {
  const [scope, setScope] = useState<Scope>('all');
  const [text, setText] = useState(props.text ?? '');
  const [count, setCount] = useState(pageLines);
  const [picked, setPicked] = useState<string | null>(
    props.payment === undefined ? null : String(props.payment),
  );
  const table = useRef<HTMLDivElement>(null);
  const filter = useRef<HTMLInputElement>(null);
  const show = useRef<HTMLSelectElement>(null);
  const shown = useRef(scope);
  // What is shown is drawn anew with its list: the hand stays where it chose, in the middle of a word maybe.
  useLayoutEffect(() => {
    if (shown.current !== scope) show.current?.focus();
    shown.current = scope;
  }, [scope]);
  const isAdministrator = useRole('administrator');
  const isList = scope === 'all' || scope === 'open' || scope === 'attention';
  const reading = useQuery('payment.list', isList ? { scope, text, count } : null, { keep: true });
  const lines = reading.data?.payments ?? noLines;
  const hasMore = reading.data?.more ?? false;
  const more = useCallback(() => {
    if (hasMore) setCount((now) => Math.min(mostLines, now + pageLines));
  }, [hasMore]);
  useOpening(() => filter.current?.focus());
  const first = lines[0];
  const chosen = picked ?? (first ? keyOf(first) : null);
  const controls = (
    <ListFilter
      ref={filter}
      list={table}
      value={text}
      placeholder="name, IBAN, account, UETR, reference"
      onChange={setText}
    >
      <Field label="Show">
        <Select
          ref={show}
          value={scope}
          choices={isAdministrator ? administratorScopes : scopes}
          onChange={setScope}
        />
      </Field>
    </ListFilter>
  );
  if (scope === 'bulk') return <BulkPanel controls={controls} />;
  if (scope === 'settings') return <SettingsPanel controls={controls} />;
  if (scope === 'rejects') return <Rejects controls={controls} />;
  return (
    <Halves
      left={
        <Panel title="Payments" isFull>
          <FilteredList filter={controls}>
            {lines.length > 0 ? (
              <Table
                ref={table}
                label="Payments, newest first"
                columns={columns}
                rows={lines}
                rowKey={keyOf}
                chosen={chosen}
                onChoose={(line) => setPicked(keyOf(line))}
                onEnd={more}
              />
            ) : (
              <NoRows>
                <Waiting for={reading} what="the payments" />
                {reading.data ? (
                  <Empty>No payment here. Type p, an account, an IBAN and an amount.</Empty>
                ) : null}
              </NoRows>
            )}
          </FilteredList>
        </Panel>
      }
      right={
        chosen === null || lines.length === 0 ? (
          <Panel title="Life line">
            <Empty>Nothing chosen.</Empty>
          </Panel>
        ) : (
          <LifeLine key={chosen} payment={Number(chosen)} />
        )
      }
    />
  );
}
