// The lists in force, how old they are, and how far the customers have been compared with them.
import type { ScreeningState } from '#contract/screening.ts';
import { Button } from '../../parts/Button.tsx';
import { Empty, FaultNotice, Notice } from '../../parts/Notice.tsx';
import { useCommand } from '../../state/useCommand.ts';
import { useRole } from '../../state/useSession.ts';
import styles from './screening.module.css';
import { listSentence, oldSentence, runSentence } from './sentences.ts';

export function Lists(props: { state: ScreeningState }) {
  const { state } = props;
  const old = oldSentence(state);
  if (state.lists.length === 0) {
    return <Empty>Head office has sent no list: no name is compared with any.</Empty>;
  }
  return (
    <div className={styles.stack}>
      <ul className={styles.lists}>
        {state.lists.map((list) => (
          <li key={list.name}>{listSentence(list)}</li>
        ))}
      </ul>
      {old ? <Notice tone="amber">{old}</Notice> : null}
      <Comparison run={state.run} />
    </div>
  );
}

function Comparison(props: { run: ScreeningState['run'] }) {
  const { run } = props;
  const mayAct = useRole('supervisor', 'compliance');
  const again = useCommand('screening.rescreen');
  const stop = useCommand('screening.stop');
  const isRunning = run?.state === 'running';
  return (
    <div className={styles.stack}>
      <p>{runSentence(run)}</p>
      <FaultNotice fault={again.fault ?? stop.fault} fields={[]} />
      {mayAct ? (
        <div className={styles.actions}>
          {isRunning ? (
            <Button
              isOff={stop.isRunning}
              onPress={() => void stop.send({ reason: 'stopped at the screen' })}
            >
              Stop comparing
            </Button>
          ) : (
            <Button isOff={again.isRunning} onPress={() => void again.send({})}>
              Compare all customers again
            </Button>
          )}
        </div>
      ) : null}
    </div>
  );
}
