// Makes the demonstration branch in its folder the first time, and never touches a real one.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { refuseUnless } from './bank/refusal.ts';
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
  /** Another branch of the same kind, for benches that must judge on what nobody has looked at; 42 unless told. */
  readonly seed?: number;
}

/** Nobody has a window open while the demonstration is made. */
const silence: Announcer = Object.freeze({
  changed: () => undefined,
  toRoles: () => undefined,
  toPerson: () => undefined,
  toWindow: () => undefined,
});

/** What a making leaves in the folder besides the branch's keys, which serve the next one as well. */
const madeFiles = ['branch.db', 'branch.db-wal', 'branch.db-shm', 'log.witness'];

/**
 * Makes the demonstration branch in `ports.folder` unless it is there already; says whether it was made. One whose
 * making was cut short (Ctrl-C, a power cut) holds invented data that nobody could work with: it is taken away
 * and made anew. Clock and chance of the making are the seed's, not the ports'. Refuses `real-branch` where the
 * folder holds a branch that is no demonstration.
 */
export async function createDemonstration(
  ports: Ports,
  options: DemonstrationOptions,
): Promise<boolean> {
  if (existsSync(branchFile(ports.folder))) {
    if (await isWhole(ports)) return false;
    for (const name of madeFiles) rmSync(join(ports.folder, name), { force: true });
  }
  await make(ports, options);
  return true;
}

/** Whether the folder's demonstration is finished; false where its making was cut short. Refuses `real-branch`. */
async function isWhole(ports: Ports): Promise<boolean> {
  const { database, ledger, close } = await openBranch(ports);
  try {
    if (ledger.head().seq === 0) return false;
    refuseUnless(
      ledger.event(1)?.type === begunType,
      'real-branch',
      `${ports.folder} holds a real branch: name another folder for the demonstration.`,
    );
    return createDayReads(database).day(lastDate)?.close != null;
  } finally {
    close();
  }
}

async function make(
  ports: Ports,
  { progress, seed = demonstrationSeed }: DemonstrationOptions,
): Promise<void> {
  const dice = createDice(seed);
  const clock = createPlanClock();
  const seeded: Ports = { ...ports, clock, chance: dice.fork('station'), demonstration: true };
  const branch = await openBranch(seeded);
  try {
    const { database, ledger } = branch;
    const secrets = createSecrets(database);
    const desk = createHandlers({
      ...{ ports: seeded, branch, announcer: silence, isMaking: true },
    });
    const pepper = secrets.get(pepperSecret);
    if (!pepper) throw new Error('The handlers made no pepper.');
    const plan = drawPlan(seed);
    const approvals = createApprovalReads(database);
    const { handlers, seal } = desk;
    await makeDemonstration({
      ...{ seed, plan, ledger, approvals, secrets, pepper, handlers, seal, clock, dice, progress },
    });
    await desk.close();
  } finally {
    branch.close();
  }
}
