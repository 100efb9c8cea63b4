// What each till and the vault hold, by currency and by face, with their limits; a till being counted shows nothing.

import { formatAmount } from '#contract/money.ts';
import type { TillView } from '#contract/tills.ts';
import { StateBadge } from '../../parts/Badge.tsx';
import { Money } from '../../parts/Money.tsx';
import { Empty, Waiting } from '../../parts/Notice.tsx';
import { useQuery } from '../../state/useQuery.ts';
import { useSession } from '../../state/useSession.ts';
import { faceText } from '../journal/Receipt.tsx';
import styles from './till.module.css';

type Position = TillView['positions'][number];

export function Positions() {
  const { till } = useSession();
  const reading = useQuery('till.list', {});
  const tills = reading.data?.tills ?? [];
  const ordered = tills.toSorted(
    (one, other) => Number(other.till === till) - Number(one.till === till),
  );
  return (
    <div className={styles.stack}>
      <Waiting for={reading} what="the tills" />
      {reading.data && tills.length === 0 ? <Empty>There is no till yet.</Empty> : null}
      {ordered.map((each) => (
        <TillBlock key={each.till} till={each} isOwn={each.till === till} />
      ))}
    </div>
  );
}

function TillBlock(props: { till: TillView; isOwn: boolean }) {
  const { till, isOwn } = props;
  return (
    <section className={styles.block} aria-label={till.name}>
      <p className={styles.head}>
        <strong>{isOwn ? `${till.name} (yours)` : till.name}</strong>
        <StateBadge state={till.state} />
        <span className={styles.dim}>{till.teller?.name ?? ''}</span>
      </p>
      {till.positions.map((position) => (
        <PositionLine key={position.currency} position={position} isOwn={isOwn} />
      ))}
    </section>
  );
}

function PositionLine(props: { position: Position; isOwn: boolean }) {
  const { position, isOwn } = props;
  if (position.totalMinor === null) {
    return <p className={styles.dim}>{`${position.currency}: not shown`}</p>;
  }
  return (
    <>
      <p className={styles.row}>
        <Money minor={position.totalMinor} currency={position.currency} />
        <LimitBar position={position} />
      </p>
      {isOwn ? <Faces position={position} /> : null}
    </>
  );
}

/** How full the till is: a bar up to the hard limit, with the soft one marked, and the words beside it. */
function LimitBar(props: { position: Position }) {
  const { totalMinor, softLimitMinor, hardLimitMinor, currency } = props.position;
  const limit = hardLimitMinor ?? softLimitMinor;
  if (totalMinor === null || limit === null || BigInt(limit) === 0n) return null;
  const percent = Number((BigInt(totalMinor) * 1000n) / BigInt(limit)) / 10;
  const isOver = softLimitMinor !== null && BigInt(totalMinor) > BigInt(softLimitMinor);
  return (
    <span className={styles.limit}>
      <meter
        aria-label={`share of the limit in ${currency}`}
        min={0}
        max={100}
        value={Math.min(100, percent)}
        className={isOver ? styles.over : undefined}
      />
      <span className={styles.dim}>
        {isOver && softLimitMinor
          ? `over the soft limit of ${formatAmount(softLimitMinor, currency)}: sell to the vault`
          : `of ${formatAmount(limit, currency)}`}
      </span>
    </span>
  );
}

function Faces(props: { position: Position }) {
  const { denominations, currency } = props.position;
  const faces = Object.entries(denominations ?? {})
    .filter(([, count]) => count > 0)
    .sort(([one], [other]) => Number(other) - Number(one));
  const values = faces.map(([face, count]) => Number(face) * count);
  const largest = Math.max(1, ...values);
  return (
    <ul className={styles.faces} aria-label={`Notes and coins in ${currency}`}>
      {faces.map(([face, count], index) => (
        <li key={face}>
          <span className={styles.number}>{faceText(face, currency)}</span>
          <span className={styles.number}>{`× ${count}`}</span>
          <svg
            className={styles.bar}
            viewBox="0 0 100 8"
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <rect width={((values[index] ?? 0) * 100) / largest} height="8" />
          </svg>
          <span className={styles.number}>
            {formatAmount(BigInt(face) * BigInt(count), currency)}
          </span>
        </li>
      ))}
    </ul>
  );
}
