// Pays out of and takes in for accounts of other branches: covered by head office, or inside the stand-in limits.
import { verify } from 'node:crypto';
import type { Checked, Output } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import { noPieces, subtractPieces, valueMinor } from '#station/bank/denominations.ts';
import { personKey } from '#station/bank/facts.ts';
import { roleLimitFor } from '#station/bank/limits.ts';
import { conversionNote, fromBase } from '#station/bank/rates.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import { publicKeyOf } from '#station/ledger/checkpoint.ts';
import type { TillRow } from '#station/ledger/projections/till.ts';
import type { HeldAllowance } from '#station/office/protocol/allowance.ts';
import { coverOffline, type FloorLimit } from '#station/office/protocol/stand-in.ts';
import {
  type Allowance,
  accountKey,
  type OfficeAccount,
  type VisitPart,
} from '#station/office/protocol/values.ts';
import { type Counter, entryOf, hasRole, openDate } from './counter.ts';
import type { KeyedHandler, Person, SignedIn } from './desk.ts';
import type { OfficePlace } from './office.ts';
import { officeAccounts, refuseAlone } from './office-desk.ts';
import { refuseByCard } from './office-guests.ts';
import { freshHits, refuseListed } from './screening-postings.ts';
import { requireState } from './till-access.ts';
import { purseOf } from './till-chart.ts';
import { movedMinor, refuseMissing, refuseOverfull } from './vault.ts';

type Input = Checked<'office.visit'>;
type Result = Output<'office.visit'>;

export function visitHandler(
  counter: Counter,
  place: OfficePlace,
): KeyedHandler<'office.visit', Person | null> {
  return {
    async before({ second }, asker) {
      if (!second) return null;
      const at = { window: asker.window, purpose: 'office.visit', field: 'second' };
      const person = await counter.sessions.checkPassword(second, at);
      refuseUnless(
        person.id !== asker.person.id,
        'same-person',
        'Somebody else must decide.',
        'second.user',
      );
      refuseUnless(
        hasRole(person, 'supervisor'),
        'role-needed',
        `${person.name} is no supervisor.`,
        'second.user',
      );
      return person;
    },
    record(input, asker, moment, second) {
      refuseAlone(place);
      const date = openDate(moment);
      const { account, amountMinor, currency, side } = input;
      const code = place.books.code();
      refuseUnless(
        account.branch !== code,
        'own-branch',
        `Account ${account.number} is kept here: post it as any other.`,
        'account.branch',
      );
      const till = tillOf(counter, asker);
      refuseCash(counter, till, input);
      refuseLimit(counter, input, { asker, second, date });
      refuseByCard(place.cards, input, { date, isDecided: second !== null });
      const names = visitNames(counter, input);
      refuseListed(names, { isSeconded: second !== null, field: 'second.user' });
      const cover = coverOf(place, input, {
        till: till.till,
        now: moment.at,
        isDecided: second !== null,
      });
      const { ids, opened } = officeAccounts(counter.ledger, currency, ['INTERBRANCH']);
      const purse = purseOf(till, currency);
      const [debit, credit] =
        side === 'debit' ? [ids.INTERBRANCH, purse] : [purse, ids.INTERBRANCH];
      const amount = String(amountMinor);
      const pieces =
        side === 'debit' ? subtractPieces(noPieces, input.denominations) : input.denominations;
      return {
        type: 'journal.posted',
        data: {
          ...(opened.length === 0 ? {} : { accounts: opened }),
          journal: {
            ...{ kind: 'office.visit', till: till.till, narrative: accountKey(account) },
            legs: [
              { debit, credit, amountMinor: amount, currency, label: `for ${accountKey(account)}` },
            ],
            cash: [{ account: purse, pieces: { ...pieces } }],
          },
          entry: entryFor(input, { date, till: till.till }),
          activity: [
            {
              ...{ persons: [personKey(input.conductor)], account: accountKey(account), currency },
              ...{ direction: side === 'debit' ? 'out' : 'in', amountMinor: amount },
            },
          ],
          moved: [],
          office: cover.part,
          ...(second ? { second: second.id } : {}),
          ...freshHits(names),
        },
        result: { journal: moment.seq, covered: cover.covered, openMinor: cover.part.openMinor },
        topics: ['journal', 'till', 'office', 'account'],
        announce: () => place.link?.wake(),
      };
    },
  };
}

/** What the lists say of whose account it is and of who stands at the desk. */
function visitNames({ screening }: Counter, { name, conductor }: Input) {
  if (!screening) return [];
  const holder = screening.nameFacts(name, 'account holder');
  const other =
    conductor.kind === 'customer'
      ? screening.customerFacts(conductor.customer, 'at the desk')
      : screening.nameFacts(conductor.name, 'at the desk');
  return [...holder, ...other];
}

function tillOf(counter: Counter, { person }: SignedIn): TillRow {
  const till = counter.tills.ofTeller(person.id);
  refuseUnless(
    till,
    'till-not-open',
    'You have no open till: open one before you take or pay cash.',
  );
  requireState(till, 'open');
  return till;
}

function refuseCash(counter: Counter, till: TillRow, input: Input): void {
  const { currency, denominations, amountMinor, side } = input;
  const counted = movedMinor(denominations, currency, 'denominations');
  refuseUnless(
    counted === amountMinor,
    'denominations-do-not-add-up',
    `The notes and coins come to ${formatMoney(counted, currency)}, ${formatMoney(amountMinor, currency)} is due.`,
    'denominations',
  );
  if (side === 'debit') refuseMissing(counter, till, { currency, denominations });
  else refuseOverfull(counter, till, { currency, amountMinor: valueMinor(denominations) });
}

/** The same limits as for an account of this branch; over the soft one a supervisor is at the desk. */
function refuseLimit(
  counter: Counter,
  { amountMinor, currency, side }: Input,
  by: { readonly asker: SignedIn; readonly second: Person | null; readonly date: string },
): void {
  const task = side === 'debit' ? 'cash.withdrawal' : 'cash.deposit';
  const { roles } = by.asker.person;
  const policy = counter.policies.inForce();
  const limit = roleLimitFor(policy, { roles, task, currency });
  const note = conversionNote(limit.by, { date: by.date, oldDays: policy.rates.oldDays });
  const money = formatMoney(amountMinor, currency);
  refuseUnless(
    limit.hardMinor === null || amountMinor <= limit.hardMinor,
    'over-hard-limit',
    `${money} is more than a ${limit.role} may post: ${formatMoney(limit.hardMinor ?? 0n, currency)} is the most${note}.`,
    'amountMinor',
  );
  refuseUnless(
    amountMinor <= limit.softMinor || by.second !== null,
    'second-needed',
    `${money} is over the ${limit.role} limit of ${formatMoney(limit.softMinor, currency)}${note}: a supervisor agrees here.`,
    'second',
  );
}

interface Covered {
  readonly covered: Result['covered'];
  readonly part: VisitPart;
}

function coverOf(
  place: OfficePlace,
  input: Input,
  at: { readonly till: number; readonly now: number; readonly isDecided: boolean },
): Covered {
  const { account, side, amountMinor, currency, reservation = '' } = input;
  const part: VisitPart = {
    ...{ kind: 'visit', account: { ...account }, side, amountMinor: String(amountMinor), currency },
    ...{ reservation: '', spent: [], openMinor: '0' },
  };
  if (side === 'credit') return { covered: 'cash', part };
  if (reservation !== '') {
    refuseReservation(place, input, reservation);
    return { covered: 'reservation', part: { ...part, reservation } };
  }
  refuseWhileReachable(place, account);
  const { exposedMinor, exposedTimes } = exposureOf(place, account, currency);
  const cover = coverOffline({
    ...{ account, amountMinor, currency, till: at.till, now: at.now, isDecided: at.isDecided },
    ...{
      branch: place.books.code(),
      device: Buffer.from(place.books.ledger.publicKey).toString('hex'),
    },
    ...{
      held: heldOf(place, account),
      floor: floorOf(place, currency),
      exposedMinor,
      exposedTimes,
    },
    isSigned: place.isSigned,
  });
  if (cover.kind === 'refused') refuseUnless(false, cover.problem.reason, cover.problem.message);
  refuseUnless(
    cover.kind === 'covered',
    'exposure-undecided',
    cover.kind === 'decision' ? cover.message : '',
    'second',
  );
  const spent = cover.spent.map((each) => ({ ...each }));
  return { covered: cover.by, part: { ...part, spent, openMinor: String(cover.openMinor) } };
}

function refuseReservation(place: OfficePlace, input: Input, key: string): void {
  const row = place.books.reads.reservation(key);
  const isSame =
    row?.branch === input.account.branch &&
    row.number === input.account.number &&
    row.currency === input.currency &&
    row.amountMinor === input.amountMinor;
  refuseUnless(
    isSame && row?.state === 'reserved',
    'reservation-not-held',
    `Head office has not kept this amount for this account (${row?.state ?? 'never asked'}): ask again.`,
    'reservation',
  );
}

/** Stand-in is for when head office cannot answer; while it can, it is asked. */
function refuseWhileReachable(place: OfficePlace, account: OfficeAccount): void {
  if (!place.link?.isReachable()) return;
  const waits = place.books.reads.reservations().some(({ branch, number, state }) => {
    return branch === account.branch && number === account.number && state === 'waiting';
  });
  refuseUnless(
    waits,
    'reserve-first',
    'Head office answers: ask it to keep the amount before it is paid.',
    'reservation',
  );
}

/** What this branch paid of the account without cover that head office does not know of yet. */
function exposureOf({ books, link }: OfficePlace, account: OfficeAccount, currency: string) {
  const received = link?.state().received.seq ?? 0;
  const row = books.reads
    .exposures(received)
    .find((each) => accountKey(each) === accountKey(account) && each.currency === currency);
  return { exposedMinor: row?.amountMinor ?? 0n, exposedTimes: row?.times ?? 0 };
}

export function heldOf(
  { books }: Pick<OfficePlace, 'books'>,
  account?: OfficeAccount,
): readonly HeldAllowance[] {
  return books.reads.allowances(account).map(({ document, signature, spentMinor, state }) => ({
    ...{ allowance: JSON.parse(document) as Allowance, signature, spentMinor, state },
  }));
}

/** Without a word of head office: 100.00 of the base, twice; of yen or dinar nobody can say how much that is. */
const ownFloorMinor = 10_000n;

/**
 * Head office's limits for standing in (`stand-in` of its reference data), else a small one. A currency
 * they do not name has the base's limit by the newest rate; without a rate it is zero, and a supervisor
 * decides.
 */
export function floorOf(
  { books, orders: { rates } }: Pick<OfficePlace, 'books' | 'orders'>,
  currency: string,
): FloorLimit {
  const published = books.reads.reference('stand-in')?.value as
    | { readonly floors?: Readonly<Record<string, string>>; readonly times?: number }
    | undefined;
  const times = published?.times ?? 2;
  const floorIn = (code: string): bigint | null => {
    if (!published) return code === rates.base() ? ownFloorMinor : null;
    const amount = published.floors?.[code];
    return amount !== undefined && /^\d{1,15}$/.test(amount) ? BigInt(amount) : null;
  };
  const own = floorIn(currency);
  if (own !== null) return { amountMinor: own, times };
  const list = rates.reads.rates();
  const base = list && floorIn(list.base);
  const converted =
    list && base !== null ? fromBase(list, base, { currency, rounding: 'down' }) : null;
  return { amountMinor: converted ?? 0n, times };
}

/** Whether head office's key signed the bytes. */
export function signatureCheck(officeKey: string): (note: Buffer, signature: string) => boolean {
  const key = publicKeyOf(Buffer.from(officeKey, 'hex'));
  return (note, signature) =>
    /^[0-9a-f]{128}$/.test(signature) && verify(null, note, key, Buffer.from(signature, 'hex'));
}

function entryFor(input: Input, at: { readonly date: string; readonly till: number }) {
  const { account, name, currency, side, conductor } = input;
  const what = side === 'debit' ? 'Paid out for' : 'Taken in for';
  const money = formatMoney(input.amountMinor, currency);
  return entryOf({
    ...{
      kind: 'office.visit',
      valueDate: at.date,
      amountMinor: String(input.amountMinor),
      currency,
    },
    ...{ till: at.till, account: account.number, name },
    what: `${what} branch ${account.branch}: ${money}`,
    narrative: accountKey(account),
    conductor:
      conductor.kind === 'other'
        ? `${conductor.name} (document ${conductor.document})`
        : `customer ${conductor.customer}`,
  });
}
