// Draws how long the guard's transfers took, one bar for each doubling, with the numbers written out.
import type { GuardView } from '#contract/guard.ts';
import { Empty } from '../../parts/Notice.tsx';
import styles from './guard.module.css';
import { barsOf } from './sentences.ts';

export function Latency(props: { latency: GuardView['latency'] }) {
  const bars = barsOf(props.latency);
  if (bars.length === 0) return <Empty>No transfer has been measured yet.</Empty>;
  return (
    <ol className={styles.bars} aria-label="How long transfers took">
      {bars.map(({ from, to, count, share }) => (
        <li key={from} className={styles.bar}>
          <span className={styles.range}>{`${from} to ${to}`}</span>
          <meter className={styles.meter} min={0} max={1} value={share} aria-hidden="true" />
          <span className={styles.count}>{count.toLocaleString('en')}</span>
        </li>
      ))}
    </ol>
  );
}
