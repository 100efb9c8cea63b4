// Finds a customer while it is typed, and shows the one chosen whole.

import { type KeyboardEvent, useDeferredValue, useMemo, useRef, useState } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { CustomerHit } from '../../parts/CustomerInput.tsx';
import { Field } from '../../parts/Field.tsx';
import { TextInput } from '../../parts/Input.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { isSearchable } from '../../parts/searchable.ts';
import { type Column, rowAfter, Table } from '../../parts/Table.tsx';
import { useScreens } from '../../state/screens.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel, useOpening } from '../Screen.tsx';
import { CustomerPanel } from './CustomerPanel.tsx';
import styles from './customers.module.css';

const columns: readonly Column<CustomerHit>[] = [
  { id: 'name', title: 'Name', track: 'minmax(0, 3fr)', draw: (hit) => hit.name },
  { id: 'what', title: 'Known by', track: 'minmax(0, 3fr)', draw: (hit) => hit.distinction },
  { id: 'matched', title: 'Found in', track: 'minmax(0, 1fr)', draw: (hit) => hit.matched },
  {
    id: 'accounts',
    title: 'Accounts',
    track: '64px',
    isNumber: true,
    draw: (hit) => hit.accounts.length,
  },
];

const keyOf = (hit: CustomerHit): string => String(hit.customer);

export function CustomersScreen(props: { text?: string; customer?: number }) {
  const [text, setText] = useState(props.text ?? '');
  const [picked, setPicked] = useState<number | null>(props.customer ?? null);
  const input = useRef<HTMLInputElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const searched = useDeferredValue(text.trim());
  const reading = useQuery(
    'customer.search',
    isSearchable(searched) ? { text: searched, count: 50 } : null,
    { keep: true },
  );
  const hits = isSearchable(searched) ? (reading.data?.hits ?? noHits) : noHits;
  const chosen = picked ?? hits[0]?.customer ?? null;
  const given = props.customer ?? null;
  const hasGiven = useQuery('customer.get', given === null ? null : { customer: given }).data;
  useOpening(
    () => {
      // Somebody who came with the screen is not looked for: their keys are letters, no text.
      if (given === null) input.current?.focus();
      else panel.current?.querySelector<HTMLElement>('[role="grid"], button')?.focus();
    },
    given === null || hasGiven !== undefined,
  );

  const enter = (): void => panel.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  const press = (event: KeyboardEvent): void => {
    const at = hits.findIndex((hit) => hit.customer === chosen);
    const to = ['Home', 'End'].includes(event.key)
      ? undefined
      : rowAfter(event.key, at, hits.length);
    const next = to === undefined ? undefined : hits[to];
    if (next) setPicked(next.customer);
    else if (event.key === 'Enter') enter();
    else return;
    event.preventDefault();
  };
  // Drawn again when they change, not with every key: the key itself must stand on the screen first.
  const whole = useMemo(() => <CustomerPanel customer={chosen} />, [chosen]);
  const found = useMemo(
    () => (
      <Table
        label="Customers found"
        columns={columns}
        rows={hits}
        rowKey={keyOf}
        chosen={chosen === null ? null : String(chosen)}
        onChoose={(hit) => setPicked(hit.customer)}
        onOpen={() => panel.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()}
      />
    ),
    [hits, chosen],
  );
  return (
    <Halves
      left={
        <Panel title="Customers" isFull aside={<Register text={text} />}>
          <div className={styles.list}>
            <div className={styles.search}>
              <Field label="Find">
                <TextInput
                  ref={input}
                  kind="search"
                  onKeyDown={press}
                  value={text}
                  placeholder="any part of a name, number, document or phone"
                  onChange={(next) => {
                    setPicked(null);
                    setText(next);
                  }}
                />
              </Field>
            </div>
            {hits.length > 0 ? (
              found
            ) : (
              <div className={styles.search}>
                <Waiting for={reading} what="customers" />
                <Empty>{emptySentence(searched, reading.isFresh)}</Empty>
              </div>
            )}
          </div>
        </Panel>
      }
      right={
        <div ref={panel} className={styles.panel}>
          {whole}
        </div>
      }
    />
  );
}

const noHits: readonly CustomerHit[] = [];

function emptySentence(text: string, isFresh: boolean): string {
  if (!isSearchable(text)) return 'Two letters or digits are enough to begin with.';
  return isFresh ? `No customer has “${text}” in name, number, document or phone.` : '';
}

function Register(props: { text: string }) {
  const isDesk = useRole('teller', 'supervisor');
  const open = useScreens((screens) => screens.open);
  if (!isDesk) return null;
  return (
    <Button kind="quiet" onPress={() => open({ name: 'register', text: props.text })}>
      New customer
    </Button>
  );
}
