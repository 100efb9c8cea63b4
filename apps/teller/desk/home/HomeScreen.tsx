// What stands before a teller with empty hands: what came back decided, what waits, and what was done last.
import type { ApprovalLine } from '#contract/approvals.ts';
import { StateBadge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { Key } from '../../parts/Key.tsx';
import { Money } from '../../parts/Money.tsx';
import { Empty, Notice } from '../../parts/Notice.tsx';
import { counted, formatWhen, isSameDay } from '../../parts/words.ts';
import { useComing } from '../../state/coming.ts';
import { useLast } from '../../state/last.ts';
import { frontOf, useScreens } from '../../state/screens.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole, useSession } from '../../state/useSession.ts';
import { Coming, comingItem } from '../counter/Coming.tsx';
import { Receipt } from '../journal/Receipt.tsx';
import { Halves, Panel } from '../Screen.tsx';
import { FirstSteps, useFirstSteps } from './FirstSteps.tsx';
import styles from './home.module.css';
import { Verbs } from './Verbs.tsx';

export function HomeScreen() {
  return (
    <Halves
      left={
        <Panel title="At the counter">
          <Before />
          <Parked />
        </Panel>
      }
      right={<InHand />}
    />
  );
}

/** What the line being typed would do; else what was posted last; else what can be typed. */
function InHand() {
  const done = useLast((last) => last.done);
  const isFront = useScreens(({ stack }) => frontOf(stack).screen.name === 'home');
  const typed = useComing(({ screen }) => comingItem(screen));
  const isDesk = useRole('teller', 'supervisor');
  if (typed && isFront && isDesk) {
    return (
      <Panel title="What will happen">
        <Coming screen={typed} />
      </Panel>
    );
  }
  return (
    <Panel title={done?.state === 'posted' ? 'Receipt' : 'What you can type'}>
      {done?.state === 'posted' ? <Receipt journal={done.journal} /> : <Verbs />}
    </Panel>
  );
}

/** In a new branch what it lacks, else what the day lacks. */
function Before() {
  const steps = useFirstSteps();
  return steps ? <FirstSteps steps={steps} /> : <Begin />;
}

/** What must happen before anybody can be served. */
function Begin() {
  const { dayState, till } = useSession();
  const isTeller = useRole('teller', 'supervisor');
  const opensDay = useRole('supervisor');
  const open = useScreens((screens) => screens.open);
  if (!isTeller) return null;
  if (dayState !== 'open') {
    return (
      <Notice tone="amber">
        The branch is not open. {opensDay ? null : 'A supervisor opens it. '}
        <Button kind="quiet" chord="F8" onPress={() => open({ name: 'day' })}>
          {opensDay ? 'Open it' : 'The day'}
        </Button>
      </Notice>
    );
  }
  if (till !== null) return <Queue />;
  return (
    <>
      <Queue />
      <Notice tone="amber">
        You have no till open: type <code>open</code>, or{' '}
        <Button kind="quiet" onPress={() => open({ name: 'till', task: 'open' })}>
          open a till
        </Button>
      </Notice>
    </>
  );
}

/** What waits for this person's decision. */
function Queue() {
  const decides = useRole('supervisor');
  const { data } = useQuery('approval.list', decides ? { scope: 'waiting' } : null);
  const open = useScreens((screens) => screens.open);
  const count = data?.approvals.filter((line) => line.mine).length ?? 0;
  if (count === 0) return null;
  return (
    <Notice tone="amber">
      {`${counted(count, 'posting waits', 'postings wait')} for your decision. `}
      <Button kind="quiet" chord="F6" onPress={() => open({ name: 'approvals' })}>
        Decide
      </Button>
    </Notice>
  );
}

/** What waits or came back approved until it is settled; a no is news on its day, then history (F6). */
function isInHand({ state, at }: ApprovalLine): boolean {
  const isToday = isSameDay(at, new Date().toISOString());
  return state === 'waiting' || state === 'approved' || (state === 'declined' && isToday);
}

function Parked() {
  const isDesk = useRole('teller', 'supervisor');
  const { data } = useQuery('approval.list', isDesk ? { scope: 'own' } : null);
  const open = useScreens((screens) => screens.open);
  const lines = (data?.approvals ?? []).filter(isInHand);
  const approved = lines.find(({ state }) => state === 'approved');
  if (!isDesk) return null;
  if (lines.length === 0) return <Empty>Nothing of yours waits for a supervisor.</Empty>;
  return (
    <ul className={styles.list} aria-label="Sent to a supervisor">
      {lines.map((line) => (
        <ParkedLine
          key={line.approval}
          line={line}
          isFirst={line === approved}
          onOpen={() => open({ name: 'approvals', approval: line.approval })}
        />
      ))}
    </ul>
  );
}

function ParkedLine(props: { line: ApprovalLine; isFirst: boolean; onOpen: () => void }) {
  const { line, isFirst, onOpen } = props;
  return (
    <li>
      <button type="button" className={styles.line} onClick={onOpen}>
        <span className={styles.dim}>{formatWhen(line.at, new Date().toISOString())}</span>
        <span className={styles.what}>{line.what}</span>
        <Money minor={line.amountMinor} currency={line.currency} />
        <StateBadge state={line.state} />
        {isFirst ? <Key chord="Alt+R" /> : null}
      </button>
      {line.state === 'declined' && line.comment ? (
        <p className={styles.dim}>{`${line.decidedBy}: ${line.comment}`}</p>
      ) : null}
    </li>
  );
}
