// How far catching up with head office has come.
import type { Output } from '#contract/index.ts';
import { grouped } from '../../parts/words.ts';
import styles from './office.module.css';

/** Of what had piled up, as the station counts it: not of the whole log, or a long one would seem done at once. */
export function CatchingUp({ state }: { state: Output<'office.line'> }) {
  if (state.state !== 'behind' || state.delivery === null) return null;
  const { done, of } = state.delivery;
  return (
    <div className={styles.progress}>
      <progress
        className={styles.bar}
        max={of}
        value={done}
        aria-label="Delivered to head office"
      />
      <span>{`${grouped(done)} of ${grouped(of)} delivered`}</span>
    </div>
  );
}
