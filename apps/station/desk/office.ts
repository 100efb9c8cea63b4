// Handles the branch's dealings with head office: what covers whom, visits, and the line itself.
import type { Checked, Output } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { Account } from '#station/ledger/balance.ts';
import type { RejoinReads } from '#station/ledger/projections/office-rejoin.ts';
import { accountKey, type OfficePart } from '#station/office/protocol/values.ts';
import type { Clock } from '#station/ports.ts';
import { type Counter, hasRole } from './counter.ts';
import type { Handlers, KeyedHandler, Person, Recorded } from './desk.ts';
import type { CardPlace } from './office-cards.ts';
import { debitRoom, type OfficeBooks, refuseAlone, shareEvent } from './office-desk.ts';
import { guestView } from './office-guests.ts';
import type { OfficeLink } from './office-link.ts';
import type { OrderPlace } from './office-orders.ts';
import { canRejoin } from './office-rejoin.ts';
import { returnEvent } from './office-sagas.ts';
import {
  allowanceView,
  lineView,
  officeState,
  overviewOf,
  queueOf,
  reservationView,
} from './office-view.ts';
import { heldOf, visitHandler } from './office-visit.ts';

/** What the office's handlers work with. `link` is null where the branch has no head office. */
export interface OfficePlace {
  readonly books: OfficeBooks;
  readonly link: OfficeLink | null;
  readonly orders: OrderPlace;
  readonly cards: CardPlace;
  readonly rejoins: RejoinReads;
  readonly clock: Clock;
  readonly isSigned: (note: Buffer, signature: string) => boolean;
}

type OfficeHandlers = Pick<Handlers, Extract<keyof Handlers, `office.${string}`>>;

export function officeHandlers(counter: Counter, place: OfficePlace): OfficeHandlers {
  return Object.freeze({
    'office.line': () => lineView(place),
    'office.state': () => officeState(place),
    'office.queue': (input: Checked<'office.queue'>) => queueOf(place, input),
    'office.overview': () => overviewOf(place),
    'office.find': (input: Checked<'office.find'>) => find(place, input),
    'office.reservation': ({ key }: Checked<'office.reservation'>) => reservationOf(place, key),
    'office.visit': visitHandler(counter, place),
    ...reservationHandlers(place),
    ...shareHandlers(place),
    ...allowanceHandlers(place),
    ...careHandlers(place),
    'office.rejoin': rejoinHandler(counter, place),
  });
}

async function find(
  place: OfficePlace,
  account: Checked<'office.find'>,
): Promise<Output<'office.find'>> {
  const { books, link } = place;
  refuseUnless(
    account.branch !== books.code(),
    'own-branch',
    'This account is kept here: post it as any other.',
    'branch',
  );
  const now = place.clock.now();
  const held = heldOf(place, account);
  const open = held.filter((each) => allowanceView(each, now).state === 'open');
  const left = open.reduce((sum, each) => sum + BigInt(allowanceView(each, now).leftMinor), 0n);
  const found = link?.isReachable() ? await link.ask((line) => line.findAccount(account)) : null;
  const card = guestView(place.cards, account);
  const rest = { allowanceMinor: String(left), card };
  if (found) return { name: found.name, currency: found.currency, from: 'head-office', ...rest };
  refuseUnless(
    !link?.isReachable(),
    'unknown-account',
    `Head office knows no account ${accountKey(account)}.`,
    'number',
  );
  if (card?.isFetched) return { name: card.name, currency: card.currency, from: 'card', ...rest };
  const [any] = held;
  refuseUnless(
    any,
    'office-unreachable',
    `Head office cannot be asked about ${accountKey(account)}, and neither card nor allowance for it is held here.`,
    'number',
  );
  const { name, currency } = any.allowance;
  return { name, currency, from: 'allowance', ...rest };
}

function reservationOf({ books }: OfficePlace, key: string): Output<'office.reservation'> {
  const row = books.reads.reservation(key);
  if (!row)
    throw new Refusal('reservation-unknown', 'Nothing was asked for under this key.', 'key');
  return reservationView(row);
}

function done<R>(
  type: string,
  data: Recorded<R>['data'],
  result: R,
  place: OfficePlace,
): Recorded<R> {
  return { type, data, result, topics: ['office', 'account'], announce: () => place.link?.wake() };
}

function reservationHandlers(place: OfficePlace) {
  const { books } = place;
  const reserve: KeyedHandler<'office.reserve'> = {
    record({ account, name, amountMinor, currency }, _asker, moment) {
      refuseAlone(place);
      refuseUnless(
        account.branch !== books.code(),
        'own-branch',
        'This account is kept here.',
        'account.branch',
      );
      refuseUnless(
        amountMinor > 0n,
        'amount-not-positive',
        'Nothing would be kept.',
        'amountMinor',
      );
      // Unique to this event of this device's log, and known before anything is sent.
      const device = Buffer.from(books.ledger.publicKey).toString('hex');
      const key = `${device.slice(0, 16)}${moment.seq.toString(16).padStart(16, '0')}`;
      const reservation = { key, ...account, name, amountMinor: String(amountMinor), currency };
      return done('reservation.asked', { reservation }, { key }, place);
    },
  };
  const abandon: KeyedHandler<'office.abandon'> = {
    record({ key }) {
      const row = books.reads.reservation(key);
      refuseUnless(
        row && row.state !== 'ended',
        'reservation-ended',
        'This reservation has ended already.',
        'key',
      );
      const office: OfficePart = { kind: 'abandoned', reservation: key };
      return done('reservation.abandoned', { office }, {}, place);
    },
  };
  return { 'office.reserve': reserve, 'office.abandon': abandon };
}

function keptAccount({ books }: OfficePlace, number: string): Account {
  const account = books.ledger.accountByNumber(number);
  refuseUnless(
    account?.customer != null,
    'unknown-account',
    `There is no customer's account ${number} here.`,
    'number',
  );
  return account as Account;
}

function shareHandlers(place: OfficePlace) {
  const { books } = place;
  const share: KeyedHandler<'office.share'> = {
    record({ number, amountMinor, reason }) {
      refuseAlone(place);
      const account = keptAccount(place, number);
      const room = debitRoom(account);
      const { currency } = account;
      refuseUnless(
        amountMinor > 0n && amountMinor <= room,
        'not-enough-available',
        `${formatMoney(room, currency)} can be set aside at most.`,
        'amountMinor',
      );
      const before = books.reads.share(account.id);
      const newMinor = (before?.amountMinor ?? 0n) + amountMinor;
      const named = { branch: books.code(), number: account.number };
      const office: OfficePart = {
        kind: 'shared',
        account: named,
        amountMinor: String(amountMinor),
        answersMinor: '0',
        currency,
      };
      const { type, data } = shareEvent(
        'account.shared',
        account,
        { share: before, newMinor },
        { office, reason },
      );
      return done(type, data, {}, place);
    },
  };
  const recall: KeyedHandler<'office.recall'> = {
    record({ number, amountMinor, reason }) {
      refuseAlone(place);
      const account = keptAccount(place, number);
      const before = books.reads.share(account.id)?.amountMinor ?? 0n;
      const { currency } = account;
      refuseUnless(
        amountMinor > 0n && amountMinor <= before,
        'not-set-aside',
        `${formatMoney(before, currency)} are set aside of this account.`,
        'amountMinor',
      );
      const named = { branch: books.code(), number: account.number };
      const office: OfficePart = {
        kind: 'recalled',
        account: named,
        amountMinor: String(amountMinor),
        currency,
      };
      return done('share.recalled', { office, reason }, {}, place);
    },
  };
  return { 'office.share': share, 'office.recall': recall };
}

function allowanceHandlers(place: OfficePlace) {
  const ask: KeyedHandler<'office.askAllowance', Output<'office.askAllowance'>> = {
    async before({ account, till, amountMinor, hours }) {
      const { link, books } = place;
      if (!link) throw new Refusal('office-none', 'This branch has no head office.');
      // The same wish made twice on one head of the log is one wish.
      const head = Buffer.from(books.ledger.head().hash).toString('hex').slice(0, 32);
      const key = `${head}-${accountKey(account)}-${amountMinor}`;
      const wish = { key, account, till, amountMinor, lifeMs: hours * 3_600_000 };
      const { kind } = await link.ask((line) => line.askAllowance(wish));
      return { state: kind };
    },
    record({ account, till, amountMinor, hours }, _asker, _moment, answer) {
      const wish = { account: { ...account }, till, amountMinor: String(amountMinor), hours };
      return done('allowance.asked', { wish, state: answer.state }, answer, place);
    },
  };
  const giveBack: KeyedHandler<'office.returnAllowance'> = {
    record({ id }) {
      const { type, data } = returnEvent(place.books.reads, id);
      return done(type, data, {}, place);
    },
  };
  return { 'office.askAllowance': ask, 'office.returnAllowance': giveBack };
}

function careHandlers(place: OfficePlace) {
  const settle: KeyedHandler<'office.settle', null> = {
    async before({ id, note }) {
      const { link } = place;
      if (!link) throw new Refusal('office-none', 'This branch has no head office.');
      const sql = 'SELECT office.settle_own_exception($1, $2) AS settled';
      const [row] = await link.ask((line) => line.read<{ settled: boolean }>(sql, [id, note]));
      refuseUnless(
        row?.settled,
        'exception-not-ours',
        'This is head office’s to settle, or settled already.',
        'id',
      );
      return null;
    },
    record: ({ id, note }) => done('exception.settled', { exception: id, note }, {}, place),
  };
  const resume: KeyedHandler<'office.resume'> = {
    record({ reason }) {
      const { link } = place;
      refuseUnless(
        link?.state().stage === 'stopped',
        'line-not-stopped',
        'The line is not stopped.',
      );
      return { ...done('office.resumed', { reason }, {}, place), announce: () => link?.resume() };
    },
  };
  return { 'office.settle': settle, 'office.resume': resume };
}

/** Two people here, each by their own proof, ask to go on with an older copy; who they are stands in the log. */
function rejoinHandler(
  counter: Counter,
  place: OfficePlace,
): KeyedHandler<'office.rejoin', Person> {
  const refuseUnneeded = (): void => {
    const state = place.link?.state();
    refuseUnless(
      state && canRejoin(state),
      'rejoin-not-needed',
      'Head office is not older than this branch knows it: there is nothing to let in again.',
    );
  };
  return {
    async before({ second }, asker) {
      refuseUnneeded();
      const at = { window: asker.window, purpose: 'office.rejoin', field: 'second' };
      const person = await counter.sessions.checkPassword(second, at);
      refuseUnless(
        person.id !== asker.person.id,
        'same-person',
        'Somebody else must decide too.',
        'second.user',
      );
      refuseUnless(
        hasRole(person, 'supervisor', 'administrator'),
        'role-needed',
        `${person.name} is neither supervisor nor administrator.`,
        'second.user',
      );
      return person;
    },
    record({ reason }, _asker, _moment, second) {
      refuseUnneeded();
      return done('office.rejoin-asked', { reason, second: second.id }, {}, place);
    },
  };
}
