// Opens a small real branch for the tests of the people's desk: real store, log, dispatcher and hashes, own clock.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { OperationName } from '#contract/index.ts';
import type { SessionState } from '#contract/session.ts';
import type { Fault, ReplyFrame } from '#contract/wire.ts';
import { createLedger } from '../ledger/ledger.ts';
import { createTestChance } from '../ledger/ledger-fixture.ts';
import { migrationsFor } from '../ledger/migrations.ts';
import { openDatabase } from '../ledger/open.ts';
import { activityProjection, createActivityReads } from '../ledger/projections/activity.ts';
import { customerProjection } from '../ledger/projections/customer-projection.ts';
import { createCustomerReads } from '../ledger/projections/customer-reads.ts';
import { createCustomerSearch } from '../ledger/projections/customer-search.ts';
import { createStaffReads } from '../ledger/projections/staff.ts';
import { createSecrets, factorSecret } from '../ledger/projections/staff-secrets.ts';
import { staffProjection } from '../ledger/projections/staff-writer.ts';
import type { Clock } from '../ports.ts';
import { accountHandlers } from './accounts.ts';
import { createSeal } from './credential-digest.ts';
import { type Credentials, createCredentials } from './credentials.ts';
import { customerHandlers } from './customers.ts';
import type { Announcer } from './desk.ts';
import { createDispatcher } from './dispatch.ts';
import { createSessions } from './session.ts';
import type { CardPerson } from './session-establish.ts';
import { fromBase32, oneTimeCode, stepAt } from './session-factor.ts';
import { type StaffParts, staffHandlers } from './staff.ts';

/** A clock whose two hands can be moved apart. */
export interface HandClock extends Clock {
  /** Time passes: both hands move, and what falls due is called. */
  pass(ms: number): void;
  /** Somebody sets the wall clock; no time passes. */
  set(at: number): void;
}

export function createHandClock(at = Date.UTC(2026, 10, 20, 9)): HandClock {
  let wall = at;
  let timer = 0;
  const due = new Map<number, { readonly at: number; readonly callback: () => void }>();
  let next = 1;
  return {
    now: () => wall,
    monotonic: () => timer,
    after(delayMs, callback) {
      const id = next++;
      due.set(id, { at: timer + delayMs, callback });
      return () => void due.delete(id);
    },
    pass(ms) {
      wall += ms;
      timer += ms;
      for (;;) {
        const ripe = [...due].find(([, each]) => each.at <= timer);
        if (!ripe) return;
        due.delete(ripe[0]);
        ripe[1].callback();
      }
    },
    set(to) {
      wall = to;
    },
  };
}

export interface Push {
  readonly window: number;
  readonly event: string;
  readonly payload: unknown;
}

export interface DeskOptions {
  readonly folder?: string;
  readonly clock?: HandClock;
  readonly card?: readonly CardPerson[];
  /** True unless said otherwise where there is a card. */
  readonly demonstration?: boolean;
  /** Is awaited before each password is checked. */
  readonly beforeVerify?: () => Promise<void>;
}

/** Cheap hashes: what they cost is tested in credentials.test.ts. */
export const cheapHash = { memoryKiB: 64, passes: 1, lanes: 1 };
export const goodPassword = 'four unrelated words';
const pepper = new Uint8Array(32).fill(5);

function openStore(folder: string, clock: Clock) {
  const projections = [staffProjection, customerProjection, activityProjection];
  const database = openDatabase({
    file: join(folder, 'branch.db'),
    key: new Uint8Array(32).fill(1),
    migrations: migrationsFor(projections),
  });
  const chance = createTestChance();
  const ledger = createLedger(database, { clock, chance, witness: null, projections });
  return { database, ledger, chance, customers: createCustomerReads(database) };
}

type Store = ReturnType<typeof openStore>;
type People = Omit<StaffParts, 'customerExists'>;

/** Everything the people's desk handles, on the real store. */
function handlersOf(parts: Store & People) {
  const { database, ledger, customers, staff, secrets, credentials, sessions, clock } = parts;
  return {
    ...sessions.handlers,
    ...staffHandlers({
      ...{ staff, secrets, credentials, sessions, clock },
      customerExists: (id) => customers.get(id) !== null,
    }),
    ...customerHandlers({
      ...{ ledger, customers, clock, account: ledger.account },
      search: createCustomerSearch(database),
      cashOf: createActivityReads(database).cashOf,
      reportingThreshold: (currency) => (currency === 'EUR' ? 1_000_000n : null),
      date: () => ledger.moment().date,
    }),
    ...accountHandlers({
      ...{ ledger, customers },
      currencies: () => staff.branch()?.currencies ?? [],
    }),
  };
}

function delayed(credentials: Credentials, { beforeVerify }: DeskOptions): Credentials {
  return {
    hash: credentials.hash,
    async verify(password, stored) {
      await beforeVerify?.();
      return credentials.verify(password, stored);
    },
  };
}

export function openDesk(options: DeskOptions = {}) {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'qenex-desk-'));
  const clock = options.clock ?? createHandClock();
  const store = openStore(folder, clock);
  const { database, ledger, chance, customers } = store;
  const staff = createStaffReads(database);
  const secrets = createSecrets(database);
  const credentials = delayed(createCredentials({ cost: cheapHash, chance, pepper }), options);
  const pushes: Push[] = [];
  const reports: unknown[] = [];
  const announcer: Announcer = {
    changed: () => undefined,
    toRoles: () => undefined,
    toPerson: () => undefined,
    toWindow: (window, event, payload) => void pushes.push({ window, event, payload }),
  };
  const report = (_where: string, error: unknown) => void reports.push(error);
  const sessions = createSessions({
    ...{ log: ledger, clock, chance, staff, secrets, credentials, pepper, announcer, report },
    house: { day: () => ({ date: null, state: 'never-opened' }), tillOf: () => null },
    demonstration: options.demonstration ?? options.card !== undefined,
    foundation: () => [],
    card: options.card ?? null,
  });
  const handlers = handlersOf({ ...store, clock, staff, secrets, credentials, sessions });
  const dispatcher = createDispatcher({
    ...{ handlers, log: ledger, announcer, report },
    personOf: sessions.personOf,
    seal: createSeal(pepper),
  });
  let frames = 0;
  let keys = 0;

  async function send(window: number, name: OperationName, input: object, key?: string) {
    frames += 1;
    keys += 1;
    const unique = key ?? `00000000-0000-4000-8000-${String(keys).padStart(12, '0')}`;
    const reply = await dispatcher.handle({ id: frames, name, input, key: unique }, window);
    assert.ok(reply, 'an answer came');
    assert.deepEqual(reports, [], 'nothing went wrong inside');
    return reply;
  }

  return {
    ...{ folder, clock, database, ledger, staff, customers, secrets },
    ...{ sessions, handlers, pushes, reports, send },
    /** Asks and expects an answer. */
    async ask(window: number, name: OperationName, input: object = {}): Promise<never> {
      const reply: ReplyFrame = await send(window, name, input);
      assert.ok(reply.ok, reply.ok ? '' : `${name}: ${reply.fault.message}`);
      return reply.output as never;
    },
    /** Asks and expects a fault. */
    async fault(window: number, name: OperationName, input: object = {}): Promise<Fault> {
      const reply = await send(window, name, input);
      assert.ok(!reply.ok, `${name} was to be refused`);
      return reply.fault;
    },
    /** The code a person's authenticator shows now. */
    code(user: string): string {
      const row = staff.byUser(user);
      const seed = row && secrets.get(factorSecret(row.id));
      assert.ok(seed, `${user} has a factor`);
      return oneTimeCode(seed, stepAt(clock.now()));
    },
    events: (type: string) =>
      ledger.events(1, ledger.head().seq).filter((event) => event.type === type),
    close(keep = false) {
      ledger.close();
      database.close();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type TestDesk = ReturnType<typeof openDesk>;

export const establishment = {
  bank: 'Test Bank',
  branchCode: '001',
  branchName: 'Riverside',
  country: 'DE',
  timeZone: 'Europe/Berlin',
  baseCurrency: 'EUR',
  currencies: ['EUR', 'USD'],
  administrator: { user: 'ada', name: 'Ada Lind', password: goodPassword },
};

/** Branches made for the tests of one file, closed when they end. */
export function keptBranches() {
  const opened: TestDesk[] = [];
  after(() => {
    for (const desk of opened) desk.close();
  });
  const keep = (desk: TestDesk): TestDesk => {
    opened.push(desk);
    return desk;
  };
  return { keep, branch: async () => keep(await established()) };
}

/** The stage a window's session is at. */
export async function stageAt(desk: TestDesk, window: number): Promise<SessionState['stage']> {
  return ((await desk.ask(window, 'session.state')) as SessionState).stage;
}

/** A branch whose administrator `ada` is signed in at window 1. */
export async function established(options: DeskOptions = {}): Promise<TestDesk> {
  const desk = openDesk(options);
  await desk.ask(1, 'branch.establish', establishment);
  return desk;
}

/** Adds a person and walks them through the change of their first password, and a factor if one is due. */
export async function addPerson(desk: TestDesk, user: string, roles: string[]): Promise<number> {
  const password = 'temporary words 7';
  const added: { staff: number } = await desk.ask(1, 'staff.add', {
    ...{ user, roles, password },
    name: `${user.toUpperCase()} Example`,
  });
  const window = 900 + added.staff;
  await desk.ask(window, 'session.open', { user, password });
  const next = { current: password, next: `${goodPassword} ${user}` };
  const state: { stage: string } = await desk.ask(window, 'session.changePassword', next);
  if (state.stage === 'enrol') await enrol(desk, window);
  await desk.ask(window, 'session.close');
  desk.clock.pass(30_000);
  await desk.ask(1, 'session.touch');
  return added.staff;
}

export async function enrol(desk: TestDesk, window: number): Promise<void> {
  const { secret }: { secret: string } = await desk.ask(window, 'session.enrolFactor');
  const seed = fromBase32(secret);
  assert.ok(seed);
  const code = oneTimeCode(seed, stepAt(desk.clock.now()));
  await desk.ask(window, 'session.confirmFactor', { code });
}

/** Signs somebody in who has been through `addPerson`. */
export async function signIn(desk: TestDesk, window: number, user: string): Promise<void> {
  const password = user === 'ada' ? goodPassword : `${goodPassword} ${user}`;
  const state: { stage: string } = await desk.ask(window, 'session.open', { user, password });
  if (state.stage === 'factor') {
    await desk.ask(window, 'session.factor', { code: desk.code(user) });
  }
}

/** Opens the branch on a business date without the counter: the engine's own event. */
export function openDay(desk: TestDesk, date = '2026-11-20'): void {
  desk.ledger.write(() =>
    desk.ledger.append({ type: 'date.opened', actor: 'system', data: { dateOpened: date } }),
  );
}

/** Details of a person that every check lets pass. */
export function person(givenName: string, familyName: string, more: object = {}) {
  return {
    ...{ kind: 'person', givenName, familyName, birthDate: '1980-05-17', nationality: 'DE' },
    address: { townName: 'Riverside', country: 'DE' },
    phones: [],
    documents: [
      {
        kind: 'passport',
        number: `P${givenName}${familyName}`.slice(0, 35),
        country: 'DE',
        expiresOn: '2030-01-01',
      },
    ],
    ...more,
  };
}

/** Registers a person at the window and gives the customer number. */
export async function register(desk: TestDesk, window: number, details: object): Promise<number> {
  const { customer }: { customer: number } = await desk.ask(window, 'customer.register', {
    details,
  });
  return customer;
}
