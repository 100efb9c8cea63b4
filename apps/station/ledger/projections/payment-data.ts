// Names what events tell of payments; the tables of payments are made from these and nothing else.

/** A party of a payment as an event keeps it. */
export interface PartyData {
  readonly name: string;
  readonly iban: string;
  readonly bic: string;
  readonly town: string;
  readonly country: string;
}

/** `payments` of the event that makes them: the order at the counter, a part of a bulk, or what came in. */
export interface PaymentData {
  readonly direction: 'out' | 'in';
  readonly channel: string;
  readonly state: 'queued' | 'received' | 'unapplied';
  readonly messageId: string;
  /** `pacs.008.001.08`. */
  readonly messageType: string;
  readonly transactionId: string;
  readonly uetr: string;
  readonly endToEndId: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly settlementDate: string;
  /** The customer's account here. */
  readonly account: string;
  readonly debtor: PartyData;
  readonly creditor: PartyData;
  readonly text: string;
  /** Bulk this is a part of, or null. */
  readonly bulk: number | null;
}

/** `outbox` of an event: a message that is to be sent, under a name nothing else has. */
export interface OutboxData {
  readonly name: string;
  readonly type: string;
  readonly messageId: string;
  readonly xml: string;
  /** Payments it is about; empty: those the event itself makes. */
  readonly payments: readonly number[];
}

/** `life` of an event: one thing that happened to one payment. */
export interface LifeData {
  /** Number of the payment; 0: the first the event makes. */
  readonly payment: number;
  readonly message: string;
  readonly direction: 'out' | 'in' | 'here';
  readonly status: string;
  readonly reason: string;
  readonly what: string;
  /** The state it is in now; absent: as before. */
  readonly state?: string;
  readonly recall?: string;
  readonly posts?: boolean;
}

/** `inbox` of an event: a file that was taken in or put aside. */
export interface InboxData {
  readonly file: string;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly digest: string;
  readonly type: string;
  readonly messageId: string;
  readonly sender: string;
  /** '' where it was taken in, else why not. */
  readonly reason: string;
  readonly message: string;
}

/** A payment of one event has the event's number and its place in it as its own. */
export const paymentsPerEvent = 1_024;
export const paymentOf = (seq: number, position: number): number =>
  seq * paymentsPerEvent + position;

/** One transfer of a bulk as it waits to be sent. */
export interface BulkItemData {
  /** Payment information it stood in; absent in files read before it was kept. */
  readonly group?: string;
  readonly endToEndId: string;
  readonly amountMinor: string;
  readonly creditor: PartyData;
  readonly text: string;
}

export interface BulkProblemData {
  readonly item: number;
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** `bulk` of an event: a file of transfers, from its coming in to its end. */
export type BulkData =
  | {
      readonly step: 'received';
      readonly file: string;
      readonly messageId: string;
      readonly account: string;
      readonly iban: string;
      readonly name: string;
      readonly channel: string;
      readonly count: number;
      readonly amountMinor: string;
      readonly currency: string;
      readonly problems: readonly BulkProblemData[];
      readonly moreProblems: number;
      /** Day it is to be paid on, '' for the day it came, and the message it is. */
      readonly payOn?: string;
      readonly type?: string;
    }
  | { readonly step: 'items'; readonly order: number; readonly items: readonly BulkItemData[] }
  | {
      readonly step: 'posted';
      readonly order: number;
      /** What the posting charged for the whole file, by the account that earned it; absent before it was kept. */
      readonly fees?: readonly { readonly account: number; readonly amountMinor: string }[];
    }
  | {
      readonly step: 'loaded' | 'scheduled' | 'due' | 'split' | 'done' | 'cancelled';
      readonly order: number;
    };

/** `late` of an event: a transfer of a file came back after its end was told to the customer. */
export interface BulkLateData {
  readonly order: number;
  readonly position: number;
  readonly payment: number;
  readonly reason: string;
}
