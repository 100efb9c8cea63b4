// Makes the message of a payment at this counter: from the draft, the account's owner and the bank's settings.
import { hash } from 'node:crypto';
import type { PaymentChannel, PaymentSettings } from '#contract/payments.ts';
import { type Timing, timeIn, timingOf } from '#station/bank/payment-cutoff.ts';
import type { Problem } from '#station/bank/problem.ts';
import type { Account } from '#station/ledger/balance.ts';
import {
  fieldOfError,
  fieldsOf,
  paths,
  readForm,
  type Typed,
} from '#station/payments/branch/form.ts';
import type { Party, PaymentIds, Sending, Transfer } from '#station/payments/branch/model.ts';
import { ownIban } from '#station/payments/branch/own-iban.ts';
import { transferType, transferValues } from '#station/payments/branch/transfer.ts';
import { type Written, writeMessage } from '#station/payments/branch/write.ts';
import { transliterate } from '#station/payments/identifier/index.ts';
import type { Counter } from './counter.ts';

/** What a message is made from; half a form will do. */
export interface Order {
  readonly channel: string;
  readonly from: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly values: Readonly<Record<string, string>>;
}

/** References that stand in a preview, where there are none yet. */
export const previewIds: PaymentIds = Object.freeze({
  transactionId: '00000000000040008000000000000000',
  uetr: '00000000-0000-4000-8000-000000000000',
  endToEndId: 'NOTPROVIDED',
});

/**
 * References nobody else has: 122 bits of a hash over the device, the event's number and time, and the
 * content, in the form of a UUID of version 4 (RFC 9562, as the UETR asks). An event number is used twice
 * only after a restore, and then at another time.
 */
export function idsOf(
  counter: Counter,
  moment: { readonly seq: number; readonly at: number },
  salt: string,
): Omit<PaymentIds, 'endToEndId'> {
  const device = Buffer.from(counter.ledger.publicKey).toString('hex');
  const text = hash('sha256', `${device} ${moment.seq} ${moment.at} ${salt}`, 'hex');
  const variant = ((Number.parseInt(text.charAt(16), 16) & 3) | 8).toString(16);
  const id = `${text.slice(0, 12)}4${text.slice(13, 16)}${variant}${text.slice(17, 32)}`;
  const uetr = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { transactionId: id, uetr };
}

/** The payer as a message names them: the account's first owner, with the account's IBAN. */
export function debtorOf(counter: Counter, settings: PaymentSettings, account: Account): Party {
  const [owner] = counter.people.ownersOf(account.id);
  const date = counter.days.latest()?.date ?? '1970-01-01';
  const customer = owner === undefined ? null : counter.people.customer(owner, date);
  const address = owner === undefined ? null : counter.people.addressOf(owner);
  const write = (text: string, most: number) => transliterate(text, 'sepa').text.slice(0, most);
  return {
    name: write(customer?.name ?? account.name, 70),
    iban: ownIban(settings, account.number),
    bic: settings.bic,
    town: write(address?.town ?? '', 35),
    country: address?.country ?? '',
  };
}

export interface Composition {
  readonly settings: PaymentSettings | null;
  readonly channel: PaymentChannel | null;
  readonly typed: Typed | null;
  readonly timing: Timing | null;
  readonly transfer: Transfer | null;
  readonly sending: Sending | null;
  readonly written: Written | null;
  /** Everything that stands against the message, by field of the draft; each field once. */
  readonly problems: readonly Problem[];
}

const nothing: Composition = Object.freeze({
  ...{ settings: null, channel: null, typed: null, timing: null },
  ...{ transfer: null, sending: null, written: null, problems: [] },
});

/** What the message itself is refused for, at fields that nothing else is said about. */
function messageProblems(
  written: Written,
  said: readonly Problem[],
  fields: readonly string[],
): readonly Problem[] {
  const known = new Set(said.map(({ field }) => field));
  // The bank follows from the IBAN: while that is wrong, nothing is said of the bank.
  if (known.has(`values.${paths.iban}`)) known.add(`values.${paths.bic}`);
  const found: Problem[] = [];
  for (const { path, code, message, fix } of written.errors) {
    const field = fieldOfError(path, fields);
    if (known.has(field)) continue;
    known.add(field);
    found.push({ reason: `message-${code.toLowerCase()}`, message: `${message} ${fix}`, field });
  }
  // What is missing makes the message wrong at other places too: that is said only once all is there.
  return said.length > 0 ? found.filter(({ field }) => field !== null) : found;
}

/** The settings' channel of an id that carries the currency. */
export function channelOf(settings: PaymentSettings | null, id: string): PaymentChannel | null {
  return settings?.channels.find((each) => each.id === id) ?? null;
}

/**
 * The message as it would be sent at a moment under these references. Nothing is thrown for what a person
 * can get wrong: it stands in `problems`.
 */
export function compose(
  counter: Counter,
  order: Order,
  at: { readonly at: number; readonly date: string; readonly ids: Omit<PaymentIds, 'endToEndId'> },
): Composition {
  const settings = counter.payments.settings();
  const channel = channelOf(settings, order.channel);
  if (!settings || !channel) return { ...nothing, settings, channel };
  const typed = readForm({ channel, settings, date: at.date }, order.values);
  const time = timeIn(at.at, settings.timeZone);
  const { calendar } = counter.policies.policy();
  const timing = timingOf(channel, { date: at.date, time, calendar });
  const account = counter.ledger.accountByNumber(order.from);
  const debtor: Party = account
    ? debtorOf(counter, settings, account)
    : { name: '', iban: '', bic: settings.bic, town: '', country: '' };
  const { iban, name, bic, town, country, text, endToEndId, values } = typed;
  const transfer: Transfer = {
    ids: { ...at.ids, endToEndId },
    ...{ amountMinor: order.amountMinor, currency: order.currency, debtor },
    creditor: { iban, name, bic, town, country },
    ...{ text, values },
  };
  const sending: Sending = {
    ...{ channel, bic: settings.bic, messageId: at.ids.transactionId, at: at.at },
    settlementDate: timing.settles,
  };
  const written = writeMessage(transferType, transferValues([transfer], sending), sending);
  const fields = fieldsOf(channel, at.date).map(({ path }) => path);
  // An account or amount that is not there yet is refused by the posting rules, in their own words.
  const carries = channel.currencies.length === 0 || channel.currencies.includes(order.currency);
  const hasAmount = order.amountMinor > 0n && carries;
  const own = messageProblems(written, typed.problems, fields).filter(
    ({ field }) => field !== 'from' && (field !== 'amountMinor' || hasAmount),
  );
  const problems = [...typed.problems, ...own];
  return { settings, channel, typed, timing, transfer, sending, written, problems };
}
