// What the models say of a case a supervisor decides, and the supervisor's word that teaches them.
import { useState } from 'react';
import { formatMoney } from '#contract/money.ts';
import type { RiskCard } from '#contract/risk.ts';
import { Badge } from '../../parts/Badge.tsx';
import { Button } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { Select } from '../../parts/Input.tsx';
import { FaultNotice } from '../../parts/Notice.tsx';
import { formatInstant } from '../../parts/words.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useRole } from '../../state/useSession.ts';
import styles from './risk.module.css';

type Reason = RiskCard['verdicts'][number]['reason'];

const reasons: readonly { readonly value: Reason; readonly label: string }[] = [
  { value: 'customer-confirmed', label: 'customer confirmed' },
  { value: 'customer-denied', label: 'customer denied' },
  { value: 'document-seen', label: 'document seen' },
  { value: 'known-pattern', label: 'known pattern' },
  { value: 'victim-reported', label: 'victim reported' },
  { value: 'other-bank-reported', label: 'other bank reported' },
  { value: 'court-or-police', label: 'court or police' },
  { value: 'other', label: 'other' },
];

const tones = { LOW: 'calm', MEDIUM: 'amber', HIGH: 'amber' } as const;

/**
 * `isSaid` where the card has read out the model's reasons already; `isOpen` while the case is not decided: words for
 * the models come after the decision, from somebody who did not make it.
 */
export function RiskEvidence(props: { subject: number; isSaid: boolean; isOpen: boolean }) {
  const maySee = useRole('supervisor', 'compliance', 'auditor');
  const { data: card } = useQuery('risk.card', maySee ? { subject: props.subject } : null);
  if (!card || card.state === 'not-scored') return null;
  return (
    <section className={styles.stack} aria-label="Risk models">
      <p className={styles.step}>
        <Badge tone={tones[card.band]} icon={card.band === 'LOW' ? 'tick' : 'warning'}>
          {card.probability === null
            ? 'rules alone'
            : `${card.band.toLowerCase()} risk, ${(card.probability * 100).toFixed(1)} %`}
        </Badge>
        <span className={styles.dim}>
          {card.silence ||
            (card.replayed ? 'scored again to the same bits' : 'cannot be replayed here')}
        </span>
      </p>
      {card.reasons.length > 0 && !props.isSaid ? <p>{card.reasons.join('; ')}</p> : null}
      {card.ordinary ? (
        <p>
          {card.ordinary}
          {card.isOrdinaryTrue === false ? (
            <span className={styles.dim}> The stored model does not bear this out.</span>
          ) : null}
        </p>
      ) : null}
      {card.similar.slice(0, 2).map((each) => (
        <p key={each.subject} className={styles.line}>
          <span className={styles.dim}>{formatInstant(each.at)}</span>
          <span className={styles.grow}>{each.what}</span>
          <span>{formatMoney(each.amountMinor, each.currency)}</span>
          <span>{each.outcome}</span>
        </p>
      ))}
      {card.verdicts.slice(0, 2).map((said) => (
        <p key={`${said.at}${said.by}`} className={styles.dim}>
          {`${said.by}: ${said.verdict} (${said.reason})${said.why ? `; does not teach: ${said.why}` : ''}`}
        </p>
      ))}
      {props.isOpen ? null : <Judge card={card} />}
    </section>
  );
}

function Judge(props: { card: RiskCard }) {
  const { card } = props;
  const judges = useRole('supervisor', 'compliance');
  const [reason, setReason] = useState<Reason>('customer-confirmed');
  const judging = useCommand('risk.judge');
  if (!judges) return null;
  const say = (verdict: 'fraud' | 'legitimate' | 'unsure') => () =>
    void judging.send({ subject: card.subject, verdict, reason });
  return (
    <>
      <div className={styles.step}>
        <Field label="For the models">
          <Select value={reason} choices={reasons} onChange={setReason} />
        </Field>
        {(['fraud', 'legitimate', 'unsure'] as const).map((verdict) => (
          <Button key={verdict} kind="quiet" isOff={judging.isRunning} onPress={say(verdict)}>
            {verdict}
          </Button>
        ))}
      </div>
      <FaultNotice fault={judging.fault} />
    </>
  );
}
