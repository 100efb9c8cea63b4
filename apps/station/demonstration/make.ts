// Makes the demonstration branch in an empty log: founds it, then works its ninety days in large transactions.
import { Refusal } from '../bank/refusal.ts';
import { contentDigest } from '../desk/approval-park.ts';
import type { Seal } from '../desk/credential-digest.ts';
import { chartAccount } from '../desk/till-chart.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ApprovalReads } from '../ledger/projections/approval.ts';
import type { Secrets } from '../ledger/projections/staff-secrets.ts';
import type { Clock } from '../ports.ts';
import { branchTime, migrationDate } from './calendar.ts';
import { type Clerk, createClerk } from './clerk.ts';
import type { Dice } from './dice.ts';
import { addTills, found, staffPerson } from './founding.ts';
import type { Plan } from './plan.ts';
import { createPlayer } from './player.ts';
import type { Player } from './player-parts.ts';
import { demonstrationPolicy } from './prices.ts';

/** A clock that shows what the plan says. */
export interface PlanClock extends Clock {
  set(at: number): void;
}

/** Stands at the morning of the migration until it is set. Nothing is ever called back. */
export function createPlanClock(): PlanClock {
  let now = branchTime(migrationDate, 8 * 60);
  return Object.freeze({
    now: () => now,
    monotonic: () => now,
    after: () => () => undefined,
    set(at: number) {
      now = at;
    },
  });
}

export interface MakeParts {
  readonly seed: number;
  readonly plan: Plan;
  readonly ledger: Ledger;
  readonly approvals: Pick<ApprovalReads, 'approval'>;
  readonly secrets: Secrets;
  readonly pepper: Uint8Array;
  readonly handlers: Readonly<Record<string, unknown>>;
  readonly seal: Seal;
  readonly clock: PlanClock;
  readonly dice: Dice;
  /** Told after each transaction: acts done, acts in all. */
  readonly progress: (done: number, total: number) => void;
}

/** Acts handed to the ledger's writer at once; it commits them in groups of its own size. */
const actsAtOnce = 250;

export async function makeDemonstration(parts: MakeParts): Promise<void> {
  const { plan, ledger, clock, progress } = parts;
  await found({ ...parts, chance: parts.dice.fork('hashes') });
  const { clerk, player } = await prepare(parts);
  const { acts } = plan;
  for (let from = 0; from < acts.length; from += actsAtOnce) {
    const some = acts.slice(from, from + actsAtOnce);
    const steps = some.flatMap((act) => player(act).map((step) => ({ act, step })));
    const works = steps.map(({ act, step }) =>
      ledger
        .submit(() => {
          clock.set(act.at);
          step();
        })
        .catch((error: unknown) => {
          if (isStoreFailure(error)) throw error;
          throw new Error(`The demonstration cannot ${act.act}: ${JSON.stringify(act, text)}`, {
            cause: error,
          });
        }),
    );
    await settled(works);
    progress(from + some.length, acts.length);
  }
  const reason = 'Prices of the season from the next business day on';
  const input = { policy: demonstrationPolicy, reason };
  await ledger.submit(() => void clerk.record({ name: 'policy.set', by: 'admin', input }));
}

/** The disk's doing, said in words already; any other refusal is a plan that breaks a rule: our mistake. */
function isStoreFailure(error: unknown): boolean {
  return error instanceof Refusal && /^disk-/.test(error.reason);
}

function text(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

/** The first failure in order, once all of them have ended. */
async function settled(works: readonly Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(works)) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
}

async function prepare(parts: MakeParts): Promise<{ clerk: Clerk; player: Player }> {
  const { plan, ledger, approvals, handlers, seal, dice } = parts;
  const keys = dice.fork('keys');
  const clerk = createClerk({ ledger, handlers, seal, dice: keys, person: staffPerson });
  const tills = await ledger.submit(() => addTills(clerk));
  const player = createPlayer({
    ...{ clerk, tills, person: staffPerson },
    ...{ customers: plan.customers, accounts: plan.accounts },
    digestOf: (approval) => contentDigest(approvals.approval(approval)?.content ?? ''),
    accountOf: (number) => known(ledger.accountByNumber(number), number),
    contraId: (currency) => chartAccount(ledger, 'CAPITAL', currency).id,
  });
  return { clerk, player };
}

function known<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new Error(`The ledger has no ${name}.`);
  return found;
}
