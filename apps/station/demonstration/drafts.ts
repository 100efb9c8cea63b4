// Translates the plan's drafts into those of the contract, with the numbers the station gave.
import type { PlannedDraft, PlannedItem, Who } from './acts.ts';

/** Numbers the station gave to what the plan calls by name. */
export interface Names {
  readonly customers: Map<string, number>;
  readonly accounts: Map<string, string>;
  /** Journals of each post: several for a basket and a correction. */
  readonly journals: Map<number, readonly number[]>;
  readonly stories: Map<string, number[]>;
}

export function customerId(names: Names, key: string): number {
  const id = names.customers.get(key);
  if (id === undefined) throw new Error(`The plan names ${key} before they are a customer.`);
  return id;
}

export function accountNumber(names: Names, key: string): string {
  const number = names.accounts.get(key);
  if (number === undefined) throw new Error(`The plan names ${key} before it is open.`);
  return number;
}

function conductorInput(names: Names, who: Who) {
  return 'customer' in who
    ? { kind: 'customer', customer: customerId(names, who.customer) }
    : { kind: 'other', ...who };
}

function itemInput(names: Names, item: PlannedItem) {
  const { task, amountMinor, currency, narrative } = item;
  const common = { task, amountMinor: String(amountMinor), currency, narrative };
  const conductor = conductorInput(names, item.conductor);
  if (item.task === 'transfer') {
    const [from, to] = [accountNumber(names, item.from), accountNumber(names, item.to)];
    return { ...common, from, to, conductor };
  }
  const account = accountNumber(names, item.account);
  return { ...common, account, denominations: item.denominations, conductor };
}

/** The draft as a screen would write it. */
export function draftInput(names: Names, draft: PlannedDraft): Readonly<Record<string, unknown>> {
  switch (draft.task) {
    case 'basket':
      return { task: draft.task, items: draft.items.map((item) => itemInput(names, item)) };
    case 'cash.exchange':
      return { ...draft };
    case 'journal.reversal':
      return { task: draft.task, journal: journalOf(names, draft.post), reason: draft.reason };
    case 'journal.correction': {
      const replacement = itemInput(names, draft.replacement);
      const journal = journalOf(names, draft.post);
      return { task: draft.task, journal, replacement, reason: draft.reason };
    }
    default:
      return itemInput(names, draft);
  }
}

function journalOf(names: Names, post: number): number {
  const [journal] = names.journals.get(post) ?? [];
  if (journal === undefined) throw new Error(`The plan takes back post ${post}, never posted.`);
  return journal;
}
