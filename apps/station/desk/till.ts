// Handles the tills: added, opened on a blind count, paused, counted, closed, and counted by surprise.
import { facesOf } from '#contract/faces.ts';
import type { Checked, Output } from '#contract/index.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { CountData, TillRow } from '#station/ledger/projections/till.ts';
import { type Counter, openDate } from './counter.ts';
import type { Asker, Handlers, KeyedHandler, Moment, Recorded, SignedIn } from './desk.ts';
import { findTill, ownTill, requireState } from './till-access.ts';
import { blindnessOf } from './till-blind.ts';
import { causesOf } from './till-causes.ts';
import { tillCloseHandler } from './till-close.ts';
import { type Counts, compareCounts, countResult, isBalanced, readCounts } from './till-count.ts';
import { forceCloseHandler } from './till-force-close.ts';
import { tillNeedHandler } from './till-need.ts';
import { tillOpenHandler } from './till-open.ts';
import { tillView } from './till-view.ts';

type TillHandlers = Pick<Handlers, Extract<keyof Handlers, `till.${string}`>>;

export function tillHandlers(counter: Counter): TillHandlers {
  return Object.freeze({
    'till.list': (_input: object, { person }: Asker) => {
      refuseUnless(person, 'not-signed-in', 'Nobody is signed in at this window.');
      const tills = counter.tills.list().map((till) => tillView(counter, till, person));
      return { tills };
    },
    'till.need': tillNeedHandler(counter),
    'till.add': addHandler(counter),
    'till.open': tillOpenHandler(counter),
    'till.forceClose': forceCloseHandler(counter),
    'till.pause': stateHandler(counter, { from: ['open'], type: 'till.paused' }),
    'till.resume': stateHandler(counter, { from: ['paused'], type: 'till.resumed' }),
    'till.beginCount': stateHandler(counter, {
      from: ['open', 'paused'],
      type: 'till.count-begun',
    }),
    'till.cancelCount': stateHandler(counter, { from: ['counting'], type: 'till.count-cancelled' }),
    'till.count': countHandler(counter),
    'till.close': tillCloseHandler(counter),
    'till.surpriseCount': surpriseHandler(counter),
  });
}

function addHandler(counter: Counter): KeyedHandler<'till.add'> {
  return {
    record({ name, currencies }) {
      const kept = counter.people.branch()?.currencies ?? [];
      currencies.forEach((currency, index) => {
        const at = `currencies.${index}`;
        refuseUnless(
          kept.includes(currency),
          'currency-not-kept',
          `This branch keeps ${kept.join(', ')}, not ${currency}.`,
          at,
        );
        refuseUnless(
          facesOf(currency),
          'no-cash-in-currency',
          `The bank keeps no notes and coins in ${currency}.`,
          at,
        );
        refuseUnless(
          currencies.indexOf(currency) === index,
          'currency-twice',
          `${currency} is named twice.`,
          at,
        );
      });
      const isTaken = counter.tills.list().some((till) => till.name === name);
      refuseUnless(
        !isTaken,
        'name-taken',
        `There is a ${name} already: choose another name.`,
        'name',
      );
      const till = counter.tills.nextId();
      const data = { till, kind: 'till', name, currencies: [...currencies] };
      return { type: 'till.added', data, result: { till }, topics: ['till'] };
    },
  };
}

type StateCommand = 'till.pause' | 'till.resume' | 'till.beginCount' | 'till.cancelCount';

function stateHandler(
  counter: Counter,
  step: { readonly from: readonly TillRow['state'][]; readonly type: string },
): KeyedHandler<StateCommand> {
  return {
    record({ till: id }: Checked<StateCommand>, asker: SignedIn): Recorded<{ till: number }> {
      const till = ownTill(counter, id, asker);
      requireState(till, ...step.from);
      const waits = counter.approvals
        .open()
        .some((each) => each.task === 'till.close' && each.till === id);
      refuseUnless(
        !waits,
        'close-waiting',
        `The close of ${till.name} waits for a supervisor: take that request back first.`,
        'till',
      );
      return { type: step.type, data: { till: id }, result: { till: id }, topics: ['till'] };
    },
  };
}

function countHandler(counter: Counter): KeyedHandler<'till.count'> {
  return {
    record({ till: id, counts }, asker, moment) {
      openDate(moment);
      const till = ownTill(counter, id, asker);
      requireState(till, 'counting');
      return recordCount(counter, till, { counts, purpose: 'close', asker, moment });
    },
  };
}

function surpriseHandler(counter: Counter): KeyedHandler<'till.surpriseCount'> {
  return {
    record({ till: id, counts }, asker, moment) {
      openDate(moment);
      const till = findTill(counter, id);
      if (till.teller === asker.person.id) {
        throw new Refusal(
          'till-is-yours',
          `${till.name} is yours: somebody else counts it by surprise.`,
          'till',
        );
      }
      requireState(till, 'open', 'paused');
      return recordCount(counter, till, { counts, purpose: 'surprise', asker, moment });
    },
  };
}

function recordCount(
  counter: Counter,
  till: TillRow,
  given: { counts: Counts; purpose: 'close' | 'surprise'; asker: SignedIn; moment: Moment },
): Recorded<Output<'till.count'>> {
  const { counts, purpose, asker, moment } = given;
  const lines = compareCounts(counter.ledger, till.purses, readCounts(counts, till));
  const by = asker.person.id;
  // Who counts by surprise watches over the branch, and sees its figures anyway.
  const { blind, disclosed } =
    purpose === 'close' ? blindnessOf(counter, till, lines) : { blind: false, disclosed: true };
  const count: CountData = { till: till.till, purpose, by, second: null, blind, lines };
  const seen = { till: till.till, seq: moment.seq, lines, disclosed };
  const result = countResult(seen, (line) => causesOf(counter, till, line));
  const type = purpose === 'close' ? 'till.counted' : 'till.surprise-counted';
  const data = { till: till.till, count, balanced: isBalanced(lines) };
  return { type, data, result, topics: ['till'] };
}
