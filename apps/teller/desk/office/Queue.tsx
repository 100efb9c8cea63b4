// What waits for head office, a page at a time: the oldest first, and by a key as far as the newest.
import { useState } from 'react';
import type { Output } from '#contract/index.ts';
import { Button } from '../../parts/Button.tsx';
import { Empty } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { counted, formatTime, formatWhen, grouped, isSameDay } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { eventWords, type Leaf, leafed, queueShown } from './delivery.ts';
import styles from './office.module.css';

type Page = Output<'office.queue'>;

export function Queue({ state }: { state: Output<'office.line'> }) {
  const { behind } = state;
  const [after, setAfter] = useState<number | null>(null);
  const input = behind === 0 ? null : { after: after ?? 0, count: queueShown };
  const { data } = useQuery('office.queue', input, { keep: true });
  const waiting = { received: state.received.seq, head: state.head.seq };
  const leaf = (how: Leaf) => (): void => setAfter(leafed(how, after, waiting));
  const isLong = behind > queueShown;
  useHotkeys('Head office', [
    ...(isLong
      ? [
          { chord: 'Alt+N', what: 'newer events that wait', run: leaf('newer') },
          { chord: 'Alt+E', what: 'the newest that wait', run: leaf('newest') },
        ]
      : []),
    ...(after === null ? [] : [{ chord: 'Alt+O', what: 'older ones', run: leaf('older') }]),
  ]);
  if (behind === 0) return <Empty>Everything is delivered: nothing waits.</Empty>;
  return (
    <>
      <Rows page={data} caption={captionOf(behind, data)} />
      <div className={styles.actions}>
        {after === null ? null : (
          <Button kind="quiet" chord="Alt+O" onPress={leaf('older')}>
            Older
          </Button>
        )}
        {isLong ? (
          <>
            <Button kind="quiet" chord="Alt+N" onPress={leaf('newer')}>
              Newer
            </Button>
            <Button kind="quiet" chord="Alt+E" onPress={leaf('newest')}>
              Newest
            </Button>
          </>
        ) : null}
      </div>
    </>
  );
}

function captionOf(behind: number, page: Page | undefined): string {
  const [first, last] = [page?.rows[0], page?.rows.at(-1)];
  const shown = first && last ? `, ${grouped(first.seq)} to ${grouped(last.seq)} shown` : '';
  return `${counted(behind, 'event')} ${behind === 1 ? 'waits' : 'wait'} for delivery${shown}`;
}

function Rows(props: { page: Page | undefined; caption: string }) {
  const { page, caption } = props;
  return (
    <table className={styles.queue}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th className={styles.number}>No.</th>
          <th>Time</th>
          <th>What</th>
        </tr>
      </thead>
      <tbody>
        {(page?.rows ?? []).map((each) => (
          <tr key={each.seq}>
            <td className={styles.number}>{grouped(each.seq)}</td>
            <td>{timeOf(each.at, page?.at ?? each.at)}</td>
            <td className={styles.oneLine} title={eventWords(each)}>
              {eventWords(each)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Of today the time to the second, of another day its date. */
function timeOf(at: string, now: string): string {
  return isSameDay(at, now) ? formatTime(at) : formatWhen(at, now);
}
