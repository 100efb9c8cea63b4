// Orders in the simulation: people at head office give them, and somebody with its database but not its key makes some up.
import type * as model from '../protocol/branch-model.ts';
import { giveOrder } from '../protocol/office-orders.ts';
import { handDown, type OfficeState } from '../protocol/office-state.ts';
import { allBranches, itemProblem, type JudgeQuestion, type Order } from '../protocol/orders.ts';
import type { DownItem, Link } from '../protocol/values.ts';
import { isSigned, sign } from './office-sign.ts';
import type { Random } from './random.ts';

type Reference = Extract<DownItem, { kind: 'reference' }>;

const names = ['policy', 'staff', 'stand-in'] as const;

const newestOf = (orders: readonly { name: string; version: number }[], name: string): number =>
  orders.reduce((most, each) => (each.name === name ? Math.max(most, each.version) : most), 0);

/** How a branch judges what head office sends; a mutant changes what it asks. */
export function judgeOf(
  change: (question: JudgeQuestion, item: DownItem) => JudgeQuestion = (each) => each,
): model.Judge {
  return (item, { branch, acted }) => {
    const newest = (name: string): number => newestOf(acted, name);
    return itemProblem(item, change({ branch, isSigned, newest }, item));
  };
}

/** A person gives an order, to all or to one; returns what was given. */
export function giveSome(
  state: OfficeState,
  {
    given,
    random,
    branches,
  }: {
    readonly given: readonly Order[];
    readonly random: Random;
    readonly branches: readonly string[];
  },
): Order {
  const name = random.pick(names);
  const branch = random.chance(0.5) ? allBranches : random.pick(branches);
  const version = newestOf(given, name) + 1;
  const order: Order = { branch, name, version, value: { number: random.below(1_000_000) } };
  giveOrder(state, order, { version, sign });
  return order;
}

const signedOf = (order: Order): Reference => ({
  kind: 'reference',
  ...order,
  signature: 'of another time',
});

/** Appends to a branch's list what no person gave: unsigned, bent, another branch's or an older one. */
export function makeUp(
  state: OfficeState,
  {
    given,
    random,
    branch,
  }: { readonly given: readonly Order[]; readonly random: Random; readonly branch: string },
): void {
  const device = state.devices.get(branch);
  if (!device) return;
  const name = random.pick(names);
  const version = newestOf(given, name) + 1 + random.below(3);
  const fresh: Order = { branch: allBranches, name, version, value: { number: -1 } };
  const real = [...state.devices.values()].flatMap(({ down }) => referencesOf(down));
  const others = real.filter((each) => each.branch !== branch && each.branch !== allBranches);
  const what = random.below(4);
  if (what === 0 || real.length === 0) return handDown(device, { ...signedOf(fresh) });
  if (what === 1) return handDown(device, { ...random.pick(real), value: { number: -2 } });
  if (what === 2 && others.length > 0) return handDown(device, random.pick(others));
  handDown(device, random.pick(real));
}

function referencesOf(down: readonly Link[]): readonly Reference[] {
  return down.flatMap(({ body }) => {
    const item = JSON.parse(body) as DownItem;
    return item.kind === 'reference' ? [item] : [];
  });
}

/** What is wrong with what a branch acted on, or null: each was given, to it or to all, and none after a newer one. */
export function wrongAct(
  given: readonly Order[],
  { branch, acted }: Pick<model.BranchState, 'branch' | 'acted'>,
): string | null {
  const newest = new Map<string, number>();
  for (const act of acted) {
    const what = `${branch} acted on ${act.name}, version ${act.version}`;
    const order = given.find(
      ({ name, version, branch: scope }) =>
        name === act.name && version === act.version && (scope === allBranches || scope === branch),
    );
    if (!order || JSON.stringify(order.value) !== JSON.stringify(act.value)) {
      return `${what}, which nobody gave it`;
    }
    if (act.version <= (newest.get(act.name) ?? 0)) return `${what}, after a newer one`;
    newest.set(act.name, act.version);
  }
  return null;
}

/** The newest order given to a branch that it has not acted on, or null. */
export function missedOrder(
  given: readonly Order[],
  { branch, acted }: Pick<model.BranchState, 'branch' | 'acted'>,
): string | null {
  const own = given.filter((each) => each.branch === allBranches || each.branch === branch);
  for (const name of names) {
    const due = newestOf(own, name);
    if (newestOf(acted, name) < due) return `${branch} never acted on ${name}, version ${due}`;
  }
  return null;
}
