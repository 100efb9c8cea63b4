// Shows the branch's line to head office, and what head office sees of all branches.
import type { Checked, Output } from '#contract/index.ts';
import { ageDays, toBase } from '#station/bank/rates.ts';
import { Refusal } from '#station/bank/refusal.ts';
import { exceptionOf, type OfficeLine } from '#station/office/client/calls.ts';
import { type HeldAllowance, leftMinor } from '#station/office/protocol/allowance.ts';
import { deliveryOf } from '#station/office/protocol/delivery.ts';
import { nowhere, type OfficeException } from '#station/office/protocol/values.ts';
import { instant } from './counter.ts';
import type { OfficePlace } from './office.ts';
import { readInBase } from './office-base.ts';
import { guestsOf } from './office-guests.ts';
import { canRejoin } from './office-rejoin.ts';
import { heldOf } from './office-visit.ts';
import { isListPage } from './screening-orders.ts';

type LineView = Output<'office.line'>;
type State = Output<'office.state'>;

export function lineView(place: OfficePlace): LineView {
  const { link } = place;
  const none = {
    ...headsOf(place),
    ...{ behind: 0, since: null, why: '', readsAll: false, allowancesLeft: [] },
    ...{ certificateUntil: null, certificateEnds: null },
  };
  if (!link) return { state: 'none', ...none };
  const state = link.state();
  const heads = headsOf(place);
  const behind = Math.max(0, heads.head.seq - state.received.seq);
  const since = state.offlineSince === null ? null : instant(state.offlineSince);
  const allowancesLeft = leftOf(place);
  const rest = {
    ...heads,
    ...{ behind, since, why: state.why, readsAll: link.readsAll(), allowancesLeft },
    ...certificateView(link.certificateUntil(), place.clock.now()),
  };
  if (state.stage === 'stopped') return { state: 'stopped', ...rest };
  if (state.offlineSince !== null) return { state: 'offline', ...rest };
  if (state.stage === 'unopened') return { state: 'opening', ...rest };
  // A few events are always under way; behind is said when they pile up.
  return { state: heads.delivery === null ? 'online' : 'behind', ...rest };
}

/** Our newest event, the newest that is at head office, and how far catching up has come. */
function headsOf({ books, link }: OfficePlace): Pick<LineView, 'head' | 'received' | 'delivery'> {
  const { seq, hash } = books.ledger.head();
  const received = link?.state().received ?? nowhere;
  return {
    head: { seq, hash: Buffer.from(hash).toString('hex') },
    received: { ...received },
    delivery: deliveryOf(link?.catchingUpFrom() ?? null, { received: received.seq, head: seq }),
  };
}

/** Days before its end from which a person is told: by then it should have renewed itself for a month. */
const certificateWarnDays = 30;

function certificateView(
  until: number,
  now: number,
): Pick<LineView, 'certificateUntil' | 'certificateEnds'> {
  const leftMs = until - now;
  const certificateEnds =
    leftMs <= 0 ? 'ended' : leftMs < certificateWarnDays * 86_400_000 ? 'soon' : null;
  return { certificateUntil: instant(until), certificateEnds };
}

/** What is left of all allowances held here, by currency: the most that may be paid under them. */
function leftOf(place: OfficePlace): LineView['allowancesLeft'] {
  const now = place.clock.now();
  const sums = new Map<string, bigint>();
  for (const { state, currency, leftMinor } of heldOf(place).map((each) =>
    allowanceView(each, now),
  )) {
    const open = state === 'open' ? BigInt(leftMinor) : 0n;
    sums.set(currency, (sums.get(currency) ?? 0n) + open);
  }
  return [...sums].map(([currency, sum]) => ({ currency, amountMinor: String(sum) }));
}

/** A stretch of the queue; an answer costs the same however many wait. */
export function queueOf(
  { books: { reads }, link, clock }: OfficePlace,
  { after, count }: Checked<'office.queue'>,
): Output<'office.queue'> {
  const received = link?.state().received.seq ?? 0;
  const rows = link ? reads.waiting(Math.max(after, received), count) : [];
  return {
    at: instant(clock.now()),
    rows: rows.map((each) => ({ ...each, at: instant(each.at) })),
  };
}

export async function officeState(place: OfficePlace): Promise<Output<'office.state'>> {
  const { books, link } = place;
  const { reads } = books;
  // Asked first: all that follows is said of one moment.
  const exceptions = await exceptionsOf(place);
  const state = link?.state();
  const { seq: downApplied } = reads.place();
  const now = place.clock.now();
  return {
    ...lineView(place),
    branch: books.code(),
    ...{ downApplied, downKnown: Math.max(downApplied, state?.downKnown ?? 0) },
    reachedAt: state?.reachedAt == null ? null : instant(state.reachedAt),
    allowances: heldOf(place).map((held) => allowanceView(held, now)),
    inDoubt: reads.reservations().map(reservationView),
    guests: guestsOf(place.cards),
    shown: place.cards.reads.shown().map(({ number, version }) => ({ number, version })),
    due: reads.dueCount(),
    shares: sharesOf(place),
    rejoin: rejoinOf(place),
    ...exposuresOf(place, state?.received.seq ?? 0),
    ...ratesOf(place),
    orders: ordersOf(place),
    exceptions: (exceptions ?? []).map(exceptionView),
    areExceptionsKnown: exceptions !== null,
  };
}

function rejoinOf({ link, rejoins }: OfficePlace): State['rejoin'] {
  const state = link?.state();
  if (!state || !canRejoin(state)) return 'none';
  return rejoins.asked() === null ? 'needed' : 'asked';
}

/** Words of head office shown that were not taken, at most. */
const refusedMost = 20;

/** What was paid without cover and head office does not know of, in its currency and in the base. */
function exposuresOf(
  place: OfficePlace,
  received: number,
): Pick<State, 'exposures' | 'exposedMinor'> {
  const { rates } = place.orders;
  const list = rates.reads.rates();
  const worth = (amountMinor: bigint, currency: string): bigint | null => {
    if (currency === rates.base()) return amountMinor;
    return list && toBase(list, amountMinor, currency);
  };
  const rows = place.books.reads.exposures(received).map((row) => ({
    ...{ ...row, baseMinor: worth(row.amountMinor, row.currency) },
  }));
  const known = rows.flatMap(({ baseMinor }) => (baseMinor === null ? [] : [baseMinor]));
  const sum = known.reduce((total, each) => total + each, 0n);
  return {
    exposures: rows.map(({ branch, number, amountMinor, baseMinor, ...rest }) => ({
      ...{ account: { branch, number }, amountMinor: String(amountMinor), ...rest },
      baseMinor: baseMinor === null ? null : String(baseMinor),
    })),
    exposedMinor: known.length === 0 ? null : String(sum),
  };
}

/** Head office's rates as they hold here, with their age by the business date. */
function ratesOf(place: OfficePlace): Pick<State, 'baseCurrency' | 'rates'> {
  const { rates, policies } = place.orders;
  const list = rates.reads.rates();
  const baseCurrency = rates.base();
  if (!list) return { baseCurrency, rates: null };
  const today = instant(place.clock.now()).slice(0, 10);
  const age = ageDays(list.date, place.books.ledger.moment().date ?? today);
  const { version, base, date } = list;
  return {
    baseCurrency,
    rates: {
      ...{ version, base, date, since: instant(rates.reads.since() ?? 0), ageDays: age },
      isOld: age > policies.policy().rates.oldDays,
      rates: Object.entries(list.rates)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([currency, rate]) => ({ currency, rate })),
    },
  };
}

/** What became of head office's orders, and before them what was not taken for one. */
function ordersOf({ orders: { reads } }: OfficePlace): Output<'office.state'>['orders'] {
  const refused = reads.refused(refusedMost).map(({ name, version, at, message }) => ({
    ...{ name, version, at: instant(at), outcome: 'refused' as const, message },
  }));
  // A page of a list says nothing by itself; its list does.
  const orders = reads.orders().filter(({ name }) => !isListPage(name));
  return [...refused, ...orders.map(({ at, ...row }) => ({ ...row, at: instant(at) }))];
}

/** What head office raised for this branch, as it says now; null while it cannot be asked. */
async function exceptionsOf({ link }: OfficePlace): Promise<readonly OfficeException[] | null> {
  if (!link) return [];
  if (!link.isReachable()) return null;
  return link.ask((line) => line.exceptions()).catch(() => null);
}

function exceptionView(exception: OfficeException): Overview['exceptions'][number] {
  const { seq: _seq, amountMinor, ...rest } = exception;
  return { ...rest, amountMinor: String(amountMinor) };
}

function sharesOf({ books }: OfficePlace): Output<'office.state'>['shares'] {
  return books.reads.shares().flatMap(({ account: id, amountMinor }) => {
    const account = books.ledger.account(id);
    if (!account) return [];
    const { number, name, currency } = account;
    return [{ number, name, currency, amountMinor: String(amountMinor) }];
  });
}

export function allowanceView(
  held: HeldAllowance,
  now: number,
): Output<'office.state'>['allowances'][number] {
  const { allowance } = held;
  const left = leftMinor(held);
  const state =
    held.state !== 'open'
      ? held.state
      : now >= allowance.expiresAt
        ? 'expired'
        : left <= 0n
          ? 'spent'
          : 'open';
  return {
    ...{
      id: allowance.id,
      account: { ...allowance.account },
      name: allowance.name,
      till: allowance.till,
    },
    ...{
      amountMinor: allowance.amountMinor,
      leftMinor: String(left),
      currency: allowance.currency,
    },
    ...{ expiresAt: instant(allowance.expiresAt), state },
  };
}

export function reservationView(row: {
  readonly key: string;
  readonly branch: string;
  readonly number: string;
  readonly name: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly state: Output<'office.reservation'>['state'];
  readonly message: string;
  readonly at: number;
}): Output<'office.reservation'> {
  const { key, branch, number, name, currency, state, message } = row;
  return {
    ...{ key, name, currency, state, message, account: { branch, number } },
    ...{ amountMinor: String(row.amountMinor), at: instant(row.at) },
  };
}

/** Head office's own view of all branches. Refuses a workstation that was not enrolled to read it. */
export async function overviewOf({
  link,
  clock,
  orders,
}: OfficePlace): Promise<Output<'office.overview'>> {
  if (!link) throw new Refusal('office-none', 'This branch has no head office.');
  if (!link.readsAll()) {
    throw new Refusal(
      'not-head-office',
      'This workstation reads its own branch only: enrol it as head office’s.',
    );
  }
  const at = { now: clock.now(), oldDays: orders.policies.policy().rates.oldDays };
  return link.ask(async (line) => {
    const [overview, inBase] = [await readOverview(line, at.now), await readInBase(line, at)];
    return { overview: { ...overview, inBase } };
  });
}

type Overview = Output<'office.overview'>['overview'];

async function readOverview(line: OfficeLine, now: number): Promise<Omit<Overview, 'inBase'>> {
  type Row = Readonly<Record<string, string>>;
  const branches = await line.read<Row & { seen_at: Date | null }>(
    'SELECT * FROM office.branch_line ORDER BY branch LIMIT 2000',
  );
  const balances = await line.read<Row>(
    'SELECT * FROM office.trial_balance ORDER BY currency, branch, class, product LIMIT 5000',
  );
  const totals = await line.read<Row>(
    'SELECT currency, sum(posted)::text AS posted FROM office.trial_balance GROUP BY currency ORDER BY currency',
  );
  const liquidity = await line.read<Row>(
    'SELECT * FROM office.liquidity ORDER BY currency, branch LIMIT 2000',
  );
  const cash = await line.read<Row>(
    `SELECT * FROM office.cash_by_person WHERE date = (SELECT date FROM office.newest_cash_date)
     ORDER BY branches DESC, amount DESC LIMIT 100`,
  );
  const raised = await line.read<Parameters<typeof exceptionOf>[0]>(
    `SELECT * FROM office.exception WHERE state = 'open' ORDER BY id DESC LIMIT 200`,
  );
  const text = (row: Row, name: string): string => row[name] ?? '';
  const count = (row: Row, name: string): number => Number(row[name] ?? 0);
  return {
    at: instant(now),
    branches: branches.map((row) => ({
      ...{ branch: text(row, 'branch'), name: text(row, 'name'), stopped: text(row, 'stopped') },
      ...{ received: count(row, 'received_seq'), verified: count(row, 'verified_seq') },
      ...{
        head: text(row, 'received_hash'),
        behind: count(row, 'behind'),
        downBehind: count(row, 'down_behind'),
      },
      ...{ businessDate: text(row, 'business_date'), dayState: text(row, 'day_state') },
      ...{ seenAt: row.seen_at === null ? null : instant(row.seen_at.getTime()) },
      ...{ exceptions: count(row, 'exceptions'), inTransit: count(row, 'in_transit') },
    })),
    trialBalance: balances.map((row) => ({
      ...{ branch: text(row, 'branch'), product: text(row, 'product'), class: text(row, 'class') },
      ...{ amountMinor: text(row, 'posted'), currency: text(row, 'currency') },
    })),
    totals: totals.map((row) => ({
      amountMinor: text(row, 'posted'),
      currency: text(row, 'currency'),
    })),
    liquidity: liquidity.map((row) => ({
      ...{
        branch: text(row, 'branch'),
        currency: text(row, 'currency'),
        cashMinor: text(row, 'cash'),
      },
      ...{ depositsMinor: text(row, 'deposits'), loansMinor: text(row, 'loans') },
    })),
    cash: cash.map((row) => ({
      ...{
        date: text(row, 'date'),
        direction: text(row, 'direction') as 'in' | 'out',
        name: text(row, 'name'),
      },
      ...{ identity: text(row, 'identity'), at: text(row, 'at'), items: count(row, 'items') },
      ...{ amountMinor: text(row, 'amount'), currency: text(row, 'currency') },
    })),
    exceptions: raised.map((row) => exceptionView(exceptionOf(row))),
  };
}
