// Says what a teller does next about a payment: by its state, by the code that came, in a sentence.
import type { PaymentState } from '#contract/payments.ts';
import { meaningOf } from '../iso20022/index.ts';

/** What to do about a reason, put shortly; codes without a line of their own fall back on the state. */
const steps: Readonly<Record<string, string>> = {
  AC01: 'Ask the customer for the IBAN again, letter by letter, and order anew.',
  AC03: 'Ask the customer for the IBAN again and order anew.',
  AC04: 'The payee has closed the account: ask the customer for another one.',
  AC06: 'The account is blocked: the customer asks the payee for another one.',
  AC14: 'That account takes no such payments: ask for another one.',
  AG01: 'That account takes no such payments: ask for a current account.',
  AG02: 'Order anew through another network.',
  AM02: 'Order anew in parts, or through another network.',
  AM03: 'Order anew in a currency the account is kept in.',
  AM04: 'Settlement lacked money at a bank: head office looks into it; order anew later.',
  AM05: 'It was taken for a repetition: look for the first one before ordering anew.',
  AM09: 'Compare the amount with the order and order anew if it is wrong.',
  ARDT: 'The money has been sent back already: look for the return.',
  BE01: 'Name and account do not belong together: ask the customer for both again.',
  BE04: 'Order anew with town and country of the payee.',
  BE05: 'Compare the payer with the order.',
  CNOR: 'The payee’s bank does not take part: order anew through another network.',
  CUST: 'The customer asked for it: tell the customer how it ended.',
  DNOR: 'Tell head office: the clearing does not know this bank as a payer’s.',
  DUPL: 'Find the first payment and tell the customer which one stays.',
  ED05: 'Settlement failed: head office looks into it; order anew later.',
  ERIN: 'The payee’s bank does not offer this: order anew without it.',
  FF01: 'Give the message to support: its form was refused.',
  FOCR: 'It came back because it was asked back: tell the customer the money is here.',
  FR01: 'Suspected fraud: tell compliance before ordering anything anew.',
  FRAD: 'Suspected fraud: tell compliance before ordering anything anew.',
  LEGL: 'A law stands against it: ask compliance.',
  MD07: 'The payee has died: tell the customer, and order nothing anew without advice.',
  MS02: 'The payee wants it back: the customer asks the payee why.',
  MS03: 'The payee’s bank names no reason: the customer asks the payee.',
  NARR: 'Read the words beside the code.',
  NOAS: 'The payee did not answer: the customer asks the payee directly.',
  NOOR: 'The other bank never had it: look whether it was sent at all.',
  RC01: 'Compare the BIC with the payee’s letter and order anew.',
  RC04: 'Compare the payee’s bank with the letter and order anew.',
  RC07: 'Compare the BIC with the payee’s letter and order anew.',
  RF01: 'The reference was used before: look for the first payment.',
  RR01: 'Complete the payer’s account, then order anew.',
  RR02: 'Complete the payer’s name and address, then order anew.',
  RR03: 'Complete the payee’s name and address, then order anew.',
  RR04: 'Ask compliance which details the law wants.',
  TECH: 'A technical fault: order anew; where it comes again, tell support.',
  TM01: 'It came after the cut-off: order anew for the next business day.',
  AB05: 'The payee’s bank did not answer in time: order anew, or as an ordinary transfer.',
  AB06: 'It was not answered in time: order anew, or as an ordinary transfer.',
  AB08: 'The payee’s bank is not on line: order it as an ordinary transfer.',
  AB09: 'A fault at the payee’s bank: order it as an ordinary transfer.',
};

const byState: Readonly<Record<PaymentState, string>> = {
  queued: 'Nothing to do: it goes out by itself as soon as the gateway takes it.',
  sent: 'Wait for the other bank: it is not settled until a message says so.',
  accepted: 'Wait: the other bank is working on it; it is not settled yet.',
  settled: 'Nothing to do: the other bank has the money. To get it back, ask for it (recall).',
  rejected: 'The money is back on the account: tell the customer.',
  returned: 'The money came back to the account: tell the customer.',
  failed: 'The gateway has not taken it: a supervisor has it sent again.',
  received: 'Nothing to do: it is on the customer’s account.',
  unapplied: 'Nobody has that account: a supervisor credits the right one or sends it back.',
  'sent-back': 'Nothing to do: the money is on its way back.',
};

/** The next step for a payment in a state, after the reason that came with it ('' for none). */
export function nextStep(state: PaymentState, reason: string): string {
  const isEnd = state === 'rejected' || state === 'returned';
  const step = isEnd ? steps[reason] : undefined;
  return step ? `${byState[state]} ${step}` : byState[state];
}

/** What to do about a refused or granted recall. */
export function recallStep(recall: string, reason: string): string | null {
  if (recall === 'asked')
    return 'Wait for the answer of the other bank; ask what became of it in ten days.';
  if (recall === 'pending') return 'The other bank is looking at it: wait for its answer.';
  if (recall === 'granted')
    return 'The other bank agreed: the money is booked when its return is here.';
  if (recall !== 'refused') return null;
  return `The other bank does not give it back. ${steps[reason] ?? 'Tell the customer.'}`;
}

/** The meaning of a code in words; '' for none, the code itself where nobody here knows it. */
export function meaning(code: string): string {
  return code === '' ? '' : (meaningOf(code) ?? `code ${code} of the network`);
}
