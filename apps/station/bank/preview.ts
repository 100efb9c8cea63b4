// Turns what was prepared into what a screen shows and what the ledger is told, from the same
// object.
import type { Preview } from '#contract/postings.ts';
import { valueMinor } from './denominations.ts';
import type { AccountFacts, Facts } from './facts.ts';
import type { Prepared, PreparedJournal } from './prepared.ts';

/** The bank's own assets grow by debits; everything else is shown as its holder sees it. */
const ownAssets: readonly string[] = ['till', 'vault', 'transit', 'nostro', 'suspense'];

/** A balance as its holder sees it: what a customer has is positive, what they owe negative. */
export function holderMinor(account: AccountFacts, postedMinor: bigint): bigint {
  return ownAssets.includes(account.product) ? postedMinor : -postedMinor;
}

function cashOf(prepared: Prepared, facts: Facts): Preview['cash'] {
  const till = facts.till;
  if (!till) return [];
  const held = new Map([...till.purses].map(([code, purse]) => [code, valueMinor(purse.pieces)]));
  return prepared.journals.flatMap(({ cash }) =>
    cash.map(({ currency, pieces }) => {
      const before = held.get(currency) ?? 0n;
      const amount = valueMinor(pieces);
      held.set(currency, before + amount);
      return {
        till: till.name,
        currency,
        amountMinor: String(amount),
        pieces: { ...pieces },
        tillBeforeMinor: String(before),
        tillAfterMinor: String(before + amount),
      };
    }),
  );
}

function balancesOf(prepared: Prepared): Preview['balances'] {
  return prepared.balances.map(({ account, beforeMinor, afterMinor, availableAfterMinor }) => ({
    account: account.number,
    name: account.name,
    currency: account.currency,
    beforeMinor: String(holderMinor(account, beforeMinor)),
    afterMinor: String(holderMinor(account, afterMinor)),
    availableAfterMinor:
      account.owners.length > 0 && availableAfterMinor !== null
        ? String(availableAfterMinor)
        : null,
  }));
}

function legsOf(prepared: Prepared): Preview['legs'] {
  return prepared.journals.flatMap(({ legs }) =>
    legs.map(({ debit, credit, amountMinor, currency, label }) => ({
      debit: debit.number,
      debitName: debit.name,
      credit: credit.number,
      creditName: credit.name,
      amountMinor: String(amountMinor),
      currency,
      label,
    })),
  );
}

function runningOf(prepared: Prepared): Preview['runningCash'] {
  return prepared.runningCash.flatMap(({ customer, name, direction, currency, ...sums }) =>
    customer === null
      ? []
      : [
          {
            customer,
            name,
            direction,
            currency,
            amountMinor: String(sums.amountMinor),
            thresholdMinor: sums.thresholdMinor === null ? null : String(sums.thresholdMinor),
          },
        ],
  );
}

/**
 * The wire form of what was prepared. `contentDigest` is the SHA-256 of its content, made by the
 * caller.
 */
export function previewOf(prepared: Prepared, facts: Facts, contentDigest: string): Preview {
  const { customer } = prepared;
  const card = customer === null ? undefined : facts.customers.get(customer);
  return {
    outcome: prepared.outcome,
    contentDigest,
    title: prepared.title,
    businessDate: prepared.businessDate,
    valueDate: prepared.valueDate,
    customer: card ? { ...card, alerts: [...card.alerts] } : null,
    legs: legsOf(prepared),
    balances: balancesOf(prepared),
    fees: prepared.journals.flatMap(({ fees }) =>
      fees.map((fee) => ({ ...fee, amountMinor: String(fee.amountMinor) })),
    ),
    cash: cashOf(prepared, facts),
    limits: prepared.limits.map((limit) => ({
      ...limit,
      usedMinor: String(limit.usedMinor),
      limitMinor: String(limit.limitMinor),
    })),
    flags: [...prepared.flags],
    refusals: [...prepared.refusals],
    runningCash: runningOf(prepared),
    proposals: prepared.proposals.map((one) => ({
      ...one,
      denominations: { ...one.denominations },
    })),
  };
}

/** What the ledger is told of one prepared journal: ids, decimal strings, nothing undefined. */
export interface JournalRecord {
  readonly kind: string;
  readonly legs: readonly {
    readonly debit: number;
    readonly credit: number;
    readonly amountMinor: string;
    readonly currency: string;
    readonly valueDate: string;
    readonly label: string;
  }[];
  readonly cash: readonly {
    readonly account: number;
    readonly pieces: Readonly<Record<string, number>>;
  }[];
  readonly narrative: string;
  readonly reversalOf?: number;
  readonly customer?: number;
  readonly till?: number;
}

export function journalRecord(journal: PreparedJournal, till: number | null): JournalRecord {
  const { kind, narrative, valueDate, reversalOf, customer } = journal;
  return {
    kind,
    legs: journal.legs.map(({ debit, credit, amountMinor, currency, label }) => ({
      debit: debit.id,
      credit: credit.id,
      amountMinor: String(amountMinor),
      currency,
      valueDate,
      label,
    })),
    cash: journal.cash.map(({ account, pieces }) => ({
      account: account.id,
      pieces: { ...pieces },
    })),
    narrative,
    ...(reversalOf === null ? {} : { reversalOf }),
    ...(customer === null ? {} : { customer }),
    ...(till === null ? {} : { till }),
  };
}
