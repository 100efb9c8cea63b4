// The counters of a branch in the simulation: cash in, cash out, money of other branches' customers.
import * as model from '../protocol/branch-model.ts';
import { deadlineMs, isReachable } from '../protocol/link.ts';
import type { OfficeAccount } from '../protocol/values.ts';
import type { Driver } from './driver.ts';
import type { BranchParts, Machine } from './machine.ts';
import { isSigned } from './office-sign.ts';
import type { Verdict } from './seams.ts';

/** What a branch may leave open of one account until head office has heard of it. */
export const floor = Object.freeze({ amountMinor: 5_000n, times: 2 });

export interface Counter {
  deposit(number: string, amountMinor: bigint): void;
  withdraw(number: string, amountMinor: bigint): void;
  recall(number: string, amountMinor: bigint): void;
  share(number: string, amountMinor: bigint): void;
  depositFor(account: OfficeAccount, amountMinor: bigint): void;
  /** Pays from another branch's account: asks head office where it can be reached, else stands in. */
  payFor(account: OfficeAccount, amountMinor: bigint): void;
  giveBack(): void;
  /** Settles what was asked and not answered; `isFinal` gives up instead of asking again. */
  settle(isFinal: boolean): void;
}

export function createCounter(machine: Machine, parts: BranchParts, driver: Driver): Counter {
  const { random, seams, truth } = parts;
  const { branch } = machine;
  const reserving = createReserving(machine, parts, driver);
  let keys = 0;
  const done = (): void => {
    machine.commit();
    driver.wake(1 + random.next() * 1_000);
  };
  return Object.freeze({
    deposit(number: string, amountMinor: bigint) {
      model.deposit(machine.state, number, amountMinor);
      truth.moved({ branch, number }, amountMinor);
      done();
    },
    withdraw(number: string, amountMinor: bigint) {
      const isPaid = model.withdraw(machine.state, number, amountMinor);
      if (isPaid) truth.moved({ branch, number }, -amountMinor);
      done();
    },
    recall(number: string, amountMinor: bigint) {
      model.recall(machine.state, number, amountMinor);
      done();
    },
    share(number: string, amountMinor: bigint) {
      seams.share(machine.state, number, amountMinor);
      done();
    },
    depositFor(account: OfficeAccount, amountMinor: bigint) {
      model.depositFor(machine.state, account, amountMinor);
      truth.moved(account, amountMinor);
      done();
    },
    payFor(account: OfficeAccount, amountMinor: bigint) {
      if (isReachable(machine.link, machine.now()) && random.chance(0.7)) {
        keys += 1;
        const key = `${branch}-${keys}`;
        seams.ask(machine.state, key, account, amountMinor);
        machine.commit();
        return reserving.ask(key, account, amountMinor);
      }
      const cover = seams.payOffline(machine.state, {
        ...{ account, amountMinor, till: 1, now: machine.now(), floor, isDecided: false, isSigned },
        received: machine.link.received.seq,
      });
      if (cover.kind === 'covered') truth.moved(account, -amountMinor);
      done();
    },
    giveBack() {
      const all = [...machine.state.allowances.values()];
      const open = all.filter(({ state }) => state === 'open');
      if (open.length > 0) model.giveBack(machine.state, random.pick(open).allowance.id);
      done();
    },
    settle(isFinal: boolean) {
      for (const [key, { state, account, amountMinor }] of machine.state.asked) {
        if (state === 'ended' || machine.busy.has(key)) continue;
        if (isFinal || random.chance(0.5)) model.abandon(machine.state, key);
        else if (state === 'reserved') reserving.pay(key, account, amountMinor);
        else reserving.ask(key, account, amountMinor);
      }
      done();
    },
  });
}

interface Reserving {
  /** Asks head office, again while it waits for the keeping branch, and pays when it is held. */
  ask(key: string, account: OfficeAccount, amountMinor: bigint): void;
  pay(key: string, account: OfficeAccount, amountMinor: bigint): void;
}

/** How often one customer waits while the keeping branch is asked to set more aside. */
const asksMost = 5;

function createReserving(machine: Machine, parts: BranchParts, driver: Driver): Reserving {
  const { agenda, random, line, office, seams, truth } = parts;

  function pay(key: string, account: OfficeAccount, amountMinor: bigint): void {
    // The customer may have gone while it was asked.
    if (random.chance(0.1)) model.abandon(machine.state, key);
    else if (seams.payReserved(machine.state, key)) truth.moved(account, -amountMinor);
  }

  function ask(key: string, account: OfficeAccount, amountMinor: bigint, asked = 1): void {
    const { branch, currency } = machine.state;
    const { era } = machine;
    const request = { branch, key, account, amountMinor, currency };
    machine.busy.add(key);
    const end = (verdict: Verdict): void => {
      if (verdict === 'again' && asked < asksMost) {
        const next = machine.alive(() => ask(key, account, amountMinor, asked + 1));
        return agenda.after(500 + random.next() * 5_000, next);
      }
      if (verdict === 'pay') pay(key, account, amountMinor);
      else if (verdict !== 'doubt') model.abandon(machine.state, key);
      machine.busy.delete(key);
      machine.commit();
      driver.wake(1);
    };
    let isOver = false;
    const once = (verdict: () => Verdict) =>
      machine.alive(() => {
        if (isOver) return;
        isOver = true;
        end(verdict());
      });
    line.carry(
      // Nobody answers what was asked of a head office that is lost.
      () =>
        office.era() === era ? office.answer((side) => seams.reserve(side, request)) : undefined,
      (reply) => once(() => seams.decide(machine.state, key, reply))(),
    );
    agenda.after(
      deadlineMs,
      once(() => seams.decide(machine.state, key, null)),
    );
  }
  return { ask, pay };
}
