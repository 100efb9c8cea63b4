// What a new branch still lacks, one line each, for those who can supply it; gone once it could serve.
import { Badge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { useScreens } from '../../state/screens.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole, useSession } from '../../state/useSession.ts';
import { type FirstStep, firstSteps } from './firstSteps.ts';
import styles from './home.module.css';

/** The steps while one is missing and the person may read of them, else null. */
export function useFirstSteps(): readonly FirstStep[] | null {
  const { dayState } = useSession();
  const mayRead = useRole('administrator', 'supervisor');
  const staff = useQuery('staff.list', mayRead ? {} : null).data?.staff;
  const tills = useQuery('till.list', mayRead ? {} : null).data?.tills;
  if (!staff || !tills) return null;
  const steps = firstSteps({ staff, tills, wasOpened: dayState !== 'never-opened' });
  return steps.every(({ isDone }) => isDone) ? null : steps;
}

export function FirstSteps(props: { steps: readonly FirstStep[] }) {
  const { steps } = props;
  const next = steps.find(({ isDone }) => !isDone);
  return (
    <>
      <p>Before the first customer:</p>
      <ol className={styles.steps} aria-label="Before the first customer">
        {steps.map((step) => (
          <Step key={step.what} step={step} isNext={step === next} />
        ))}
      </ol>
      <p className={styles.dim}>
        Then a teller opens the till (type open), asks the vault for cash (v+ 1000), and serves. F1
        tells more on every screen.
      </p>
    </>
  );
}

function Step(props: { step: FirstStep; isNext: boolean }) {
  const { step, isNext } = props;
  const { what, how, isDone, roles, place } = step;
  const isMine = useRole(...roles);
  const open = useScreens((screens) => screens.open);
  return (
    <li>
      <span>
        {isDone ? (
          <Badge tone="calm" icon="tick">
            done
          </Badge>
        ) : (
          <Badge tone={isNext ? 'amber' : 'calm'} icon={isNext ? 'next' : 'dot'}>
            {isNext ? 'next' : 'later'}
          </Badge>
        )}
      </span>
      <div>
        <strong>{what}</strong>
        {isDone ? null : <p className={styles.dim}>{how}</p>}
      </div>
      {isMine && !isDone && place ? (
        <Button
          kind={isNext ? 'plain' : 'quiet'}
          chord={place.chord}
          onPress={() => open(place.screen)}
        >
          Go there
        </Button>
      ) : null}
    </li>
  );
}
