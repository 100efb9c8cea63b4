// Holds what is typed for a payment, and reads it into the draft the station judges.
import type { DraftInput } from '#contract/drafts.ts';
import { parseAmount } from '#contract/money.ts';
import type { ChannelId, PaymentField } from '#contract/payments.ts';
import type { Preset } from '../../state/screens.ts';
import { blankConductor, type TypedConductor } from '../counter/form.ts';

export interface PaymentForm {
  readonly channel: ChannelId;
  readonly from: string;
  readonly amount: string;
  readonly currency: string;
  /** What is typed, by the path of its value in the message. */
  readonly values: Readonly<Record<string, string>>;
  readonly conductor: TypedConductor;
}

export const ibanPath = 'CdtrAcct/Id/IBAN';
export const namePath = 'Cdtr/Nm';
export const bicPath = 'CdtrAgt/FinInstnId/BICFI';
export const textPath = 'RmtInf/Ustrd';

export const channels: readonly { readonly value: ChannelId; readonly label: string }[] = [
  { value: 'sepa-sct', label: 'SEPA, ordinary' },
  { value: 'sepa-inst', label: 'SEPA, instant' },
  { value: 'cbpr-plus', label: 'cross-border' },
];

const groups = (text: string): string => text.replaceAll(/(.{4})(?=.)/g, '$1 ');

export function blankPayment(preset: Preset): PaymentForm {
  const { account = '', to = '', amount = '', currency = '', narrative = '' } = preset;
  return {
    ...{ channel: 'sepa-sct', from: account, amount, currency, conductor: blankConductor },
    values: {
      ...(to === '' ? {} : { [ibanPath]: groups(to) }),
      ...(narrative === '' ? {} : { [textPath]: narrative }),
    },
  };
}

/** An IBAN in groups of four, as it is read aloud; anything else as it was typed. */
export function groupedIban(text: string): string {
  const compact = text.replaceAll(' ', '').toUpperCase();
  return /^[A-Z]{2}\d{2}[A-Z0-9]{6,30}$/.test(compact) ? groups(compact) : text;
}

/** Whether anything a person typed would be lost with this form. */
export function isTypedPayment({ from, amount, values }: PaymentForm): boolean {
  return [from, amount, ...Object.values(values)].some((text) => text.trim() !== '');
}

/** The values that are not empty: an empty one is none. */
export function filled(values: PaymentForm['values']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([path, text]) =>
      text.trim() === '' ? [] : [[path, text.trim()]],
    ),
  );
}

/** Minor units of the amount, '' while it is not one. */
export function amountOf(form: PaymentForm, currency: string): string {
  const parsed = parseAmount(form.amount, currency);
  return parsed.ok ? parsed.minor.toString() : '';
}

export type PaymentDraft = Extract<DraftInput, { task: 'payment.outgoing' }>;

/** The draft, or null while account or amount is not one. `holder` is taken to stand at the desk. */
export function readPayment(
  form: PaymentForm,
  known: { readonly currency: string; readonly holder: number | null },
): PaymentDraft | null {
  const { currency, holder } = known;
  const from = form.from.replaceAll(' ', '').toUpperCase();
  const amountMinor = currency === '' ? '' : amountOf(form, currency);
  if (!/^[A-Z0-9]{4,34}$/.test(from) || !/\d{4}/.test(from) || amountMinor === '') return null;
  const { who, name, document } = form.conductor;
  const isOther = who === 'other';
  const customer = who === '' ? holder : Number(who);
  const conductor = isOther
    ? { kind: 'other' as const, name: name.trim(), document: document.trim() }
    : customer === null
      ? undefined
      : { kind: 'customer' as const, customer };
  return {
    ...{ task: 'payment.outgoing', channel: form.channel, from, amountMinor, currency },
    values: filled(form.values),
    ...(conductor ? { conductor } : {}),
  };
}

/** What the counter always asks for itself, with the fields the message's definition asks for: at most eight. */
export function shownFields(
  fields: readonly PaymentField[],
  state: { readonly isBankKnown: boolean; readonly bic: string },
): readonly PaymentField[] {
  return fields.filter(({ path }) => path !== bicPath || !state.isBankKnown || state.bic !== '');
}
