// The keys of the screen in front, in one line, with how many approvals wait.
import { Key } from '../parts/Key.tsx';
import { useLayers } from '../parts/useHotkeys.tsx';
import { useQuery } from '../state/useQuery.ts';
import { useRole } from '../state/useSession.ts';
import styles from './KeyLine.module.css';

export function KeyLine() {
  const waiting = useWaitingCount();
  const layers = useLayers();
  const keys = layers
    .flatMap((layer) => layer.keys)
    .filter((key) => /^F\d/.test(key.chord))
    .sort((one, other) => Number(one.chord.slice(1)) - Number(other.chord.slice(1)));
  return (
    <footer className={styles.line}>
      {keys.map((key) => (
        <button
          key={key.chord}
          type="button"
          tabIndex={-1}
          className={styles.item}
          onClick={() => key.run()}
        >
          <Key chord={key.chord} />
          {key.what}
          {key.chord === 'F6' && waiting > 0 ? (
            <strong className={styles.count}>{waiting}</strong>
          ) : null}
        </button>
      ))}
      <span className={styles.space} />
      <span className={styles.item}>
        <Key chord="?" />
        keys
      </span>
    </footer>
  );
}

/** How many approvals need this person: to decide them, or to carry them out. */
function useWaitingCount(): number {
  const isSupervisor = useRole('supervisor');
  const isTeller = useRole('teller');
  const waiting = useQuery('approval.list', isSupervisor ? { scope: 'waiting' } : null);
  const own = useQuery('approval.list', isTeller ? { scope: 'own' } : null);
  const mine = waiting.data?.approvals.filter((line) => line.mine).length ?? 0;
  const decided = own.data?.approvals.filter((line) => line.state === 'approved').length ?? 0;
  return mine + decided;
}
