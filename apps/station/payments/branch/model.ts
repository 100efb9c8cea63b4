// Names what a payment is between the branch and the messages: who, how much, under which references.
import type { PaymentChannel } from '#contract/payments.ts';

/** References of one payment, made when it is posted. */
export interface PaymentIds {
  /** 32 hexadecimal digits; the transaction and, for a single payment, the message. */
  readonly transactionId: string;
  readonly uetr: string;
  /** The payer's, `NOTPROVIDED` where there is none. */
  readonly endToEndId: string;
}

export interface Party {
  readonly name: string;
  readonly iban: string;
  readonly bic: string;
  /** Town and country of the address; '' where none is told. */
  readonly town: string;
  readonly country: string;
}

/** One transfer as it goes into a message. */
export interface Transfer {
  readonly ids: PaymentIds;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly debtor: Party;
  readonly creditor: Party;
  readonly text: string;
  /** Further values by path below the transaction, such as `Purp/Cd`. */
  readonly values: Readonly<Record<string, string>>;
}

/** What a message is sent with besides its transfers. */
export interface Sending {
  readonly channel: PaymentChannel;
  /** Our own BIC. */
  readonly bic: string;
  readonly messageId: string;
  /** ms since 1970. */
  readonly at: number;
  /** Interbank settlement date, ISO 8601. */
  readonly settlementDate: string;
}

/** What later messages about a payment refer to. */
export interface Original {
  readonly messageId: string;
  /** `pacs.008.001.08`. */
  readonly messageType: string;
  readonly ids: PaymentIds;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly settlementDate: string;
}
