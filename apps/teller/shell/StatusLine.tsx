// Where, when, with what cash, connected to whom, and who: one line that is always true.
import type { TillView } from '#contract/tills.ts';
import { OfficeBadge } from '../desk/office/LineBadge.tsx';
import { Badge } from '../parts/Badge.tsx';
import { Money } from '../parts/Money.tsx';
import { formatDate, plain } from '../parts/words.ts';
import { useLinkState } from '../state/station.tsx';
import { useOwnTill } from '../state/useOwnTill.ts';
import { useQuery } from '../state/useQuery.ts';
import { useRole, useSession } from '../state/useSession.ts';
import { GuardWord } from './GuardWord.tsx';
import { ListWord } from './ListWord.tsx';
import styles from './StatusLine.module.css';

export function StatusLine() {
  const session = useSession();
  return (
    <header className={styles.line}>
      <h1 className={styles.brand}>QENEX</h1>
      <span>{`${session.branch?.name ?? ''} ${session.branch?.code ?? ''}`}</span>
      {session.desk === null ? null : <span>{session.desk}</span>}
      {session.demonstration ? (
        <Badge tone="amber" icon="warning">
          demonstration data
        </Badge>
      ) : null}
      <BusinessDate date={session.businessDate} state={session.dayState} />
      <TillLine />
      <span className={styles.space} />
      <GuardWord />
      <ListWord />
      <OfficeBadge />
      <OnlineWord />
      <span>{session.person?.name}</span>
      <span className={styles.dim}>{session.person?.roles.join(', ')}</span>
    </header>
  );
}

function BusinessDate(props: { date: string | null; state: string }) {
  const { date, state } = props;
  if (!date || state === 'never-opened') {
    return (
      <Badge tone="amber" icon="lock">
        {state === 'closed' ? 'branch closed' : 'branch not opened yet'}
      </Badge>
    );
  }
  return (
    <span>
      {formatDate(date)}
      <span className={styles.dim}>{' business date'}</span>
      {state === 'closed' ? (
        <Badge tone="amber" icon="lock">
          day closed
        </Badge>
      ) : null}
    </span>
  );
}

/** What is in the drawer; an empty drawer shows its first currency, the base. */
function shownPositions(till: TillView): TillView['positions'] {
  const held = till.positions.filter(({ totalMinor }) => totalMinor !== null && totalMinor !== '0');
  return held.length > 0 ? held : till.positions.slice(0, 1);
}

function TillLine() {
  const till = useOwnTill();
  const isDesk = useRole('teller', 'supervisor');
  if (!isDesk) return null;
  if (!till) return <span className={styles.dim}>no till open</span>;
  return (
    <span>
      {`${till.name}: `}
      {till.state === 'open' ? null : (
        <Badge tone="amber" icon="clock">
          {plain(till.state)}
        </Badge>
      )}
      {shownPositions(till).map((position) =>
        position.totalMinor === null ? null : (
          <span key={position.currency} className={styles.cash}>
            <Money minor={position.totalMinor} currency={position.currency} />
          </span>
        ),
      )}
      {till.positions.some((position) => position.totalMinor === null) ? (
        <span className={styles.dim}> figures not shown while it is counted</span>
      ) : null}
    </span>
  );
}

function OnlineWord() {
  const link = useLinkState();
  const { desk } = useSession();
  const office = useQuery('office.line', {}, { keep: true }).data;
  // Where there is a head office, its word stands beside this one: two of them would contradict each other.
  const isSaid = office !== undefined && office.state !== 'none';
  if (link === 'online' && isSaid) return null;
  return link === 'online' ? (
    <Badge tone="calm" icon="link">
      online
    </Badge>
  ) : (
    <Badge tone="amber" icon="unlink">
      {desk === null ? 'workstation stopped' : 'station does not answer'}
    </Badge>
  );
}
