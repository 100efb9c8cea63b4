// What will happen, as the station reckons it: who, balances now and after, cash, legs, limits, flags with reasons.
import { formatAmount } from '#contract/money.ts';
import type { Preview } from '#contract/postings.ts';
import { Badge } from '../../parts/Badge.tsx';
import { classes } from '../../parts/classes.ts';
import { Money } from '../../parts/Money.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { describePieces } from '../../parts/pieces.ts';
import { formatAccount, formatDate } from '../../parts/words.ts';
import { PictureStrip } from '../customers/Pictures.tsx';
import { RiskQuestions } from '../risk/RiskQuestions.tsx';
import styles from './counter.module.css';

/** Refusals that stand beside their field on the left are not repeated on the right. */
export function PreviewView(props: { preview: Preview; isFresh: boolean }) {
  const { preview, isFresh } = props;
  return (
    <div className={classes(styles.preview, !isFresh && styles.stale)} aria-busy={!isFresh}>
      <div className={styles.title}>
        <p>{preview.title}</p>
        <OutcomeBadge outcome={preview.outcome} />
      </div>
      <CustomerLine customer={preview.customer} />
      <PaidTo preview={preview} />
      {preview.flags.map((flag) => (
        <Notice
          key={`${flag.rule}${flag.message}`}
          tone={flag.needs === 'approval' ? 'amber' : 'calm'}
        >
          {flag.message}
        </Notice>
      ))}
      <RiskQuestions risk={preview.risk} />
      {preview.refusals
        .filter((refusal) => refusal.field === null)
        .map((refusal) => (
          <Notice key={refusal.reason} tone="red">
            {refusal.message}
          </Notice>
        ))}
      <Balances balances={preview.balances} />
      <Cash cash={preview.cash} />
      <Legs legs={preview.legs} valueDate={preview.valueDate} />
      <Limits limits={preview.limits} running={preview.runningCash} />
    </div>
  );
}

/** Who money is paid out to is compared with what the bank has of them. */
function PaidTo({ preview }: { preview: Preview }) {
  const { customer, cash } = preview;
  const isPaidOut = cash.some(({ amountMinor }) => amountMinor.startsWith('-'));
  if (!customer || !isPaidOut) return null;
  return <PictureStrip customer={customer.customer} name={customer.name} />;
}

function OutcomeBadge(props: { outcome: Preview['outcome'] }) {
  switch (props.outcome) {
    case 'post':
      return (
        <Badge tone="calm" icon="tick">
          will be posted
        </Badge>
      );
    case 'approval':
      return (
        <Badge tone="amber" icon="person">
          needs a supervisor
        </Badge>
      );
    case 'refused':
      return (
        <Badge tone="red" icon="stop">
          cannot be posted
        </Badge>
      );
  }
}

function CustomerLine(props: { customer: Preview['customer'] }) {
  const { customer } = props;
  if (!customer) return null;
  return (
    <>
      <p className={styles.card}>
        <strong>{customer.name}</strong>
        <span className={styles.dim}>{customer.distinction}</span>
        {customer.riskClass === 'high' ? (
          <Badge tone="amber" icon="warning">
            high risk
          </Badge>
        ) : null}
        {customer.identified ? null : (
          <Badge tone="red" icon="stop">
            not identified
          </Badge>
        )}
      </p>
      {customer.alerts.map((alert) => (
        <Notice key={alert} tone="amber">
          {alert}
        </Notice>
      ))}
    </>
  );
}

function Balances(props: { balances: Preview['balances'] }) {
  // The bank's own accounts stand among the legs; the till among the cash.
  const customers = props.balances.filter((line) => line.availableAfterMinor !== null);
  if (customers.length === 0) return null;
  return (
    <div className={styles.block}>
      <h3>Balance now and after</h3>
      <div className={classes(styles.grid, styles.balances)}>
        {customers.map((line) => (
          <BalanceLine key={line.account} line={line} />
        ))}
      </div>
    </div>
  );
}

function BalanceLine(props: { line: Preview['balances'][number] }) {
  const { account, name, currency, beforeMinor, afterMinor } = props.line;
  return (
    <>
      <span>{`${formatAccount(account)} ${name}`}</span>
      <span className={styles.number}>{formatAmount(beforeMinor, currency)}</span>
      <span aria-hidden="true">→</span>
      <span className={classes(styles.number, styles.after)}>
        <Money minor={afterMinor} currency={currency} />
      </span>
    </>
  );
}

function Cash(props: { cash: Preview['cash'] }) {
  if (props.cash.length === 0) return null;
  return (
    <div className={styles.block}>
      <h3>Cash</h3>
      {props.cash.map((line) => (
        <div key={line.currency}>
          <div className={classes(styles.grid, styles.balances)}>
            <span>{line.till}</span>
            <span className={styles.number}>
              {formatAmount(line.tillBeforeMinor, line.currency)}
            </span>
            <span aria-hidden="true">→</span>
            <span className={classes(styles.number, styles.after)}>
              <Money minor={line.tillAfterMinor} currency={line.currency} />
            </span>
          </div>
          <p className={styles.dim}>
            {describePieces(line.pieces, (face) =>
              formatAmount(face, line.currency).replace(/\.0+$/, ''),
            )}
          </p>
        </div>
      ))}
    </div>
  );
}

function Legs(props: { legs: Preview['legs']; valueDate: string | null }) {
  if (props.legs.length === 0) return null;
  return (
    <div className={styles.block}>
      <h3>{props.valueDate ? `Legs, value ${formatDate(props.valueDate)}` : 'Legs'}</h3>
      <div className={classes(styles.grid, styles.legs)}>
        {props.legs.map((leg, index) => (
          <LegLine key={`${leg.debit}${leg.credit}${leg.label}${index}`} leg={leg} />
        ))}
      </div>
    </div>
  );
}

function LegLine(props: { leg: Preview['legs'][number] }) {
  const { debitName, creditName, amountMinor, currency, label } = props.leg;
  return (
    <>
      <span title={debitName}>{`debit ${debitName}`}</span>
      <span title={creditName}>{`credit ${creditName}`}</span>
      <span className={styles.number} title={label}>
        <Money minor={amountMinor} currency={currency} />
      </span>
    </>
  );
}

function Limits(props: { limits: Preview['limits']; running: Preview['runningCash'] }) {
  const { limits, running } = props;
  if (limits.length + running.length === 0) return null;
  return (
    <div className={styles.block}>
      <h3>Limits</h3>
      <div className={classes(styles.grid, styles.limits)}>
        {limits.map((limit) => (
          <LimitLine
            key={`${limit.label}${limit.currency}`}
            label={limit.label}
            used={limit.usedMinor}
            limit={limit.limitMinor}
            currency={limit.currency}
            isOver={limit.state === 'approval' || limit.state === 'refused'}
          />
        ))}
        {running.map((line) => (
          <LimitLine
            key={`${line.customer}${line.direction}${line.currency}`}
            label={`Cash ${line.direction} today, ${line.name}`}
            used={line.amountMinor}
            limit={line.thresholdMinor}
            currency={line.currency}
            isOver={
              line.thresholdMinor !== null && BigInt(line.amountMinor) > BigInt(line.thresholdMinor)
            }
          />
        ))}
      </div>
    </div>
  );
}

function LimitLine(props: {
  label: string;
  used: string;
  limit: string | null;
  currency: string;
  isOver: boolean;
}) {
  const { label, used, limit, currency, isOver } = props;
  return (
    <>
      <span className={styles.limitName}>
        <span>{label}</span>
        {isOver ? (
          <Badge tone="amber" icon="warning">
            over
          </Badge>
        ) : null}
      </span>
      <span className={styles.number}>
        {formatAmount(used, currency)}
        {limit === null ? '' : ` of ${formatAmount(limit, currency)}`}
        <span className={styles.dim}>{` ${currency}`}</span>
      </span>
    </>
  );
}
