// What the figures say of an application: risk, band, what it carries, and why it is not better.
import type { CreditAssessment } from '#contract/credit.ts';
import { formatMoney } from '#contract/money.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Pairs } from '../../parts/Pairs.tsx';
import styles from './credit.module.css';

const tones = { A: 'calm', B: 'calm', C: 'amber', D: 'amber' } as const;

export function Assessment(props: { assessment: CreditAssessment }) {
  const { assessment } = props;
  const { band, basisPoints, limitMinor, currency, reasons, figures, outcomes } = assessment;
  const learned = assessment.calibration ?? `${outcomes} outcomes of this branch`;
  return (
    <section className={styles.stack} aria-label="What the figures say">
      <p className={styles.line}>
        <Badge tone={tones[band]} icon={band < 'C' ? 'tick' : 'warning'}>
          {`band ${band}`}
        </Badge>
        <span>{`probability of default ${(basisPoints / 100).toFixed(2)} %`}</span>
      </p>
      <p>
        {limitMinor === '0'
          ? 'The figures carry no credit.'
          : `The figures carry ${formatMoney(limitMinor, currency)}.`}
      </p>
      {reasons.length > 0 ? (
        <ul className={styles.reasons} aria-label="Reasons">
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : null}
      <Pairs pairs={figures} isWide />
      <p className={styles.dim}>
        {`Scorecard ${assessment.scorecard}, ${learned}. It advises; an officer decides.`}
      </p>
    </section>
  );
}
