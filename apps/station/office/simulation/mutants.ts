// Thirty ways to get the protocol wrong, each at one seam: the simulation must find every one of them.
import { problem } from '#station/bank/problem.ts';
import * as model from '../protocol/branch-model.ts';
import { applyPart } from '../protocol/office-effects.ts';
import { handDown, poolOf } from '../protocol/office-state.ts';
import type { JudgeQuestion } from '../protocol/orders.ts';
import type { DownItem, Link, OfficePart, Push, PushReply } from '../protocol/values.ts';
import { judgeOf } from './orders.ts';
import { type OfficeSide, protocol, type Seams } from './seams.ts';

export interface Mutant {
  readonly name: string;
  /** What is wrong, as somebody might have thought it right. */
  readonly what: string;
  readonly seams: Seams;
}

const partOf = ({ body }: Link): OfficePart | undefined =>
  (JSON.parse(body) as { readonly data: { readonly office?: OfficePart } }).data.office;

const itemOf = ({ body }: Link): DownItem => JSON.parse(body) as DownItem;

const mutant = (name: string, what: string, seams: Partial<Seams>): Mutant =>
  Object.freeze({ name, what, seams: Object.freeze({ ...protocol, ...seams }) });

/** Books the effects of events again, as an inbox without memory would. */
function bookAgain({ state }: OfficeSide, { branch, events }: Push, upTo: number): void {
  const device = state.devices.get(branch);
  if (!device) return;
  for (const event of events) {
    const part = partOf(event);
    if (part && event.seq <= upTo) applyPart({ state, device, seq: event.seq }, part);
  }
}

const lengthOf = ({ state }: OfficeSide, branch: string): number =>
  state.devices.get(branch)?.log.length ?? 0;

/** Takes events whatever lies before them. */
function takeAnything(side: OfficeSide, push: Push): PushReply {
  const device = side.state.devices.get(push.branch);
  if (!device) return side.office.push(push);
  for (const event of push.events) {
    device.log.push(event);
    const part = partOf(event);
    if (part) applyPart({ state: side.state, device, seq: event.seq }, part);
  }
  const last = device.log.at(-1) ?? push.before;
  const received = { seq: last.seq, hash: last.hash };
  return { kind: 'accepted', received, fresh: push.events.length, down: device.down.length };
}

/** Books visits by their place in the list alone. */
function forgetful(branch: model.BranchState, links: readonly Link[]): boolean {
  branch.visits.clear();
  return protocol.applyDown(branch, links);
}

const atHeadOffice: readonly Mutant[] = [
  mutant('no-deduplication', 'what is pushed again is booked again', {
    push(side, push) {
      const before = lengthOf(side, push.branch);
      const reply = side.office.push(push);
      if (reply.kind === 'accepted') bookAgain(side, push, before);
      return reply;
    },
  }),
  mutant('gaps-accepted', 'events are taken though those before them are missing', {
    push(side, push) {
      const reply = side.office.push(push);
      return reply.kind === 'gap' ? takeAnything(side, push) : reply;
    },
    // A gap arises where an answer is believed that never came.
    unanswered: (before, { events }) => {
      const last = events.at(-1);
      return last ? { ...before, received: { seq: last.seq, hash: last.hash } } : null;
    },
  }),
  mutant('no-fork-check', 'another history under a known number is nodded through', {
    push(side, push) {
      const reply = side.office.push(push);
      const device = side.state.devices.get(push.branch);
      if (reply.kind !== 'refused' || reply.reason !== 'log-forked' || !device) return reply;
      side.office.resume(push.branch);
      const last = device.log.at(-1) ?? push.before;
      const received = { seq: last.seq, hash: last.hash };
      return { kind: 'accepted', received, fresh: 0, down: device.down.length };
    },
  }),
  mutant('torn-push', 'the events are kept and their effects lost when head office falls over', {
    push(side, push) {
      const device = side.state.devices.get(push.branch);
      const isTorn = device && push.events.length > 0 && push.events.at(-1)?.hash.startsWith('0');
      if (!isTorn || push.before.seq !== device.log.length) return side.office.push(push);
      device.log.push(...push.events);
      return { kind: 'gap', received: push.before };
    },
  }),
  mutant(
    'reclaimed-by-clock',
    'an allowance that has run out is lent anew without the branch’s word',
    {
      tick({ state }, now) {
        for (const each of state.allowances.values()) {
          if (each.state !== 'open' || now < each.allowance.expiresAt - 71 * 3_600_000) continue;
          const { account, currency, amountMinor } = each.allowance;
          each.state = 'written-off';
          poolOf(state, account, currency).freeMinor += BigInt(amountMinor) - each.spentMinor;
        }
      },
    },
  ),
  mutant('grants-more-than-is-free', 'an allowance is granted out of what may come', {
    grant(side, request) {
      const pool = poolOf(side.state, request.account, request.currency);
      const missing = request.amountMinor * 3n;
      pool.freeMinor += missing;
      side.office.grant({ ...request, amountMinor: request.amountMinor + missing });
    },
  }),
  mutant('reservation-takes-nothing', 'what is reserved stays free for the next one', {
    reserve(side, request) {
      const reply = side.office.reserve(request);
      const pool = poolOf(side.state, request.account, request.currency);
      if (reply.kind === 'reserved') pool.freeMinor += request.amountMinor;
      return reply;
    },
  }),
  mutant(
    'visit-handed-down-twice',
    'each push hands its visits to the keeping branch, which forgets them',
    {
      applyDown: forgetful,
      push(side, push) {
        const reply = side.office.push(push);
        if (reply.kind !== 'accepted' || reply.fresh === push.events.length) return reply;
        for (const event of push.events) {
          const part = partOf(event);
          const home = part?.kind === 'visit' && side.state.devices.get(part.account.branch);
          if (!home) continue;
          const { account, side: way, amountMinor, currency } = part;
          handDown(home, {
            ...{ kind: 'visit', account, side: way, amountMinor, currency },
            ...{ coveredMinor: '0', branch: push.branch, seq: event.seq },
          });
        }
        return reply;
      },
    },
  ),
  mutant('asynchronous-standby', 'the standby that takes over lacks what was acknowledged', {
    failOver: (_state, older) => older(),
  }),
  mutant(
    'asynchronous-standby-not-believed',
    'and the branch never sends again what was acknowledged',
    {
      failOver: (_state, older) => older(),
      believe: (before, after) =>
        after.received.seq < before.received.seq ? { ...after, received: before.received } : after,
    },
  ),
];

const atTheBranch: readonly Mutant[] = [
  mutant('no-witness', 'an older disk is taken for the newest', { start: (disk) => disk }),
  mutant('no-witness-no-hash', 'and head office compares numbers only', {
    start: (disk) => disk,
    push(side, push) {
      const reply = side.office.push(push);
      if (reply.kind !== 'refused' || reply.reason !== 'log-forked') return reply;
      side.office.resume(push.branch);
      const known = lengthOf(side, push.branch);
      const fresh = push.events.filter(({ seq }) => seq > known);
      return takeAnything(side, { ...push, events: fresh });
    },
  }),
  mutant('silence-is-consent', 'a push that is not answered counts as delivered', {
    unanswered: (before, { events }) => {
      const last = events.at(-1);
      return last ? { ...before, received: { seq: last.seq, hash: last.hash } } : null;
    },
    push(side, push) {
      const reply = side.office.push(push);
      // Head office's word is what would save it: this one repeats the branch's.
      return reply.kind === 'gap' ? { ...reply, received: push.before } : reply;
    },
  }),
  mutant('items-taken-twice', 'an item that comes again is applied again', {
    applyDown(branch, links) {
      const known = links.filter(({ seq }) => seq <= branch.down.seq);
      const isTaken = protocol.applyDown(branch, links);
      for (const link of isTaken ? [...known, ...links] : []) {
        const item = itemOf(link);
        if (item.kind !== 'allowance') continue;
        const { allowance, signature } = item;
        const spent = branch.allowances.get(allowance.id)?.spentMinor ?? 0n;
        const fresh = { allowance, signature, spentMinor: 0n, state: 'open' as const };
        if (spent > 0n || known.includes(link)) branch.allowances.set(allowance.id, fresh);
      }
      return isTaken;
    },
    pull: ({ office, state }, branch, after) => {
      office.pull(branch, after);
      return state.devices.get(branch)?.down ?? [];
    },
  }),
  mutant(
    'items-forgotten',
    'the position is stored before the items, and the machine stops between',
    {
      applyDown(branch, links) {
        const news = links.filter(({ seq }) => seq > branch.down.seq);
        const last = news.at(-1);
        if (!last?.hash.startsWith('0')) return protocol.applyDown(branch, links);
        branch.down = { seq: last.seq, hash: last.hash };
        return true;
      },
    },
  ),
  mutant('spends-without-noting', 'an allowance is spent and not reduced', {
    payOffline(branch, question) {
      const before = new Map(branch.allowances);
      const cover = model.payOffline(branch, question);
      for (const [id, held] of before) branch.allowances.set(id, held);
      return cover;
    },
  }),
  mutant('floor-for-each-payment', 'the floor limit counts anew with each payment', {
    payOffline: (branch, question) =>
      model.payOffline(branch, { ...question, received: Number.MAX_SAFE_INTEGER }),
  }),
  mutant('shares-what-it-spends', 'what is set aside for others is not held back at home', {
    share(branch, number, wantedMinor) {
      const shared = model.share(branch, number, wantedMinor);
      const account = branch.kept.get(number);
      if (account) account.sharedMinor -= shared;
    },
  }),
  mutant('pays-while-waiting', 'head office is still asking the keeping branch, and cash is paid', {
    decide(branch, key, reply) {
      if (reply?.kind !== 'waiting') return protocol.decide(branch, key, reply);
      model.answered(branch, key, true);
      return 'pay';
    },
  }),
  mutant('pays-when-unsure', 'no answer to a reservation counts as yes', {
    decide(branch, key, reply) {
      if (reply !== null) return protocol.decide(branch, key, reply);
      model.answered(branch, key, true);
      return 'pay';
    },
  }),
  mutant('asks-without-recording', 'a reservation is asked for and known in memory only', {
    ask(branch, key, account, amountMinor) {
      branch.asked.set(key, { account, amountMinor, state: 'asked' });
      model.record(branch, 'nothing.of.note');
    },
    crash(branch) {
      for (const [key, { state }] of branch.asked) if (state !== 'ended') branch.asked.delete(key);
    },
  }),
  mutant('pays-twice-for-one-key', 'a reservation that was used is used again', {
    payReserved(branch, key) {
      const isPaid = model.payReserved(branch, key);
      const asked = branch.asked.get(key);
      if (isPaid && asked && key.endsWith('1')) {
        asked.state = 'reserved';
        branch.cashMinor += asked.amountMinor;
      }
      return isPaid;
    },
  }),
];

/** What a branch would act on that asked less of an order. */
const believing = (
  name: string,
  what: string,
  change: (question: JudgeQuestion, item: DownItem) => JudgeQuestion,
): Mutant =>
  mutant(name, what, {
    applyDown: (branch, links) => model.applyDown(branch, links, judgeOf(change)),
  });

const ofOrders: readonly Mutant[] = [
  believing(
    'order-unsigned-accepted',
    'what stands in head office’s database is an order',
    (question) => ({
      ...question,
      isSigned: () => true,
    }),
  ),
  believing(
    'order-of-another-branch-accepted',
    'whom an order is for is not looked at',
    (question, item) => ({
      ...question,
      branch: item.kind === 'reference' ? item.branch : question.branch,
    }),
  ),
  believing(
    'older-order-accepted',
    'an order that was in force once is in force again',
    (question) => ({
      ...question,
      newest: () => 0,
    }),
  ),
  mutant('refused-order-blocks', 'the number of an order that was refused counts as known', {
    applyDown: (branch, links) =>
      model.applyDown(branch, links, (item, state) => {
        const wrong = judgeOf()(item, state);
        const isKnown = item.kind === 'reference' && seenVersion(state, item) >= item.version;
        return wrong ?? (isKnown ? problem('order-replayed', 'known') : null);
      }),
  }),
];

/** Newest version of this name among all that ever came, taken or not. */
const seen = new WeakMap<model.BranchState, Map<string, number>>();
function seenVersion(state: model.BranchState, item: { name: string; version: number }): number {
  const known = seen.get(state) ?? new Map<string, number>();
  seen.set(state, known);
  const before = known.get(item.name) ?? 0;
  known.set(item.name, Math.max(before, item.version));
  return before;
}

const ofCopies: readonly Mutant[] = [
  mutant(
    'lets-in-without-taking-over',
    'what a branch was lent by the lost head office is not lent',
    {
      rejoin: () => undefined,
    },
  ),
  mutant('takes-over-no-allowance', 'what was booked is expected, what was lent is forgotten', {
    rejoin(side, declaration) {
      const known = new Set(side.state.allowances.keys());
      side.office.rejoin(declaration);
      for (const [id, { allowance }] of side.state.allowances) {
        if (known.has(id)) continue;
        const { account, currency, amountMinor } = allowance;
        side.state.allowances.delete(id);
        poolOf(side.state, account, currency).freeMinor += BigInt(amountMinor);
      }
    },
  }),
  mutant('lends-before-all-are-heard', 'the older copy lends as if it knew what was lent', {
    restore: () => undefined,
  }),
  mutant('books-again-after-a-copy', 'a visit that the copy hands down again is booked again', {
    applyDown: forgetful,
    rejoin(side, declaration) {
      side.office.rejoin(declaration);
      for (const [branch, all] of side.state.lost) {
        side.state.lost.set(
          branch,
          all.filter(({ item }) => item.kind !== 'visit'),
        );
      }
    },
  }),
];

export const mutants: readonly Mutant[] = Object.freeze([
  ...atHeadOffice,
  ...atTheBranch,
  ...ofOrders,
  ...ofCopies,
]);
