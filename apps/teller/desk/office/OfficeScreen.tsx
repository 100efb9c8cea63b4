// The branch's line to head office: how far it is, what waits, who is covered by what, what needs a person.
import { useState } from 'react';
import type { Output } from '#contract/index.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { Empty, Notice, Waiting } from '../../parts/Notice.tsx';
import { useHotkeys } from '../../parts/useHotkeys.tsx';
import { counted, formatInstant, grouped } from '../../parts/words.ts';
import { useScreens } from '../../state/screens.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel, WaitingHalves } from '../Screen.tsx';
import { AllowanceForm, ResumeForm, ShareForm } from './Cover.tsx';
import { CatchingUp } from './Delivery.tsx';
import { Exceptions } from './Exceptions.tsx';
import { Allowances, Guests, InDoubt, Rates, Shares } from './Held.tsx';
import styles from './office.module.css';
import { Queue } from './Queue.tsx';
import { RejoinForm } from './RejoinForm.tsx';
import { lineSentence, lineWord } from './words.ts';

type State = Output<'office.state'>;

export function OfficeScreen() {
  const reading = useQuery('office.state', {}, { keep: true });
  const open = useScreens((screens) => screens.open);
  const isTeller = useRole('teller');
  const [form, setForm] = useState<'share' | 'allowance' | null>(null);
  const isSupervisor = useRole('supervisor');
  // The word of the status line and this page are one answer: two of them would contradict each other.
  const line = useQuery('office.line', {}, { keep: true }).data;
  const data = reading.data && line ? { ...reading.data, ...line } : reading.data;
  const joined = data !== undefined && data.state !== 'none';
  const toggle = (which: 'share' | 'allowance') => (): void =>
    setForm(form === which ? null : which);
  const visit = (): void => open({ name: 'visit' });
  const bank = (): void => open({ name: 'bank' });
  useHotkeys('Head office', [
    ...(isTeller && joined
      ? [{ chord: 'Alt+V', what: 'another branch’s account', run: visit }]
      : []),
    ...(data?.readsAll ? [{ chord: 'Alt+B', what: 'all branches', run: bank }] : []),
    ...(isSupervisor && joined
      ? [
          { chord: 'Alt+S', what: 'set aside for others', run: toggle('share') },
          { chord: 'Alt+A', what: 'ask for an allowance', run: toggle('allowance') },
        ]
      : []),
  ]);
  if (!data) {
    return (
      <WaitingHalves left="Head office" right="Cover">
        <Waiting for={reading} what="the line" />
      </WaitingHalves>
    );
  }
  const isJoined = data.state !== 'none';
  return (
    <Halves
      left={
        <Panel title="Head office" aside={<LineBadge state={data} />}>
          <div className={styles.stack}>
            {isJoined ? (
              <Line state={data} />
            ) : (
              <Empty>This branch has no head office: it works by itself.</Empty>
            )}
            <div className={styles.actions}>
              {isTeller && isJoined ? (
                <Button chord="Alt+V" onPress={visit}>
                  Serve another branch’s account
                </Button>
              ) : null}
              {data.readsAll ? (
                <Button chord="Alt+B" onPress={bank}>
                  All branches
                </Button>
              ) : null}
            </div>
            {isJoined ? <Queue state={data} /> : null}
          </div>
        </Panel>
      }
      right={
        <Panel title="Cover and exceptions">
          <div className={styles.stack}>
            {isSupervisor && isJoined ? (
              <div className={styles.actions}>
                <Button kind="quiet" chord="Alt+S" onPress={toggle('share')}>
                  Set aside for others
                </Button>
                <Button kind="quiet" chord="Alt+A" onPress={toggle('allowance')}>
                  Ask for an allowance
                </Button>
              </div>
            ) : null}
            {form === 'share' ? <ShareForm onClose={() => setForm(null)} /> : null}
            {form === 'allowance' ? <AllowanceForm onClose={() => setForm(null)} /> : null}
            <InDoubt state={data} />
            {data.areExceptionsKnown ? (
              <Exceptions exceptions={data.exceptions} isOwn />
            ) : (
              <Notice tone="calm">
                Exceptions are kept at head office: whether there are any is seen when the line is
                up.
              </Notice>
            )}
            <Allowances state={data} />
            <Shares state={data} />
            <Guests state={data} />
            <Rates state={data} />
            <Orders state={data} />
          </div>
        </Panel>
      }
    />
  );
}

function LineBadge({ state }: { state: State }) {
  const word = lineWord(state);
  return word ? (
    <Badge tone={word.tone} icon={word.icon}>
      {word.text}
    </Badge>
  ) : null;
}

function Line({ state }: { state: State }) {
  const isAdministrator = useRole('administrator');
  const isSupervisor = useRole('supervisor');
  const mayRejoin = isAdministrator || isSupervisor;
  const sentence = lineSentence(state);
  const lines = [
    ['Our log', `${counted(state.head.seq, 'event')}, head ${state.head.hash.slice(0, 16)}`],
    [
      'Head office has',
      `${counted(state.received.seq, 'event')}, head ${state.received.hash.slice(0, 16)}`,
    ],
    [
      'From head office',
      `${grouped(state.downApplied)} of ${grouped(state.downKnown)} taken, ${grouped(state.due)} to be booked`,
    ],
    ['Last answer', state.reachedAt === null ? 'none yet' : formatInstant(state.reachedAt)],
  ] as const;
  return (
    <div className={styles.stack}>
      {sentence === '' ? null : (
        <Notice
          tone={state.state === 'stopped' ? 'red' : state.state === 'offline' ? 'amber' : 'calm'}
        >
          {sentence}
        </Notice>
      )}
      {state.rejoin === 'asked' ? (
        <Notice tone="amber">
          Asked to go on with it. A person at head office has to let this branch in: npm run office
          -- rejoin {state.branch} NOTE
        </Notice>
      ) : null}
      {state.rejoin === 'needed' && mayRejoin ? <RejoinForm /> : null}
      {state.state === 'stopped' && state.rejoin === 'none' && isAdministrator ? (
        <ResumeForm />
      ) : null}
      <dl className={styles.facts}>
        {lines.flatMap(([label, text]) => [
          <dt key={label}>{label}</dt>,
          <dd key={`${label}:`} className={styles.hash}>
            {text}
          </dd>,
        ])}
      </dl>
      <CatchingUp state={state} />
    </div>
  );
}

const outcomes = { applied: 'in force', kept: 'kept', refused: 'not applied' } as const;

/** What head office has sent to all branches or to this one, and what became of it. */
function Orders({ state }: { state: State }) {
  if (state.orders.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption>From head office: limits, people, lists, the day’s end</caption>
      <tbody>
        {state.orders.map((row) => (
          <tr key={`${row.name} ${row.version} ${row.outcome} ${row.at}`}>
            <td>{row.version === 0 ? row.name : `${row.name}, version ${row.version}`}</td>
            <td>{row.message}</td>
            <td>{`${outcomes[row.outcome]} since ${formatInstant(row.at)}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
