// Handles cash between tills and the vault: asked for, handed into transit, counted and taken, or sent back.
import type { Checked, Output } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import { describePieces, noPieces, subtractPieces } from '#station/bank/denominations.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type { JournalData } from '#station/ledger/events.ts';
import type { MovementRow } from '#station/ledger/projections/movement.ts';
import type { TillRow } from '#station/ledger/projections/till.ts';
import { type Counter, entryOf, hasRole, openDate } from './counter.ts';
import type { Asker, Handlers, KeyedHandler, Person, Recorded } from './desk.ts';
import { keeps, maySee, movementView, today } from './movement-view.ts';
import { findTill, requireState } from './till-access.ts';
import { chartAccount, purseOf } from './till-chart.ts';
import { movedMinor, refuseMissing, refuseOverfull } from './vault.ts';

type MovementHandlers = Pick<Handlers, Extract<keyof Handlers, `movement.${string}`>>;
type Moved = Output<'movement.offer'>;

export function movementHandlers(counter: Counter): MovementHandlers {
  return Object.freeze({
    'movement.list': ({ date }: Checked<'movement.list'>, { person }: Asker) => {
      refuseUnless(person, 'not-signed-in', 'Nobody is signed in at this window.');
      const rows = date === undefined ? today(counter) : counter.movements.onDate(date);
      const seen = rows.filter((row) => maySee(counter, row, person));
      return { movements: seen.map((row) => movementView(counter, row, person)) };
    },
    'movement.request': requestHandler(counter),
    'movement.offer': offerHandler(counter),
    'movement.accept': acceptHandler(counter),
    'movement.decline': declineHandler(counter),
    'movement.cancel': cancelHandler(counter),
  });
}

interface Ends {
  readonly from: TillRow;
  readonly to: TillRow;
}

/** Both ends of a movement; refuses one end twice, closed tills and currencies they do not keep. */
function endsOf(counter: Counter, draft: { from: number; to: number; currency: string }): Ends {
  refuseUnless(
    draft.from !== draft.to,
    'same-till',
    'Cash moves between two tills: choose another.',
    'to',
  );
  const from = findTill(counter, draft.from, 'from');
  const to = findTill(counter, draft.to, 'to');
  for (const till of [from, to]) {
    requireState(till, 'open');
    purseOf(till, draft.currency);
  }
  return { from, to };
}

function refuseUnkept(till: TillRow, person: Person, field: string): void {
  const keeper = till.kind === 'vault' ? 'a supervisor' : 'whoever has it open';
  refuseUnless(
    keeps(till, person),
    'till-not-yours',
    `${till.name} is not yours: ${keeper} does this.`,
    field,
  );
}

/** Tells whoever keeps the till that cash waits for them. */
function tellKeeper(counter: Counter, till: TillRow, movement: number, message: string): void {
  const payload = { movement, message };
  if (till.kind === 'vault') {
    counter.announcer.toRoles(['supervisor'], 'movement.waiting', payload);
  } else if (till.teller !== null) {
    counter.announcer.toPerson(till.teller, 'movement.waiting', payload);
  }
}

function requestHandler(counter: Counter): KeyedHandler<'movement.request'> {
  return {
    record(input, { person }, moment): Recorded<Moved> {
      openDate(moment);
      const { currency, denominations, narrative } = input;
      const { from, to } = endsOf(counter, input);
      refuseUnkept(to, person, 'to');
      refuseSamePerson(from, person.id, 'from');
      const amount = movedMinor(denominations, currency, 'denominations');
      const money = formatMoney(amount, currency);
      return {
        type: 'movement.requested',
        data: {
          ...{ from: from.till, to: to.till, currency, narrative },
          ...{ amountMinor: String(amount), denominations: { ...denominations } },
        },
        result: { movement: moment.seq },
        topics: ['movement'],
        announce: () =>
          tellKeeper(counter, from, moment.seq, `${to.name} asks ${from.name} for ${money}.`),
      };
    },
  };
}

function refuseSamePerson(till: TillRow, person: number, field: string): void {
  refuseUnless(
    till.teller !== person,
    'same-person',
    `${till.name} is yours as well: giver and receiver are two persons.`,
    field,
  );
}

function offerHandler(counter: Counter): KeyedHandler<'movement.offer'> {
  return {
    record(input, { person }, moment): Recorded<Moved> {
      const date = openDate(moment);
      const { currency, denominations, narrative, request } = input;
      const { from, to } = endsOf(counter, input);
      refuseUnkept(from, person, 'from');
      refuseSamePerson(to, person.id, 'to');
      const amount = movedMinor(denominations, currency, 'denominations');
      refuseMissing(counter, from, { currency, denominations });
      refuseOverfull(counter, to, { currency, amountMinor: amount });
      if (request !== undefined) refuseOtherRequest(counter, request, { ...input, person });
      const movement = request ?? moment.seq;
      const amountMinor = String(amount);
      const transfer = { currency, denominations, amountMinor, narrative };
      const money = formatMoney(amount, currency);
      return {
        type: 'movement.offered',
        data: {
          ...{ from: from.till, to: to.till, ...transfer, denominations: { ...denominations } },
          ...(request === undefined ? {} : { request }),
          journal: transitJournal(
            counter,
            { till: from, side: 'out', kind: 'movement.offer' },
            transfer,
          ),
          entry: entryOf({
            ...{ kind: 'movement.offer', valueDate: date, amountMinor, currency, narrative },
            ...{ till: from.till, name: from.name },
            what: `${from.name} to ${to.name}: ${describePieces(denominations, currency)}`,
          }),
        },
        result: { movement },
        topics: ['movement', 'till', 'journal'],
        announce: () =>
          tellKeeper(counter, to, movement, `${from.name} hands ${money} to ${to.name}.`),
      };
    },
  };
}

/** An offer may answer a request for the same currency between the same ends, by somebody else. */
function refuseOtherRequest(
  counter: Counter,
  request: number,
  offer: { from: number; to: number; currency: string; person: Person },
): void {
  const row = counter.movements.movement(request);
  refuseUnless(
    row?.state === 'requested',
    'request-unknown',
    `There is no request ${request} that waits for cash.`,
    'request',
  );
  const fits = row.from === offer.from && row.to === offer.to && row.currency === offer.currency;
  refuseUnless(
    fits,
    'request-differs',
    `Request ${request} is for other tills or another currency.`,
    'request',
  );
  refuseUnless(
    row.askedBy !== offer.person.id,
    'same-person',
    'You asked for this yourself: somebody else gives it.',
    'request',
  );
}

interface Transfer {
  readonly currency: string;
  readonly denominations: Readonly<Record<string, number>>;
  readonly amountMinor: string;
  readonly narrative: string;
}

/** Out of a till into transit, or out of transit into a till; notes move on both sides. */
function transitJournal(
  counter: Counter,
  end: { readonly till: TillRow; readonly side: 'in' | 'out'; readonly kind: string },
  transfer: Transfer,
): JournalData {
  const { currency, denominations, amountMinor, narrative } = transfer;
  const purse = purseOf(end.till, currency);
  const transit = chartAccount(counter.ledger, 'TRANSIT', currency).id;
  const [debit, credit] = end.side === 'out' ? [transit, purse] : [purse, transit];
  const label = end.side === 'out' ? 'into transit' : 'out of transit';
  return {
    kind: end.kind,
    legs: [{ debit, credit, amountMinor, currency, label }],
    cash: [
      { account: debit, pieces: { ...denominations } },
      { account: credit, pieces: { ...subtractPieces(noPieces, denominations) } },
    ],
    narrative,
    till: end.till.till,
  };
}

/** The movement, refused unless it is on its way. */
function offered(counter: Counter, movement: number): MovementRow {
  const row = counter.movements.movement(movement);
  refuseUnless(row, 'movement-unknown', `There is no movement ${movement}.`, 'movement');
  refuseUnless(
    row.state === 'offered',
    'movement-settled',
    `Movement ${movement} is ${row.state}: only cash that was offered can be taken or sent back.`,
    'movement',
  );
  return row;
}

function transferOf(row: MovementRow): Transfer {
  const { currency, denominations, amountMinor, narrative } = row;
  return { currency, denominations, amountMinor: String(amountMinor), narrative };
}

function acceptHandler(counter: Counter): KeyedHandler<'movement.accept'> {
  return {
    record({ movement, denominations }, { person }, moment): Recorded<Moved> {
      const date = openDate(moment);
      const row = offered(counter, movement);
      const to = findTill(counter, row.to, 'movement');
      const from = findTill(counter, row.from, 'movement');
      refuseUnkept(to, person, 'movement');
      requireState(to, 'open');
      refuseUnless(
        row.givenBy !== person.id,
        'same-person',
        'You gave this cash yourself: somebody else takes it.',
        'movement',
      );
      const differs = Object.keys(subtractPieces(denominations, row.denominations)).length > 0;
      refuseUnless(
        !differs,
        'count-differs',
        `You counted ${describePieces(denominations, row.currency)}, ${describePieces(row.denominations, row.currency)} was handed over: count again, or send it back.`,
        'denominations',
      );
      const { currency, amountMinor } = row;
      refuseOverfull(counter, to, { currency, amountMinor });
      return settle(counter, row, {
        ...{ kind: 'movement.accept', end: to, date, reason: '' },
        what: `${to.name} from ${from.name}: ${describePieces(row.denominations, currency)}`,
      });
    },
  };
}

/** How a movement ends, and the event that says so. */
const endings = {
  'movement.accept': 'movement.accepted',
  'movement.decline': 'movement.declined',
  'movement.cancel': 'movement.cancelled',
} as const;

interface Settled {
  readonly kind: keyof typeof endings;
  readonly end: TillRow;
  readonly date: string;
  readonly what: string;
  readonly reason: string;
}

/** Takes the cash out of transit into the till where it ends up. */
function settle(counter: Counter, row: MovementRow, settled: Settled): Recorded<Moved> {
  const { kind, end, date, what, reason } = settled;
  const transfer = transferOf(row);
  const { amountMinor, currency } = transfer;
  const entry = entryOf({
    ...{ kind, what, valueDate: date, amountMinor, currency, till: end.till, name: end.name },
    narrative: reason || row.narrative,
  });
  const journal = transitJournal(counter, { till: end, side: 'in', kind }, transfer);
  const { movement } = row;
  return {
    ...{ type: endings[kind], result: { movement }, topics: ['movement', 'till', 'journal'] },
    data: { movement, journal, entry, reason },
  };
}

function declineHandler(counter: Counter): KeyedHandler<'movement.decline'> {
  return {
    record({ movement, reason }, { person }, moment): Recorded<Moved> {
      const date = openDate(moment);
      const row = offered(counter, movement);
      const to = findTill(counter, row.to, 'movement');
      refuseUnkept(to, person, 'movement');
      refuseUnless(
        row.givenBy !== person.id,
        'same-person',
        'You gave this cash yourself: cancel the offer instead.',
        'movement',
      );
      return sendBack(counter, row, { kind: 'movement.decline', date, reason, by: to.name });
    },
  };
}

/** The giver has it again. */
function sendBack(
  counter: Counter,
  row: MovementRow,
  how: { kind: keyof typeof endings; date: string; reason: string; by: string },
): Recorded<Moved> {
  const from = findTill(counter, row.from, 'movement');
  const what = `${from.name} back from ${how.by}: ${describePieces(row.denominations, row.currency)}`;
  const recorded = settle(counter, row, { ...how, end: from, what });
  const message = `${formatMoney(row.amountMinor, row.currency)} came back: ${how.reason}`;
  const announce = () => tellKeeper(counter, from, row.movement, message);
  return { ...recorded, announce };
}

function cancelHandler(counter: Counter): KeyedHandler<'movement.cancel'> {
  return {
    record({ movement, reason }, { person }, moment): Recorded<Moved> {
      const row = counter.movements.movement(movement);
      refuseUnless(row, 'movement-unknown', `There is no movement ${movement}.`, 'movement');
      if (row.state === 'requested') {
        refuseUnless(
          row.askedBy === person.id || hasRole(person, 'supervisor'),
          'movement-not-yours',
          'Somebody else asked for this cash: they take the request back.',
          'movement',
        );
        const data = { movement, reason };
        return { type: 'movement.cancelled', data, result: { movement }, topics: ['movement'] };
      }
      const date = openDate(moment);
      offered(counter, movement);
      refuseUnless(
        row.givenBy === person.id,
        'movement-not-yours',
        'Somebody else gave this cash: the receiver sends it back.',
        'movement',
      );
      const by = counter.tills.till(row.to)?.name ?? 'transit';
      return sendBack(counter, row, { kind: 'movement.cancel', date, reason, by });
    },
  };
}
