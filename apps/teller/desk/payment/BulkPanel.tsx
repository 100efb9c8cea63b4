// A customer's files of transfers: what is in them, what is wrong with them, and one Enter for all.
import { type ReactNode, useState } from 'react';
import type { BulkLine } from '#contract/payments.ts';
import { StateBadge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { amountColumn, stateColumn } from '../../parts/columns.tsx';
import { Money } from '../../parts/Money.tsx';
import { Empty, FaultNotice, Notice, Waiting } from '../../parts/Notice.tsx';
import { type Column, Table } from '../../parts/Table.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatAccount, formatDate, grouped } from '../../parts/words.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { PreviewView } from '../counter/PreviewPanel.tsx';
import { usePosting, usePreview } from '../counter/usePreview.ts';
import { FilteredList, NoRows } from '../ListFilter.tsx';
import { Halves, Panel } from '../Screen.tsx';
import styles from './payment.module.css';

const columns: readonly Column<BulkLine>[] = [
  { id: 'file', title: 'File', track: 'minmax(0, 1fr)', draw: (line) => line.messageId },
  {
    id: 'name',
    title: 'Customer',
    track: 'minmax(0, 1fr)',
    draw: (line) => line.holder || line.name,
  },
  {
    id: 'count',
    title: 'Transfers',
    track: '72px',
    isNumber: true,
    draw: (line) => String(line.count),
  },
  amountColumn('132px'),
  stateColumn('96px'),
];

const keyOf = (line: BulkLine): string => String(line.order);
const noOrders: readonly BulkLine[] = [];

export function BulkPanel(props: { controls: ReactNode }) {
  const reading = useQuery('payment.bulkList', {}, { keep: true });
  const [picked, setPicked] = useState<string | null>(null);
  const orders = reading.data?.orders ?? noOrders;
  const chosen = orders.find((each) => keyOf(each) === picked) ?? orders[0];
  return (
    <Halves
      left={
        <Panel title="Payments" isFull>
          <FilteredList filter={props.controls}>
            {orders.length > 0 ? (
              <Table
                label="Bulk files, newest first"
                columns={columns}
                rows={orders}
                rowKey={keyOf}
                chosen={chosen ? keyOf(chosen) : null}
                onChoose={(line) => setPicked(keyOf(line))}
              />
            ) : (
              <NoRows>
                <Waiting for={reading} what="the files" />
                {reading.data ? <Empty>No customer has sent a file.</Empty> : null}
              </NoRows>
            )}
          </FilteredList>
        </Panel>
      }
      right={
        chosen ? (
          <Order key={chosen.order} order={chosen} />
        ) : (
          <Panel title="Bulk file">
            <Empty>Nothing chosen.</Empty>
          </Panel>
        )
      }
    />
  );
}

/** What the last status report said of the file. */
const reportWords: Readonly<Record<string, string>> = {
  ACTC: 'accepted as to its form',
  ACSP: 'settlement is under way',
  PART: 'some transfers refused',
  RJCT: 'refused',
  ended: 'the end of every transfer',
};

function dayWords(payOn: string, state: BulkLine['state']): string {
  const day = formatDate(payOn);
  return state === 'scheduled' ? `${day}: kept until that day is open here` : day;
}

/** What of a file is under way: how far, and what is done with each transfer; null when nothing is. */
function underWay(order: BulkLine): { readonly done: number; readonly what: string } | null {
  if (order.state === 'loading') return { done: order.loaded, what: 'read' };
  if (order.state === 'posted') return { done: order.split, what: 'sent on' };
  if (order.compared === null) return null;
  return { done: order.compared, what: 'compared with the lists of names' };
}

/** How far reading, comparing and sending are, in words and as a bar. */
function Progress(props: { order: BulkLine }) {
  const { count } = props.order;
  const work = underWay(props.order);
  if (!work) return null;
  return (
    <p>
      <progress max={count} value={work.done} aria-label={`Transfers ${work.what}`} />
      {` ${grouped(work.done)} of ${grouped(count)} ${work.what}`}
    </p>
  );
}

function Order(props: { order: BulkLine }) {
  const { order } = props;
  const { state, account, amountMinor, currency } = order;
  const cancelling = useCommand('payment.bulkCancel');
  const posting = usePosting();
  const draft = {
    ...{ task: 'payment.bulk' as const, order: order.order, from: account },
    ...{ amountMinor, currency },
  };
  const isReady = state === 'checked' && order.compared === null;
  const { preview, isFresh } = usePreview(isReady ? draft : null);
  const post = (): void => void posting.post(draft);
  const cancel = (): void =>
    void cancelling.send({ order: order.order, reason: 'cancelled at the counter' });
  const mayCancel = state === 'loading' || state === 'checked' || state === 'scheduled';
  useHotkeys('Bulk file', [
    ...(isReady ? [{ chord: 'Alt+O', what: 'post the file', run: post }] : []),
    ...(mayCancel ? [{ chord: 'Alt+X', what: 'cancel the file', run: cancel }] : []),
  ]);
  return (
    <Panel title="Bulk file" aside={<StateBadge state={state} />}>
      <div className={styles.card}>
        <dl className={styles.facts}>
          <dt>File</dt>
          <dd>{`${order.file}, ${order.messageId}`}</dd>
          <dt>From</dt>
          <dd>{`${formatAccount(account)} ${order.holder}`}</dd>
          <dt>Named in it</dt>
          <dd>{order.name}</dd>
          <dt>Transfers</dt>
          <dd>
            {`${order.count}, `}
            <Money minor={amountMinor} currency={currency} />
          </dd>
          {order.payOn ? (
            <>
              <dt>To be paid on</dt>
              <dd>{dayWords(order.payOn, state)}</dd>
            </>
          ) : null}
          {order.reports > 0 ? (
            <>
              <dt>Customer told</dt>
              <dd>{`${order.reports} × pain.002, ${reportWords[order.reported] ?? order.reported}`}</dd>
            </>
          ) : null}
        </dl>
        <Progress order={order} />
        {order.problems.map((each) => (
          <Notice key={`${each.item}${each.path}${each.code}`} tone="red">
            {each.item > 0 ? `Transfer ${each.item}: ${each.message}` : each.message}
          </Notice>
        ))}
        {order.moreProblems > 0 ? <p>{`and ${order.moreProblems} more`}</p> : null}
        {preview ? <PreviewView preview={preview} isFresh={isFresh} /> : null}
        <FaultNotice fault={posting.fault ?? cancelling.fault} />
        <div className={styles.actions}>
          {mayCancel ? (
            <Button chord="Alt+X" onPress={cancel}>
              Cancel
            </Button>
          ) : null}
          {isReady ? (
            <Button kind="main" chord="Alt+O" isOff={posting.isRunning} onPress={post}>
              {preview?.outcome === 'approval' ? 'Send to a supervisor' : 'Post all'}
            </Button>
          ) : null}
        </div>
      </div>
    </Panel>
  );
}
