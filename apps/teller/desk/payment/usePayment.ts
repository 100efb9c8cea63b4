// Brings together what a payment form needs to know: account, form of the channel, the message, the preview.
import type { AccountView } from '#contract/accounts.ts';
import type { Composed, Payee, PaymentField, Verification } from '#contract/payments.ts';
import { useQuery } from '../../state/useQuery.ts';
import { useSession } from '../../state/useSession.ts';
import { likelyPerson, type Person, peopleOf, useAccount } from '../counter/useAccount.ts';
import {
  amountOf,
  bicPath,
  filled,
  ibanPath,
  namePath,
  type PaymentDraft,
  type PaymentForm,
  readPayment,
  shownFields,
} from './form.ts';

export interface PaymentState {
  readonly account: AccountView | undefined;
  readonly accountError: string | undefined;
  readonly currency: string;
  readonly people: readonly Person[];
  readonly likely: Person | undefined;
  readonly fields: readonly PaymentField[];
  readonly composed: Composed | undefined;
  readonly payees: readonly Payee[];
  readonly verification: Verification | undefined;
  readonly draft: PaymentDraft | null;
}

const noPayees: readonly Payee[] = [];

/** What follows from the IBAN while it is typed. */
function useComposed(form: PaymentForm, currency: string): Composed | undefined {
  const values = filled(form.values);
  const input = {
    ...{ channel: form.channel, from: form.from.replaceAll(' ', ''), currency, values },
    amountMinor: currency === '' ? '' : amountOf(form, currency),
  };
  return useQuery('payment.compose', input, { keep: true }).data;
}

function usePayees(number: string | undefined, typed: string): readonly Payee[] {
  const text = typed.trim().slice(0, 70);
  const input = number === undefined ? null : { account: number, text };
  return useQuery('payment.payees', input, { keep: true }).data?.payees ?? noPayees;
}

/** The payee's bank is asked once IBAN and name are whole, not letter by letter. */
function useVerification(form: PaymentForm, composed: Composed | undefined) {
  const iban = form.values[ibanPath] ?? '';
  const name = form.values[namePath] ?? '';
  const wrong = [`values.${ibanPath}`, `values.${namePath}`];
  const isWhole =
    composed !== undefined &&
    iban !== '' &&
    name.trim().length > 2 &&
    !composed.errors.some(({ field }) => field !== null && wrong.includes(field));
  return useQuery('payment.verify', isWhole ? { iban, name } : null).data;
}

export function usePayment(form: PaymentForm): PaymentState {
  const { branch } = useSession();
  const { account, fault } = useAccount(form.from);
  const currency = form.currency || account?.currency || branch?.baseCurrency || '';
  const asked = useQuery('payment.form', { channel: form.channel }, { keep: true });
  const composed = useComposed(form, currency);
  const people = peopleOf(account);
  const signs = account?.mandates.some(({ kind }) => kind === 'signatory') ?? false;
  const likely = likelyPerson(people, signs ? 'organisation' : 'person');
  const verification = useVerification(form, composed);
  const payees = usePayees(account?.number, form.values[ibanPath] ?? '');
  // Country and bank follow from a right IBAN only: until then nobody is asked for the bank.
  const isBankKnown = (composed?.bank ?? '') !== '' || (composed?.country ?? '') === '';
  const read = readPayment(form, { currency, holder: likely?.customer ?? null });
  return {
    ...{ account, currency, people, likely, composed, payees, verification },
    accountError: fault && fault.code !== 'lost' ? fault.message : undefined,
    fields: shownFields(asked.data?.fields ?? [], { isBankKnown, bic: form.values[bicPath] ?? '' }),
    draft: read && verification ? { ...read, verification: verification.outcome } : read,
  };
}
