// Writes the acts of the plan down in order of time and keeps the plan's books in step with each.
import type { Denominations } from '#contract/values.ts';
import type { PlannedAccount } from './accounts.ts';
import type {
  Act,
  Cash,
  Deed,
  PlannedDraft,
  PlannedItem,
  Post,
  TillName,
  Typology,
} from './acts.ts';
import { type Books, createBooks } from './books.ts';
import type { PlannedCustomer } from './customers.ts';
import type { Dice } from './dice.ts';

/** How a post departs from honest business that needs nobody's leave. */
export interface PostNote {
  readonly story?: string;
  /** A supervisor says no: nothing moves. */
  readonly declined?: string;
  /** What the supervisor writes where the station asks for an approval. */
  readonly comment?: string;
}

export interface Stage {
  readonly dice: Dice;
  readonly books: Books;
  readonly customers: ReadonlyMap<string, PlannedCustomer>;
  readonly accounts: ReadonlyMap<string, PlannedAccount>;
  readonly acts: readonly Act[];
  /** Writes a deed down at the given time, or a second after the one before where that is later. */
  add(deed: Deed, by: string, at: number): void;
  /** Writes a posting down and moves the plan's money; returns the number of the post. */
  post(draft: PlannedDraft, by: string, at: number, note?: PostNote): number;
  /** Moves cash between two tills. */
  movement(move: { from: TillName; to: TillName; cash: Cash; at: number }): void;
  /** Supervisor on duty on the date, and the other one. */
  duty(date: string): readonly [string, string];
  /** Stories that began, to be labelled later. */
  label(typology: Typology, story: string, at: number): void;
}

const stepMs = 1_000;

/** Till of each teller. */
export const tillOf: Readonly<Record<string, TillName>> = Object.freeze({
  ana: 'till-1',
  ben: 'till-2',
  chloe: 'till-3',
});

/** Users of the tellers, in the order of their tills. */
export const tellers = Object.freeze(['ana', 'ben', 'chloe'] as const);
export type Teller = (typeof tellers)[number];

/** User who answers for a till; the vault is the supervisor's. */
function keeper(till: TillName, supervisor: string): string {
  return tellers.find((user) => tillOf[user] === till) ?? supervisor;
}

export function createStage(
  dice: Dice,
  customers: readonly PlannedCustomer[],
  accounts: readonly PlannedAccount[],
): Stage {
  const books = createBooks();
  const acts: Act[] = [];
  const posts: { readonly draft: PlannedDraft; readonly by: string }[] = [];
  let lastAt = 0;

  function add(deed: Deed, by: string, at: number): void {
    lastAt = Math.max(at, lastAt + stepMs);
    acts.push(Object.freeze({ ...deed, at: lastAt, by }));
  }

  function duty(date: string): readonly [string, string] {
    const week = Math.floor(Date.parse(`${date}T00:00:00.000Z`) / 604_800_000);
    return week % 2 === 0 ? ['sam', 'rita'] : ['rita', 'sam'];
  }

  function post(draft: PlannedDraft, by: string, at: number, note: PostNote = {}): number {
    const [supervisor] = duty(new Date(at).toISOString().slice(0, 10));
    const number = posts.push({ draft, by }) - 1;
    const decision: Post['decision'] = {
      approve: note.declined === undefined,
      by: supervisor,
      comment: note.declined ?? note.comment ?? 'Spoke with the customer, document seen.',
    };
    if (decision.approve) applyDraft(books, draft, by, posts);
    add({ act: 'post', post: number, draft, decision, story: note.story ?? null }, by, at);
    return number;
  }

  return Object.freeze({
    dice,
    books,
    acts,
    customers: new Map(customers.map((each) => [each.key, each])),
    accounts: new Map(accounts.map((each) => [each.key, each])),
    add,
    post,
    duty,
    movement({ from, to, cash, at }: { from: TillName; to: TillName; cash: Cash; at: number }) {
      const [supervisor] = duty(new Date(at).toISOString().slice(0, 10));
      books.take(from, cash.currency, cash.denominations);
      books.put(to, cash.currency, cash.denominations);
      const receiver = keeper(to, supervisor);
      add({ act: 'movement', from, to, cash, receiver }, keeper(from, supervisor), at);
    },
    label(typology: Typology, story: string, at: number) {
      add({ act: 'label', typology, story }, 'cora', at);
    },
  });
}

interface Earlier {
  readonly draft: PlannedDraft;
  readonly by: string;
}

/** Does to the plan's books what the station will do to the ledger. */
function applyDraft(
  books: Books,
  draft: PlannedDraft,
  by: string,
  posts: readonly Earlier[],
): void {
  const till = tillOf[by] ?? 'vault';
  switch (draft.task) {
    case 'basket':
      for (const item of draft.items) applyItem(books, item, till, 1n);
      return;
    case 'cash.exchange':
      books.put(till, draft.currency, draft.received);
      books.take(till, draft.currency, draft.given);
      return;
    case 'journal.reversal':
      applyItem(books, itemOf(posts[draft.post]), till, -1n);
      return;
    case 'journal.correction':
      applyItem(books, itemOf(posts[draft.post]), till, -1n);
      applyItem(books, draft.replacement, till, 1n);
      return;
    default:
      applyItem(books, draft, till, 1n);
  }
}

function itemOf(earlier: Earlier | undefined): PlannedItem {
  const task = earlier?.draft.task;
  if (task === 'cash.deposit' || task === 'cash.withdrawal' || task === 'transfer') {
    return earlier?.draft as PlannedItem;
  }
  throw new Error(`The plan takes back what is no single posting: ${task}.`);
}

function applyItem(books: Books, item: PlannedItem, till: TillName, sign: 1n | -1n): void {
  if (item.task === 'transfer') {
    books.move(item.from, -sign * item.amountMinor);
    books.move(item.to, sign * item.amountMinor);
    return;
  }
  const isIn = (item.task === 'cash.deposit') === (sign === 1n);
  books.move(item.account, isIn ? item.amountMinor : -item.amountMinor);
  moveCash(books, till, item.currency, { pieces: item.denominations, isIn });
}

function moveCash(
  books: Books,
  till: TillName,
  currency: PlannedItem['currency'],
  { pieces, isIn }: { readonly pieces: Denominations; readonly isIn: boolean },
): void {
  if (isIn) books.put(till, currency, pieces);
  else books.take(till, currency, pieces);
}
