// Shows movements of cash to those they concern, with what each may do about them.
import type { MovementView } from '#contract/tills.ts';
import type { MovementRow } from '#station/ledger/projections/movement.ts';
import type { TillRow } from '#station/ledger/projections/till.ts';
import { type Counter, hasRole, instant } from './counter.ts';
import type { Person } from './desk.ts';

/** Those of the open business date, and whatever is on its way still. */
export function today(counter: Counter): readonly MovementRow[] {
  const { date } = counter.days.latest() ?? { date: '' };
  const rows = new Map(counter.movements.pending().map((row) => [row.movement, row]));
  for (const row of counter.movements.onDate(date)) rows.set(row.movement, row);
  return [...rows.values()].sort((one, other) => one.movement - other.movement);
}

/** Whether the person answers for the till: their own, or the vault for a supervisor. */
export function keeps(till: TillRow | null, person: Person): boolean {
  if (!till) return false;
  return till.kind === 'vault' ? hasRole(person, 'supervisor') : till.teller === person.id;
}

export function maySee(counter: Counter, row: MovementRow, person: Person): boolean {
  if (hasRole(person, 'supervisor', 'auditor')) return true;
  const isParty = [row.askedBy, row.givenBy, row.takenBy].includes(person.id);
  return isParty || [row.from, row.to].some((till) => keeps(counter.tills.till(till), person));
}

function actionsOf(counter: Counter, row: MovementRow, person: Person): MovementView['actions'] {
  const gives = keeps(counter.tills.till(row.from), person);
  const takes = keeps(counter.tills.till(row.to), person);
  if (row.state === 'requested') {
    const actions: MovementView['actions'] = [];
    if (gives && row.askedBy !== person.id) actions.push('offer');
    if (row.askedBy === person.id || hasRole(person, 'supervisor')) actions.push('cancel');
    return actions;
  }
  if (row.state !== 'offered') return [];
  const actions: MovementView['actions'] = [];
  if (takes && row.givenBy !== person.id) actions.push('accept', 'decline');
  if (row.givenBy === person.id) actions.push('cancel');
  return actions;
}

export function movementView(counter: Counter, row: MovementRow, person: Person): MovementView {
  const end = (till: number) => ({ till, name: counter.tills.till(till)?.name ?? `till ${till}` });
  return {
    movement: row.movement,
    state: row.state,
    from: end(row.from),
    to: end(row.to),
    currency: row.currency,
    amountMinor: String(row.amountMinor),
    denominations: { ...row.denominations },
    by: counter.people.nameOf(row.askedBy ?? row.givenBy ?? 0),
    at: instant(row.at),
    narrative: row.narrative,
    actions: actionsOf(counter, row, person),
  };
}
