// Handles the branch's day: opened on a date with the vault counted by two, closed from one list.
import type { Output } from '#contract/index.ts';
import {
  addDays,
  isBusinessDay,
  nextBusinessDay,
  rollDate,
  weekday,
} from '#station/bank/calendar.ts';
import { refuseUnless } from '#station/bank/refusal.ts';
import type {
  CountData,
  CountLine,
  PursesAdded,
  TillRow,
} from '#station/ledger/projections/till.ts';
import { type Counter, entryOf, instant, openDate } from './counter.ts';
import { blockersOf } from './day-blockers.ts';
import { closeHandler } from './day-close.ts';
import { createPackFiles } from './day-files.ts';
import { packHandlers } from './day-packs.ts';
import type { Handlers, KeyedHandler, Moment, Person } from './desk.ts';
import { checkSecond } from './second-person.ts';
import { chartOfAccounts } from './till-chart.ts';
import {
  type Booking,
  type Counts,
  compareCounts,
  differenceJournal,
  differenceMinor,
  differenceSentence,
  readCounts,
  suspense,
} from './till-count.ts';
import { requireVault } from './vault.ts';

type DayHandlers = Pick<Handlers, Extract<keyof Handlers, `day.${string}`>>;

export function dayHandlers(counter: Counter): DayHandlers {
  const files = createPackFiles(counter);
  return Object.freeze({
    'day.state': () => dayView(counter),
    'day.open': openHandler(counter),
    'day.blockers': () => ({ blockers: blockersOf(counter) }),
    'day.countVault': countVaultHandler(counter),
    'day.close': closeHandler(counter, files),
    ...packHandlers(counter, files),
  });
}

/** The calendar date the clock shows, in UTC: what a branch that opens for the first time begins with. */
function clockDate(at: number): string {
  return instant(at).slice(0, 10);
}

/**
 * The business day after the last one, or today's when that is later. A demonstration has a calendar of
 * its own: whenever it is shown, it goes on where its history ends.
 */
function nextDate(counter: Counter, at: number): string {
  const { calendar } = counter.policies.policy();
  const today = rollDate(clockDate(at), 'following', calendar);
  const latest = counter.days.latest();
  if (!latest) return today;
  const ended = counter.endedDate?.() ?? '';
  const next = nextBusinessDay(ended > latest.date ? ended : latest.date, calendar);
  return next > today || counter.demonstration ? next : today;
}

function dayView(counter: Counter): Output<'day.state'> {
  const latest = counter.days.latest();
  const { at } = counter.ledger.moment();
  const next = nextDate(counter, at);
  if (!latest) {
    const none = { date: null, openedAt: null, openedBy: null, journals: 0 };
    return { ...none, state: 'never-opened', nextDate: next };
  }
  const last = latest.close?.seq ?? counter.ledger.head().seq;
  return {
    date: latest.date,
    state: latest.close ? 'closed' : 'open',
    openedAt: instant(latest.openedAt),
    openedBy: counter.people.nameOf(latest.openedBy),
    nextDate: next,
    journals: counter.entries.countBetween(latest.opened, last),
  };
}

/** How far ahead of the clock a business date may be: past a long weekend, not into another year. */
const aheadDaysMost = 7;

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Refuses a date that is no business day, not later than the last, or too far ahead to be meant. */
function refuseDate(counter: Counter, date: string, at: number): void {
  const { calendar } = counter.policies.policy();
  const latest = counter.days.latest();
  refuseUnless(
    !latest || latest.close !== null,
    'day-still-open',
    `Business date ${latest?.date} is still open: close it first.`,
    'date',
  );
  refuseUnless(
    !latest || date > latest.date,
    'date-not-later',
    `${date} is not later than the last business date, ${latest?.date}.`,
    'date',
  );
  const ended = counter.endedDate?.() ?? '';
  refuseUnless(
    date > ended,
    'date-ended',
    `Head office has ended business date ${ended}: only a later one can be opened.`,
    'date',
  );
  const name = weekdays[weekday(date) - 1];
  refuseUnless(
    isBusinessDay(date, calendar),
    'not-a-business-day',
    `${date} is a ${name} or a holiday without business: the next business day is ${rollDate(date, 'following', calendar)}.`,
    'date',
  );
  const most = addDays(clockDate(at), aheadDaysMost);
  refuseUnless(
    date <= most,
    'date-too-late',
    `${date} is more than ${aheadDaysMost} days ahead of the clock: ${most} is the latest.`,
    'date',
  );
}

interface VaultCount {
  readonly vault: TillRow;
  readonly lines: readonly CountLine[];
  readonly count: CountData;
}

function countVault(
  counter: Counter,
  counts: Counts,
  by: { readonly person: Person; readonly second: Person; readonly purpose: 'open' | 'close' },
): VaultCount {
  const vault = requireVault(counter);
  refuseUnless(
    by.person.id !== by.second.id,
    'same-person',
    'The vault is counted by two: the second person is somebody else.',
    'second.user',
  );
  const lines = compareCounts(
    counter.ledger,
    vault.purses,
    readCounts(counts, vault, 'vaultCounts'),
  );
  const { purpose } = by;
  const count = {
    till: vault.till,
    purpose,
    by: by.person.id,
    second: by.second.id,
    blind: true,
    lines,
  };
  return { vault, lines, count };
}

function differencesOf(lines: readonly CountLine[]): Output<'day.open'>['differences'] {
  return lines.flatMap((line) => {
    const difference = differenceMinor(line);
    const { currency } = line;
    return difference === 0n ? [] : [{ currency, differenceMinor: String(difference) }];
  });
}

function vaultEntry(lines: readonly CountLine[], date: string, what: string) {
  const [line] = lines.filter((each) => differenceMinor(each) !== 0n);
  const difference = line ? differenceMinor(line) : 0n;
  return entryOf({
    ...{ kind: 'day.vault', what, valueDate: date, till: 1, name: 'Vault' },
    amountMinor: String(difference < 0n ? -difference : difference),
    currency: line?.currency ?? lines[0]?.currency ?? '',
  });
}

/** On the first day what is counted is what the branch begins with; later a difference is over or short. */
function bookingOf(counter: Counter, vault: TillRow): Booking {
  if (counter.days.latest()) return { ...suspense(vault.till), kind: 'day.vault' };
  return { kind: 'day.vault', till: vault.till, over: 'CAPITAL', short: 'CAPITAL' };
}

/** The bank's own accounts that are not there yet: all of them on the first day, later those a release added. */
function missingAccounts(counter: Counter, vault: TillRow) {
  const { ledger } = counter;
  const firstId = ledger.nextAccountId();
  const accounts = chartOfAccounts(vault.currencies, 0)
    .filter(({ number }) => !ledger.accountByNumber(number))
    .map((account, index) => ({ ...account, id: firstId + index }));
  const added = accounts
    .filter(({ product }) => product === 'vault')
    .map(({ currency, id }) => ({ currency, account: id }));
  return { accounts, purses: { till: vault.till, added } satisfies PursesAdded };
}

function openHandler(counter: Counter): KeyedHandler<'day.open', Person> {
  return {
    async before({ date, vaultCounts, second }, asker) {
      refuseDate(counter, date, counter.ledger.moment().at);
      readCounts(vaultCounts, requireVault(counter), 'vaultCounts');
      return checkSecond(counter, second, { asker, purpose: 'day.open', what: 'The vault' });
    },
    record({ date, vaultCounts }, { person }, moment, second) {
      refuseDate(counter, date, moment.at);
      const found = countVault(counter, vaultCounts, { person, second, purpose: 'open' });
      const { vault, lines, count } = found;
      const { accounts, purses } = missingAccounts(counter, vault);
      const allPurses = [...vault.purses, ...purses.added];
      const booking = bookingOf(counter, vault);
      const counted = { lines, purses: allPurses };
      const journal = differenceJournal(counter.ledger, counted, booking, accounts);
      const isFirst = booking.over === 'CAPITAL';
      const what = isFirst ? 'Vault as the branch begins' : `Vault ${differenceSentence(lines)}`;
      return {
        type: 'date.opened',
        data: {
          dateOpened: date,
          day: { date, second: second.id },
          count,
          // What a branch begins with is no difference.
          ...(isFirst ? { begins: true } : {}),
          ...(accounts.length === 0 ? {} : { accounts }),
          ...(purses.added.length === 0 ? {} : { purses }),
          ...(journal ? { journal, entry: vaultEntry(lines, date, what) } : {}),
        },
        result: { date, differences: isFirst ? [] : differencesOf(lines) },
        topics: ['day', 'session', 'till', 'journal', 'account'],
      };
    },
  };
}

function countVaultHandler(counter: Counter): KeyedHandler<'day.countVault', Person> {
  return {
    async before({ vaultCounts, second }, asker) {
      openDate(counter.ledger.moment());
      readCounts(vaultCounts, requireVault(counter), 'vaultCounts');
      return checkSecond(counter, second, { asker, purpose: 'day.countVault', what: 'The vault' });
    },
    record({ vaultCounts }, { person }, moment: Moment, second) {
      const date = openDate(moment);
      const { vault, lines, count } = countVault(counter, vaultCounts, {
        ...{ person, second, purpose: 'close' },
      });
      const { purses } = vault;
      const booking = { ...suspense(vault.till), kind: 'day.vault' };
      const journal = differenceJournal(counter.ledger, { lines, purses }, booking);
      const entry = vaultEntry(lines, date, `Vault ${differenceSentence(lines)}`);
      return {
        type: 'vault.counted',
        data: { count, ...(journal ? { journal, entry } : {}) },
        result: { differences: differencesOf(lines) },
        topics: ['day', 'till', 'journal', 'account'],
      };
    },
  };
}
