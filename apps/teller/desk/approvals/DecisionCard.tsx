// What is to be decided: amount and account large, the reasons as sentences, the effect, the history as evidence.
import type { ApprovalCard, ApprovalLine } from '#contract/approvals.ts';
import { formatAmount, formatMoney } from '#contract/money.ts';
import { StateBadge } from '../../parts/Badge.tsx';
import { Money } from '../../parts/Money.tsx';
import { Notice, Waiting } from '../../parts/Notice.tsx';
import { formatAccount, formatInstant } from '../../parts/words.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import { RiskEvidence } from '../risk/RiskEvidence.tsx';
import { Panel } from '../Screen.tsx';
import styles from './approvals.module.css';
import { CarryOut } from './CarryOut.tsx';
import { Decide } from './Decide.tsx';

export function DecisionCard(props: { line: ApprovalLine; onDone: () => void }) {
  const { line, onDone } = props;
  const reading = useQuery('approval.get', { approval: line.approval });
  const decides = useRole('supervisor');
  const card = reading.data;
  return (
    <Panel
      title={`Approval ${line.approval}`}
      aside={<StateBadge state={card?.state ?? line.state} />}
    >
      <Waiting for={reading} what="what is to be decided" />
      {card ? (
        <div className={styles.card}>
          <Head card={card} />
          {card.reasons.map((reason) => (
            <Notice key={reason.rule} tone="amber">
              {reason.message}
            </Notice>
          ))}
          {card.state === 'waiting' && decides && card.mine ? (
            <Decide card={card} onDone={onDone} />
          ) : null}
          <RiskEvidence
            subject={card.approval}
            isSaid={card.reasons.some(({ rule }) => rule === 'risk-model')}
            isOpen={card.state === 'waiting'}
          />
          <CarryOut card={card} onDone={onDone} />
          <Decision card={card} />
          <Content card={card} />
          <Effect card={card} />
          {/* The evidence is for who decides; who carries it out counts notes now. */}
          {card.state === 'approved' && !card.mine ? null : <Evidence card={card} />}
        </div>
      ) : null}
    </Panel>
  );
}

function Head(props: { card: ApprovalCard }) {
  const { card } = props;
  return (
    <div>
      <p className={styles.head}>
        <Money minor={card.amountMinor} currency={card.currency} size="large" />
        <span className={styles.large}>{formatAccount(card.account)}</span>
      </p>
      <p className={styles.asked}>
        <strong>{card.what}</strong>
        {`, asked by ${card.by}, ${formatInstant(card.at)}`}
      </p>
    </div>
  );
}

function Decision(props: { card: ApprovalCard }) {
  const { decidedBy, decidedAt, comment } = props.card;
  if (!decidedBy || !decidedAt) return null;
  return (
    <p className={styles.dim}>
      {`Decided by ${decidedBy}, ${formatInstant(decidedAt)}${comment ? `: ${comment}` : ''}`}
    </p>
  );
}

function Content(props: { card: ApprovalCard }) {
  return (
    <section className={styles.block}>
      <h3>What is signed</h3>
      <dl className={styles.content}>
        {props.card.content.map((line) => (
          <div key={`${line.label}${line.text}`}>
            <dt>{line.label}</dt>
            <dd>{line.text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Effect(props: { card: ApprovalCard }) {
  const { balances } = props.card;
  if (balances.length === 0) return null;
  return (
    <section className={styles.block}>
      <h3>Balance now and after</h3>
      {balances.map((line) => (
        <p key={line.account} className={styles.line}>
          <span className={styles.grow}>{`${formatAccount(line.account)} ${line.name}`}</span>
          <span>{formatAmount(line.beforeMinor, line.currency)}</span>
          <span aria-hidden="true">→</span>
          <strong>
            <Money minor={line.afterMinor} currency={line.currency} />
          </strong>
        </p>
      ))}
    </section>
  );
}

/** The newest few of each, as many as fit without scrolling; the customer's own screen has all. */
const shownMovements = 2;
const shownCases = 1;

/** `Similar cases: 3 posted, 1 declined`, so that what is not shown counts too. */
function similarWords(similar: readonly ApprovalLine[]): string {
  const states = new Map<string, number>();
  for (const { state } of similar) states.set(state, (states.get(state) ?? 0) + 1);
  return `Similar cases: ${[...states].map(([state, count]) => `${count} ${state}`).join(', ')}`;
}

function Evidence(props: { card: ApprovalCard }) {
  const { history, similar } = props.card;
  return (
    <>
      {history.length > 0 ? (
        <section className={styles.block}>
          <h3>Earlier movements</h3>
          {history.slice(0, shownMovements).map((line) => (
            <p key={line.journal} className={styles.line}>
              <span className={styles.dim}>{formatInstant(line.at)}</span>
              <span className={styles.grow}>{line.what}</span>
              <span>{formatMoney(line.amountMinor, line.currency)}</span>
            </p>
          ))}
        </section>
      ) : null}
      {similar.length > 0 ? (
        <section className={styles.block}>
          <h3>{similarWords(similar)}</h3>
          {similar.slice(0, shownCases).map((line) => (
            <p key={line.approval} className={styles.line}>
              <span className={styles.dim}>{formatInstant(line.at)}</span>
              <span className={styles.grow}>{line.what}</span>
              <span>{formatMoney(line.amountMinor, line.currency)}</span>
              <StateBadge state={line.state} />
            </p>
          ))}
        </section>
      ) : null}
    </>
  );
}
