// Says in one sentence what a payment does, the same in preview, journal and approval.
import type { PaymentBulk, PaymentOutgoing } from '#contract/drafts.ts';
import { formatMoney } from '#contract/money.ts';
import type { Facts } from './facts.ts';

/** An IBAN in groups of four, as people read it aloud. */
export function groupedIban(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** `Pay 600.00 EUR from 1234 5678 Marta Keller to Dupont FR14 ...`; `from` is already in words. */
export function paymentTitle(
  draft: PaymentOutgoing | PaymentBulk,
  from: string,
  { payment }: Facts,
): string {
  const money = formatMoney(draft.amountMinor, draft.currency);
  if (draft.task === 'payment.bulk') {
    return `Pay ${payment?.count ?? 0} transfers, ${money}, from ${from}`;
  }
  const payee = [payment?.name ?? '', groupedIban(payment?.iban ?? '')].filter((each) => each);
  return `Pay ${money} from ${from} to ${payee.join(', ') || 'a payee to be named'}`;
}
