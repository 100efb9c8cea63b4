// Builds the parts that deposit, withdrawal and transfer share: fees, conductor and the journal
// they become.
import type { BasketItem, Conductor } from '#contract/drafts.ts';
import { formatMoney } from '#contract/money.ts';
import { checkRoom } from './checks.ts';
import type { Pieces } from './denominations.ts';
import type { AccountFacts, PurseFacts } from './facts.ts';
import { feeMinor } from './fees.ts';
import { type Item, judge, judgeTill, taskNames } from './judge.ts';
import { valueDate } from './policy.ts';
import type { CashActivity, Fee, PreparedJournal, PreparedLeg } from './prepared.ts';
import { problem } from './problem.ts';
import type { Sheet } from './sheet.ts';
import { titleOf } from './title.ts';

export interface Slot {
  /** Prefix of the fields (`items.0.`, `replacement.`, or nothing). */
  readonly path: string;
  readonly correctionOf: number | null;
}

export interface FeeDue {
  readonly amountMinor: bigint;
  readonly account: AccountFacts;
}

/**
 * The fee of an item and the account it is earned on; null when there is none. Refuses a fee nobody
 * earns.
 */
export function feeOf(sheet: Sheet, draft: BasketItem): FeeDue | null {
  const amountMinor = feeMinor(sheet.facts.policy.fees, draft);
  if (amountMinor === 0n) return null;
  const account = sheet.facts.fees.get(draft.currency);
  if (account) return { amountMinor, account };
  const message =
    `The branch earns no fees in ${draft.currency}: the administrator takes the fee ` +
    'out of the policy.';
  sheet.refuse(problem('no-fee-account', message));
  return null;
}

export function leg(
  debit: AccountFacts,
  credit: AccountFacts,
  rest: { readonly amountMinor: bigint; readonly label: string },
): PreparedLeg {
  return Object.freeze({ debit, credit, currency: debit.currency, ...rest });
}

/**
 * Splits money paid to a loan over penalty, fee, interest and principal; anything else is one leg.
 */
export function creditLegs(
  sheet: Sheet,
  from: AccountFacts,
  to: { readonly account: AccountFacts; readonly amountMinor: bigint; readonly label: string },
): PreparedLeg[] {
  const legs: PreparedLeg[] = [];
  let rest = to.amountMinor;
  for (const due of sheet.facts.loans.get(to.account.number) ?? []) {
    let part = due.dueMinor - due.account.heldCreditMinor;
    if (part > rest) part = rest;
    if (part <= 0n) continue;
    legs.push(leg(from, due.account, { amountMinor: part, label: due.label }));
    rest -= part;
  }
  const label = to.account.product === 'loan' ? 'principal' : to.label;
  if (rest > 0n) legs.push(leg(from, to.account, { amountMinor: rest, label }));
  return legs;
}

function conductorName(sheet: Sheet, of: Conductor | undefined): PreparedJournal['conductor'] {
  if (!of) return null;
  if (of.kind === 'other') return of;
  return { ...of, name: sheet.facts.customers.get(of.customer)?.name ?? '' };
}

function activityOf(item: Item, persons: readonly { readonly key: string }[]): CashActivity[] {
  const account = (item.from ?? item.to)?.number;
  if (item.cash === null || account === undefined) return [];
  const { cash: direction, currency, amountMinor } = item;
  return [{ persons: persons.map(({ key }) => key), account, direction, currency, amountMinor }];
}

function feeLine(draft: BasketItem, fee: FeeDue | null): Fee[] {
  if (!fee) return [];
  const { currency, feeFrom: from } = draft;
  return [{ label: `fee, ${taskNames[draft.task]}`, amountMinor: fee.amountMinor, currency, from }];
}

export interface Parts {
  readonly item: Item;
  readonly legs: readonly PreparedLeg[];
  readonly fee: FeeDue | null;
  /** The till's purse and what changes in it; null when no cash moves or it is not known yet. */
  readonly purse: PurseFacts | null;
  readonly pieces: Pieces | null;
  readonly slot: Slot;
}

/** Weighs the item and writes it on the sheet as a journal. */
export function settle(sheet: Sheet, draft: BasketItem, parts: Parts): void {
  const { item, legs, purse, pieces, slot } = parts;
  checkRoom(sheet, legs, `${slot.path}amountMinor`);
  const persons = judge(sheet, item);
  const served = item.from ?? item.to;
  sheet.post({
    kind: draft.task,
    title: titleOf(draft, sheet.facts),
    legs,
    cash: purse && pieces ? [{ account: purse.account, currency: draft.currency, pieces }] : [],
    fees: feeLine(draft, parts.fee),
    activity: activityOf(item, persons),
    valueDate: valueDate(draft.task, sheet.date, sheet.facts.policy),
    narrative: draft.narrative,
    amountMinor: draft.amountMinor,
    currency: draft.currency,
    account: served?.number ?? '',
    customer: served?.owners[0] ?? null,
    conductor: conductorName(sheet, draft.conductor),
    reversalOf: null,
    correctionOf: slot.correctionOf,
    wakes: wakesOf(legs),
  });
  if (purse && item.cash === 'in') judgeTill(sheet, draft.currency, `${slot.path}amountMinor`);
}

/** Ids of the dormant accounts the legs touch. */
export function wakesOf(legs: readonly PreparedLeg[]): readonly number[] {
  const touched = legs.flatMap(({ debit, credit }) => [debit, credit]);
  const dormant = touched.filter((account) => account.state === 'dormant');
  return [...new Set(dormant.map((account) => account.id))];
}

/** `250.00 EUR` for sentences about an item. */
export function moneyOf(draft: {
  readonly amountMinor: bigint;
  readonly currency: string;
}): string {
  return formatMoney(draft.amountMinor, draft.currency);
}
