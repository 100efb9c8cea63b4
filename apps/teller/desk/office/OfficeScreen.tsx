// The branch's line to head office: how far it is, what waits, who is covered by what, what needs a person.
import { useState } from 'react';
import type { Output } from '#contract/index.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { Money } from '../../parts/Money.tsx';
import { Empty, Notice, Waiting } from '../../parts/Notice.tsx';
import { formatAccount, formatInstant, formatTime } from '../../parts/words.ts';
import { useScreens } from '../../state/screens.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { Halves, Panel, WaitingHalves } from '../Screen.tsx';
import { AllowanceForm, ResumeForm, ShareForm } from './Cover.tsx';
import { Exceptions } from './Exceptions.tsx';
import styles from './office.module.css';
import { lineSentence, lineWord } from './words.ts';

type State = Output<'office.state'>;

export function OfficeScreen() {
  const reading = useQuery('office.state', {}, { keep: true });
  const open = useScreens((screens) => screens.open);
  const isTeller = useRole('teller');
  const [form, setForm] = useState<'share' | 'allowance' | null>(null);
  const isSupervisor = useRole('supervisor');
  const { data } = reading;
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
                <Button onPress={() => open({ name: 'visit' })}>
                  Serve another branch’s account
                </Button>
              ) : null}
              {data.readsAll ? (
                <Button onPress={() => open({ name: 'bank' })}>All branches</Button>
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
                <Button kind="quiet" onPress={() => setForm(form === 'share' ? null : 'share')}>
                  Set aside for others
                </Button>
                <Button
                  kind="quiet"
                  onPress={() => setForm(form === 'allowance' ? null : 'allowance')}
                >
                  Ask for an allowance
                </Button>
              </div>
            ) : null}
            {form === 'share' ? <ShareForm onClose={() => setForm(null)} /> : null}
            {form === 'allowance' ? <AllowanceForm onClose={() => setForm(null)} /> : null}
            <Exceptions exceptions={data.exceptions} isOwn />
            <InDoubt state={data} />
            <Allowances state={data} />
            <Shares state={data} />
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
  const sentence = lineSentence(state);
  const lines = [
    ['Our log', `${state.head.seq} events, head ${state.head.hash.slice(0, 16)}`],
    ['Head office has', `${state.received.seq} events, head ${state.received.hash.slice(0, 16)}`],
    [
      'From head office',
      `${state.downApplied} of ${state.downKnown} taken, ${state.due} to be booked`,
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
      {state.state === 'stopped' && isAdministrator ? <ResumeForm /> : null}
      <dl className={styles.facts}>
        {lines.flatMap(([label, text]) => [
          <dt key={label}>{label}</dt>,
          <dd key={`${label}:`} className={styles.hash}>
            {text}
          </dd>,
        ])}
      </dl>
      {state.behind === 0 ? null : (
        <progress
          className={styles.bar}
          max={state.head.seq}
          value={state.received.seq}
          aria-label="Delivered to head office"
        />
      )}
    </div>
  );
}

/** Lines of the queue shown; the rest is a number. */
const queueShown = 8;

function Queue({ state }: { state: State }) {
  const { queue, behind } = state;
  if (queue.length === 0) return <Empty>Everything is delivered: nothing waits.</Empty>;
  const more = behind - Math.min(queueShown, queue.length);
  return (
    <table className={styles.table}>
      <caption>{`Waiting for delivery, oldest first${more > 0 ? `, and ${more} more` : ''}`}</caption>
      <tbody>
        {queue.slice(0, queueShown).map((each) => (
          <tr key={each.seq}>
            <td className={styles.number}>{each.seq}</td>
            <td>{formatTime(each.at)}</td>
            <td>{each.type}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const accountText = (account: { branch: string; number: string }): string =>
  `${account.branch} / ${formatAccount(account.number)}`;

function InDoubt({ state }: { state: State }) {
  if (state.inDoubt.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption>Reservations that have not ended</caption>
      <tbody>
        {state.inDoubt.map((row) => (
          <tr key={row.key}>
            <td>{accountText(row.account)}</td>
            <td>{row.name}</td>
            <td className={styles.number}>
              <Money minor={row.amountMinor} currency={row.currency} />
            </td>
            <td>{row.state === 'asked' ? 'in doubt' : row.state}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Allowances({ state }: { state: State }) {
  const { allowances } = state;
  if (allowances.length === 0) return <Empty>No allowances are held here.</Empty>;
  return (
    <table className={styles.table}>
      <caption>Allowances: what may be paid while the line is down</caption>
      <tbody>
        {allowances.map((row) => (
          <tr key={row.id}>
            <td>{accountText(row.account)}</td>
            <td>{row.name}</td>
            <td className={styles.number}>
              <Money minor={row.leftMinor} currency={row.currency} />
            </td>
            <td>{row.state === 'open' ? `until ${formatInstant(row.expiresAt)}` : row.state}</td>
          </tr>
        ))}
      </tbody>
    </table>
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

function Shares({ state }: { state: State }) {
  if (state.shares.length === 0 && state.exposures.length === 0) return null;
  return (
    <>
      {state.shares.length === 0 ? null : (
        <table className={styles.table}>
          <caption>Set aside on our accounts for other branches</caption>
          <tbody>
            {state.shares.map((row) => (
              <tr key={row.number}>
                <td>{formatAccount(row.number)}</td>
                <td>{row.name}</td>
                <td className={styles.number}>
                  <Money minor={row.amountMinor} currency={row.currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {state.exposures.map((row) => (
        <Notice key={accountText(row.account)} tone="amber">
          {`Paid without cover and not delivered yet: ${accountText(row.account)}, `}
          <Money minor={row.amountMinor} currency={row.currency} />
        </Notice>
      ))}
    </>
  );
}
