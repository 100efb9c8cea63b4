// Cash on its way between tills and vault, each with what this person may do with it.
import { useState } from 'react';
import type { MovementView } from '#contract/tills.ts';
import { StateBadge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { Money } from '../../parts/Money.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { describePieces } from '../../parts/pieces.ts';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { formatTime } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { faceText } from '../journal/Receipt.tsx';
import { Panel } from '../Screen.tsx';
import { MovementDialog } from './MovementDialog.tsx';
import styles from './till.module.css';

export type MovementAction = MovementView['actions'][number];

const words: Readonly<Record<MovementAction, string>> = {
  offer: 'Hand over',
  accept: 'Count and accept',
  decline: 'Send back',
  cancel: 'Take back',
};

/** The key of each action on the first movement it is possible for. */
const chords: Readonly<Record<MovementAction, string>> = {
  offer: 'Alt+H',
  accept: 'Alt+A',
  decline: 'Alt+K',
  cancel: 'Alt+X',
};

const everyAction = Object.keys(words) as MovementAction[];

export function Movements(props: { isInside?: boolean }) {
  if (props.isInside) return <List isOpenOnly />;
  return (
    <Panel title="Cash on its way">
      <List isOpenOnly={false} />
    </Panel>
  );
}

const openStates: readonly string[] = ['requested', 'offered'];

function List(props: { isOpenOnly: boolean }) {
  const { isOpenOnly } = props;
  const reading = useQuery('movement.list', {});
  const [doing, setDoing] = useState<{ movement: MovementView; action: MovementAction } | null>(
    null,
  );
  const all = reading.data?.movements ?? [];
  // On the till's own screen only what somebody still has to do.
  const movements = isOpenOnly ? all.filter(({ state }) => openStates.includes(state)) : all;
  const firstFor = (action: MovementAction) =>
    movements.find((movement) => movement.actions.includes(action));
  const possible = everyAction.filter((action) => firstFor(action));
  useHotkeys(
    'Cash on its way',
    possible.map((action) => ({
      chord: chords[action],
      what: words[action].toLowerCase(),
      run: () => {
        const movement = firstFor(action);
        if (movement) setDoing({ movement, action });
      },
    })),
  );
  return (
    <div className={styles.stack}>
      <Waiting for={reading} what="cash on its way" />
      {reading.data && movements.length === 0 ? <Empty>No cash is on its way.</Empty> : null}
      {movements.map((movement) => (
        <MovementLine
          key={movement.movement}
          movement={movement}
          keyed={possible.filter((action) => firstFor(action) === movement)}
          onDo={(action) => setDoing({ movement, action })}
        />
      ))}
      {doing ? <MovementDialog {...doing} onClose={() => setDoing(null)} /> : null}
    </div>
  );
}

function MovementLine(props: {
  movement: MovementView;
  /** Actions whose key means this movement. */
  keyed: readonly MovementAction[];
  onDo: (action: MovementAction) => void;
}) {
  const { movement, keyed, onDo } = props;
  const { currency } = movement;
  return (
    <section className={styles.block}>
      <p className={styles.head}>
        <span className={styles.dim}>{formatTime(movement.at).slice(0, 5)}</span>
        <span>{`${movement.from.name} → ${movement.to.name}`}</span>
        <Money minor={movement.amountMinor} currency={currency} />
        <StateBadge state={movement.state} />
      </p>
      <p className={styles.dim}>
        {[
          describePieces(movement.denominations, (face) => faceText(face, currency)),
          `by ${movement.by}`,
          movement.narrative,
        ]
          .filter((part) => part !== '')
          .join(', ')}
      </p>
      <div className={styles.head}>
        {movement.actions.map((action) => (
          <Button
            key={action}
            {...(keyed.includes(action) ? { chord: chords[action] } : {})}
            onPress={() => onDo(action)}
          >
            {words[action]}
          </Button>
        ))}
      </div>
    </section>
  );
}
