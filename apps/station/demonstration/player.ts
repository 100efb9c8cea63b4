// Carries the plan out: every act becomes the commands a person would send, one event after another.
import type { CustomerDetails } from '#contract/customers.ts';
import type { Person } from '../desk/desk.ts';
import type { Account } from '../ledger/balance.ts';
import type { PlannedAccount } from './accounts.ts';
import type { Act, Deed, PlannedDraft, PlannedItem, Post, Purse, TillName, Who } from './acts.ts';
import type { Clerk } from './clerk.ts';
import type { PlannedCustomer } from './customers.ts';
import { migratedAccount, openingBalance } from './migrated.ts';

/** A piece of work that records at most one command; it runs inside a write. */
export type Step = () => void;

export interface PlayerParts {
  readonly clerk: Clerk;
  readonly customers: readonly PlannedCustomer[];
  readonly accounts: readonly PlannedAccount[];
  readonly person: (user: string) => Person;
  /** Numbers of the tills. */
  readonly tills: Readonly<Record<TillName, number>>;
  /** Digest of what waits under an approval. */
  readonly digestOf: (approval: number) => string;
  readonly accountOf: (number: string) => Account;
  /** Id of the account that stands for the old books in a currency. */
  readonly contraId: (currency: string) => number;
}

/** Turns an act into its steps, in order. What one act makes, later ones name. */
export type Player = (act: Act) => readonly Step[];

/** Numbers the station gave to what the plan calls by name. */
interface Names {
  readonly customers: Map<string, number>;
  readonly accounts: Map<string, string>;
  /** Journals of each post: several for a basket and a correction. */
  readonly journals: Map<number, readonly number[]>;
  readonly stories: Map<string, number[]>;
}

type Outcome =
  | { readonly state: 'posted'; readonly journal: number; readonly journals: readonly number[] }
  | { readonly state: 'parked'; readonly approval: number }
  | { readonly state: 'closed' };

type Of<A extends Deed['act']> = Extract<Act, { readonly act: A }>;

export function createPlayer(parts: PlayerParts): Player {
  const names: Names = {
    customers: new Map(),
    accounts: new Map(),
    journals: new Map(),
    stories: new Map(),
  };
  const hands = {
    ...sessionHands(parts),
    ...dayHands(parts),
    ...tillHands(parts),
    ...customerHands(parts, names),
    ...postHands(parts, names),
  } as unknown as Readonly<Record<string, (act: Act) => readonly Step[]>>;
  return (act) => {
    const hand = hands[act.act];
    if (!hand) throw new Error(`Nobody knows how to play ${act.act}.`);
    return hand(act);
  };
}

/** Counts as a form sends them: faces without pieces are left out. */
function countsOf(purse: Purse) {
  return Object.entries(purse).map(([currency, pieces]) => ({
    currency,
    denominations: Object.fromEntries(Object.entries(pieces).filter(([, count]) => count > 0)),
  }));
}

/** The second person as a form would name them; the clerk never asks for the password. */
function secondPerson(user: string) {
  return { user, password: '(not asked)' };
}

/** Signing in and out is no keyed command: its events are recorded as the session desk would. */
function sessionHands({ clerk, person }: PlayerParts) {
  return {
    'session.open': ({ by }: Act): Step[] => [
      () => {
        const { id } = person(by);
        // Step 0: no code of the past stands in the way of one shown today.
        clerk.note('session.opened', by, { staff: id, step: 0, who: by, window: id });
      },
    ],
    'session.close': ({ by }: Act): Step[] => [
      () => {
        const { id } = person(by);
        clerk.note('session.closed', by, { staff: id, why: 'asked', window: id });
      },
    ],
  };
}

function dayHands({ clerk, person }: PlayerParts) {
  return {
    'day.open': ({ by, date, vault, second }: Of<'day.open'>) => [
      () =>
        void clerk.record({
          ...{ name: 'day.open', by, prepared: person(second) },
          input: { date, vaultCounts: countsOf(vault), second: secondPerson(second) },
        }),
    ],
    'day.countVault': ({ by, vault, second }: Of<'day.countVault'>) => [
      () =>
        void clerk.record({
          ...{ name: 'day.countVault', by, prepared: person(second) },
          input: { vaultCounts: countsOf(vault), second: secondPerson(second) },
        }),
    ],
    'day.close': ({ by }: Of<'day.close'>) => [
      () => void clerk.record({ name: 'day.close', by, input: {} }),
    ],
    'vault.receive': shipment,
    'vault.send': shipment,
  };

  function shipment({
    act,
    by,
    cash,
    reference,
  }: Extract<Act, { readonly reference: string }>): Step[] {
    return [() => void clerk.record({ name: act, by, input: { ...cash, reference } })];
  }
}

function tillHands(parts: PlayerParts) {
  const { clerk, tills } = parts;
  const simple = ({ act, by, till }: Of<'till.pause'>): Step[] => [
    () => void clerk.record({ name: act, by, input: { till: tills[till] } }),
  ];
  return {
    'till.pause': simple,
    'till.resume': simple,
    'till.open': ({ by, till, counted }: Of<'till.open'>): Step[] => [
      () => {
        const input = { till: tills[till], counts: countsOf(counted) };
        clerk.record({ name: 'till.open', by, input });
      },
    ],
    'till.close': (act: Of<'till.close'>) => closeSteps(parts, act),
    movement: ({ by, from, to, cash, receiver }: Of<'movement'>): Step[] => {
      let movement = 0;
      const { denominations } = cash;
      return [
        () => {
          const input = { from: tills[from], to: tills[to], ...cash };
          const offer = clerk.record<{ movement: number }>({ name: 'movement.offer', by, input });
          movement = offer.result.movement;
        },
        () => {
          const input = { movement, denominations };
          clerk.record({ name: 'movement.accept', by: receiver, input });
        },
      ];
    },
  };
}

/** Counts blind, closes, and has a difference approved where there is one. */
function closeSteps(parts: PlayerParts, act: Of<'till.close'>): Step[] {
  const { clerk, tills } = parts;
  const { by, counted, explanation, second } = act;
  const till = tills[act.till];
  let count = 0;
  let outcome: Outcome = { state: 'closed' };
  const decision = { approve: true, by: second, comment: 'Counted again together.' };
  return [
    () => void clerk.record({ name: 'till.beginCount', by, input: { till } }),
    () => {
      const input = { till, counts: countsOf(counted) };
      count = clerk.record<{ count: number }>({ name: 'till.count', by, input }).result.count;
    },
    () => {
      const input = { till, count, explanation };
      outcome = clerk.record<Outcome>({ name: 'till.close', by, input }).result;
    },
    ...approvalSteps(parts, { by, decision, outcome: () => outcome, resumed: () => undefined }),
  ];
}

interface Waiting {
  /** Who asked. */
  readonly by: string;
  readonly decision: Post['decision'];
  readonly outcome: () => Outcome;
  /** What the maker adds when it is carried out. */
  readonly denominations?: Readonly<Record<string, number>> | undefined;
  readonly resumed: (journals: readonly number[]) => void;
}

/** Decides and carries out what was parked; nothing where it was not. */
function approvalSteps({ clerk, digestOf, person }: PlayerParts, waiting: Waiting): Step[] {
  const { by, decision, denominations, outcome, resumed } = waiting;
  return [
    () => {
      const parked = outcome();
      if (parked.state !== 'parked') return;
      clerk.record({
        ...{ name: 'approval.decide', by: decision.by, prepared: person(decision.by) },
        input: {
          approval: parked.approval,
          decision: decision.approve ? 'approve' : 'decline',
          contentDigest: digestOf(parked.approval),
          code: '000000',
          comment: decision.comment,
        },
      });
    },
    () => {
      const parked = outcome();
      if (parked.state !== 'parked' || !decision.approve) return;
      const input = { approval: parked.approval, ...(denominations ? { denominations } : {}) };
      const done = clerk.record<{ journal: number | null }>({ name: 'approval.resume', by, input });
      resumed(done.result.journal === null ? [] : [done.result.journal]);
    },
  ];
}

function customerHands(parts: PlayerParts, names: Names) {
  const { clerk, accountOf, contraId } = parts;
  const people = new Map(parts.customers.map((each) => [each.key, each]));
  const accounts = new Map(parts.accounts.map((each) => [each.key, each]));

  function openInput({ product, currency, holder, joint, mandate }: PlannedAccount) {
    const id = (key: string) => customerId(names, key);
    const owners = [{ customer: id(holder), role: 'holder' }];
    if (joint !== null) owners.push({ customer: id(joint), role: 'joint' });
    const mandates = mandate ? [{ customer: id(mandate.customer), kind: mandate.kind }] : [];
    return { product, currency, owners, mandates };
  }

  return {
    'customer.register': ({ by, customer }: Of<'customer.register'>): Step[] => [
      () => {
        const { details, since } = people.get(customer) as PlannedCustomer;
        const input: { details: CustomerDetails } = { details };
        const amend = (data: object) => ({ ...data, since });
        const { result } = clerk.record<{ customer: number }>({
          ...{ name: 'customer.register', by, input, amend },
        });
        names.customers.set(customer, result.customer);
      },
    ],
    'account.open': ({ by, account }: Of<'account.open'>): Step[] => [
      () => {
        const input = openInput(accounts.get(account) as PlannedAccount);
        const { result } = clerk.record<{ number: string }>({ name: 'account.open', by, input });
        names.accounts.set(account, result.number);
      },
    ],
    'account.migrate': (act: Of<'account.migrate'>): Step[] => [
      () => {
        const planned = accounts.get(act.account) as PlannedAccount;
        const amend = migratedAccount(planned, act.balanceMinor);
        const input = openInput(planned);
        const { result } = clerk.record<{ number: string }>({
          ...{ name: 'account.open', by: act.by, input, amend },
        });
        names.accounts.set(act.account, result.number);
        if (act.balanceMinor === 0n) return;
        const brought = {
          balanceMinor: act.balanceMinor,
          contra: contraId(planned.currency),
          isAsleep: planned.state === 'dormant',
        };
        clerk.note('journal.posted', act.by, openingBalance(accountOf(result.number), brought));
      },
    ],
    'account.freeze': ({ by, account, reason }: Of<'account.freeze'>): Step[] => [
      () => {
        const number = names.accounts.get(account);
        clerk.record({ name: 'account.freeze', by, input: { number, reason } });
      },
    ],
    'customer.note': ({ by, customer, text, alert }: Of<'customer.note'>): Step[] => [
      () => {
        const input = { customer: customerId(names, customer), text, alert };
        clerk.record({ name: 'customer.note', by, input });
      },
    ],
  };
}

function customerId(names: Names, key: string): number {
  const id = names.customers.get(key);
  if (id === undefined) throw new Error(`The plan names ${key} before they are a customer.`);
  return id;
}

function accountNumber(names: Names, key: string): string {
  const number = names.accounts.get(key);
  if (number === undefined) throw new Error(`The plan names ${key} before it is open.`);
  return number;
}

function postHands(parts: PlayerParts, names: Names) {
  const { clerk } = parts;
  return {
    post(act: Act & Post): Step[] {
      const { by, draft, decision } = act;
      let outcome: Outcome = { state: 'closed' };
      const done = (journals: readonly number[]) => {
        names.journals.set(act.post, journals);
        if (journals.length === 0) throw new Error(`Post ${act.post} came to nothing.`);
        if (act.story === null) return;
        names.stories.set(act.story, [...(names.stories.get(act.story) ?? []), ...journals]);
      };
      const denominations = draft.task === 'cash.withdrawal' ? draft.denominations : undefined;
      const waiting = { by, decision, denominations, outcome: () => outcome, resumed: done };
      return [
        () => {
          const input = { draft: draftInput(names, draft) };
          outcome = clerk.record<Outcome>({ name: 'posting.post', by, input }).result;
          if (outcome.state === 'posted') done(outcome.journals);
          if (outcome.state !== 'parked' && !decision.approve) {
            throw new Error(`Nobody was asked about post ${act.post}, which is to be declined.`);
          }
        },
        ...approvalSteps(parts, waiting),
      ];
    },
    label: ({ by, typology, story }: Of<'label'>): Step[] => [
      () => {
        const journals = names.stories.get(story) ?? [];
        clerk.note('typology.labelled', by, { journals, story, typology });
      },
    ],
  };
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
function draftInput(names: Names, draft: PlannedDraft): Readonly<Record<string, unknown>> {
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
