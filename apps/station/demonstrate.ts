// Makes the demonstration branch in its folder the first time, and never touches a real one.
import { existsSync } from 'node:fs';
import { Refusal, refuseUnless } from './bank/refusal.ts';
import { branchFile, openBranch } from './branch.ts';
import { lastDate } from './demonstration/calendar.ts';
import { createDice } from './demonstration/dice.ts';
import { begunType } from './demonstration/founding.ts';
import { createPlanClock, makeDemonstration } from './demonstration/make.ts';
import { demonstrationSeed, drawPlan } from './demonstration/plan.ts';
import type { Announcer } from './desk/desk.ts';
import { createHandlers } from './handlers.ts';
import { createApprovalReads } from './ledger/projections/approval.ts';
import { createDayReads } from './ledger/projections/day.ts';
import { createSecrets, pepperSecret } from './ledger/projections/staff-secrets.ts';
import type { Ports } from './ports.ts';

export interface DemonstrationOptions {
  /** Told now and then while the branch is being made: acts done, acts in all. */
  readonly progress: (done: number, total: number) => void;
}

/** Nobody has a window open while the demonstration is made. */
const silence: Announcer = Object.freeze({
  changed: () => undefined,
  toRoles: () => undefined,
  toPerson: () => undefined,
  toWindow: () => undefined,
});

/**
 * Makes the demonstration branch in `ports.folder` unless it is there already; says whether it was made.
 * Clock and chance of the making are the seed's, not the ports'. Refuses `real-branch` where the folder holds
 * a branch that is no demonstration, `demonstration-unfinished` where the making was cut short before.
 */
export async function createDemonstration(
  ports: Ports,
  { progress }: DemonstrationOptions,
): Promise<boolean> {
  const dice = createDice(demonstrationSeed);
  const clock = createPlanClock();
  const isThere = existsSync(branchFile(ports.folder));
  const seeded: Ports = { ...ports, clock, chance: dice.fork('station'), demonstration: true };
  const branch = await openBranch(isThere ? ports : seeded);
  try {
    const { database, ledger } = branch;
    if (isThere && ledger.head().seq > 0) {
      refuseOther(ports.folder, ledger.event(1)?.type === begunType, isFinished());
      return false;
    }
    const secrets = createSecrets(database);
    const desk = createHandlers({
      ...{ ports: seeded, branch, announcer: silence, isMaking: true },
    });
    const pepper = secrets.get(pepperSecret);
    if (!pepper) throw new Error('The handlers made no pepper.');
    const plan = drawPlan();
    const approvals = createApprovalReads(database);
    const { handlers, seal } = desk;
    await makeDemonstration({
      ...{ plan, ledger, approvals, secrets, pepper, handlers, seal, clock, dice, progress },
    });
    await desk.close();
    return true;
  } finally {
    branch.close();
  }

  function isFinished(): boolean {
    return createDayReads(branch.database).day(lastDate)?.close != null;
  }
}

function refuseOther(folder: string, isDemonstration: boolean, isFinished: boolean): void {
  refuseUnless(
    isDemonstration,
    'real-branch',
    `${folder} holds a real branch: name another folder for the demonstration.`,
  );
  if (isFinished) return;
  throw new Refusal(
    'demonstration-unfinished',
    `The demonstration in ${folder} was cut short while it was made: delete that folder and start again.`,
  );
}
