// Computes a vector the slow way, from the whole list of events at every question: what the engine must equal.
import { digitsOf } from '#contract/currencies.ts';
import { defaultPolicy } from '#station/bank/policy.ts';
import type { Attempt } from './attempt.ts';
import { featureNames } from './catalogue.ts';
import type { LoggedEvent } from './events.ts';

const hour = 3_600_000;
const day = 24 * hour;

interface Move {
  readonly at: number;
  readonly seq: number;
  readonly from: number;
  readonly to: number;
  readonly kind: string;
  readonly amount: number;
  readonly teller: number;
  readonly isNewPayee: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: the events are read as the loose records they are.
type Data = any;
const dataOf = (event: LoggedEvent): Data => event.data;

function movesOf(events: readonly LoggedEvent[], isCustomers: (id: number) => boolean): Move[] {
  let moves: Move[] = [];
  for (const event of events) {
    const { entry, journal } = dataOf(event);
    if (event.type !== 'journal.posted') continue;
    if (entry.reversalOf !== null) {
      moves = moves.filter((move) => move.seq !== entry.reversalOf);
      continue;
    }
    const [{ debit, credit }] = journal.legs;
    const [from, to] = [isCustomers(debit) ? debit : 0, isCustomers(credit) ? credit : 0];
    const isKnown = moves.some((move) => move.from === from && move.to === to);
    moves.push({
      ...{ at: event.at, seq: event.seq, from, to, kind: entry.kind },
      ...{ amount: Number(entry.amountMinor), teller: Number(event.actor) },
      isNewPayee: entry.kind === 'transfer' && !isKnown,
    });
  }
  return moves;
}

const log = (value: number) => Math.log1p(Math.max(value, 0));
const ratio = (part: number, whole: number) => (whole > 0 ? part / whole : Number.NaN);
const sum = (moves: readonly Move[]) => moves.reduce((total, move) => total + move.amount, 0);
const mean = (moves: readonly Move[]) => ratio(sum(moves), moves.length);
const startOf = (date: string) => Date.parse(`${date}T00:00:00.000Z`);

/** Everything the log says of one account. */
function accountFrom(events: readonly LoggedEvent[], id: number) {
  const opened = events.find((event) =>
    (dataOf(event).accounts ?? []).some((account: Data) => account?.id === id),
  );
  if (!opened) return null;
  const account = dataOf(opened).accounts.find((each: Data) => each.id === id);
  const legs = events.flatMap((event) => dataOf(event).journal?.legs ?? []);
  const posted = legs.reduce(
    (total: number, leg: Data) =>
      total + (leg.debit === id ? 1 : leg.credit === id ? -1 : 0) * Number(leg.amountMinor),
    0,
  );
  return {
    ...{ customer: account.customer as number, currency: account.currency as string },
    scale: 10 ** digitsOf(account.currency),
    balance: -posted,
    openedAt: startOf(account.openedOn ?? opened.date),
    /** Movements of the past, reversed ones too: the account was moved. */
    movedAt: Math.max(
      ...events
        .filter(
          (event) =>
            event.type === 'journal.posted' &&
            dataOf(event).entry.reversalOf === null &&
            [dataOf(event).journal.legs[0].debit, dataOf(event).journal.legs[0].credit].includes(
              id,
            ),
        )
        .map((event) => event.at),
    ),
  };
}

function endedAttempts(events: readonly LoggedEvent[], id: number, ends: (e: Data) => boolean) {
  const resumed = new Set(events.map((event) => dataOf(event).resumes));
  return events.filter((event) => {
    if (!ends(event) || resumed.has(dataOf(event).approval)) return false;
    const asked = events[dataOf(event).approval - 1];
    return asked && dataOf(asked).approval.draft.account === `A${id}`;
  });
}

function reversalsOf(events: readonly LoggedEvent[], id: number) {
  return events.filter((event) => {
    const { entry, journal } = dataOf(event);
    if (event.type !== 'journal.posted' || entry.reversalOf === null) return false;
    return [journal.legs[0].debit, journal.legs[0].credit].includes(id);
  });
}

type Own = NonNullable<ReturnType<typeof accountFrom>>;

/** What the log says of the teller and of the customer. */
function peopleIn(events: readonly LoggedEvent[], attempt: Attempt, own: Own) {
  const { at, teller } = attempt;
  const within = (days: number) => (move: { at: number }) => move.at > at - days * day;
  const ofTeller = (type: string) =>
    events.filter((event) => event.type === type && Number(event.actor) === teller);
  const posts = ofTeller('journal.posted');
  const posted = posts.filter(
    (event) => dataOf(event).entry.reversalOf === null && within(30)(event),
  );
  const taken = posts.filter((event) => dataOf(event).entry.reversalOf !== null);
  const parked = ofTeller('approval.requested');
  const isKnownTeller =
    posts.length + parked.length + ofTeller('command.refused').length > 0 ? 1 : Number.NaN;
  const registered = events.find(
    (event) => event.type === 'customer.registered' && dataOf(event).customer === own.customer,
  );
  const amended = events.filter(
    (event) => event.type === 'customer.amended' && dataOf(event).customer === own.customer,
  );
  const details = dataOf((amended.at(-1) ?? registered) as LoggedEvent).details;
  const ends = details.documents.map((each: Data) =>
    each.expiresOn ? startOf(each.expiresOn) : Number.POSITIVE_INFINITY,
  );
  return { ofTeller, posted, taken, parked, isKnownTeller, registered, amended, details, ends };
}

/** Everything the groups of features below are reckoned from. */
function lookAt(events: readonly LoggedEvent[], attempt: Attempt, own: Own) {
  const { at, task, account: id, other, amountMinor, teller } = attempt;
  const isCustomers = (account: number) => accountFrom(events, account) !== null;
  const moves = movesOf(events, isCustomers);
  const within = (days: number) => (move: { at: number }) => move.at > at - days * day;
  const out = moves.filter((move) => move.from === id);
  const into = moves.filter((move) => move.to === id);
  const isIn = task === 'cash.deposit';
  const same = isIn ? into : out;
  const spent = isIn ? 0 : amountMinor;
  const { scale, balance } = own;
  const payee = other === 0 ? null : accountFrom(events, other);
  const toPayee = out.filter((move) => move.to === other);
  const paidPayee = moves.filter((move) => move.to === other && within(7)(move));
  const rule = defaultPolicy.reportingThresholds.find((each) => each.currency === own.currency);
  const threshold = rule ? Number(rule.amountMinor) : Number.NaN;
  const isNear = (move: Move) =>
    move.kind !== 'transfer' &&
    move.amount <= threshold &&
    move.amount * 10_000 >= threshold * defaultPolicy.structuring.lowerBasisPoints;
  const distinct = (ids: readonly number[]) => new Set(ids.filter((each) => each !== 0)).size;
  const verdicts = (account: number, said: string) =>
    events.filter(
      (event) =>
        event.type === 'risk.verdict-recorded' &&
        dataOf(event).verdict === said &&
        dataOf(event).touched.includes(account),
    );
  const both = [...out, ...into];
  const seen = both.filter((move) => move.teller === teller && within(90)(move));
  const d = (days: number, list: readonly Move[]) => list.filter(within(days));
  const daysLog = (then: number) => log((at - then) / day);
  const since = (then: number) => (Number.isFinite(then) ? log((at - then) / hour) : Number.NaN);
  const people = peopleIn(events, attempt, own);
  return {
    ...{ events, at, task, id, other, amountMinor, own, moves, within, out, into, isIn, same },
    ...{ spent, scale, balance, payee, toPayee, paidPayee, threshold, isNear, distinct },
    ...{ verdicts, both, seen, d, daysLog, since, attempt },
    ...people,
  };
}

type Look = ReturnType<typeof lookAt>;

function amountsOf(look: Look): Record<string, number> {
  const { task, amountMinor, isIn, same, scale, balance, threshold, isNear, d } = look;
  return {
    amountLog: log(amountMinor / scale),
    isRound: amountMinor % (100 * scale) === 0 ? 1 : 0,
    isCashIn: isIn ? 1 : 0,
    isCashOut: task === 'cash.withdrawal' ? 1 : 0,
    isTransfer: task === 'transfer' ? 1 : 0,
    amountToMean30: ratio(amountMinor, mean(d(30, same))),
    amountToMean90: ratio(amountMinor, mean(d(90, same))),
    amountToMax90: ratio(amountMinor, Math.max(0, ...d(90, same).map((move) => move.amount))),
    amountToBalance: isIn ? Number.NaN : ratio(amountMinor, balance),
    leftShare: isIn ? Number.NaN : ratio(balance - amountMinor, balance),
    thresholdShare: task === 'transfer' ? Number.NaN : amountMinor / threshold,
    nearThreshold3: task === 'transfer' ? 0 : d(3, same).filter(isNear).length,
    nearThreshold7: task === 'transfer' ? 0 : d(7, same).filter(isNear).length,
  };
}

function velocityOf(look: Look): Record<string, number> {
  const { own, out, into, spent, scale, both, d, since } = look;
  return {
    outCount1h: d(1 / 24, out).length,
    outCount1: d(1, out).length,
    outCount7: d(7, out).length,
    outCount30: d(30, out).length,
    inCount1: d(1, into).length,
    inCount7: d(7, into).length,
    inCount30: d(30, into).length,
    outSum1Log: log(sum(d(1, out)) / scale),
    outSum7Log: log(sum(d(7, out)) / scale),
    inSum1Log: log(sum(d(1, into)) / scale),
    inSum7Log: log(sum(d(7, into)) / scale),
    countVelocity: ratio((d(1, both).length + 1) * 30, d(30, both).length),
    spendVelocity: ratio((sum(d(1, out)) + spent) * 30, sum(d(30, out))),
    passThrough2: ratio(sum(d(2, out)) + spent, sum(d(2, into))),
    gapHoursLog: since(own.movedAt),
    movements90Log: log(d(90, both).length),
  };
}

function payeeOf(look: Look): Record<string, number> {
  const { other, out, into, scale, payee, toPayee, paidPayee, distinct, d, daysLog, since } = look;
  return {
    isNewPayee: payee ? (toPayee.length === 0 ? 1 : 0) : Number.NaN,
    pairCount90: payee ? d(90, toPayee).length : Number.NaN,
    pairSum90Log: payee ? log(sum(d(90, toPayee)) / scale) : Number.NaN,
    reverseCount90: payee ? d(90, into).filter((m) => m.from === other).length : Number.NaN,
    newPayees7: d(7, out).filter((move) => move.isNewPayee).length,
    fanOut7: distinct(d(7, out).map((move) => move.to)),
    fanIn7: distinct(d(7, into).map((move) => move.from)),
    payeeAgeDaysLog: payee ? daysLog(payee.openedAt) : Number.NaN,
    payeeFanIn7: payee ? distinct(paidPayee.map((move) => move.from)) : Number.NaN,
    payeeInCount7: payee ? paidPayee.length : Number.NaN,
    payeeGapHoursLog: payee ? since(payee.movedAt) : Number.NaN,
  };
}

function staffOf(look: Look): Record<string, number> {
  const { at, within, ofTeller, posted, taken, parked, isKnownTeller, seen, d, attempt } = look;
  return {
    hour: (at % day) / hour,
    weekday: new Date(at).getUTCDay() || 7,
    tellerReversalRate30: isKnownTeller * ratio(d(30, taken as never).length, posted.length),
    tellerParkedRate30: isKnownTeller * ratio(d(30, parked as never).length, posted.length),
    tellerRefusals1: ofTeller('command.refused').filter(within(1)).length,
    tellerAccountCount30: d(30, seen).length,
    isTellerNew: seen.length === 0 ? 1 : 0,
    isOtherAtDesk: attempt.isOtherAtDesk ? 1 : 0,
  };
}

function standingOf(look: Look): Record<string, number> {
  const {
    events,
    at,
    id,
    other,
    own,
    within,
    payee,
    registered,
    amended,
    details,
    ends,
    verdicts,
    daysLog,
  } = look;
  return {
    accountAgeDaysLog: daysLog(own.openedAt),
    customerDaysLog: daysLog(startOf(dataOf(registered as LoggedEvent).since ?? registered?.date)),
    riskClass: ['low', 'normal', 'high'].indexOf(details.riskClass),
    changedDaysLog: amended.length === 0 ? Number.NaN : daysLog(amended.at(-1)?.at ?? Number.NaN),
    documentDaysLeft: Math.min((Math.max(...ends) - at) / day, 366),
    declined30: endedAttempts(
      events,
      id,
      (e) => e.type === 'approval.decided' && e.data.decision === 'decline',
    ).filter(within(30)).length,
    withdrawn7: endedAttempts(events, id, (e) => e.type === 'approval.withdrawn').filter(within(7))
      .length,
    reversed30: reversalsOf(events, id).filter(within(30)).length,
    fraudLabels: verdicts(id, 'fraud').length,
    payeeFraudLabels: payee ? verdicts(other, 'fraud').length : Number.NaN,
    confirmed30: Math.min(verdicts(id, 'legitimate').filter(within(30)).length, 3),
  };
}

/** The vector in the catalogue's order, as plain numbers; the caller rounds to float32. */
export function referenceVector(events: readonly LoggedEvent[], attempt: Attempt): number[] {
  const own = accountFrom(events, attempt.account);
  if (!own) return featureNames.map(() => Number.NaN);
  const look = lookAt(events, attempt, own);
  const groups = [amountsOf, velocityOf, payeeOf, staffOf, standingOf];
  const values = Object.assign({}, ...groups.map((group) => group(look))) as Record<string, number>;
  return featureNames.map((name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the reference does not know ${name}`);
    return value;
  });
}
