// Runs the long proofs of log and ledger, shows how far they are, and says in words what they found.
import { useEffect, useState } from 'react';
import type { TaskView } from '#contract/ledger.ts';
import { StateBadge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { FaultNotice, Notice, type NoticeTone, Waiting } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { counted } from '../../parts/words.ts';
import { useStation } from '../../state/station.tsx';
import { useSessionCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import styles from './ledger.module.css';
import { percentOf } from './totals.ts';

const proofs = [
  {
    kind: 'log.verify',
    chord: 'Alt+V',
    what: 'Verify the log',
    says: 'Every event is hashed again from the first; every checkpoint’s signature is checked.',
  },
  {
    kind: 'ledger.audit',
    chord: 'Alt+A',
    what: 'Audit the ledger',
    says: 'Every balance is added up again from its legs; cash is compared with notes and coins.',
  },
  {
    kind: 'ledger.rebuild',
    chord: 'Alt+B',
    what: 'Rebuild from the log',
    says: 'Everything but the log is made again beside it and compared byte by byte.',
  },
] as const;

type Kind = (typeof proofs)[number]['kind'];

const tones: Readonly<Record<TaskView['state'], NoticeTone>> = {
  running: 'calm',
  held: 'green',
  failed: 'red',
  broken: 'red',
  cancelled: 'amber',
};

function useTasks() {
  const { link } = useStation();
  const [tasks, setTasks] = useState<Partial<Record<Kind, TaskView>>>({});
  const starting = useSessionCommand('task.start');
  const cancelling = useSessionCommand('task.cancel');
  const keep = (task: TaskView | undefined): void => {
    if (task) setTasks((known) => ({ ...known, [task.kind]: newer(known[task.kind], task) }));
  };
  useEffect(
    () =>
      link.on('progress', (task) =>
        setTasks((known) => ({ ...known, [task.kind]: newer(known[task.kind], task) })),
      ),
    [link],
  );
  return {
    tasks,
    fault: starting.fault ?? cancelling.fault,
    start: async (kind: Kind) => keep(await starting.send({ kind })),
    cancel: async (task: number) => keep(await cancelling.send({ task })),
  };
}

/** A push may overtake the answer that began it: what is finished stays finished. */
function newer(known: TaskView | undefined, next: TaskView): TaskView {
  return known?.task === next.task && known.state !== 'running' ? known : next;
}

export function Proof() {
  const { tasks, fault, start, cancel } = useTasks();
  useHotkeys(
    'Prove it',
    proofs.map(({ kind, chord, what }) => ({
      chord,
      what: what.toLowerCase(),
      run: () => void start(kind),
    })),
  );
  return (
    <div className={styles.proofs}>
      <Head />
      {proofs.map(({ kind, chord, what, says }) => (
        <section key={kind} className={styles.proof} aria-label={what}>
          <div className={styles.line}>
            <Button chord={chord} onPress={() => void start(kind)}>
              {what}
            </Button>
            <p className={styles.dim}>{says}</p>
          </div>
          <Progress task={tasks[kind]} onCancel={(task) => void cancel(task)} />
        </section>
      ))}
      <FaultNotice fault={fault} />
    </div>
  );
}

function Head() {
  const reading = useQuery('log.head', {}, { keep: true });
  const { data } = reading;
  if (!data) return <Waiting for={reading} what="the head of the log" />;
  return (
    <dl className={styles.head}>
      <dt>Events</dt>
      <dd>{data.seq.toLocaleString('en')}</dd>
      <dt>Head</dt>
      <dd className={styles.hash}>{data.hash}</dd>
      <dt>Signed up to</dt>
      <dd>{data.checkpointSeq?.toLocaleString('en') ?? 'nothing yet'}</dd>
      <dt>Witnessed up to</dt>
      <dd>{data.witnessSeq?.toLocaleString('en') ?? 'nothing yet'}</dd>
    </dl>
  );
}

function Progress(props: { task: TaskView | undefined; onCancel: (task: number) => void }) {
  const { task, onCancel } = props;
  if (!task) return null;
  if (task.state !== 'running') {
    return (
      <Notice tone={tones[task.state]} isLoud>
        <StateBadge state={task.state} /> {task.message}
      </Notice>
    );
  }
  const percent = percentOf(task);
  return (
    <div className={styles.line}>
      <progress
        className={styles.bar}
        aria-label="How far it is"
        max={Math.max(1, task.total)}
        {...(percent === null ? {} : { value: task.done })}
      />
      <span
        className={styles.dim}
      >{`${counted(task.done, 'event')} of ${task.total.toLocaleString('en')}`}</span>
      <Button kind="quiet" onPress={() => onCancel(task.task)}>
        Cancel
      </Button>
    </div>
  );
}
