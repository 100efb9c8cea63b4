// Says before a dialog's Enter what money moves from where to where, and why the other bank asks.
import type { PaymentCard } from '#contract/payments.ts';
import { Money } from '../../parts/Money.tsx';
import { formatAccount } from '../../parts/words.ts';
import { groupedIban } from './form.ts';
import styles from './payment.module.css';

/** What a decision about a payment that came in moves, and why it is asked for. */
export function MoneyMoved(props: {
  card: PaymentCard;
  action: 'pay-back' | 'send-back' | 'answer' | 'apply';
}) {
  const { card, action } = props;
  const asked = card.life.findLast(({ message }) => message === 'camt.056');
  const from = card.account === '' ? 'payments not credited yet' : formatAccount(card.account);
  const isLeaving = action === 'pay-back' || action === 'send-back';
  return (
    <dl className={styles.facts}>
      <dt>{isLeaving ? 'Goes back' : 'Stays'}</dt>
      <dd>
        <strong>
          <Money minor={card.amountMinor} currency={card.currency} />
        </strong>
      </dd>
      <dt>{isLeaving ? 'From' : 'On'}</dt>
      <dd>{from}</dd>
      <dt>{isLeaving ? 'To' : 'Payer'}</dt>
      <dd>{`${card.name}, ${groupedIban(card.iban)}`}</dd>
      {asked === undefined ? null : (
        <>
          <dt>Asked for</dt>
          <dd>{[asked.reason, asked.reasonMeaning].filter((part) => part !== '').join(': ')}</dd>
        </>
      )}
    </dl>
  );
}
