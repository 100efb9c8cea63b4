// What each till and the vault hold, by currency and by face, with their limits; a till being counted shows nothing.

import { facesOf } from '#contract/faces.ts';
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
    <section className={styles.block} aria-label={`${till.name}, what it holds`}>
      <p className={styles.head}>
        <strong>{isOwn ? `${till.name} (yours)` : till.name}</strong>
        <StateBadge state={till.state} />
        <span className={styles.dim}>{till.teller?.name ?? ''}</span>
      </p>
      {till.positions
        .filter((position) => position.totalMinor !== null)
        .map((position) => (
          <PositionLine key={position.currency} position={position} isOwn={isOwn} />
        ))}
      {till.positions.some((position) => position.totalMinor === null) ? (
        <p className={styles.dim}>Figures not shown.</p>
      ) : null}
    </section>
  );
}

function PositionLine(props: { position: Position; isOwn: boolean }) {
  const { position, isOwn } = props;
  if (position.totalMinor === null) return null;
  return (
    <>
      <p className={styles.position}>
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
          : limitWords(props.position)}
      </span>
    </span>
  );
}

/** Both limits by their names: above the soft one cash is to be sold, above the hard one none is taken. */
function limitWords({ softLimitMinor, hardLimitMinor, currency }: Position): string {
  const named = (name: string, minor: string | null): string[] =>
    minor === null ? [] : [`${name} limit ${formatAmount(minor, currency)}`];
  return [...named('soft', softLimitMinor), ...named('hard', hardLimitMinor)].join(', ');
}

function Faces(props: { position: Position }) {
  const { denominations, currency } = props.position;
  const pieces = denominations ?? {};
  const faces = facesOf(currency);
  const largest = Math.max(
    1,
    ...Object.entries(pieces).map(([face, count]) => Number(face) * count),
  );
  const column = (values: readonly number[], label: string) => (
    <ul aria-label={`${label} in ${currency}`}>
      {values
        .filter((face) => (pieces[face] ?? 0) > 0)
        .map((face) => (
          <FaceLine key={face} {...{ face, currency, largest }} count={pieces[face] ?? 0} />
        ))}
    </ul>
  );
  return (
    <div className={styles.faces}>
      {column(faces?.notes ?? [], 'Notes')}
      {column(faces?.coins ?? [], 'Coins')}
    </div>
  );
}

interface FaceLineProps {
  readonly face: number;
  readonly count: number;
  readonly currency: string;
  /** Value in minor units of the face of which there is most. */
  readonly largest: number;
}

function FaceLine(props: FaceLineProps) {
  const { face, count, currency, largest } = props;
  return (
    <li>
      <span className={styles.number}>{faceText(String(face), currency)}</span>
      <span className={styles.number}>{`× ${count}`}</span>
      <svg className={styles.bar} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect width={(face * count * 100) / largest} height="8" />
      </svg>
      <span className={styles.number}>{formatAmount(BigInt(face) * BigInt(count), currency)}</span>
    </li>
  );
}
