// Gives every operation its handler, and every handler the parts of the branch it works with.
import { join } from 'node:path';
import { amountFor } from './bank/policy.ts';
import type { Branch } from './branch.ts';
import { demonstrationVerifier } from './demonstration/payments.ts';
import { demonstrationPeople } from './demonstration/people.ts';
import { accountHandlers } from './desk/accounts.ts';
import { approvalHandlers } from './desk/approval.ts';
import type { Counter, CounterPeople } from './desk/counter.ts';
import { createSeal, type Seal } from './desk/credential-digest.ts';
import { branchHashCost, createCredentials, type HashCost } from './desk/credentials.ts';
import { creditDesk } from './desk/credit-parts.ts';
import { type CustomerSources, customerFactsOf, mandateFactsOf } from './desk/customer-facts.ts';
import { customerHandlers } from './desk/customers.ts';
import { dayHandlers } from './desk/day.ts';
import type { Announcer, Handlers } from './desk/desk.ts';
import { desksHandlers } from './desk/desks.ts';
import { createDeskDoor, type DeskDoor } from './desk/desks-door.ts';
import { createDeskWindows, type DeskWindows, logByDesk } from './desk/desks-windows.ts';
import { guardHandlers } from './desk/guard.ts';
import { journalHandlers } from './desk/journal.ts';
import { ledgerViewHandlers } from './desk/ledger-views.ts';
import { createRunners } from './desk/ledger-views-runners.ts';
import { createTasks } from './desk/ledger-views-tasks.ts';
import { movementHandlers } from './desk/movement.ts';
import { type OfficePlace, officeHandlers } from './desk/office.ts';
import type { CardPlace } from './desk/office-cards.ts';
import { endedDateOf, type OrderPlace } from './desk/office-orders.ts';
import { openOfficePlace } from './desk/office-place.ts';
import { refuseUngranted } from './desk/office-sign-in.ts';
import { paymentHandlers } from './desk/payment.ts';
import { createBulkWork } from './desk/payment-bulk.ts';
import { createPaymentGateway, type PaymentGateway } from './desk/payment-gateway.ts';
import { pictureHandlers } from './desk/pictures.ts';
import { policyHandlers } from './desk/policy.ts';
import { postingHandlers } from './desk/posting.ts';
import { receiptHandlers } from './desk/receipt.ts';
import { reconcileHandlers } from './desk/reconcile.ts';
import { createRiskDesk } from './desk/risk.ts';
import { createRiskService } from './desk/risk-service.ts';
import { createScreening, type Screening } from './desk/screening.ts';
import { bulkNamesOf } from './desk/screening-bulk.ts';
import { createListKeeper } from './desk/screening-index.ts';
import { openScreening } from './desk/screening-place.ts';
import { createSessions, type Sessions } from './desk/session.ts';
import type { House } from './desk/session-desk.ts';
import { staffHandlers } from './desk/staff.ts';
import { tillHandlers } from './desk/till.ts';
import { foundation } from './desk/till-chart.ts';
import { vaultHandlers } from './desk/vault.ts';
import { createBankStatementReads } from './ledger/projections/bank-statement.ts';
import { type CounterReads, createCounterReads } from './ledger/projections/counter.ts';
import { createCustomerReads } from './ledger/projections/customer-reads.ts';
import { createCustomerSearch } from './ledger/projections/customer-search.ts';
import { createDeskReads } from './ledger/projections/desk.ts';
import { createDeskRenewals } from './ledger/projections/desk-renewal.ts';
import { createGuestReads } from './ledger/projections/office-cards.ts';
import { createOrderReads } from './ledger/projections/office-orders.ts';
import { createOfficeReads } from './ledger/projections/office-reads.ts';
import { createRejoinReads } from './ledger/projections/office-rejoin.ts';
import { createPayments } from './ledger/projections/payment.ts';
import { createPictureReads } from './ledger/projections/picture.ts';
import { createRateReads, withRates } from './ledger/projections/rates.ts';
import { createCreditReads } from './ledger/projections/risk-credit.ts';
import { createRiskReads } from './ledger/projections/risk-reads.ts';
import { createScreeningReads } from './ledger/projections/screening-reads.ts';
import { createStaffReads, type StaffReads } from './ledger/projections/staff.ts';
import { createSecrets, pepperSecret, type Secrets } from './ledger/projections/staff-secrets.ts';
import { createFolderTransport } from './payments/branch/folder.ts';
import { noVerifier } from './payments/branch/verifier.ts';
import type { Chance, Ports } from './ports.ts';

export interface DeskParts {
  readonly ports: Ports;
  readonly branch: Branch;
  readonly announcer: Announcer;
  /** True while the demonstration is being made: nobody is served yet. */
  readonly isMaking?: boolean;
  /** Cost of a password hash; tests make it cheap. */
  readonly hashCost?: HashCost;
}

export interface Desk {
  /** Every operation's handler, by name. */
  readonly handlers: Handlers;
  readonly sessions: Sessions;
  /** Seals secrets before a command is digested. */
  readonly seal: Seal;
  /** Sends and takes in payment messages; it stands still until it is started. */
  readonly gateway: PaymentGateway;
  /** Lets desks of the LAN in, and knows at which desk each window stands. */
  readonly door: DeskDoor;
  readonly windows: DeskWindows;
  /** How the workstation stands, for monitoring: Prometheus' text format, no customers. */
  metrics(): string;
  /** Ends long work and timers. */
  close(): Promise<void>;
}

const pepperBytes = 32;

export function createHandlers(parts: DeskParts): Desk {
  const { ports, branch, announcer } = parts;
  const { clock, chance, demonstration, report } = ports;
  const { database, ledger } = branch;
  const secrets = createSecrets(database);
  const staff = createStaffReads(database);
  const reads = withRates(createCounterReads(database), createRateReads(database));
  const pepper = pepperOf(branch, secrets, chance);
  const cost = parts.hashCost ?? branchHashCost;
  const credentials = createCredentials({ cost, chance, pepper });
  const windows = createDeskWindows();
  const sessions = createSessions({
    ...{ clock, chance, staff, secrets, credentials, pepper, announcer, report },
    log: logByDesk(ledger, windows),
    ...{ demonstration, card: demonstration ? demonstrationPeople : null, foundation },
    house: houseOf(reads, windows, () => office),
  });
  const compared = screeningOf(parts, { reads, nameOf: (id) => counter.people.nameOf(id) });
  const sources = customerSources(branch, reads, compared.screening);
  const counter: Counter = Object.freeze({
    ...reads,
    ...compared,
    ...{ ledger, announcer, sessions, clock, demonstration, report },
    endedDate: endedDateOf(createOfficeReads(database)),
    risk: riskService(parts, () => dayOf(reads).date),
    payeeVerifier: ports.payeeVerifier ?? (demonstration ? demonstrationVerifier : noVerifier),
    witness: branch.witness,
    folder: ports.folder,
    people: peopleOf(staff, sources),
  });
  const risk = createRiskDesk(counter);
  if (!parts.isMaking) counter.risk.start();
  const tasks = tasksOf(parts);
  const gateway = createPaymentGateway({
    counter,
    work: createBulkWork(counter),
    statements: createBankStatementReads(database),
    transport: () => createFolderTransport(join(ports.folder, 'gateway')),
  });
  const { customers } = sources;
  const names = openScreening({ counter, customers, ...compared }, !parts.isMaking);
  const office = openOfficePlace({
    ...{ reads: createOfficeReads(database), ledger, clock, chance, announcer, report },
    ...{ folder: ports.folder, code: () => staff.branch()?.code ?? '' },
    orders: ordersOf(parts, { staff, policies: reads.policies, endSessions: sessions.end }),
    ...officeOwn(database, { customers, secrets, policies: reads.policies }),
  });
  const desks = desksOf(parts, { staff, secrets, windows });
  const customerExists = (id: number) => customers.get(id) !== null;
  return Object.freeze({
    handlers: completeHandlers({
      ...sessions.handlers,
      ...staffHandlers({ staff, secrets, credentials, sessions, clock, customerExists }),
      ...customersHandlers(parts, { sources, counter, secrets, staff }),
      ...counterHandlers(counter),
      ...reconcileHandlers(counter, createBankStatementReads(database)),
      ...officeHandlers(counter, office),
      ...risk.handlers,
      ...creditDesk(counter, customers, createCreditReads(database)),
      ...tasks.handlers,
      ...guardHandlers({ guard: branch.guard, ledger }),
      ...desks.handlers,
      ...names.handlers,
    }),
    sessions,
    seal: createSeal(pepper),
    gateway,
    ...{ door: desks.door, windows },
    metrics: risk.metrics,
    async close() {
      await office.link?.close();
      await names.close();
      await gateway.close();
      await risk.close();
      await tasks.close();
    },
  });
}

/** What the branch's side of head office keeps of its own. */
function officeOwn(database: Branch['database'], kept: Parameters<typeof cardsOf>[1]) {
  return { cards: cardsOf(database, kept), rejoins: createRejoinReads(database) };
}

/** What cards of visiting customers are made of, and kept in. */
function cardsOf(
  database: Branch['database'],
  kept: Pick<CardPlace, 'customers' | 'secrets'> & Pick<CounterReads, 'policies'>,
): CardPlace {
  const { customers, secrets, policies } = kept;
  return Object.freeze({
    ...{ reads: createGuestReads(database), pictures: createPictureReads(database) },
    ...{ customers, secrets },
    frozenTakesCredits: () => policies.policy().frozenAcceptsCredits,
  });
}

/** What head office's orders act on. */
function ordersOf(
  { branch: { database }, ports: { clock } }: DeskParts,
  own: Pick<OrderPlace, 'staff' | 'policies' | 'endSessions'>,
): OrderPlace {
  const { reference } = createOfficeReads(database);
  const tomorrow = () => new Date(clock.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const base = () => own.staff.branch()?.baseCurrency ?? '';
  const inUse = () => own.staff.branch()?.currencies ?? [];
  const rates = { reads: createRateReads(database), base, inUse, latest: tomorrow };
  return { reads: createOrderReads(database), reference, ...own, rates };
}

/** Long work over the log, in threads of its own. */
function tasksOf({ branch: { file, key }, announcer, ports: { clock, report } }: DeskParts) {
  const projectionsModule = new URL('./projections.ts', import.meta.url);
  const runners = createRunners({ file, key, projectionsModule });
  return createTasks({ announcer, runners, report, monotonic: clock.monotonic });
}

/** Everything about customers: who they are, what they look like, which accounts they have. */
function customersHandlers(
  { branch: { database, ledger }, ports: { clock } }: DeskParts,
  own: { sources: CustomerSources; counter: Counter; secrets: Secrets; staff: StaffReads },
) {
  const { sources, counter, secrets, staff } = own;
  const { customers } = sources;
  return {
    ...customerHandlers({
      ...sources,
      ...{ ledger, clock, search: createCustomerSearch(database) },
      ...(counter.screening ? { screening: counter.screening } : {}),
      date: () => dayOf(counter).date,
    }),
    ...pictureHandlers({
      ...{ customers, secrets, pictures: createPictureReads(database) },
      nameOf: counter.people.nameOf,
    }),
    ...accountHandlers({
      ...{ ledger, customers },
      currencies: () => staff.branch()?.currencies ?? [],
    }),
  };
}

/** The door for desks on the LAN, and what an administrator does at it. */
function desksOf(
  { ports, branch, announcer }: DeskParts,
  kept: { staff: StaffReads; secrets: Secrets; windows: DeskWindows },
) {
  const { clock, chance } = ports;
  const reads = createDeskReads(branch.database);
  const renewals = createDeskRenewals(branch.database);
  const parts = { ...kept, reads, renewals, clock, chance };
  const door = createDeskDoor({
    ...{ ...parts, log: branch.ledger, announcer, branch: kept.staff.branch },
  });
  return { door, handlers: desksHandlers({ ...parts, door }) };
}

/** The models over the branch's own log, asked through the host's thread. */
function riskService({ ports, branch }: DeskParts, date: () => string | null) {
  const { clock, report, riskScorer: scorer, folder } = ports;
  const { ledger, database } = branch;
  const reads = createRiskReads(database);
  return createRiskService({ ledger, clock, report, scorer, folder, reads, date });
}

/** Compiles only while every operation of the contract has its handler. */
function completeHandlers(handlers: Handlers): Handlers {
  return Object.freeze(handlers);
}

/** Everything the tills, the vault and the counter answer. */
function counterHandlers(counter: Counter) {
  return {
    ...tillHandlers(counter),
    ...vaultHandlers(counter),
    ...movementHandlers(counter),
    ...postingHandlers(counter),
    ...approvalHandlers(counter),
    ...journalHandlers(counter),
    ...receiptHandlers(counter),
    ...dayHandlers(counter),
    ...policyHandlers(counter),
    ...ledgerViewHandlers(counter),
    ...paymentHandlers(counter),
  };
}

/** What signing in asks of the rest of the house; the office is opened after the sessions. */
function houseOf(reads: CounterReads, windows: DeskWindows, office: () => OfficePlace): House {
  return {
    day: () => dayOf(reads),
    tillOf: (id) => reads.tills.ofTeller(id)?.till ?? null,
    mayEnter: (person) => refuseUngranted(office(), person),
    deskOf: (window) => windows.of(window)?.name ?? null,
  };
}

/** Where the branch stands between its days. */
function dayOf({ days }: CounterReads): ReturnType<House['day']> {
  const latest = days.latest();
  if (!latest) return { date: null, state: 'never-opened' };
  return latest.close === null
    ? { date: latest.date, state: 'open' }
    : { date: null, state: 'closed' };
}

/** Head office's lists over the branch's own books. */
/** What compares names with the lists, and the payments whose payees it compares. */
function screeningOf(
  { branch: { database }, announcer, ports: { clock } }: DeskParts,
  rest: { readonly reads: CounterReads; readonly nameOf: (staff: number) => string },
) {
  const reads = createScreeningReads(database);
  const keeper = createListKeeper({ reads, clock });
  const policy = rest.reads.policies.policy;
  const screening = createScreening({ keeper, reads, policy, nameOf: rest.nameOf });
  const payments = createPayments(database);
  const { policies } = rest.reads;
  const bulkNames = bulkNamesOf(screening, { payments, policies, clock, announcer });
  return { screening, payments, bulkNames };
}

function customerSources(
  { database, ledger }: Branch,
  reads: CounterReads,
  screening: Screening,
): CustomerSources {
  return Object.freeze({
    listed: (customer: number) =>
      screening.customerFacts(customer, 'customer').map(({ message }) => `${message}.`),
    customers: createCustomerReads(database),
    account: ledger.account,
    cashOf: reads.activity.cashOf,
    reportingThreshold: (currency: string) =>
      amountFor(reads.policies.inForce().reportingThresholds, currency) ?? null,
  });
}

/** The people as the counter's rules see them. */
function peopleOf(staff: StaffReads, sources: CustomerSources): CounterPeople {
  const { customers } = sources;
  return Object.freeze({
    branch: staff.branch,
    nameOf: (id: number) =>
      id === 0 ? 'the workstation' : (staff.byId(id)?.name ?? `staff ${id}`),
    customer: (id: number, date: string) => customerFactsOf(sources, id, date),
    addressOf: (id: number) => {
      const address = customers.details(id)?.address;
      return address ? { town: address.townName, country: address.country } : null;
    },
    ownersOf: (account: number) => customers.ownersOf(account).map(({ customer }) => customer),
    mandatesOn: (account: number) => mandateFactsOf(customers, account),
  });
}

/** The pepper of the branch, made once. It is a secret, not an event: it never stands in the log. */
function pepperOf({ ledger }: Branch, secrets: Secrets, chance: Chance): Uint8Array {
  const kept = secrets.get(pepperSecret);
  if (kept) return kept;
  const made = chance.bytes(pepperBytes);
  ledger.write(() => secrets.set(pepperSecret, made));
  return made;
}
