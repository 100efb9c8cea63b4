// The invariants of the protocol, S1 to S8: some hold at every moment, the others once all has been delivered.
import { endOf, firstBroken } from '../protocol/chain.ts';
import { type OfficeState, poolGap } from '../protocol/office-state.ts';
import type { Order } from '../protocol/orders.ts';
import { accountKey, nowhere, type OfficePart } from '../protocol/values.ts';
import { type BranchNode, exposureMinor } from './branch-node.ts';
import { floor } from './counter.ts';
import { missedOrder, wrongAct } from './orders.ts';
import type { Truth } from './truth.ts';

export interface Violation {
  readonly invariant: 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S6' | 'S7' | 'S8';
  readonly message: string;
}

/** What is looked at of a branch, whether its machine is simulated or a process of its own. */
export interface Watched extends Pick<BranchNode, 'branch' | 'state' | 'committed'> {
  link(): { readonly stage: string; readonly why: string };
}

export interface Scene {
  readonly branches: readonly Watched[];
  readonly office: OfficeState;
  readonly truth: Truth;
}

type Tell = (invariant: Violation['invariant'], message: string) => void;

function collect(check: (tell: Tell) => void): readonly Violation[] {
  const found: Violation[] = [];
  check((invariant, message) => found.push({ invariant, message }));
  return found;
}

/** No account loses more than was left open by rule, and no branch leaves more open than its floor. */
function holdsExposure({ branches, office, truth }: Scene, tell: Tell): void {
  for (const key of truth.keys()) {
    const open = branches.reduce((sum, node) => sum + exposureMinor(node.state(), key), 0n);
    const worst = truth.of(key) + open + truth.writtenOffOf(key);
    if (worst < 0n) tell('S3', `${key} lost ${-worst} more than was left open`);
    for (const node of branches) {
      const copied = office.devices.get(node.branch)?.log.length ?? 0;
      // What an older copy lacks, head office had heard: the branch counted by that.
      const received = Math.max(copied, truth.heardOf(node.branch));
      const now = exposureMinor(node.state(), key, received);
      if (now > floor.amountMinor) tell('S3', `${node.branch} has left ${now} of ${key} open`);
    }
  }
}

function holdsBooks({ office }: Scene, tell: Tell): void {
  for (const [key, pool] of office.pools) {
    const gap = poolGap(office, key);
    if (gap !== 0n) tell('S7', `the pool of ${key} is ${gap} apart from its parts`);
    const isSaid = office.recovering.size > 0 || isOverlent(office, key);
    if (pool.freeMinor < 0n && !isSaid) tell('S7', `${pool.freeMinor} of ${key} are free`);
  }
}

/** More is lent than there is: after a copy took over that can be, and then a person has been told. */
const isOverlent = ({ exceptions }: OfficeState, key: string): boolean =>
  exceptions.some(({ kind, account }) => kind === 'overlent' && account === key);

/** What head office has of a log is the beginning of that log. */
function holdsPrefix({ branches, office }: Scene, tell: Tell): void {
  for (const node of branches) {
    const { seq, hash } = endOf(office.devices.get(node.branch)?.log ?? []);
    const own = seq === 0 ? nowhere.hash : node.state().log[seq - 1]?.hash;
    if (own !== hash) tell('S5', `event ${seq} of ${node.branch} is another at head office`);
  }
}

/** Nothing a teller was told is gone. */
function holdsCommitted({ branches }: Scene, tell: Tell): void {
  for (const { branch, committed, state } of branches) {
    const at = committed.length - 1;
    const log = state().log;
    if (at >= 0 && log[at]?.hash !== committed[at]) tell('S1', `${branch} lost event ${at + 1}`);
  }
}

/** No branch acts on what no person at head office ordered, nor on something older again. */
function holdsOrders({ branches, truth }: Scene, tell: Tell): void {
  for (const { state } of branches) {
    const wrong = wrongAct(truth.orders(), state());
    if (wrong !== null) tell('S8', wrong);
  }
}

/** What holds at every moment. */
export function checkAlways(scene: Scene): readonly Violation[] {
  return collect((tell) => {
    holdsExposure(scene, tell);
    holdsBooks(scene, tell);
    holdsPrefix(scene, tell);
    holdsCommitted(scene, tell);
    holdsOrders(scene, tell);
  });
}

function restsDelivered({ branches, office }: Scene, tell: Tell): void {
  for (const { branch, state, link, committed } of branches) {
    const copy = office.devices.get(branch)?.log ?? [];
    const { log } = state();
    if (copy.length !== log.length)
      tell('S1', `${log.length - copy.length} of ${branch} not there`);
    for (const [index, hash] of committed.entries()) {
      if (copy[index]?.hash === hash) continue;
      tell('S1', `event ${index + 1} of ${branch} is not at head office as it was`);
      break;
    }
    if (firstBroken(nowhere, log) !== null) tell('S5', `the log of ${branch} is broken`);
    if (firstBroken(nowhere, copy) !== null)
      tell('S5', `head office's copy of ${branch} is broken`);
    if (link().stage !== 'open') tell('S6', `${branch} stands still: ${link().why}`);
  }
}

function partsOf(branch: Watched): readonly (OfficePart & { readonly at: number })[] {
  return branch.state().log.flatMap(({ body, seq }) => {
    const { data } = JSON.parse(body) as { readonly data: { readonly office?: OfficePart } };
    return data.office ? [{ ...data.office, at: seq }] : [];
  });
}

/** Each visit is booked by the keeping branch once, and nothing else is. */
function restsBookedOnce({ branches, office }: Scene, tell: Tell): void {
  const visits = new Map<string, number>();
  for (const node of branches) {
    for (const part of partsOf(node)) {
      if (part.kind === 'visit') visits.set(`${node.branch}#${part.at}`, 0);
    }
  }
  for (const node of branches) {
    for (const part of partsOf(node)) {
      if (part.kind !== 'booked') continue;
      const key = `${part.branch}#${part.seq}`;
      visits.set(key, (visits.get(key) ?? 100) + 1);
    }
  }
  for (const [key, count] of visits) {
    if (count !== 1) tell('S2', `visit ${key} was booked ${count} times`);
  }
  if (office.recovering.size > 0)
    tell('S6', `${[...office.recovering.keys()]} were never heard out`);
  if (office.inTransit.size > 0) tell('S2', `${office.inTransit.size} visits are on their way`);
}

/** Money: each branch's cash and claims are its accounts, the branches owe each other nothing in sum, and cash is cash. */
function restsConserved({ branches, truth }: Scene, tell: Tell): void {
  let between = 0n;
  for (const node of branches) {
    const { cashMinor, interbranchMinor, kept } = node.state();
    let owed = 0n;
    for (const [number, account] of kept) {
      owed += account.balanceMinor - account.shortMinor;
      const real = truth.of(accountKey({ branch: node.branch, number }));
      const booked = account.balanceMinor - account.shortMinor;
      if (booked !== real) tell('S4', `${node.branch}/${number} says ${booked}, cash says ${real}`);
    }
    if (cashMinor + interbranchMinor !== owed) tell('S4', `${node.branch} does not add up`);
    between += interbranchMinor;
  }
  if (between !== 0n) tell('S4', `the branches' claims on each other add up to ${between}`);
}

/** What is set aside, lent and left is the same at both ends. */
function restsAgreed({ branches, office }: Scene, tell: Tell): void {
  for (const node of branches) {
    for (const [number, { sharedMinor }] of node.state().kept) {
      const key = accountKey({ branch: node.branch, number });
      const there = office.pools.get(key)?.sharedMinor ?? 0n;
      if (there !== sharedMinor) tell('S7', `${key}: ${sharedMinor} held, ${there} at head office`);
    }
    for (const [id, held] of node.state().allowances) {
      const there = office.allowances.get(id);
      const isOpen = held.state === 'open';
      const agrees = there && (there.state === 'open') === isOpen;
      const isSame = !isOpen || there?.spentMinor === held.spentMinor;
      if (!agrees || !isSame) tell('S7', `allowance ${id} is another at ${node.branch}`);
    }
  }
  for (const [key, { state }] of office.reservations) {
    if (state === 'reserved') tell('S7', `reservation ${key} is still held for nobody`);
  }
}

/** Words that head office has for what a branch that keeps the rules never does. */
const neverSaid = new Set(['reservation-not-held', 'allowance-overspent', 'allowance-unknown']);

function restsWithoutBlame({ office }: Scene, tell: Tell): void {
  for (const { kind, message } of office.exceptions) {
    if (neverSaid.has(kind)) tell('S3', message);
  }
}

/** An order that stood in a lost head office and in no branch is gone; one that any branch has is in force. */
const isDue = (branches: readonly Watched[], truth: Truth, order: Order): boolean =>
  !truth.isForgotten(order) ||
  branches.some(({ state }) =>
    state().acted.some(({ name, version }) => name === order.name && version === order.version),
  );

/** What was ordered is in force, whatever was made up in between. */
function restsOrdered({ branches, truth }: Scene, tell: Tell): void {
  for (const { state } of branches) {
    const due = truth.orders().filter((order) => isDue(branches, truth, order));
    const missed = missedOrder(due, state());
    if (missed !== null) tell('S8', missed);
  }
}

/** What holds once every line is mended and everything has been delivered. */
export function checkAtRest(scene: Scene): readonly Violation[] {
  return [
    ...checkAlways(scene),
    ...collect((tell) => {
      restsDelivered(scene, tell);
      restsBookedOnce(scene, tell);
      restsConserved(scene, tell);
      restsAgreed(scene, tell);
      restsOrdered(scene, tell);
      restsWithoutBlame(scene, tell);
    }),
  ];
}
