// Lets a bank happen from one seed: counters, outages, crashes, clocks and accidents, then fine weather and the reckoning.
import { linkHash } from '../protocol/chain.ts';
import { nowhere, type Push } from '../protocol/values.ts';
import { type Agenda, createAgenda } from './agenda.ts';
import { type BranchNode, createBranchNode } from './branch-node.ts';
import { checkAlways, checkAtRest, type Scene, type Violation } from './checks.ts';
import { createLine, type Line } from './line.ts';
import { beginning, createOfficeNode, type OfficeNode } from './office-node.ts';
import { giveSome, makeUp } from './orders.ts';
import { createRandom, type Random } from './random.ts';
import { protocol, type Seams } from './seams.ts';
import { createTruth, type Truth } from './truth.ts';

export interface Settings {
  readonly branches: number;
  readonly accounts: number;
  /** Things that happen at counters and to machines before the weather clears. */
  readonly happenings: number;
  /** After how many of them the invariants are looked at. */
  readonly checkEvery: number;
}

export const usual: Settings = Object.freeze({
  branches: 3,
  accounts: 2,
  happenings: 260,
  checkEvery: 4,
});

export interface Outcome {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** Events recorded by all branches. */
  readonly events: number;
  /** Simulated days. */
  readonly days: number;
  /** Least cash any account stood at: 0 or more, unless something was left open by rule. */
  readonly worstMinor: bigint;
  readonly history: readonly string[];
}

interface World {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly orderChance: Random;
  readonly copyChance: Random;
  readonly office: OfficeNode;
  readonly branches: readonly BranchNode[];
  readonly lines: readonly Line[];
  readonly pace: { ms: number };
  readonly truth: Truth;
  readonly seams: Seams;
  readonly settings: Settings;
  readonly note: (sentence: string) => void;
  readonly found: Violation[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long between two happenings, per seed: a rush hour, a working day, a month of quiet. */
const rhythmsMs = [20_000, 10 * 60_000, 3 * hourMs];

function createWorld(seed: number, seams: Seams, settings: Settings, history: string[]): World {
  const agenda = createAgenda();
  const random = createRandom(seed);
  const truth = createTruth();
  const office = createOfficeNode(agenda, seams, truth);
  const weather = {
    loss: random.pick([0.02, 0.15, 0.3]),
    doubled: random.pick([0.02, 0.1, 0.3]),
    delayMs: random.pick([50, 3_000, 20_000]),
  };
  const note = (sentence: string): void => {
    history.push(`${(agenda.now() / 1_000).toFixed(3)} s  ${sentence}`);
  };
  const pace = { ms: random.pick([30_000, 5 * 60_000, hourMs]) };
  const lines: Line[] = [];
  const branches = Array.from({ length: settings.branches }, (_, index) => {
    const line = createLine(agenda, random, weather);
    lines.push(line);
    const parts = { agenda, random, line, office, seams, truth, paceMs: () => pace.ms, note };
    return createBranchNode(String(index + 1).padStart(3, '0'), parts);
  });
  const found: Violation[] = [];
  const orderChance = createRandom(seed ^ 0x0d0e);
  const copyChance = createRandom(seed ^ 0xc0b1);
  return {
    agenda,
    random,
    orderChance,
    copyChance,
    office,
    branches,
    lines,
    pace,
    truth,
    seams,
    settings,
    note,
    found,
  };
}

const sceneOf = ({ branches, office, truth }: World): Scene => ({
  ...{ branches, office: office.state(), truth },
});

const numberOf = (index: number): string => String(10_000 + index);

/** Something at a counter of the branch. */
function atCounter(world: World, node: BranchNode): void {
  const { random, branches, settings } = world;
  const number = numberOf(random.below(settings.accounts));
  const amountMinor = BigInt(1 + random.below(4_000));
  const other = random.pick(branches);
  const account = { branch: other.branch, number };
  const isOwn = other === node;
  const what = random.below(100);
  if (what < 12) node.deposit(number, amountMinor);
  else if (what < 30) node.withdraw(number, amountMinor);
  else if (what < 42) node.share(number, amountMinor);
  else if (what < 50 && !isOwn) node.depositFor(account, amountMinor);
  else if (what < 88 && !isOwn) {
    node.payFor(account, amountMinor);
    // Between any two of its steps the machine may stop.
    const stop = (): void => node.crash(100 + random.below(60_000), random.chance(0.2));
    if (random.chance(0.1)) world.agenda.after(random.next() * 8_000, stop);
  } else if (what < 94) node.giveBack();
  else node.settle(false);
}

/** Something at head office: an allowance is granted, seldom one is written off. */
function atOffice(world: World): void {
  const { random, office, branches, settings, seams } = world;
  const state = office.state();
  if (random.chance(0.05) && state.nextAllowance > 1) {
    office.writeOff(String(1 + random.below(state.nextAllowance - 1)));
    return;
  }
  const node = random.pick(branches);
  const home = random.pick(branches);
  const account = { branch: home.branch, number: numberOf(random.below(settings.accounts)) };
  const free = state.pools.get(`${account.branch}/${account.number}`)?.freeMinor ?? 0n;
  const part = BigInt(1 + random.below(100));
  const amountMinor = (free * part) / 100n;
  if (node === home || !state.devices.has(node.branch)) return;
  const lifeMs = (1 + random.below(72)) * hourMs;
  const request = { branch: node.branch, account, till: null, amountMinor, currency: 'EUR' };
  office.answer((side) => {
    try {
      seams.grant(side, { ...request, lifeMs });
    } catch {
      // Refused: more than is free.
    }
  });
}

/** A copy of the branch's disk in a second machine says something head office has already heard otherwise. */
function twin(world: World, node: BranchNode): void {
  const { office, seams, found, agenda, note } = world;
  const device = office.state().devices.get(node.branch);
  const last = device?.log.at(-1);
  if (!device || !last || device.stopped !== '') return;
  const before = device.log.at(-2) ?? nowhere;
  const forged = { ...last, body: last.body.replace('"type":"', '"type":"twin.') };
  const reply = office.answer((side) => {
    const events = [{ ...forged, hash: linkHash(before.hash, forged.body) }];
    const sentAt = beginning + agenda.now();
    const push: Push = { branch: node.branch, device: device.device, before, events, sentAt };
    return seams.push(side, push);
  });
  note(`a twin of ${node.branch} speaks`);
  const isFound =
    reply === undefined || (reply.kind === 'refused' && reply.reason === 'log-forked');
  if (!isFound) found.push({ invariant: 'S6', message: `a twin of ${node.branch} was not found` });
}

/** Something happens to lines, machines, disks and clocks. */
function accident(world: World): void {
  const { random, agenda, office, note } = world;
  const at = random.below(world.branches.length);
  const node = world.branches[at] as BranchNode;
  const line = world.lines[at] as Line;
  const what = random.below(100);
  if (what < 35) {
    const lasts = random.pick([30_000, hourMs, dayMs, 30 * dayMs]);
    note(`the line of ${node.branch} is cut for ${lasts / 1_000} s`);
    line.cut();
    agenda.after(lasts * (0.5 + random.next()), line.mend);
  } else if (what < 60) node.crash(random.pick([100, 60_000, hourMs]), random.chance(0.3));
  else if (what < 70) node.copyDisk();
  else if (what < 80) {
    note('head office stops');
    office.stop();
    agenda.after(random.pick([5_000, hourMs]), office.start);
  } else if (what < 86) {
    note('the standby takes over');
    office.failOver();
  } else if (what < 92) office.lag();
  else if (what < 96) node.skew(random.pick([0, 90_000, -90_000, 2 * dayMs, -2 * dayMs]));
  else twin(world, node);
}

/** People who look at what stands still. */
function people(world: World): void {
  for (const node of world.branches) {
    if (world.office.state().devices.get(node.branch)?.stopped) {
      world.office.side().office.resume(node.branch);
    }
    if (node.isBehind()) node.rejoin(world.copyChance.chance(0.2));
    if (node.link().stage === 'stopped') node.resume();
  }
}

/** Orders come out of a chance of their own: the rest of a seed's world stays what it was. */
function someOrder(world: World): void {
  const { office, truth, branches, orderChance: random, note } = world;
  const what = random.next();
  if (what > 0.14) return;
  const state = office.state();
  const given = truth.orders();
  const names = branches.map(({ branch }) => branch);
  if (what < 0.07) return truth.ordered(giveSome(state, { given, random, branches: names }));
  const branch = random.pick(names);
  note(`an order is made up for ${branch}`);
  makeUp(state, { given, random, branch });
}

/** Copies are made, and some day one of them is all that is left of head office; chance of their own, as above. */
function someCopy({ office, branches, copyChance: random, settings, note }: World): void {
  const what = random.next();
  if (what < 0.04) office.backUp();
  else if (what < 0.05 && office.restore()) note('an older copy of head office takes its place');
  else if (what < 0.09) {
    const node = random.pick(branches);
    if (node.isUp())
      node.recall(numberOf(random.below(settings.accounts)), BigInt(random.below(900)));
  }
}

function happen(world: World): void {
  const { random } = world;
  someOrder(world);
  someCopy(world);
  const what = random.below(100);
  const node = random.pick(world.branches);
  if (what < 78) {
    if (node.isUp()) atCounter(world, node);
  } else if (what < 88) atOffice(world);
  else if (what < 97) accident(world);
  else people(world);
}

/** Steps until the moment has come or something is found. */
function passUntil(world: World, at: number): void {
  const { agenda } = world;
  while (agenda.now() < at && agenda.step());
}

function settleAll(world: World): void {
  const { agenda, branches, lines, office } = world;
  for (const line of lines) line.heal();
  office.start();
  for (const node of branches) node.skew(0);
  // Everybody who is down comes up within the longest restart.
  passUntil(world, agenda.now() + 2 * hourMs);
  world.pace.ms = 2_000;
  for (let round = 0; round < 8; round++) {
    people(world);
    for (const node of branches) node.settle(true);
    for (const node of branches) node.look();
    passUntil(world, agenda.now() + 2 * 60_000);
  }
}

/**
 * Lets the world of a seed happen under the protocol, or under one with a seam replaced, and says what
 * did not hold. The same seed and seams give the same outcome.
 */
export function simulate(seed: number, seams: Seams = protocol, settings = usual): Outcome {
  const history: string[] = [];
  const world = createWorld(seed, seams, settings, history);
  const { agenda, random, branches, truth, found } = world;
  // An administrator enrolled every branch before it opened.
  for (const node of branches) world.office.side().office.open(node.branch, node.state().device);
  world.office.lag();
  for (const node of branches) {
    for (let index = 0; index < settings.accounts; index++) {
      node.deposit(numberOf(index), 10_000n);
      node.share(numberOf(index), 4_000n);
    }
    node.look();
  }
  const rhythm = random.pick(rhythmsMs);
  let worstMinor = 0n;
  let pending = false;
  for (let count = 0; count < settings.happenings && found.length === 0; count++) {
    pending = false;
    agenda.after(random.next() * 2 * rhythm, () => {
      pending = true;
      happen(world);
    });
    while (!pending && agenda.step());
    for (const key of truth.keys()) if (truth.of(key) < worstMinor) worstMinor = truth.of(key);
    if (count % settings.checkEvery === 0) found.push(...checkAlways(sceneOf(world)));
  }
  if (found.length === 0) {
    settleAll(world);
    found.push(...checkAtRest(sceneOf(world)));
  }
  return {
    ...{ seed, violations: found, worstMinor, history },
    events: branches.reduce((sum, node) => sum + node.state().log.length, 0),
    days: agenda.now() / dayMs,
  };
}
