// Draws histories of a small branch as events of the log, for the tests and benches of the features.
import { createRandom } from '../random.ts';
import type { LoggedEvent } from './events.ts';

export interface HistoryPlan {
  readonly seed: number;
  readonly events: number;
  readonly customers: number;
  /** Mean time between events, ms. */
  readonly paceMs: number;
}

const beginsAt = Date.UTC(2026, 0, 5, 8);
const till = 9_001;

interface Posted {
  readonly seq: number;
  readonly debit: number;
  readonly credit: number;
  readonly amountMinor: number;
}

/** The clock, the chance and the list that every writer below shares. */
function createScribe(plan: HistoryPlan) {
  const random = createRandom(plan.seed);
  const events: LoggedEvent[] = [];
  let at = beginsAt;
  return {
    ...{ random, events, accounts: [] as number[], waiting: [] as number[] },
    posted: [] as Posted[],
    pass: () => {
      at += random.below(2 * plan.paceMs);
    },
    note(type: string, actor: number, data: Readonly<Record<string, unknown>>): number {
      const date = new Date(at).toISOString().slice(0, 10);
      const seq = events.length + 1;
      events.push({ seq, at, date, type, actor: String(actor), data });
      return seq;
    },
    some: <T>(list: readonly T[]): T => list[random.below(list.length)] as T,
    teller: () => 3 + random.below(4),
  };
}

type Scribe = ReturnType<typeof createScribe>;

function open(scribe: Scribe, customer: number): void {
  const { random, accounts, note } = scribe;
  const id = 100 + accounts.length;
  const openedOn = random.below(3) === 0 ? { openedOn: '2019-03-01' } : {};
  const base = { id, number: `A${id}`, currency: customer % 7 === 0 ? 'JPY' : 'EUR', customer };
  note('account.opened', 3, { accounts: [{ ...base, ...openedOn }] });
  accounts.push(id);
}

function register(scribe: Scribe, customer: number): void {
  const { random, note, some } = scribe;
  const riskClass = some(['low', 'normal', 'high']);
  const documents = random.below(4) === 0 ? [{}] : [{ expiresOn: '2026-08-01' }];
  const since = random.below(2) === 0 ? { since: '2020-01-01' } : {};
  note('customer.registered', 3, { customer, details: { riskClass, documents }, ...since });
}

function post(scribe: Scribe): void {
  const { random, accounts, waiting, posted, note, some, teller } = scribe;
  const kind = some(['cash.deposit', 'cash.withdrawal', 'transfer', 'transfer']);
  const one = some(accounts);
  const two = accounts.length > 1 ? some(accounts.filter((id) => id !== one)) : one;
  const near = random.below(12) === 0;
  const amountMinor = near ? 850_000 + random.below(150_001) : 1 + random.below(300_000);
  const legs = {
    'cash.deposit': { debit: till, credit: one },
    'cash.withdrawal': { debit: one, credit: till },
    transfer: { debit: one, credit: two },
  }[kind as 'transfer'];
  const conductor = random.below(9) === 0 ? 'Somebody (document X1)' : 'Somebody (customer 5)';
  const entry = { kind, amountMinor: String(amountMinor), conductor, reversalOf: null };
  const journal = { legs: [{ ...legs, amountMinor: String(amountMinor) }] };
  const resumes = waiting.length > 0 && random.below(6) === 0 ? waiting.shift() : undefined;
  const more = resumes === undefined ? {} : { resumes };
  const seq = note('journal.posted', teller(), { entry, journal, ...more });
  posted.push({ seq, ...legs, amountMinor });
}

function reverse(scribe: Scribe): void {
  const { random, posted, note, teller } = scribe;
  const [victim] = posted.splice(random.below(posted.length), 1);
  if (!victim) return;
  const { seq, debit, credit, amountMinor } = victim;
  const mirrored = { debit: credit, credit: debit, amountMinor: String(amountMinor) };
  const entry = { kind: 'journal.reversal', amountMinor: String(amountMinor), conductor: null };
  note('journal.posted', teller(), {
    entry: { ...entry, reversalOf: seq },
    journal: { legs: [mirrored] },
  });
}

function request(scribe: Scribe): void {
  const { accounts, waiting, note, some, teller } = scribe;
  const draft = {
    ...{ task: 'cash.withdrawal', account: `A${some(accounts)}`, amountMinor: '70000' },
    conductor: { kind: 'customer', customer: 5 },
  };
  waiting.push(note('approval.requested', teller(), { approval: { draft } }));
}

function end(scribe: Scribe): void {
  const { random, waiting, note, teller } = scribe;
  const approval = waiting.shift();
  if (approval === undefined) return;
  const kind = random.below(3);
  const decision = kind === 0 ? 'approve' : 'decline';
  if (kind === 2) note('approval.withdrawn', teller(), { approval });
  else note('approval.decided', 1, { approval, decision });
  if (decision === 'approve' && kind !== 2) waiting.unshift(approval);
}

function verdict(scribe: Scribe): void {
  const { random, posted, note, some } = scribe;
  const recent = posted.at(-1 - random.below(Math.min(20, posted.length)));
  if (!recent) return;
  const touched = [recent.debit, recent.credit].filter((id) => id !== till);
  const said = some(['fraud', 'legitimate', 'legitimate', 'unsure']);
  note('risk.verdict-recorded', 1, { touched, verdict: said });
}

function other(scribe: Scribe, customers: number): void {
  const { random, some, note, teller } = scribe;
  const dice = random.below(4);
  if (dice === 0) open(scribe, 1 + random.below(customers));
  else if (dice === 1) note('command.refused', teller(), { name: 'posting.post' });
  else if (dice === 2) {
    const riskClass = some(['low', 'normal', 'high']);
    const customer = 1 + random.below(customers);
    note('customer.amended', 3, { customer, details: { riskClass, documents: [{}] } });
  } else note('till.counted', teller(), {});
}

/** Every kind of event the features look at, in a plausible mixture; times never go back. */
export function drawHistory(plan: HistoryPlan): LoggedEvent[] {
  const scribe = createScribe(plan);
  for (let customer = 1; customer <= plan.customers; customer += 1) {
    register(scribe, customer);
    open(scribe, customer);
  }
  while (scribe.events.length < plan.events) {
    scribe.pass();
    const dice = scribe.random.below(100);
    if (dice < 78) post(scribe);
    else if (dice < 82) reverse(scribe);
    else if (dice < 87) request(scribe);
    else if (dice < 92) end(scribe);
    else if (dice < 95) verdict(scribe);
    else other(scribe, plan.customers);
  }
  return scribe.events;
}
