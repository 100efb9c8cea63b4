// Says what a day pack is: what an auditor gets of a business day, signed.

export interface PackException {
  readonly event: number;
  readonly at: string;
  readonly by: string;
  readonly what: string;
}

export interface PackExceptions {
  readonly reversals: readonly PackException[];
  readonly approvals: readonly PackException[];
  readonly differences: readonly PackException[];
  readonly refusals: readonly PackException[];
}

/** One line of the trial balance: an account of the bank, or all customers' accounts of a product. */
export interface PackBalance {
  readonly number: string;
  readonly name: string;
  readonly product: string;
  readonly currency: string;
  readonly accounts: number;
  readonly debitMinor: string;
  readonly creditMinor: string;
}

/** What went through a till or the vault in one currency, and what was last counted. */
export interface PackProof {
  readonly till: number;
  readonly name: string;
  readonly currency: string;
  readonly openingMinor: string;
  readonly inMinor: string;
  readonly outMinor: string;
  readonly closingMinor: string;
  readonly countedMinor: string | null;
  readonly countedBy: string | null;
}

export interface DayPack {
  readonly version: 1;
  readonly bank: string;
  readonly branch: string;
  readonly date: string;
  readonly openedAt: string;
  readonly openedBy: string;
  readonly countedWith: string;
  readonly closedAt: string;
  readonly closedBy: string;
  readonly journals: number;
  readonly trialBalance: readonly PackBalance[];
  /** Currency -> debits less credits: zero, or the books are broken. */
  readonly totals: Readonly<Record<string, string>>;
  readonly tills: readonly PackProof[];
  readonly exceptions: PackExceptions;
  /** The log as it stood before the close. */
  readonly head: { readonly seq: number; readonly hash: string };
}

export interface SignedPack {
  readonly pack: DayPack;
  /** SHA-256 of the pack's canonical text, hexadecimal: the event of the close carries it. */
  readonly digest: string;
  /** Ed25519 over the pack's canonical text, hexadecimal. */
  readonly signature: string;
}
