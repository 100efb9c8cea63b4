// Names what happens in the demonstration's ninety days, one act after another, before any of it is done.
import type { Denominations } from '#contract/values.ts';
import type { DemonstrationCurrency } from './people.ts';

export type TillName = 'vault' | 'till-1' | 'till-2' | 'till-3';

/** Notes and coins by currency. */
export type Purse = Readonly<Partial<Record<DemonstrationCurrency, Denominations>>>;

/** Who stands at the desk: a customer of the plan, or somebody with a document. */
export type Who =
  | { readonly customer: string }
  | { readonly name: string; readonly document: string };

interface Money {
  readonly amountMinor: bigint;
  readonly currency: DemonstrationCurrency;
}

export interface PlannedDeposit extends Money {
  readonly task: 'cash.deposit';
  readonly account: string;
  readonly denominations: Denominations;
  readonly conductor: Who;
  readonly narrative: string;
}

export interface PlannedWithdrawal extends Money {
  readonly task: 'cash.withdrawal';
  readonly account: string;
  readonly denominations: Denominations;
  readonly conductor: Who;
  readonly narrative: string;
}

export interface PlannedTransfer extends Money {
  readonly task: 'transfer';
  readonly from: string;
  readonly to: string;
  readonly conductor: Who;
  readonly narrative: string;
}

export interface PlannedExchange {
  readonly task: 'cash.exchange';
  readonly currency: DemonstrationCurrency;
  readonly received: Denominations;
  readonly given: Denominations;
}

export type PlannedItem = PlannedDeposit | PlannedWithdrawal | PlannedTransfer;

/** A draft of the contract in which accounts, customers and journals still have the names of the plan. */
export type PlannedDraft =
  | PlannedItem
  | PlannedExchange
  | { readonly task: 'basket'; readonly items: readonly PlannedItem[] }
  | { readonly task: 'journal.reversal'; readonly post: number; readonly reason: string }
  | {
      readonly task: 'journal.correction';
      readonly post: number;
      readonly replacement: PlannedItem;
      readonly reason: string;
    };

export interface Post {
  readonly act: 'post';
  /** Number of the post within the plan, by which a reversal names it. */
  readonly post: number;
  readonly draft: PlannedDraft;
  /** What a supervisor says where the station asks for one; a declined draft moves no money. */
  readonly decision: { readonly approve: boolean; readonly by: string; readonly comment: string };
  /** The case of a typology this belongs to, or null for honest business. */
  readonly story: string | null;
}

export type Deed =
  | { readonly act: 'session.open' | 'session.close' }
  | {
      readonly act: 'day.open';
      readonly date: string;
      readonly vault: Purse;
      readonly second: string;
    }
  | { readonly act: 'day.countVault'; readonly vault: Purse; readonly second: string }
  | { readonly act: 'day.close' }
  | {
      readonly act: 'vault.receive' | 'vault.send';
      readonly cash: Cash;
      readonly reference: string;
    }
  | { readonly act: 'customer.register'; readonly customer: string }
  | { readonly act: 'account.open'; readonly account: string }
  | { readonly act: 'account.migrate'; readonly account: string; readonly balanceMinor: bigint }
  | { readonly act: 'account.freeze'; readonly account: string; readonly reason: string }
  | {
      readonly act: 'customer.note';
      readonly customer: string;
      readonly text: string;
      readonly alert: boolean;
    }
  | { readonly act: 'till.open'; readonly till: TillName; readonly counted: Purse }
  | { readonly act: 'till.pause' | 'till.resume'; readonly till: TillName }
  | {
      readonly act: 'till.close';
      readonly till: TillName;
      readonly counted: Purse;
      readonly explanation: string;
      /** Supervisor who approves a difference. */
      readonly second: string;
    }
  | {
      /** Offered by the giver, accepted by the receiver right after. */
      readonly act: 'movement';
      readonly from: TillName;
      readonly to: TillName;
      readonly cash: Cash;
      readonly receiver: string;
    }
  | Post
  | { readonly act: 'label'; readonly typology: Typology; readonly story: string };

export interface Cash {
  readonly currency: DemonstrationCurrency;
  readonly denominations: Denominations;
}

export const typologies = [
  'structuring',
  'mule-fan-in',
  'new-payee-drain',
  'dormant-wake-up',
  'elder-coercion',
  'kiting',
] as const;
export type Typology = (typeof typologies)[number];

/** A deed with its time (ms since 1970) and the user who does it. Times never go back. */
export type Act = Deed & { readonly at: number; readonly by: string };
