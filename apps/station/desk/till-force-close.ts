// Closes the till of a colleague who is not there: counted by a supervisor and a second person, for a reason.
import { refuseUnless } from '#station/bank/refusal.ts';
import type { CountData, TillRow } from '#station/ledger/projections/till.ts';
import { type Counter, openDate } from './counter.ts';
import type { KeyedHandler, Person, SignedIn } from './desk.ts';
import { checkSecond } from './second-person.ts';
import { findTill, requireState } from './till-access.ts';
import { causesOf } from './till-causes.ts';
import { refuseUnfinished } from './till-close.ts';
import {
  compareCounts,
  countResult,
  differenceJournal,
  readCounts,
  suspense,
} from './till-count.ts';
import { differenceEntry } from './till-difference.ts';

/** The till, open for somebody who is neither of the two that count it. */
function absentTill(counter: Counter, id: number, asker: SignedIn): TillRow {
  const till = findTill(counter, id);
  refuseUnless(till.kind === 'till', 'till-is-vault', 'The vault closes with the day.', 'till');
  requireState(till, 'open', 'paused', 'counting');
  refuseUnless(
    till.teller !== asker.person.id,
    'till-is-yours',
    `${till.name} is yours: count and close it yourself.`,
    'till',
  );
  return till;
}

function refuseTeller(till: TillRow, second: Person): void {
  refuseUnless(
    till.teller !== second.id,
    'teller-is-here',
    `${second.name} has ${till.name} open and is here: they count and close it themselves.`,
    'second.user',
  );
}

export function forceCloseHandler(counter: Counter): KeyedHandler<'till.forceClose', Person> {
  return {
    async before({ till: id, counts, second }, asker) {
      openDate(counter.ledger.moment());
      const till = absentTill(counter, id, asker);
      refuseUnfinished(counter, till, null);
      readCounts(counts, till);
      const what = till.name;
      const person = await checkSecond(counter, second, {
        asker,
        purpose: 'till.forceClose',
        what,
      });
      refuseTeller(till, person);
      return person;
    },
    record({ till: id, counts, reason }, asker, moment, second) {
      const date = openDate(moment);
      const till = absentTill(counter, id, asker);
      refuseTeller(till, second);
      refuseUnfinished(counter, till, null);
      const lines = compareCounts(counter.ledger, till.purses, readCounts(counts, till));
      const by = asker.person.id;
      const count: CountData = {
        ...{ till: id, purpose: 'close', by, second: second.id, blind: true, lines },
      };
      const counted = { lines, purses: till.purses };
      const journal = differenceJournal(counter.ledger, counted, suspense(id));
      const entry = { ...differenceEntry(till, lines, date), narrative: reason };
      const seen = { till: id, seq: moment.seq, lines, disclosed: true };
      return {
        type: 'till.force-closed',
        data: {
          ...{ till: id, teller: till.teller, count, explanation: reason },
          ...(journal ? { journal, entry } : {}),
        },
        result: countResult(seen, (line) => causesOf(counter, till, line)),
        topics: ['till', 'journal', 'session', 'day', 'account'],
      };
    },
  };
}
