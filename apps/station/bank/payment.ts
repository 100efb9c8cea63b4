// Prepares payments to other banks: from the customer to the suspense account they wait on, with the fee.
import type { PaymentBulk, PaymentOutgoing } from '#contract/drafts.ts';
import { formatMoney } from '#contract/money.ts';
import type { PaymentChannel } from '#contract/payments.ts';
import { checkAccount, checkConductor, checkCurrency, checkRoom, findAccount } from './checks.ts';
import { amountProblem, currencyProblem } from './currency.ts';
import type { AccountFacts } from './facts.ts';
import { feeMinor } from './fees.ts';
import { leg, wakesOf } from './item.ts';
import { type Item, judge } from './judge.ts';
import type { PaymentFacts } from './payment-facts.ts';
import { valueDate } from './policy.ts';
import type { Fee, PreparedJournal, PreparedLeg } from './prepared.ts';
import { type Problem, problem } from './problem.ts';
import type { Sheet } from './sheet.ts';
import { titleOf } from './title.ts';

type PaymentDraft = PaymentOutgoing | PaymentBulk;

function channelProblem(draft: PaymentDraft, channel: PaymentChannel | null): Problem | null {
  const { currency, amountMinor } = draft;
  if (!channel) {
    const message = 'This bank does not take part in that network: choose another.';
    return problem('channel-unknown', message, draft.task === 'payment.bulk' ? null : 'channel');
  }
  if (channel.currencies.length > 0 && !channel.currencies.includes(currency)) {
    const message = `${channel.name} carries ${channel.currencies.join(', ')}, not ${currency}.`;
    return problem('channel-currency', message, 'currency');
  }
  if (channel.mostMinor === null || amountMinor <= channel.mostMinor) return null;
  const most = formatMoney(channel.mostMinor, currency);
  const message = `${channel.name} carries ${most} at most: choose another network.`;
  return problem('channel-most', message, 'amountMinor');
}

function checkAll(sheet: Sheet, draft: PaymentDraft, payment: PaymentFacts): AccountFacts | null {
  const { amountMinor, currency, conductor } = draft;
  const from = findAccount(sheet, draft.from, 'from');
  sheet.refuse(amountProblem(amountMinor, currency, 'amountMinor'));
  sheet.refuse(currencyProblem(currency, sheet.date, 'currency'));
  sheet.refuse(channelProblem(draft, payment.channel));
  for (const each of payment.problems) sheet.refuse(each);
  if (!from) return null;
  checkAccount(sheet, from, { side: 'debit', field: 'from' });
  checkConductor(sheet, conductor, {
    ...{ account: from, side: 'debit', amountMinor, isNeeded: false, field: 'conductor' },
  });
  if (from.product === 'loan') {
    const message = 'Money cannot be paid out of a loan account: pay the loan out instead.';
    sheet.refuse(problem('product-not-allowed', message, 'from'));
  }
  const fits = checkCurrency(sheet, from, { amountMinor, currency, field: 'currency' });
  return fits ? from : null;
}

/** The fee as a leg and as a line; nothing where the policy asks for none. */
function feeLeg(
  sheet: Sheet,
  draft: PaymentDraft,
  from: AccountFacts,
): { readonly legs: readonly PreparedLeg[]; readonly fees: readonly Fee[] } {
  const { task, currency } = draft;
  const amountMinor = feeMinor(sheet.facts.policy.fees, draft);
  if (amountMinor === 0n) return { legs: [], fees: [] };
  const account = sheet.facts.fees.get(currency);
  if (!account) {
    const message = `The branch earns no fees in ${currency}: take the fee out of the policy.`;
    sheet.refuse(problem('no-fee-account', message));
    return { legs: [], fees: [] };
  }
  const label = task === 'payment.bulk' ? 'fee, bulk payment' : 'fee, payment';
  return {
    legs: [leg(from, account, { amountMinor, label: 'fee' })],
    fees: [{ label, amountMinor, currency, from: 'account' }],
  };
}

/** Whatever is not surely wrong and not surely right, a second person looks at. */
function flagDoubts(sheet: Sheet, { doubts }: PaymentFacts): void {
  for (const message of doubts) {
    sheet.flag([{ rule: 'payment-doubt', version: 1, needs: 'approval', message }]);
  }
}

/** Warns of a payment that looks like one made today already. */
function flagSimilar(sheet: Sheet, draft: PaymentDraft, { similar, name }: PaymentFacts): void {
  const [first] = similar;
  if (!first) return;
  const money = formatMoney(draft.amountMinor, draft.currency);
  const message =
    `${money} to ${name} left this account today already (payment ${first.payment}, ` +
    `${first.time}): ask whether it is meant twice`;
  sheet.flag([{ rule: 'payment-repeated', version: 1, needs: 'notice', message }]);
}

/** What the customer's statement says: who was paid, and what for. */
function narrativeOf({ name, text }: PaymentFacts): string {
  return [name, text]
    .filter((part) => part !== '')
    .join(': ')
    .slice(0, 140);
}

function conductorOf(sheet: Sheet, { conductor }: PaymentDraft): PreparedJournal['conductor'] {
  if (!conductor || conductor.kind === 'other') return conductor ?? null;
  return { ...conductor, name: sheet.facts.customers.get(conductor.customer)?.name ?? '' };
}

/**
 * Writes the payment on the sheet. The money waits on the outward suspense account until a message of
 * the other bank says that it is settled, rejected or returned (research page teller, section 6.1,
 * row 12). Refused besides what every debit is refused for: an unknown network, a currency or amount
 * it does not carry, and whatever its message would be refused for.
 */
export function preparePayment(sheet: Sheet, draft: PaymentDraft): void {
  const { payment } = sheet.facts;
  if (!payment) throw new Error('a payment is judged by the facts of its message');
  const from = checkAll(sheet, draft, payment);
  const { outward } = payment;
  if (!outward) {
    const message =
      `The branch has no account for payments out in ${draft.currency}: it is opened with ` +
      'the next business day.';
    sheet.refuse(problem('no-suspense-account', message, 'currency'));
  }
  if (!from || !outward || draft.amountMinor <= 0n) return;
  const { task, amountMinor, currency, conductor } = draft;
  const fee = feeLeg(sheet, draft, from);
  const legs = [leg(from, outward, { amountMinor, label: 'payment out' }), ...fee.legs];
  checkRoom(sheet, legs, 'amountMinor');
  const item: Item = {
    ...{ task, amountMinor, currency, conductor, cash: null, from, to: null, path: '' },
  };
  judge(sheet, item);
  flagSimilar(sheet, draft, payment);
  flagDoubts(sheet, payment);
  sheet.post({
    ...{ kind: task, title: titleOf(draft, sheet.facts), legs, cash: [], fees: fee.fees },
    ...{ activity: [], valueDate: valueDate(task, sheet.date, sheet.facts.policy) },
    narrative: narrativeOf(payment),
    ...{ amountMinor, currency, account: from.number },
    customer: from.owners[0] ?? null,
    conductor: conductorOf(sheet, draft),
    ...{ reversalOf: null, correctionOf: null, wakes: wakesOf(legs) },
  });
}
