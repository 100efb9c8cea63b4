// Says in one sentence what a draft or a journal does, the same in preview, journal and approval.
import { formatAccountNumber } from '#contract/account-number.ts';
import type { Draft } from '#contract/drafts.ts';
import { formatMoney } from '#contract/money.ts';
import { valueMinor } from './denominations.ts';
import type { Facts } from './facts.ts';
import { paymentTitle } from './payment-title.ts';

function named(number: string, facts: Facts): string {
  const name = facts.accounts.get(number)?.name;
  return `${formatAccountNumber(number)}${name ? ` ${name}` : ''}`;
}

/** The sentence for a draft, such as `Deposit 250.00 EUR to 1234 5678 Marta Keller`. */
export function titleOf(draft: Draft, facts: Facts): string {
  switch (draft.task) {
    case 'cash.deposit':
      return (
        `Deposit ${formatMoney(draft.amountMinor, draft.currency)} to ` +
        `${named(draft.account, facts)}`
      );
    case 'cash.withdrawal':
      return (
        `Withdraw ${formatMoney(draft.amountMinor, draft.currency)} from ` +
        `${named(draft.account, facts)}`
      );
    case 'transfer': {
      const money = formatMoney(draft.amountMinor, draft.currency);
      return `Transfer ${money} from ${named(draft.from, facts)} to ${named(draft.to, facts)}`;
    }
    case 'cash.exchange':
      return `Exchange ${formatMoney(valueMinor(draft.received), draft.currency)} of notes`;
    case 'journal.reversal':
      return `Reverse journal ${draft.journal}`;
    case 'basket':
      return (
        `${draft.items.length} items: ` +
        `${draft.items.map((item) => titleOf(item, facts)).join('; ')}`
      );
    case 'payment.outgoing':
    case 'payment.bulk':
      return paymentTitle(draft, named(draft.from, facts), facts);
    case 'journal.correction':
      return `Correct journal ${draft.journal}: ${titleOf(draft.replacement, facts)}`;
  }
}
