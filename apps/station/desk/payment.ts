// Handles payments: the form, the message beside it, the list, the life line, and what is done about one.
import type { Checked, Output } from '#contract/index.ts';
import { paymentSettings } from '#contract/payments.ts';
import { timeIn } from '#station/bank/payment-cutoff.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { fieldsOf } from '#station/payments/branch/form.ts';
import { refuseUnfit } from '#station/payments/branch/own-iban.ts';
import { orderType, orderValues, transferType } from '#station/payments/branch/transfer.ts';
import { verificationWords } from '#station/payments/branch/verifier.ts';
import { envelopeOf } from '#station/payments/branch/write.ts';
import { checkIban, countryName } from '#station/payments/identifier/index.ts';
import { type Counter, instant } from './counter.ts';
import type { Asker, Handlers, KeyedHandler } from './desk.ts';
import { bulkHandlers } from './payment-bulk-view.ts';
import { paymentCommands } from './payment-commands.ts';
import { type Composition, channelOf, compose, previewIds } from './payment-message.ts';
import { indented, messageShown, paymentCard, paymentLine } from './payment-view.ts';

type PaymentHandlers = Pick<Handlers, Extract<keyof Handlers, `payment.${string}`>>;

const payeesMost = 12;
const rejectsMost = 100;

export function paymentHandlers(counter: Counter): PaymentHandlers {
  return Object.freeze({
    'payment.settings': () => ({ settings: wireSettings(counter) }),
    'payment.configure': configureHandler(),
    'payment.form': ({ channel }: Checked<'payment.form'>) => formOf(counter, channel),
    'payment.compose': (input: Checked<'payment.compose'>) => composed(counter, input),
    'payment.verify': async ({ iban, name }: Checked<'payment.verify'>) => {
      const text = iban.replaceAll(' ', '').toUpperCase();
      const answer = await counter.payeeVerifier.verify({ iban: text, name });
      return { ...answer, message: verificationWords(answer) };
    },
    'payment.payees': ({ account, text }: Checked<'payment.payees'>) => ({
      payees: counter.payments.payees(account, text, payeesMost).map((each) => ({ ...each })),
    }),
    'payment.list': (input: Checked<'payment.list'>) => listed(counter, input),
    'payment.get': ({ payment }: Checked<'payment.get'>, { person }: Asker) => {
      refuseUnless(person, 'not-signed-in', 'Nobody is signed in at this window.');
      const row = counter.payments.payment(payment);
      refuseUnless(row, 'payment-unknown', `There is no payment ${payment}.`, 'payment');
      return paymentCard(counter, row, person);
    },
    'payment.rejects': () => ({
      files: counter.payments.rejects(rejectsMost).map(({ seq, at, file, reason, message }) => ({
        ...{ seq, at: instant(at), file, reason, message },
      })),
    }),
    ...paymentCommands(counter),
    ...bulkHandlers(counter),
  });
}

/** Settings as they cross the wire: amounts as strings. */
function wireSettings(counter: Counter): unknown {
  const settings = counter.payments.settings();
  const text = JSON.stringify(settings, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return JSON.parse(text);
}

function configureHandler(): KeyedHandler<'payment.configure'> {
  return {
    record({ settings: given, reason }, _asker, { seq }) {
      const text = JSON.stringify(given, (_key, value: unknown) =>
        typeof value === 'bigint' ? value.toString() : value,
      );
      const settings: unknown = JSON.parse(text);
      refuseUnfit(paymentSettings.parse(settings));
      try {
        timeIn(0, given.timeZone);
      } catch {
        const message = `${given.timeZone} is no time zone: write it as Europe/Berlin.`;
        throw new Refusal('time-zone', message, 'settings.timeZone');
      }
      return {
        type: 'payment.configured',
        data: { settings, reason },
        result: { seq },
        topics: ['payment'],
      };
    },
  };
}

function formOf(counter: Counter, id: string): Output<'payment.form'> {
  const channel = channelOf(counter.payments.settings(), id);
  refuseUnless(channel, 'channel-unknown', 'This bank takes no part in that network.', 'channel');
  const date =
    counter.days.latest()?.date ?? new Date(counter.clock.now()).toISOString().slice(0, 10);
  const fields = fieldsOf(channel, date).map((field) => ({
    ...field,
    options: [...field.options],
  }));
  return { message: channel.id === 'cbpr-plus' ? transferType : orderType, fields };
}

function orderShown({ transfer, sending }: Composition): Output<'payment.compose'>['order'] {
  if (!transfer || !sending) return { type: orderType, text: '' };
  const { xml } = envelopeOf(orderType, orderValues(transfer, sending), sending);
  return { type: orderType, text: indented(xml) };
}

const empty: Output<'payment.compose'> = {
  ...{ errors: [], message: { type: '', text: '' }, order: { type: '', text: '' }, mt: null },
  ...{
    losses: [],
    words: [],
    settlementDate: null,
    cutOff: '',
    bank: '',
    country: '',
    similar: [],
  },
};

function composed(counter: Counter, input: Checked<'payment.compose'>): Output<'payment.compose'> {
  const { at, date } = counter.ledger.moment();
  const day = date ?? counter.days.latest()?.date ?? new Date(at).toISOString().slice(0, 10);
  const amountMinor = /^\d{1,19}$/.test(input.amountMinor) ? BigInt(input.amountMinor) : 0n;
  const order = { ...input, from: input.from.replaceAll(' ', ''), amountMinor };
  const made = compose(counter, order, { at, date: day, ids: previewIds });
  const { typed, timing, written, problems } = made;
  if (!typed || !timing || !written) return empty;
  const checked = checkIban(typed.iban);
  const shown = messageShown(transferType, written.xml, written.checked);
  const replaced = typed.replaced.map((message) => ({ code: 'T0000R', message }));
  const of = { account: order.from, iban: typed.iban, amountMinor, date: day };
  return {
    ...shown,
    errors: problems.map(({ field, reason, message }) => ({ field, code: reason, message })),
    losses: [...replaced, ...shown.losses],
    order: orderShown(made),
    ...{ settlementDate: timing.settles, cutOff: timing.words, bank: typed.bank },
    country: checked.ok ? (countryName(checked.country) ?? checked.country) : '',
    similar: counter.payments
      .similar(of)
      .map(({ payment, at: then }) => ({ payment, at: instant(then) })),
  };
}

function listed(counter: Counter, input: Checked<'payment.list'>): Output<'payment.list'> {
  const { scope, text, before = Number.MAX_SAFE_INTEGER, count } = input;
  const rows = counter.payments.page({ scope, text, before, count: count + 1 });
  return { payments: rows.slice(0, count).map(paymentLine), more: rows.length > count };
}
