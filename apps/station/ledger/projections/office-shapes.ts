// The shapes of office data as they stand in events; the ledger reads them and knows no protocol.

interface Account {
  readonly branch: string;
  readonly number: string;
}

export interface VisitPart {
  readonly kind: 'visit';
  readonly account: Account;
  readonly currency: string;
  readonly reservation: string;
  readonly spent: readonly { readonly allowance: string; readonly amountMinor: string }[];
  readonly openMinor: string;
}

export type OfficePart =
  | VisitPart
  | { readonly kind: 'abandoned'; readonly reservation: string }
  | { readonly kind: 'returned'; readonly allowance: string }
  | { readonly kind: 'shared' | 'recalled' | 'booked' | 'order-refused' | 'card' | 'card-ended' }
  | { readonly kind: 'rejoined' | 'recovered' };

export type DownItem =
  | {
      readonly kind: 'allowance';
      readonly allowance: { readonly id: string; readonly account: Account };
      readonly signature: string;
    }
  | { readonly kind: 'written-off'; readonly allowance: string }
  | {
      readonly kind: 'grant';
      readonly grant: { readonly user: string; readonly expiresAt: number };
      readonly signature: string;
    }
  | {
      readonly kind: 'reference';
      readonly name: string;
      readonly version: number;
      readonly value: unknown;
    }
  | { readonly kind: 'visit'; readonly branch: string; readonly seq: number }
  | { readonly kind: 'decision' | 'share-wanted' | 'share-returned' }
  /** Kept by projections/office-cards.ts. */
  | { readonly kind: 'card' | 'card-wanted' | 'card-dropped' };
