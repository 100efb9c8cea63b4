// What waits for head office: the queue, and how far catching up has come.
import { useRef } from 'react';
import type { Output } from '#contract/index.ts';
import { Empty } from '../../parts/Notice.tsx';
import { counted, formatTime } from '../../parts/words.ts';
import { caughtUp, eventWords } from './delivery.ts';
import styles from './office.module.css';

type State = Output<'office.state'>;

/** How much of what had piled up is delivered: not of the whole log, or a long one would seem done at once. */
export function CatchingUp({ state }: { state: State }) {
  const { behind } = state;
  const most = useRef(0);
  most.current = behind === 0 ? 0 : Math.max(most.current, behind);
  if (behind === 0 || state.state === 'offline') return null;
  const { done, of } = caughtUp(behind, most.current);
  return (
    <div className={styles.progress}>
      <progress
        className={styles.bar}
        max={of}
        value={done}
        aria-label="Delivered to head office"
      />
      <span>{`${done} of ${of} delivered`}</span>
    </div>
  );
}

/** Lines of the queue shown; the rest is a number. */
const queueShown = 8;

export function Queue({ state }: { state: State }) {
  const { queue, behind } = state;
  if (queue.length === 0) return <Empty>Everything is delivered: nothing waits.</Empty>;
  const more = behind - Math.min(queueShown, queue.length);
  return (
    <table className={styles.table}>
      <caption>{`${counted(behind, 'event')} wait for delivery, oldest first`}</caption>
      <thead>
        <tr>
          <th className={styles.number}>No.</th>
          <th>Time</th>
          <th>What</th>
        </tr>
      </thead>
      <tbody>
        {queue.slice(0, queueShown).map((each) => (
          <tr key={each.seq}>
            <td className={styles.number}>{each.seq}</td>
            <td>{formatTime(each.at)}</td>
            <td>{eventWords(each)}</td>
          </tr>
        ))}
        {more > 0 ? (
          <tr>
            <td />
            <td className={styles.dim} colSpan={2}>{`and ${more} more`}</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}
