// Carries the plan out: every act becomes the commands a person would send, one event after another.
import type { CustomerDetails } from '#contract/customers.ts';
import type { PlannedAccount } from './accounts.ts';
import type { Act, Post } from './acts.ts';
import type { PlannedCustomer } from './customers.ts';
import { accountNumber, customerId, draftInput, type Names } from './drafts.ts';
import { migratedAccount, openingBalance } from './migrated.ts';
import {
  countsOf,
  type Of,
  type Outcome,
  type Player,
  type PlayerParts,
  type Step,
} from './player-parts.ts';
import { approvalSteps, tillHands } from './player-tills.ts';

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
        const number = accountNumber(names, account);
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
