// Signs the staff in each morning and out each evening, as the audit trail of a real branch shows.
import { weekday } from '../bank/calendar.ts';
import { branchTime } from './calendar.ts';
import { hours } from './rhythm.ts';
import { type Stage, tellers } from './stage.ts';

/** Who comes in on a date: those on duty every day, the auditor on Mondays. */
function present(stage: Stage, date: string): readonly string[] {
  const daily = [...stage.duty(date), ...tellers, 'cora'];
  return weekday(date) === 1 ? [...daily, 'otto'] : daily;
}

/** Everybody signs in within a quarter of an hour before the vault is counted. */
export function arrive(stage: Stage, date: string): void {
  const dice = stage.dice.fork(`arrivals of ${date}`);
  const first = branchTime(date, hours.staffIn - 15);
  const times = present(stage, date)
    .map((user) => ({ user, at: first + dice.below(840_000) }))
    .sort((one, other) => one.at - other.at);
  for (const { user, at } of times) stage.add({ act: 'session.open' }, user, at);
}

/** Everybody signs out once the branch is closed. */
export function leave(stage: Stage, date: string): void {
  const dice = stage.dice.fork(`leaving of ${date}`);
  const last = branchTime(date, hours.dayClose + 4);
  for (const user of dice.shuffled(present(stage, date))) {
    stage.add({ act: 'session.close' }, user, last + dice.below(60_000));
  }
}
