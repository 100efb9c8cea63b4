// Plays the branch against a network that answers late, twice or not at all, and says what went wrong.
import { createRandom, type Random } from '#station/risk/random.ts';
import {
  freshNumber,
  notification,
  paymentReturn,
  type Seen,
  statusReport,
} from '../branch/counterparty.fixture.ts';
import { createAgenda } from './agenda.ts';
import { type Audit, createAudit } from './audit.fixture.ts';
import { budgetMs, decideInstant } from './instant.ts';
import type { PlayedBranch } from './played-branch.fixture.ts';
import { createRtgs, type NetworkAnswer, type Rtgs } from './rtgs.ts';
import { date } from './small-branch.fixture.ts';
import { carried } from './wire.ts';

/** What a mutant does instead of the branch; the honest branch has none of it. */
export interface Habits {
  /** Whether a message is read at all, by its age after the order (ms). */
  readonly hears?: (ageMs: number) => boolean;
  /** What silence after the budget is taken for. */
  readonly silence?: 'ACSC' | 'RJCT';
  /** A status as the branch reads it. */
  readonly status?: (status: string) => string;
}

/** One payment of a play: what the other side has seen of it. */
interface Order {
  readonly payment: number;
  readonly seen: Seen;
  readonly at: number;
}

interface Stage {
  readonly branch: PlayedBranch;
  readonly habits: Habits;
  readonly random: Random;
  readonly audit: Audit;
  readonly agenda: ReturnType<typeof createAgenda>;
  readonly orders: Map<string, Order>;
  /** What the instant scheme keeps of each order, to say it again. */
  readonly decided: Map<string, NetworkAnswer>;
  /** What the network says when it is asked. */
  ask(order: Order): NetworkAnswer | null;
}

const bank = 'QNEXDEFFXXX';
const other = 'COBADEFFXXX';
const cutOffAt = 120_000;
const enquiryAt = 400_000;
const contraryAt = 600_000;

/** Hands a message to the branch; what it refuses changes nothing. */
async function take({ branch, audit }: Stage, xml: string): Promise<void> {
  if (!(await branch.take(xml))) audit.refused();
}

/** Puts a message on the wire; `tells` is what it proves once it arrives. */
function send(
  stage: Stage,
  order: Order,
  given: {
    readonly at: number;
    readonly tells: 'settled' | 'rejected' | 'returned' | 'nothing';
    readonly write: (number: string) => string;
  },
): void {
  const first = freshNumber();
  for (const { at, numbered } of carried(given.at, stage.random)) {
    stage.agenda.add(at, () => {
      if (stage.habits.hears && !stage.habits.hears(at - order.at)) {
        return stage.audit.told(order.payment, given.tells);
      }
      const xml = given.write(numbered === 'as-first' ? first : freshNumber());
      stage.audit.told(order.payment, given.tells);
      return take(stage, xml);
    });
  }
}

/** The money comes back some time after it was settled, whole or less charges. */
function sendReturn(stage: Stage, order: Order, at: number): void {
  const { random, audit } = stage;
  const charges = random.below(2) === 0 ? 0n : 50n;
  const amountMinor = order.seen.amountMinor - charges;
  audit.returns(order.payment, amountMinor);
  const later = at + random.below(60_000);
  // The number of a return is made with the message: a copy of it is the same bytes.
  const xml = paymentReturn(order.seen, 'AC04', amountMinor);
  send(stage, order, { at: later, tells: 'returned', write: () => xml });
}

/** An answer of the network becomes messages: the status, often a booking, at times a return. */
function answer(stage: Stage, at: number, said: NetworkAnswer, isFirst: boolean): void {
  const order = stage.orders.get(said.id);
  if (!order) return;
  const { random, audit, habits } = stage;
  const { seen } = order;
  const tells =
    said.status === 'ACSC' ? 'settled' : said.status === 'RJCT' ? 'rejected' : 'nothing';
  const status = habits.status?.(said.status) ?? said.status;
  const write = (number: string) =>
    statusReport(seen, status, { number, ...(said.reason ? { reason: said.reason } : {}) });
  send(stage, order, { at, tells, write });
  if (!isFirst || tells === 'rejected') {
    if (isFirst) audit.truth(order.payment, 'rejected');
    return;
  }
  const isBooked = tells === 'settled';
  if (isBooked) audit.truth(order.payment, 'settled');
  if (random.below(2) === 0) {
    const xml = notification(seen, 'DBIT', isBooked ? 'BOOK' : 'PDNG');
    send(stage, order, { at, tells, write: () => xml });
  }
  if (isBooked && random.below(5) === 0) sendReturn(stage, order, at);
}

/** After the budget the branch may only wait; once more, much later, it asks. */
function watch(stage: Stage, order: Order): void {
  const { agenda, branch, habits, random } = stage;
  const isOpen = () => ['queued', 'sent', 'accepted'].includes(rowOf(branch, order).state);
  agenda.add(order.at + budgetMs, () => {
    if (!habits.silence || !isOpen()) return;
    return take(stage, statusReport(order.seen, habits.silence));
  });
  agenda.add(enquiryAt, (at) => {
    if (!isOpen() || random.below(10) < 4) return;
    const said = stage.ask(order);
    if (said) answer(stage, at, said, false);
  });
  // What contradicts an end is for head office to look at: it books nothing.
  agenda.add(contraryAt, () => {
    if (isOpen() || random.below(4) > 0) return;
    const isRejected = rowOf(branch, order).state === 'rejected';
    return take(stage, statusReport(order.seen, isRejected ? 'ACSC' : 'RJCT'));
  });
}

function rowOf({ payments }: PlayedBranch, { payment }: Order) {
  const row = payments.payment(payment);
  if (!row) throw new Error(`payment ${payment} is gone`);
  return row;
}

const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => random.below(16).toString(16)).join('');

/** Few amounts and few end-to-end references: what is told of one must not reach another. */
async function order(stage: Stage, at: number, channel: string): Promise<Order> {
  const { branch, random, audit } = stage;
  const transactionId = hex(random, 32);
  const uetr = `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`;
  const endToEndId = ['NOTPROVIDED', 'RENT', hex(random, 12)][random.below(3)] ?? 'RENT';
  const amountMinor = BigInt([1_000, 1_000, 2_500][random.below(3)] ?? 1_000);
  const party = { name: 'Dupont', iban: 'FR1420041010050500013M02606', bic: other };
  const place = { town: 'Paris', country: 'FR' };
  const ids = { messageId: transactionId, transactionId, uetr, endToEndId };
  const { payment, seen } = await branch.order({
    ...{ direction: 'out', channel, state: 'queued', messageType: 'pacs.008.001.08', ...ids },
    ...{ amountMinor: String(amountMinor), currency: 'EUR', settlementDate: date },
    ...{ account: 'CUSTOMER', text: 'Invoice 77', bulk: null },
    ...{ debtor: { ...party, ...place }, creditor: { ...party, ...place } },
  });
  const made = { payment, at, seen };
  stage.orders.set(seen.uetr, made);
  audit.ordered(payment, amountMinor);
  // The answer may be here before the carrier's receipt is written down.
  stage.agenda.add(at + random.below(1_500), () => branch.sent(payment));
  watch(stage, made);
  return made;
}

function playInstant(stage: Stage): void {
  const { agenda, random } = stage;
  for (let left = 2 + random.below(5); left > 0; left -= 1) {
    agenda.add(random.below(cutOffAt), async (at) => {
      const { seen } = await order(stage, at, 'sepa-inst');
      const afterMs = random.below(8) === 0 ? null : random.below(14_000);
      const payee = { accepts: random.below(3) > 0, reason: 'AC04', afterMs };
      const decision = decideInstant({ id: seen.uetr, bank, at }, payee);
      stage.decided.set(seen.uetr, decision.answer);
      agenda.add(decision.at, (now) => answer(stage, now, decision.answer, true));
    });
  }
}

function playRtgs(stage: Stage, rtgs: Rtgs): void {
  const { agenda, random } = stage;
  const tell = (at: number, answers: readonly NetworkAnswer[]) => {
    for (const said of answers) answer(stage, at, said, true);
  };
  for (let left = 2 + random.below(5); left > 0; left -= 1) {
    agenda.add(random.below(cutOffAt + 10_000), async (at) => {
      const { seen } = await order(stage, at, 'cbpr-plus');
      const { uetr: id, amountMinor } = seen;
      tell(at, rtgs.submit({ id, from: bank, to: other, amountMinor }, at));
    });
    agenda.add(random.below(cutOffAt), (at) => {
      const amountMinor = BigInt(500 + random.below(2_000));
      tell(at, rtgs.submit({ id: `other-${left}`, from: other, to: bank, amountMinor }, at));
    });
  }
  agenda.add(random.below(cutOffAt), (at) => tell(at, rtgs.fund(bank, 1_000n)));
  agenda.add(cutOffAt + 20_000, (at) => tell(at, rtgs.close()));
}

/** What a play came to. */
export type Outcome = ReturnType<Audit['end']>;

/** One play, decided by its seed: odd ones at the settlement system, even ones at the instant scheme. */
export async function play(
  seed: number,
  branch: PlayedBranch,
  habits: Habits = {},
): Promise<Outcome> {
  branch.clear();
  const random = createRandom(seed);
  const agenda = createAgenda();
  const liquidity = new Map([
    [bank, BigInt(random.below(5_000))],
    [other, BigInt(random.below(1_500))],
  ]);
  const rtgs = createRtgs({ liquidity, cutOffAt });
  const isRtgs = seed % 2 === 1;
  const audit = createAudit(branch);
  const decided = new Map<string, NetworkAnswer>();
  const stage: Stage = {
    ...{ branch, habits, random, agenda, audit, orders: new Map(), decided },
    ask: ({ seen: { uetr } }) => (isRtgs ? rtgs.enquire(uetr) : (decided.get(uetr) ?? null)),
  };
  if (isRtgs) playRtgs(stage, rtgs);
  else playInstant(stage);
  await agenda.run(() => audit.look());
  return audit.end();
}
