// Draws the whole demonstration from one seed: who banks there and every act of ninety days, in order.
import { drawAccounts, type PlannedAccount } from './accounts.ts';
import type { Act } from './acts.ts';
import { arrive, leave } from './attendance.ts';
import { businessDates } from './calendar.ts';
import { createCashroom } from './cashroom.ts';
import { createCounter } from './counter.ts';
import { drawCustomers, type PlannedCustomer } from './customers.ts';
import { createDice } from './dice.ts';
import { migrate } from './migration.ts';
import type { Household } from './orders.ts';
import { createSlips } from './slips.ts';
import {
  lunchSource,
  newcomerSource,
  orderSource,
  queueSource,
  recordSource,
  sceneSource,
  takingsSource,
  tourSource,
} from './sources.ts';
import { createStage, type Stage } from './stage.ts';
import { drawStories } from './stories.ts';

/** The seed every demonstration branch is drawn from. */
export const demonstrationSeed = 42;

export interface Plan {
  readonly customers: readonly PlannedCustomer[];
  readonly accounts: readonly PlannedAccount[];
  readonly acts: readonly Act[];
}

/** The same plan for the same seed, to the byte. */
export function drawPlan(seed: number = demonstrationSeed): Plan {
  const dice = createDice(seed);
  const customers = drawCustomers(dice.fork('customers'));
  const accounts = drawAccounts(dice.fork('accounts'), customers);
  const stage = createStage(dice.fork('stage'), customers, accounts);
  const program = createProgram(stage, { customers, accounts });
  migrate(stage, customers, accounts);
  for (const date of businessDates()) program(date);
  return Object.freeze({ customers, accounts, acts: stage.acts });
}

/** Plays one business date from the first count of the vault to the last. */
function createProgram(stage: Stage, household: Household): (date: string) => void {
  const slips = createSlips(stage);
  const cashroom = createCashroom(stage);
  const counter = createCounter(stage);
  const sources = [
    queueSource(stage, counter, cashroom),
    takingsSource(stage, counter, household),
    orderSource(stage, slips, household),
    sceneSource(drawStories(stage, slips, cashroom)),
    tourSource(stage, slips),
    newcomerSource(stage, slips, household),
    lunchSource(stage),
    recordSource(stage, household),
  ];
  return (date) => {
    arrive(stage, date);
    cashroom.open(date);
    const intents = sources.flatMap((source) => source(date));
    // The sort keeps the order of what is due at the same moment.
    for (const { at, teller, play } of intents.sort((one, other) => one.at - other.at)) {
      play({ date, at, teller });
    }
    cashroom.close(date);
    leave(stage, date);
  };
}
