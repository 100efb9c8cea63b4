// Names everything a decision is made from: read from the ledger by the desk, judged by the rules
// here.
import type { Conductor, Draft } from '#contract/drafts.ts';
import type { Denominations } from '#contract/values.ts';
import type { Pieces } from './denominations.ts';
import type { PaymentFacts } from './payment-facts.ts';
import type { PolicyInForce } from './rates.ts';
import type { ScreeningFact } from './screening.ts';

export interface AccountFacts {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  /**
   * checking, savings, loan, credit for customers; till, vault, transit, suspense, fees ... for the
   * bank.
   */
  readonly product: string;
  readonly currency: string;
  readonly state: 'open' | 'dormant' | 'frozen' | 'closed';
  /** Customer numbers; empty for the bank's own accounts. */
  readonly owners: readonly number[];
  readonly mandates: readonly MandateFacts[];
  /** Debits minus credits, in minor units. */
  readonly postedMinor: bigint;
  readonly heldDebitMinor: bigint;
  readonly heldCreditMinor: bigint;
  /**
   * postedMinor + heldDebitMinor may not exceed this (an overdraft limit for a deposit); null: no
   * bound.
   */
  readonly highMinor: bigint | null;
  /**
   * postedMinor - heldCreditMinor may not go below this (zero for a till or a loan); null: no
   * bound.
   */
  readonly lowMinor: bigint | null;
  /** Business date of opening. */
  readonly openedOn: string;
  /** Business date of the last movement a customer asked for, null when there was none. */
  readonly lastMovementOn: string | null;
}

export interface MandateFacts {
  readonly customer: number;
  readonly kind: 'signatory' | 'attorney' | 'guardian' | 'view';
  /** The most the person may move in one posting; null: no bound. */
  readonly limitMinor: bigint | null;
  /** Last business date it holds; null: until revoked. */
  readonly until: string | null;
}

export interface CustomerFacts {
  readonly customer: number;
  readonly name: string;
  readonly kind: 'person' | 'organisation';
  readonly distinction: string;
  readonly riskClass: 'low' | 'normal' | 'high';
  readonly identified: boolean;
  readonly alerts: readonly string[];
}

export interface PurseFacts {
  /** The till's ledger account in this currency. */
  readonly account: AccountFacts;
  readonly pieces: Denominations;
}

export interface TillFacts {
  readonly till: number;
  readonly kind: 'till' | 'vault';
  readonly name: string;
  readonly state: 'closed' | 'open' | 'paused' | 'counting';
  /** Staff id of who has it open. */
  readonly teller: number | null;
  readonly tellerName: string | null;
  /** Currency -> what it holds. */
  readonly purses: ReadonlyMap<string, PurseFacts>;
}

/** Cash of one person: one entry for each cash item they own or brought, reversed ones left out. */
export interface CashItem {
  /** Journal number, unique; negative for an item of the same draft that is not posted yet. */
  readonly journal: number;
  readonly date: string;
  readonly direction: 'in' | 'out';
  readonly account: string;
  readonly currency: string;
  readonly amountMinor: bigint;
}

export interface LoanDue {
  /** Receivable account the part is paid into. */
  readonly account: AccountFacts;
  readonly label: string;
  readonly dueMinor: bigint;
}

/** A posted journal, as a reversal or a correction needs it. */
export interface JournalFacts {
  readonly journal: number;
  /** Task name it was posted under. */
  readonly kind: string;
  readonly date: string;
  readonly valueDate: string;
  /** Staff id of who posted it. */
  readonly actor: number;
  readonly till: number | null;
  readonly tillName: string | null;
  readonly legs: readonly {
    readonly debit: AccountFacts;
    readonly credit: AccountFacts;
    readonly amountMinor: bigint;
    readonly label: string;
  }[];
  readonly cash: readonly { readonly currency: string; readonly pieces: Pieces }[];
  readonly reversalOf: number | null;
  readonly reversedBy: number | null;
}

export interface Facts {
  readonly actor: {
    readonly staff: number;
    readonly name: string;
    readonly roles: readonly string[];
    /** The person's own customer number. */
    readonly customer: number | null;
  };
  readonly day: {
    readonly date: string | null;
    readonly state: 'never-opened' | 'open' | 'closed';
  };
  readonly policy: PolicyInForce;
  /** Account number -> account; a number the bank does not know is missing. */
  readonly accounts: ReadonlyMap<string, AccountFacts>;
  /** Customer number -> customer; owners, mandate holders and conductors named by the draft. */
  readonly customers: ReadonlyMap<number, CustomerFacts>;
  /** The till of the person who posts; null when there is none. */
  readonly till: TillFacts | null;
  /** Currency -> the account fees are earned on. */
  readonly fees: ReadonlyMap<string, AccountFacts>;
  /** Person key (see personKey) -> cash items from `activityFrom` on. */
  readonly activity: ReadonlyMap<string, readonly CashItem[]>;
  /**
   * Loan account number -> parts due now, in the order they are paid; what is left goes to the
   * principal.
   */
  readonly loans: ReadonlyMap<string, readonly LoanDue[]>;
  /** The journal a reversal or correction names; null when there is none with this number. */
  readonly original: JournalFacts | null;
  /** What the risk models say; null when they say nothing. */
  readonly risk: {
    readonly probability: number;
    readonly reasons: readonly string[];
    readonly model: string;
    /** What the risk policy makes of it; absent: the probability alone is judged. */
    readonly action?: 'allow' | 'ask' | 'hold';
  } | null;
  /**
   * What a supervisor approved, when the draft is being carried out; its hold is not counted in the
   * accounts.
   */
  readonly approved: { readonly content: string; readonly rules: readonly string[] } | null;
  /** What only a payment to another bank is judged by; absent for every other draft. */
  readonly payment?: PaymentFacts;
  /** Names in the draft that resemble listed ones; absent where there are none. */
  readonly screening?: readonly ScreeningFact[];
}

/**
 * The key under which a person's cash is added up: a customer number, or the document of somebody
 * else.
 */
export function personKey(person: Conductor): string {
  return person.kind === 'customer'
    ? `customer:${person.customer}`
    : `document:${person.document.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')}`;
}

/** Account numbers a draft names, without repetition; a reversal names its journal instead. */
export function accountsOf(draft: Draft): readonly string[] {
  switch (draft.task) {
    case 'cash.deposit':
    case 'cash.withdrawal':
      return [draft.account];
    case 'payment.outgoing':
    case 'payment.bulk':
      return [draft.from];
    case 'transfer':
      return [...new Set([draft.from, draft.to])];
    case 'basket':
      return [...new Set(draft.items.flatMap((item) => accountsOf(item)))];
    case 'journal.correction':
      return accountsOf(draft.replacement);
    default:
      return [];
  }
}

/** Who stands at the desk, of every item of the draft. */
export function conductorsOf(draft: Draft): readonly Conductor[] {
  switch (draft.task) {
    case 'cash.deposit':
    case 'cash.withdrawal':
    case 'transfer':
    case 'payment.outgoing':
    case 'payment.bulk':
      return draft.conductor ? [draft.conductor] : [];
    case 'basket':
      return draft.items.flatMap((item) => conductorsOf(item));
    case 'journal.correction':
      return conductorsOf(draft.replacement);
    default:
      return [];
  }
}

/** The journal a draft takes back, or null. */
export function journalOf(draft: Draft): number | null {
  return draft.task === 'journal.reversal' || draft.task === 'journal.correction'
    ? draft.journal
    : null;
}

/** Currencies a draft names. */
export function currenciesOf(draft: Draft): readonly string[] {
  switch (draft.task) {
    case 'basket':
      return [...new Set(draft.items.map((item) => item.currency))];
    case 'journal.correction':
      return [draft.replacement.currency];
    case 'journal.reversal':
      return [];
    default:
      return [draft.currency];
  }
}
