// Handles cash between the vault and the cash centre, against the account at head office.
import type { Checked, Output } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import type { Denominations } from '#contract/values.ts';
import {
  describePieces,
  faceProblem,
  noPieces,
  stockProblem,
  subtractPieces,
  valueMinor,
} from '#station/bank/denominations.ts';
import { tillLimitFor } from '#station/bank/limits.ts';
import type { Problem } from '#station/bank/problem.ts';
import { conversionNote } from '#station/bank/rates.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { TillRow } from '#station/ledger/projections/till.ts';
import { type Counter, entryOf, openDate } from './counter.ts';
import type { Handlers, KeyedHandler, Moment, Recorded } from './desk.ts';
import { chartAccount, purseOf } from './till-chart.ts';

export function refuseProblem(problem: Problem | null): void {
  if (problem) throw new Refusal(problem.reason, problem.message, problem.field ?? undefined);
}

/** The value of notes to move: known faces, and more than nothing. */
export function movedMinor(vector: Denominations, currency: string, field: string): bigint {
  refuseProblem(faceProblem(vector, currency, field));
  const value = valueMinor(vector);
  refuseUnless(value > 0n, 'nothing-counted', 'Count the notes and coins that are moved.', field);
  return value;
}

/** Refuses notes that are not there. */
export function refuseMissing(
  counter: Counter,
  till: TillRow,
  cash: { readonly currency: string; readonly denominations: Denominations },
): void {
  const stock = counter.ledger.pieces(purseOf(till, cash.currency));
  const change = subtractPieces(noPieces, cash.denominations);
  const where = { currency: cash.currency, field: 'denominations', where: till.name };
  refuseProblem(stockProblem(stock, change, where));
}

/** Refuses cash that would fill a till or the vault over its hard limit. */
export function refuseOverfull(
  counter: Counter,
  till: TillRow,
  cash: { readonly currency: string; readonly amountMinor: bigint },
): void {
  const { currency, amountMinor } = cash;
  const policy = counter.policies.inForce();
  const { hardMinor, by } = tillLimitFor(policy, till.kind, currency);
  if (hardMinor === null) return;
  const after = valueMinor(counter.ledger.pieces(purseOf(till, currency))) + amountMinor;
  const date = counter.ledger.moment().date ?? by?.date ?? '';
  const note = conversionNote(by, { date, oldDays: policy.rates.oldDays });
  refuseUnless(
    after <= hardMinor,
    'till-over-limit',
    `${till.name} would hold ${formatMoney(after, currency)}, ${formatMoney(hardMinor, currency)} is the most it may hold${note}.`,
    'denominations',
  );
}

/** The vault, once a business day has given it accounts. */
export function requireVault(counter: Counter): TillRow {
  const vault = counter.tills.vault();
  refuseUnless(vault, 'vault-missing', 'This branch has no vault yet: establish the branch first.');
  return vault;
}

export function vaultHandlers(counter: Counter): Pick<Handlers, 'vault.receive' | 'vault.send'> {
  return Object.freeze({
    'vault.receive': shipmentHandler(counter, 'vault.receive'),
    'vault.send': shipmentHandler(counter, 'vault.send'),
  });
}

type Shipment = 'vault.receive' | 'vault.send';

function shipmentHandler(counter: Counter, task: Shipment): KeyedHandler<Shipment> {
  return {
    record(input: Checked<Shipment>, _asker, moment): Recorded<Output<Shipment>> {
      const { currency, denominations, reference } = input;
      const date = openDate(moment);
      const vault = requireVault(counter);
      const purse = purseOf(vault, currency);
      const amount = movedMinor(denominations, currency, 'denominations');
      const isIn = task === 'vault.receive';
      if (isIn) refuseOverfull(counter, vault, { currency, amountMinor: amount });
      else refuseMissing(counter, vault, { currency, denominations });
      const office = chartAccount(counter.ledger, 'NOSTRO', currency).id;
      const [debit, credit] = isIn ? [purse, office] : [office, purse];
      const label = isIn ? 'cash received' : 'cash sent';
      const amountMinor = String(amount);
      const pieces = isIn ? { ...denominations } : subtractPieces(noPieces, denominations);
      return shipment(moment, {
        journal: {
          kind: task,
          legs: [{ debit, credit, amountMinor, currency, label }],
          cash: [{ account: purse, pieces: { ...pieces } }],
          narrative: reference,
          till: vault.till,
        },
        entry: entryOf({
          ...{ kind: task, valueDate: date, amountMinor, currency, till: vault.till },
          what: `${isIn ? 'Cash received from' : 'Cash sent to'} the cash centre: ${describePieces(denominations, currency)}`,
          narrative: reference,
          name: vault.name,
        }),
        reference,
      });
    },
  };
}

function shipment(
  moment: Moment,
  data: Readonly<Record<string, unknown>>,
): Recorded<Output<Shipment>> {
  const topics = ['till', 'journal', 'account'] as const;
  return { type: 'vault.shipped', data, result: { journal: moment.seq }, topics };
}
