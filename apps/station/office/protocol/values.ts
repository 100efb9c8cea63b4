// Names what branch and head office say to each other, in values that need no host and no network.

/** A place in a log: number and hash (64 hex digits) of its newest event; seq 0 has sixty-four zeros. */
export interface Position {
  readonly seq: number;
  readonly hash: string;
}

export const nowhere: Position = Object.freeze({ seq: 0, hash: '0'.repeat(64) });

/** One event or one item as it travels: its canonical text and SHA-256(hash before || text). */
export interface Link {
  readonly seq: number;
  readonly hash: string;
  readonly body: string;
}

/** An account as the whole bank names it: the branch that keeps it, and its number there. */
export interface OfficeAccount {
  readonly branch: string;
  readonly number: string;
}

export function accountKey({ branch, number }: OfficeAccount): string {
  return `${branch}/${number}`;
}

/**
 * The `office` part of any event: what head office must know of it besides its legs. Amounts are
 * minor units as decimal strings, as everywhere on the wire.
 */
export type OfficePart =
  | SharedPart
  | RecalledPart
  | VisitPart
  | AbandonedPart
  | ReturnedPart
  | BookedPart
  | OrderRefusedPart
  | CardPart
  | CardEndedPart
  | RejoinedPart
  | RecoveredPart;

/** The keeping branch has set money aside for other branches; its ledger holds it from now on. */
export interface SharedPart {
  readonly kind: 'shared';
  readonly account: OfficeAccount;
  /** "0" where nothing was available. */
  readonly amountMinor: string;
  /** How much head office had asked for, "0" where the branch did it by itself. */
  readonly answersMinor: string;
  readonly currency: string;
}

/** The keeping branch asks for money set aside; head office gives back what is free. */
export interface RecalledPart {
  readonly kind: 'recalled';
  readonly account: OfficeAccount;
  readonly amountMinor: string;
  readonly currency: string;
}

/** Part of an allowance that a withdrawal spends. */
export interface SpentPart {
  readonly allowance: string;
  readonly amountMinor: string;
}

/** Cash was paid out (debit) or taken in (credit) for an account of another branch: a fact. */
export interface VisitPart {
  readonly kind: 'visit';
  readonly account: OfficeAccount;
  readonly side: 'debit' | 'credit';
  readonly amountMinor: string;
  readonly currency: string;
  /** Key of the reservation that covers it, or "". */
  readonly reservation: string;
  readonly spent: readonly SpentPart[];
  /** What nothing covers: the bank's exposure, by floor limit or a supervisor's decision. */
  readonly openMinor: string;
}

/** A reservation that was or may have been made is not wanted any more. */
export interface AbandonedPart {
  readonly kind: 'abandoned';
  readonly reservation: string;
}

/** The branch gives back what is left of an allowance. Its word, never the clock's. */
export interface ReturnedPart {
  readonly kind: 'returned';
  readonly allowance: string;
  readonly amountMinor: string;
}

/** The keeping branch has booked what happened at another branch. */
export interface BookedPart {
  readonly kind: 'booked';
  readonly account: OfficeAccount;
  readonly branch: string;
  /** Number of the visit's event in the log of that branch. */
  readonly seq: number;
  /** What the account could not bear and the bank does. */
  readonly shortMinor: string;
}

/** Reference data that this branch could not apply; it goes on by what it had. */
export interface OrderRefusedPart {
  readonly kind: 'order-refused';
  readonly name: string;
  readonly version: number;
  readonly message: string;
}

/** Whether an account may be moved, as its keeping branch says; `unknown`: it keeps no such account. */
export type CardState = 'open' | 'dormant' | 'frozen' | 'closed' | 'unknown';

/** What both logs say of a card. Who may act for the account travels apart from them, as it must be erasable. */
export interface CardVersion {
  readonly account: OfficeAccount;
  /** Grows with each change. */
  readonly version: number;
  /** SHA-256 of the card's text, in hex. */
  readonly digest: string;
  readonly state: CardState;
  readonly takesCredits: boolean;
  /** The keeping branch's clock, ms since 1970. */
  readonly madeAt: number;
}

/** The keeping branch has made the card of an account that visits other branches, or made it anew. */
export interface CardPart extends CardVersion {
  readonly kind: 'card';
}

/** The visited branch has erased the card: nothing of the account is expected there any more. */
export interface CardEndedPart {
  readonly kind: 'card-ended';
  readonly account: OfficeAccount;
}

/**
 * Head office was put back to an older copy, and people on both sides let the branch in again: from here on
 * its list of items goes on after `back`; it had followed another one up to `from`.
 */
export interface RejoinedPart {
  readonly kind: 'rejoined';
  readonly back: Position;
  readonly from: Position;
}

/** The branch follows the copy's list and claims nothing that the copy does not know: it has delivered all. */
export interface RecoveredPart {
  readonly kind: 'recovered';
  /** Which copy: 32 hex digits that were made when it took the place of head office. */
  readonly copy: string;
}

/** An allowance: head office's signed word that the branch may pay so much of this account. */
export interface Allowance {
  readonly id: string;
  /** The branch that may spend it, and its device's public key in hex. */
  readonly branch: string;
  readonly device: string;
  readonly account: OfficeAccount;
  /** Whose account it is, so that a teller can ask for the right person while offline. */
  readonly name: string;
  /** Only this till may spend it; null: any till of the branch. */
  readonly till: number | null;
  readonly amountMinor: string;
  readonly currency: string;
  /** ms since 1970. The branch refuses it afterwards; head office never takes it back by time. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** A person may sign in at this branch while head office cannot be asked. */
export interface SignInGrant {
  readonly branch: string;
  readonly device: string;
  readonly user: string;
  readonly roles: readonly string[];
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** What head office sends down, each branch its own dense, chained list. */
export type DownItem =
  | { readonly kind: 'allowance'; readonly allowance: Allowance; readonly signature: string }
  | {
      readonly kind: 'share-wanted' | 'share-returned';
      readonly account: OfficeAccount;
      readonly amountMinor: string;
      readonly currency: string;
    }
  | {
      readonly kind: 'visit';
      readonly account: OfficeAccount;
      readonly side: 'debit' | 'credit';
      readonly amountMinor: string;
      readonly coveredMinor: string;
      readonly currency: string;
      readonly branch: string;
      readonly seq: number;
    }
  | { readonly kind: 'written-off'; readonly allowance: string; readonly signature: string }
  /** To the keeping branch: the account visits another one, or visits none any more. */
  | { readonly kind: 'card-wanted' | 'card-dropped'; readonly account: OfficeAccount }
  /** To the visited branch: this version stands, its text can be asked for. */
  | (CardVersion & { readonly kind: 'card' })
  | { readonly kind: 'grant'; readonly grant: SignInGrant; readonly signature: string }
  | {
      readonly kind: 'reference';
      readonly name: string;
      readonly version: number;
      readonly value: unknown;
      /** Whom it is for: a branch's code, or `all`. */
      readonly branch: string;
      readonly signature: string;
    }
  | {
      readonly kind: 'decision';
      readonly exception: string;
      readonly action: string;
      readonly note: string;
      readonly signature: string;
    };

/** Most events and most bytes of bodies in one push, and most items in one answer to a pull. */
export const pushEventsMost = 1000;
export const pushBytesMost = 4 * 1024 * 1024;
export const pullItemsMost = 500;

/** A clock that differs from head office's by more than this is wrong, in ms: a day. */
export const clockSkewMsMost = 24 * 60 * 60 * 1000;

export interface Push {
  readonly branch: string;
  /** Public key of the device whose log this is, in hex. */
  readonly device: string;
  /** Position of the event before the first one pushed. */
  readonly before: Position;
  readonly events: readonly Link[];
  /** The branch's clock, ms since 1970. */
  readonly sentAt: number;
}

export type PushReply =
  /** `received` is head office's word, even where it is lower than it was. */
  | {
      readonly kind: 'accepted';
      readonly received: Position;
      readonly fresh: number;
      readonly down: number;
    }
  /** Head office lacks what lies before: send from `received`. Nothing was taken. */
  | { readonly kind: 'gap'; readonly received: Position }
  | { readonly kind: 'refused'; readonly reason: PushRefusal; readonly message: string };

export type PushRefusal =
  | 'device-unknown'
  | 'device-stopped'
  | 'signature-wrong'
  | 'push-too-large'
  | 'event-tampered'
  | 'event-not-canonical'
  | 'journal-unlawful'
  | 'log-forked'
  | 'clock-off';

export interface ReserveRequest {
  readonly branch: string;
  /** 32 hex digits, made and recorded by the branch before it is sent. */
  readonly key: string;
  readonly account: OfficeAccount;
  readonly amountMinor: bigint;
  readonly currency: string;
}

export type ReserveReply =
  | { readonly kind: 'reserved' }
  /** The keeping branch has been asked to set more aside: ask again with the same key. */
  | { readonly kind: 'waiting'; readonly freeMinor: bigint }
  | { readonly kind: 'declined'; readonly reason: string; readonly message: string };

/** What a person must look at: who owns it and what they can do. */
export interface OfficeException {
  readonly id: string;
  readonly kind: ExceptionKind;
  readonly branch: string;
  readonly seq: number;
  readonly account: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly message: string;
  readonly owner: 'head-office' | 'branch-supervisor' | 'security';
  readonly action: string;
}

export type ExceptionKind =
  | 'uncovered'
  | 'allowance-overspent'
  | 'allowance-unknown'
  | 'spent-after-write-off'
  | 'reservation-not-held'
  | 'home-unknown'
  | 'short'
  | 'log-forked'
  | 'event-tampered'
  | 'event-not-canonical'
  | 'journal-unlawful'
  | 'gap'
  | 'push-too-large'
  | 'clock-off'
  | 'device-foreign'
  | 'device-unknown'
  | 'order-refused'
  | 'signature-wrong'
  | 'office-behind'
  | 'lost-item'
  | 'overlent';
