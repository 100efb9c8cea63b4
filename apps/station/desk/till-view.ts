// Shows the tills, and withholds the figures of a till from whoever is counting it.
import type { TillView } from '#contract/tills.ts';
import { valueMinor } from '#station/bank/denominations.ts';
import { tillLimitFor } from '#station/bank/limits.ts';
import type { TillRow } from '#station/ledger/projections/till.ts';
import { type Counter, hasRole, instant } from './counter.ts';
import type { Person } from './desk.ts';

/**
 * Whether the person may see what the till holds. Nobody who is counting it may (the count is blind); a
 * teller sees the own till only, those who watch over the branch see all.
 */
export function maySeeFigures(till: TillRow, person: Person): boolean {
  if (till.teller === person.id) return till.state !== 'counting';
  return hasRole(person, 'supervisor', 'auditor', 'administrator');
}

/** The person's own till while they count it: nothing that tells its figure may be shown to them. */
export function countingTill(counter: Pick<Counter, 'tills'>, person: Person): TillRow | null {
  const till = counter.tills.ofTeller(person.id);
  return till?.state === 'counting' ? till : null;
}

function positionsOf(counter: Counter, till: TillRow, person: Person): TillView['positions'] {
  const shows = maySeeFigures(till, person);
  const policy = counter.policies.inForce();
  return till.currencies.map((currency) => {
    const purse = till.purses.find((each) => each.currency === currency);
    const pieces = purse ? counter.ledger.pieces(purse.account) : {};
    const { softMinor, hardMinor } = tillLimitFor(policy, till.kind, currency);
    return {
      currency,
      totalMinor: shows ? String(valueMinor(pieces)) : null,
      denominations: shows ? { ...pieces } : null,
      softLimitMinor: softMinor === null ? null : String(softMinor),
      hardLimitMinor: hardMinor === null ? null : String(hardMinor),
    };
  });
}

export function tillView(counter: Counter, till: TillRow, person: Person): TillView {
  const { teller, openedAt, countedAt } = till;
  return {
    till: till.till,
    kind: till.kind,
    name: till.name,
    state: till.state,
    teller: teller === null ? null : { id: teller, name: counter.people.nameOf(teller) },
    openedAt: openedAt === null ? null : instant(openedAt),
    positions: positionsOf(counter, till, person),
    lastCountedAt: countedAt === null ? null : instant(countedAt),
  };
}
