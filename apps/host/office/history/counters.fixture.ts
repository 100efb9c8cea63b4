// The counters of one branch in a history against PostgreSQL: what the simulation's do, over a real line.

import type { OfficeLine } from '#station/office/client/calls.ts';
import * as model from '#station/office/protocol/branch-model.ts';
import type { OfficeAccount } from '#station/office/protocol/values.ts';
import type { Random } from '#station/office/simulation/random.ts';
import { protocol } from '#station/office/simulation/seams.ts';
import { accounts, type Bank, floor, moved } from './bank.fixture.ts';

export interface CounterParts {
  readonly bank: Bank;
  readonly branch: model.BranchState;
  readonly random: Random;
  readonly isSigned: (note: Buffer, signature: string) => boolean;
  /** Head office has our log so far. */
  readonly received: () => number;
  /** Asks over the open line; null where there is none or it failed. */
  readonly ask: <T>(question: (line: OfficeLine) => Promise<T>) => Promise<T | null>;
  /** Puts everything on the disk; nothing is told before. */
  readonly save: () => void;
  /** Keys somebody at this counter is waiting for. */
  readonly busy: Set<string>;
}

/** How often one customer waits while the keeping branch is asked to set more aside. */
const asksMost = 4;

/** Something happens at the counter. */
export async function atCounter(parts: CounterParts): Promise<void> {
  const { bank, branch, random, save } = parts;
  bank.happenings += 1;
  const number = random.pick(accounts);
  const amountMinor = BigInt(1 + random.below(4_000));
  const other = random.pick(bank.branches);
  const account = { branch: other.branch, number };
  const own = { branch: branch.branch, number };
  const what = random.below(100);
  if (what < 14) {
    model.deposit(branch, number, amountMinor);
    moved(bank, own, amountMinor);
  } else if (what < 30) {
    if (model.withdraw(branch, number, amountMinor)) moved(bank, own, -amountMinor);
  } else if (what < 42) model.share(branch, number, amountMinor);
  else if (what < 50 && other !== branch) {
    model.depositFor(branch, account, amountMinor);
    moved(bank, account, amountMinor);
  } else if (what < 92 && other !== branch) return payFor(parts, account, amountMinor);
  else giveBack(branch, random);
  save();
}

function giveBack(branch: model.BranchState, random: Random): void {
  const open = [...branch.allowances.values()].filter(({ state }) => state === 'open');
  if (open.length > 0) model.giveBack(branch, random.pick(open).allowance.id);
}

async function payFor(
  parts: CounterParts,
  account: OfficeAccount,
  amountMinor: bigint,
): Promise<void> {
  const { bank, branch, random, save } = parts;
  if (parts.received() > 0 && random.chance(0.6)) {
    bank.keys += 1;
    // Thirty-two digits, the same after a restart for nothing else.
    const key = `${branch.device.slice(0, 16)}${bank.keys.toString(16).padStart(16, '0')}`;
    model.ask(branch, key, account, amountMinor);
    save();
    return askFor(parts, key);
  }
  const cover = model.payOffline(branch, {
    ...{ account, amountMinor, till: 1, now: Date.now(), floor, isDecided: false },
    ...{ isSigned: parts.isSigned, received: parts.received() },
  });
  if (cover.kind === 'covered') moved(bank, account, -amountMinor);
  save();
}

/** Carries a reservation on from wherever it stands; what gets no answer stays in doubt. */
export async function askFor(parts: CounterParts, key: string): Promise<void> {
  const { branch, random, busy, save } = parts;
  const asked = branch.asked.get(key);
  if (!asked || asked.state === 'ended' || busy.has(key)) return;
  busy.add(key);
  const { account, amountMinor } = asked;
  for (let tries = 0; tries < asksMost; tries++) {
    const reply = await parts.ask((line) =>
      line.reserve({ key, account, amountMinor, currency: branch.currency }),
    );
    const verdict = protocol.decide(branch, key, reply);
    if (verdict === 'again') {
      await new Promise((resolve) => setTimeout(resolve, 60 + 200 * random.next()));
      continue;
    }
    if (verdict === 'pay') payReserved(parts, key);
    else if (verdict === 'give-up') model.abandon(branch, key);
    save();
    break;
  }
  busy.delete(key);
}

function payReserved({ bank, branch, random }: CounterParts, key: string): void {
  const asked = branch.asked.get(key);
  // The customer may have gone while it was asked.
  if (random.chance(0.1)) model.abandon(branch, key);
  else if (asked && model.payReserved(branch, key)) moved(bank, asked.account, -asked.amountMinor);
}

/** Gives up what is in doubt; what another counter is asking at this moment it ends itself. */
export function settle({ branch, busy, save }: CounterParts): void {
  for (const [key, { state }] of branch.asked) {
    if (state !== 'ended' && !busy.has(key)) model.abandon(branch, key);
  }
  save();
}
