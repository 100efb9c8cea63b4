// Goes along with the ledger's writer: reserves before the commit, posts after it, voids what was undone.
import { Refusal } from '#station/bank/refusal.ts';
import { allowancesSpent, createAllowanceKeeper, unguarded } from './allowance-keeper.ts';
import { allowanceId, type SpentElsewhere } from './allowances.ts';
import { currencyNumber, type GuardedAccount, outsideOf, tillAccount } from './books.ts';
import { type Covers, createCovers } from './covers.ts';
import { GuardError } from './error.ts';
import { accountOf, type Guard } from './guard.ts';
import { hexOf } from './hold-id.ts';
import { type GuardedEvent, netsOf, openedTills } from './journal.ts';
import { sealedQuote } from './sealed-quote.ts';

/** Told of every write of the ledger; the same shape as the ledger's own companion. */
export interface Keeper {
  appended(event: GuardedEvent, hash: Uint8Array): void;
  deciding(): void;
  undone(seq: number): void;
  committed(head: { readonly seq: number; readonly hash: Uint8Array }): Uint8Array | undefined;
  /** Why the guard no longer goes along, or null while it does. */
  failure(): string | null;
  /** Whether guarded postings wait for a person who looks at what was accepted. */
  isHeld(): boolean;
  /** Says that a person has looked at what was accepted: guarded postings go on. */
  release(): void;
}

export interface KeeperParts {
  readonly guard: Guard;
  /** Accounts the guard holds. */
  readonly guarded: Map<number, GuardedAccount>;
  /** The log's head the guard stands at. */
  readonly counter: number;
  /** Spent of allowances by what another guard here knows; null: none may be spent at this station. */
  readonly spentElsewhere: SpentElsewhere | null;
  /** True until a supervisor has looked at a log that was accepted in spite of the anchor. */
  readonly isHeld: boolean;
  readonly report: (where: string, error: unknown) => void;
}

/** Transfers after which settled ones may be forgotten; sooner where the guard remembers few. */
const checkpointEvery = 4096;

export function createKeeper(parts: KeeperParts): Keeper {
  const { guard, guarded, report } = parts;
  const covers = createCovers(parts);
  const allowances = createAllowanceKeeper({ ...parts, openOutside });
  const checkpointWhenDue = createCheckpointer(guard, covers);
  const isGuarded = (account: number): boolean => guarded.has(account);
  let counter = parts.counter;
  let isHeld = parts.isHeld;
  let failed: string | null = null;

  function fail(where: string, error: unknown): void {
    failed = error instanceof Error ? error.message : String(error);
    report(`guard ${where}`, error);
  }

  function openTills(event: GuardedEvent): void {
    for (const { account, currency, lowMinor } of openedTills(event)) {
      openOutside(guard, currency);
      makeUnlessThere(guard, tillAccount({ account, currency, lowMinor, postedMinor: 0n }));
      guarded.set(account, { currency, spentBy: 'credit' });
    }
  }

  /** With what the event spends of allowances: each is a guarded account, or must not be spent. */
  function withAllowances(
    nets: ReadonlyMap<number, bigint>,
    event: GuardedEvent,
  ): ReadonlyMap<number, bigint> {
    const spent = allowancesSpent(event);
    if (spent === null) return nets;
    for (const account of spent.keys()) {
      if (!guarded.has(account)) throw unguarded(allowanceId(BigInt(account)) ?? '');
    }
    return new Map([...nets, ...spent]);
  }

  function cover(event: GuardedEvent, hash: Uint8Array): void {
    const nets = withAllowances(netsOf(event, isGuarded), event);
    if (nets.size === 0) return;
    if (failed !== null) throw failedRefusal(failed);
    if (isHeld) throw heldRefusal();
    try {
      covers.add(event.seq, hash, nets);
      checkpointWhenDue();
    } catch (error) {
      throw error instanceof GuardError ? refusalOf(error) : error;
    }
  }

  return Object.freeze({
    appended(event: GuardedEvent, hash: Uint8Array) {
      if (failed === null) {
        openTills(event);
        allowances.appended(event);
      }
      cover(event, hash);
    },
    deciding() {
      if (failed !== null) return;
      try {
        covers.complete();
      } catch (error) {
        throw error instanceof GuardError ? refusalOf(error) : error;
      }
    },
    undone(seq: number) {
      if (failed !== null) return;
      try {
        allowances.undone(seq);
        covers.undo(seq);
      } catch (error) {
        fail('undo', error);
      }
    },
    committed(head: Parameters<Keeper['committed']>[0]) {
      if (failed !== null) return undefined;
      try {
        covers.settle();
        allowances.committed();
        const value = hexOf(head.hash);
        const register = guard.extend(BigInt(counter), { counter: BigInt(head.seq), value });
        counter = head.seq;
        checkpointWhenDue();
        return sealedQuote({ epoch: epochOf(guard), register });
      } catch (error) {
        fail('commit', error);
        return undefined;
      }
    },
    failure: () => failed,
    isHeld: () => isHeld,
    release() {
      isHeld = false;
    },
  });
}

/** Lets the guard forget what is settled, long before its table is full. */
function createCheckpointer(guard: Guard, covers: Covers): () => void {
  const every = Math.min(checkpointEvery, Math.floor(guard.info().transfersMax / 8));
  let transfers = 0;
  return () => {
    transfers += covers.sent();
    if (transfers < every) return;
    const { seq, digest } = guard.info();
    guard.checkpoint(seq, digest);
    transfers = 0;
  };
}

function failedRefusal(why: string): Refusal {
  return new Refusal(
    'guard-failed',
    `The guard no longer answers (${why}), so no cash can move. Close the workstation and start it again.`,
  );
}

function heldRefusal(): Refusal {
  return new Refusal(
    'guard-unconfirmed',
    'The log was opened in spite of the guard: no cash moves until a supervisor has confirmed it on the guard’s screen.',
  );
}

const epochs = new WeakMap<Guard, string>();

/** The epoch lasts as long as the session: asked once. */
function epochOf(guard: Guard): string {
  const known = epochs.get(guard);
  if (known !== undefined) return known;
  const { epoch } = guard.info();
  epochs.set(guard, epoch);
  return epoch;
}

/** Makes an account unless the guard has it: an event that was undone may have left it behind, empty. */
export function makeUnlessThere(
  guard: Guard,
  account: Parameters<Guard['createAccount']>[0],
): void {
  try {
    guard.createAccount(account);
  } catch (error) {
    if (!(error instanceof GuardError) || error.code !== 'EEXIST') throw error;
  }
}

export function openOutside(guard: Guard, currency: string): void {
  const id = outsideOf(currency);
  makeUnlessThere(guard, accountOf({ id, currency: currencyNumber(currency) }));
}

const spentSentence =
  'The guard of this workstation knows the allowance as spent further than its books say: pay less, or wait until head office can be asked.';

/** What the guard says no with, for a person. Tills are spent by credits, allowances by debits. */
function refusalOf(error: GuardError): Refusal {
  const sentences: Readonly<Record<string, readonly [string, string]>> = {
    INSUFFICIENT: ['allowance-spent', spentSentence],
    INSUFFICIENT_CREDIT: [
      'guard-insufficient',
      'The guard of this workstation does not let the till pay that much: its own balance does not cover it.',
    ],
    OFFLINE_AMOUNT: ['allowance-spent', spentSentence],
    DEBIT_FROZEN: [
      'allowance-ended',
      'The guard of this workstation has the allowance as given back or written off: nothing may be spent of it.',
    ],
  };
  const [reason, sentence] = sentences[error.result ?? ''] ?? [
    'guard-refused',
    `The guard of this workstation refused the posting (${error.code}). Nothing was posted; tell whoever cares for the workstation.`,
  ];
  return new Refusal(reason, sentence);
}
