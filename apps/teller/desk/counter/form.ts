// Turns what stands in the form into the draft the station reads; what is not typed yet is not in it.
import type { BasketItem, DraftInput } from '#contract/drafts.ts';
import { parseAmount } from '#contract/money.ts';
import type { Preview } from '#contract/postings.ts';
import { readPieces, type TypedPieces } from '../../parts/pieces.ts';

export type ItemTask = BasketItem['task'];

/** Who stands at the desk: an owner or mandate holder by number, or somebody named with a document. */
export interface TypedConductor {
  /** Customer number as text, `other`, or empty for "the first who may". */
  readonly who: string;
  readonly name: string;
  readonly document: string;
}

/** One deposit, withdrawal or transfer as typed. */
export interface ItemForm {
  readonly task: ItemTask;
  readonly account: string;
  readonly to: string;
  readonly amount: string;
  readonly currency: string;
  readonly pieces: TypedPieces;
  readonly feeFrom: 'account' | 'cash';
  readonly conductor: TypedConductor;
  readonly narrative: string;
}

export type ItemDraft = Extract<DraftInput, { task: ItemTask }>;

export const blankConductor: TypedConductor = { who: '', name: '', document: '' };

/** A form with nothing typed but what the opening said. */
export function blankItem(task: ItemTask, given: Partial<ItemForm> = {}): ItemForm {
  return {
    task,
    account: '',
    to: '',
    amount: '',
    currency: '',
    pieces: {},
    feeFrom: 'account',
    conductor: blankConductor,
    narrative: '',
    ...given,
  };
}

export type ItemField = 'account' | 'to' | 'amount' | 'currency' | 'conductor';

export interface Missing {
  readonly field: ItemField;
  /** What to type, in a sentence. */
  readonly message: string;
}

export type ReadItem =
  | { readonly ok: true; readonly draft: ItemDraft }
  | { readonly ok: false; readonly missing: readonly Missing[] };

function numberOf(typed: string): string {
  return typed.replaceAll(' ', '').toUpperCase();
}

function isAccount(typed: string): boolean {
  return /^[A-Z0-9]{4,34}$/.test(numberOf(typed)) && /\d{4}/.test(numberOf(typed));
}

function conductorOf(form: ItemForm, holder: number | null): ItemDraft['conductor'] {
  const { who, name, document } = form.conductor;
  if (who === 'other') return { kind: 'other', name: name.trim(), document: document.trim() };
  const customer = who === '' ? holder : Number(who);
  return customer === null ? undefined : { kind: 'customer', customer };
}

function missingOf(form: ItemForm): Missing[] {
  const missing: Missing[] = [];
  const account = 'Type the account number, or part of the name and choose.';
  if (!isAccount(form.account)) missing.push({ field: 'account', message: account });
  if (form.task === 'transfer' && !isAccount(form.to)) {
    missing.push({ field: 'to', message: account });
  }
  if (form.currency === '') {
    missing.push({ field: 'currency', message: 'Choose the currency.' });
    return missing;
  }
  const amount = parseAmount(form.amount, form.currency);
  if (!amount.ok) missing.push({ field: 'amount', message: amount.message });
  const { who, name, document } = form.conductor;
  if (who === 'other' && (name.trim().length < 2 || document.trim().length < 3)) {
    missing.push({ field: 'conductor', message: 'Write the name and the number of the document.' });
  }
  return missing;
}

/** Notes and coins of a cash item: received and given back for a deposit, paid out for a withdrawal. */
function cashOf(form: ItemForm): Pick<ItemDraft & { change?: unknown }, never> {
  const { received, given } = readPieces(form.pieces);
  if (form.task === 'transfer' || Object.keys(received).length === 0) return {};
  const hasChange = form.task === 'cash.deposit' && Object.keys(given).length > 0;
  return hasChange ? { denominations: received, change: given } : { denominations: received };
}

/**
 * Reads the form. `holder` is the customer taken to be at the desk while nobody else is chosen; null leaves
 * the person out, and the station says whether one is needed.
 */
export function readItem(form: ItemForm, holder: number | null): ReadItem {
  const missing = missingOf(form);
  if (missing.length > 0) return { ok: false, missing };
  const amount = parseAmount(form.amount, form.currency);
  if (!amount.ok) return { ok: false, missing };
  const conductor = conductorOf(form, holder);
  const common = {
    amountMinor: amount.minor.toString(),
    currency: form.currency,
    feeFrom: form.feeFrom,
    narrative: form.narrative.trim(),
    ...(conductor ? { conductor } : {}),
  };
  const account = numberOf(form.account);
  if (form.task === 'transfer') {
    const draft = { task: form.task, from: account, to: numberOf(form.to), ...common };
    return { ok: true, draft };
  }
  return { ok: true, draft: { task: form.task, account, ...common, ...cashOf(form) } };
}

/** Whether anything a person typed would be lost with this form. */
export function isTyped(form: ItemForm): boolean {
  const { account, to, amount, pieces, narrative } = form;
  return [account, to, amount, narrative, ...Object.values(pieces)].some((text) => text !== '');
}

type Proposal = Preview['proposals'][number];

function withAt(value: unknown, path: readonly string[], leaf: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return leaf;
  if (Array.isArray(value)) {
    return value.map((each, index) => (String(index) === head ? withAt(each, rest, leaf) : each));
  }
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [head]: withAt(record[head], rest, leaf) };
}

/** The draft with the notes and coins the station proposes, each at the field it names. */
export function withProposals<D extends DraftInput>(draft: D, proposals: readonly Proposal[]): D {
  return proposals.reduce<D>(
    (filled, { field, denominations }) => withAt(filled, field.split('.'), denominations) as D,
    draft,
  );
}
