// Opens a whole branch for the counter's tests: real store, log, gate and handlers, its staff signed in.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Input, OperationName, Output } from '#contract/index.ts';
import type { PolicyInput } from '#contract/policy.ts';
import type { Fault, PushFrame } from '#contract/wire.ts';
import { amountFor, defaultPolicyInput } from '#station/bank/policy.ts';
import { createBankStatementReads } from '#station/ledger/projections/bank-statement.ts';
import { createCounterReads } from '#station/ledger/projections/counter.ts';
import {
  type CustomerReads,
  createCustomerReads,
} from '#station/ledger/projections/customer-reads.ts';
import { createCustomerSearch } from '#station/ledger/projections/customer-search.ts';
import { createPayments } from '#station/ledger/projections/payment.ts';
import { createRiskReads } from '#station/ledger/projections/risk-reads.ts';
import { createStaffReads, type StaffReads } from '#station/ledger/projections/staff.ts';
import {
  createSecrets,
  factorSecret,
  type Secrets,
} from '#station/ledger/projections/staff-secrets.ts';
import { noVerifier } from '#station/payments/branch/verifier.ts';
import type { RiskScorer, Witness } from '#station/ports.ts';
import { createPictureReads } from '../ledger/projections/picture.ts';
import { accountHandlers } from './accounts.ts';
import { createAnnouncer } from './announcer.ts';
import { approvalHandlers } from './approval.ts';
import type { Counter } from './counter.ts';
import { deposit, float, nothing, vaultBegins } from './counter-drafts-fixture.ts';
import { openStore, type Store } from './counter-store-fixture.ts';
import { createSeal } from './credential-digest.ts';
import { createCredentials } from './credentials.ts';
import { customerFactsOf, mandateFactsOf } from './customer-facts.ts';
import { customerHandlers } from './customers.ts';
import { dayHandlers } from './day.ts';
import type { Handlers } from './desk.ts';
import { createDispatcher } from './dispatch.ts';
import { guardHandlers } from './guard.ts';
import { journalHandlers } from './journal.ts';
import { ledgerViewHandlers } from './ledger-views.ts';
import { movementHandlers } from './movement.ts';
import { paymentHandlers } from './payment.ts';
import { pictureHandlers } from './pictures.ts';
import { policyHandlers } from './policy.ts';
import { postingHandlers } from './posting.ts';
import { receiptHandlers } from './receipt.ts';
import { reconcileHandlers } from './reconcile.ts';
import { createRiskDesk } from './risk.ts';
import { createRiskService } from './risk-service.ts';
import { comparedBy, createTestLists, decisionHandlers } from './screening-fixture.ts';
import { createSessions } from './session.ts';
import { oneTimeCode, stepAt } from './session-factor.ts';
import {
  addPerson,
  cheapHash,
  createHandClock,
  establishment,
  goodPassword,
  type HandClock,
  signIn,
  type TestDesk,
} from './session-fixture.ts';
import { staffHandlers } from './staff.ts';
import { tillHandlers } from './till.ts';
import { foundation } from './till-chart.ts';
import { vaultHandlers } from './vault.ts';

/** Window of each person; `ada` the administrator, `sam` and `rita` supervisors, the others as named. */
export const at = { ada: 1, sam: 2, rita: 3, ana: 4, ben: 5, cora: 6, otto: 7, nobody: 8 } as const;

const windowsAttached = 8;
const pepper = new Uint8Array(32).fill(5);

export interface CounterOptions {
  readonly folder?: string;
  readonly clock?: HandClock;
  readonly riskScorer?: RiskScorer;
  readonly witness?: Witness;
  /** Whether names are compared: with a list that the test publishes. */
  readonly hasLists?: boolean;
  /** Handlers of what most tests do without, over the parts of this branch. */
  readonly more?: (parts: Parts) => Partial<Handlers>;
}

/** What further handlers work with. */
export interface Parts extends Pick<Store, 'database' | 'ledger'> {
  readonly counter: Counter;
  readonly staff: StaffReads;
  readonly secrets: Secrets;
  readonly customers: CustomerReads;
}

function openHandlers(
  store: Store,
  options: CounterOptions & { folder: string; clock: HandClock },
) {
  const { database, ledger, chance } = store;
  const { clock, folder } = options;
  const staff = createStaffReads(database);
  const secrets = createSecrets(database);
  const customers = createCustomerReads(database);
  const reads = createCounterReads(database);
  const credentials = createCredentials({ cost: cheapHash, chance, pepper });
  const reports: unknown[] = [];
  const report = (_where: string, error: unknown) => void reports.push(error);
  const announcer = createAnnouncer((window) => sessions.personOf(window));
  const openDay = () => {
    const latest = reads.days.latest();
    return latest && latest.close === null ? latest.date : null;
  };
  const sessions = createSessions({
    ...{ log: ledger, clock, chance, staff, secrets, credentials, pepper, announcer, report },
    house: {
      day: () => ({ date: openDay(), state: openDay() ? 'open' : 'closed' }),
      tillOf: (id) => reads.tills.ofTeller(id)?.till ?? null,
    },
    ...{ demonstration: false, card: null, foundation },
  });
  const sources = sourcesOf(customers, ledger, reads);
  const payments = createPayments(database);
  const lists = options.hasLists ? createTestLists(clock) : null;
  const compared = lists && comparedBy(database, { lists, reads, payments, clock, announcer });
  const counter: Counter = {
    ...reads,
    ...{ ledger, announcer, sessions, clock, folder, report, demonstration: false },
    ...compared,
    payments,
    risk: createRiskService({
      ...{ ledger, clock, report, folder, scorer: options.riskScorer ?? null, date: openDay },
      reads: createRiskReads(database),
    }),
    payeeVerifier: noVerifier,
    witness: options.witness ?? null,
    people: {
      branch: staff.branch,
      nameOf: (id) => staff.byId(id)?.name ?? `staff ${id}`,
      customer: (id, date) => customerFactsOf(sources, id, date),
      addressOf: (id) => {
        const address = customers.details(id)?.address;
        return address ? { town: address.townName, country: address.country } : null;
      },
      ownersOf: (account) => customers.ownersOf(account).map(({ customer }) => customer),
      mandatesOn: (account) => mandateFactsOf(customers, account),
    },
  };
  const handlers = {
    ...sessions.handlers,
    ...staffHandlers({
      ...{ staff, secrets, credentials, sessions, clock },
      customerExists: (id) => customers.get(id) !== null,
    }),
    ...customerHandlers({
      ...sources,
      ...{ ledger, clock, search: createCustomerSearch(database), date: openDay },
      ...(compared ? { screening: compared.screening } : {}),
    }),
    ...pictureHandlers({
      ...{ customers, secrets, pictures: createPictureReads(database) },
      nameOf: counter.people.nameOf,
    }),
    ...accountHandlers({
      ...{ ledger, customers },
      currencies: () => staff.branch()?.currencies ?? [],
    }),
    ...counterHandlers(counter, store),
    ...(compared && decisionHandlers(counter, compared.screening)),
    ...options.more?.({ database, ledger, counter, staff, secrets, customers }),
  };
  return {
    ...{ lists, handlers, sessions, announcer, counter },
    ...{ staff, secrets, customers, report, reports },
  };
}

function sourcesOf(
  customers: ReturnType<typeof createCustomerReads>,
  ledger: Store['ledger'],
  reads: ReturnType<typeof createCounterReads>,
) {
  return {
    ...{ customers, account: ledger.account, cashOf: reads.activity.cashOf },
    reportingThreshold: (currency: string) =>
      amountFor(reads.policies.policy().reportingThresholds, currency) ?? null,
  };
}

function counterHandlers(counter: Counter, { database, ledger, guard }: Store) {
  return {
    ...tillHandlers(counter),
    ...vaultHandlers(counter),
    ...createRiskDesk(counter).handlers,
    ...movementHandlers(counter),
    ...postingHandlers(counter),
    ...approvalHandlers(counter),
    ...journalHandlers(counter),
    ...receiptHandlers(counter),
    ...dayHandlers(counter),
    ...policyHandlers(counter),
    ...ledgerViewHandlers(counter),
    ...guardHandlers({ guard, ledger }),
    ...paymentHandlers(counter),
    ...reconcileHandlers(counter, createBankStatementReads(database)),
  };
}

/** A branch with nobody in it yet, or the one that lies in `options.folder`. */
export function openCounter(options: CounterOptions = {}) {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'qenex-counter-'));
  const clock = options.clock ?? createHandClock();
  const store = openStore(folder, clock, options.witness ?? null);
  const open = openHandlers(store, { ...options, folder, clock });
  const { database, ledger } = store;
  const { announcer, sessions, staff, secrets, reports, report } = open;
  const pushes: { readonly window: number; readonly push: PushFrame }[] = [];
  for (let window = 1; window <= windowsAttached; window += 1) {
    announcer.add({
      send: (frame) => void pushes.push({ window, push: frame as PushFrame }),
      receive: () => () => undefined,
    });
  }
  const dispatcher = createDispatcher({
    ...{ handlers: open.handlers, log: ledger, announcer, report, seal: createSeal(pepper) },
    personOf: sessions.personOf,
  });
  // Far from the keys used before the branch was opened again.
  let frames = ledger.head().seq * 1_000;

  async function send(window: number, name: OperationName, input: object, key?: string) {
    frames += 1;
    const unique = key ?? `00000000-0000-4000-8000-${String(frames).padStart(12, '0')}`;
    const frame = JSON.parse(JSON.stringify({ id: frames, name, input, key: unique })) as object;
    const reply = await dispatcher.handle(frame, window);
    assert.ok(reply, 'an answer came');
    assert.deepEqual(reports, [], 'nothing went wrong inside');
    return reply;
  }

  return Object.freeze({
    ...{ folder, clock, database, ledger, staff, secrets, sessions, pushes, reports, send },
    counter: open.counter,
    lists: open.lists,
    customers: open.customers,
    /** Asks and expects an answer. */
    async ask<N extends OperationName>(
      window: number,
      name: N,
      input: Input<N> | object = {},
      key?: string,
    ): Promise<Output<N>> {
      const reply = await send(window, name, input, key);
      assert.ok(reply.ok, reply.ok ? '' : `${name}: ${reply.fault.reason}: ${reply.fault.message}`);
      return reply.output as Output<N>;
    },
    /** Asks and expects a fault. */
    async fault(
      window: number,
      name: OperationName,
      input: object = {},
      key?: string,
    ): Promise<Fault> {
      const reply = await send(window, name, input, key);
      assert.ok(!reply.ok, `${name} was to be refused`);
      return reply.fault;
    },
    /** The code a person's authenticator shows at the next step, so that each is new. */
    code(user: string): string {
      const row = staff.byUser(user);
      const seed = row && secrets.get(factorSecret(row.id));
      assert.ok(seed, `${user} has a factor`);
      return oneTimeCode(seed, stepAt(clock.now()));
    },
    events: (type: string) =>
      ledger.events(1, ledger.head().seq).filter((event) => event.type === type),
    /** Pushes of one event to one window. */
    heard: (window: number, event: string) =>
      pushes.filter((each) => each.window === window && each.push.event === event),
    close(keep = false) {
      ledger.close();
      database.close();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  });
}

export type TestCounter = ReturnType<typeof openCounter>;

/** Limits and thresholds by default; no rule for young accounts, which all accounts of a test are. */
export const testPolicy: PolicyInput = {
  ...defaultPolicyInput,
  youngAccount: {
    days: 30,
    floors: ['EUR', 'USD', 'JPY'].map((currency) => ({ currency, amountMinor: '900000000000' })),
  },
  manyWithdrawals: { count: 100, days: 1 },
};

const people: readonly (readonly [keyof typeof at, string[]])[] = [
  ['sam', ['supervisor']],
  ['rita', ['supervisor']],
  ['ana', ['teller']],
  ['ben', ['teller']],
  ['cora', ['compliance']],
  ['otto', ['auditor']],
];

/** Time passes until authenticators show another code; nobody falls asleep over it. */
export async function nextCode(desk: TestCounter): Promise<void> {
  desk.clock.pass(30_000);
  for (const window of Object.values(at)) await desk.send(window, 'session.touch', {});
}

/** A second person's proof, with a code that was not used before. */
export async function second(desk: TestCounter, user: 'sam' | 'rita') {
  await nextCode(desk);
  return { user, password: `${goodPassword} ${user}`, code: desk.code(user) };
}

/** Branch, staff, policy and signed-in windows; no business day yet. */
export async function staffedCounter(options: CounterOptions = {}): Promise<TestCounter> {
  const desk = openCounter(options);
  const founded = { ...establishment, currencies: ['EUR', 'USD', 'JPY'] };
  await desk.ask(at.ada, 'branch.establish', founded);
  for (const [user, roles] of people) await addPerson(desk as unknown as TestDesk, user, roles);
  for (const [user] of people) await signIn(desk as unknown as TestDesk, at[user], user);
  await desk.ask(at.ada, 'policy.set', { policy: testPolicy, reason: 'the tests need it' });
  return desk;
}

/** The first business day, 2026-11-20, opened by sam with rita. */
export async function openedCounter(options: CounterOptions = {}): Promise<TestCounter> {
  const desk = await staffedCounter(options);
  const proof = await second(desk, 'rita');
  const day = { date: '2026-11-20', vaultCounts: vaultBegins, second: proof };
  await desk.ask(at.sam, 'day.open', day);
  return desk;
}

/** Till 2 with ana and till 3 with ben, both with a float of EUR from the vault. */
export async function servingCounter(options: CounterOptions = {}): Promise<TestCounter> {
  const desk = await openedCounter(options);
  for (const name of ['Till 2', 'Till 3']) {
    await desk.ask(at.ada, 'till.add', { name, currencies: ['EUR', 'USD'] });
  }
  for (const [till, window] of [
    [2, at.ana],
    [3, at.ben],
  ] as const) {
    await desk.ask(window, 'till.open', { till, counts: nothing('EUR', 'USD') });
    const offer = { from: 1, to: till, currency: 'EUR', denominations: float };
    const { movement } = await desk.ask(at.sam, 'movement.offer', offer);
    await desk.ask(window, 'movement.accept', { movement, denominations: float });
  }
  return desk;
}

export interface Served {
  readonly customer: number;
  readonly account: string;
}

/** A customer of their own with one account, and 5,000.00 on it unless told otherwise. */
export async function customerWith(
  desk: TestCounter,
  name: string,
  options: { readonly currency?: string; readonly empty?: boolean; readonly product?: string } = {},
): Promise<Served> {
  const { currency = 'EUR', product = 'checking' } = options;
  const details = {
    ...{ kind: 'person', givenName: name, familyName: 'Example', birthDate: '1980-05-17' },
    ...{ nationality: 'DE', address: { townName: 'Riverside', country: 'DE' }, phones: [] },
    documents: [
      { kind: 'passport', number: `P-${name}-1`, country: 'DE', expiresOn: '2030-01-01' },
    ],
  };
  const { customer } = await desk.ask(at.ana, 'customer.register', { details });
  const owners = [{ customer, role: 'holder' }];
  const { number } = await desk.ask(at.ana, 'account.open', { product, currency, owners });
  const served = { customer, account: number };
  if (!options.empty) {
    const draft = deposit(served, 500_000n, { 5000: 100 });
    await desk.ask(at.ana, 'posting.post', { draft });
  }
  return served;
}

export {
  deposit,
  float,
  floatMinor,
  nothing,
  transfer,
  vaultBegins,
  withdrawal,
} from './counter-drafts-fixture.ts';
