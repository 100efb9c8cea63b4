// Applies what head office sends down to all: staff, limits and lists of the policy, the day's end; each as events of this branch's log.
import { z } from 'zod';
import { type RatesOrder, ratesOrder } from '#contract/rates.ts';
import { role, userName } from '#contract/session.ts';
import { currency, minor } from '#contract/values.ts';
import { readPolicy, writePolicy } from '#station/bank/policy.ts';
import { refuseRates } from '#station/bank/rates.ts';
import { refuseImplausible } from '#station/bank/rates-plausible.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { canonicalText } from '#station/ledger/canonical.ts';
import type { Ledger } from '#station/ledger/ledger.ts';
import type { OrderData, OrderReads } from '#station/ledger/projections/office-orders.ts';
import type { OfficeReads } from '#station/ledger/projections/office-reads.ts';
import type { PolicyReads } from '#station/ledger/projections/policy.ts';
import type { RateReads } from '#station/ledger/projections/rates.ts';
import type { StaffReads, StaffRow } from '#station/ledger/projections/staff.ts';
import type { OfficePart } from '#station/office/protocol/values.ts';
import type { Announcer } from './desk.ts';
import { isListOrder, planList } from './screening-orders.ts';

/** What orders act on beside the office's own books. */
export interface OrderPlace {
  readonly reads: OrderReads;
  readonly staff: StaffReads;
  readonly policies: Pick<PolicyReads, 'policy'>;
  readonly rates: RatesPlace;
  /** The newest version of an item, for a list whose pages are items of their own. */
  readonly reference: OfficeReads['reference'];
  /** Ends the sessions of a person whose rights have changed, with a sentence for them. */
  readonly endSessions: (staff: number, message: string) => void;
}

/** What a list of rates is held to. */
export interface RatesPlace {
  readonly reads: RateReads;
  /** The branch's base currency. */
  readonly base: () => string;
  /** Currencies this branch works in. */
  readonly inUse: () => readonly string[];
  /** The latest date a list may be of: tomorrow, as rates are quoted in the afternoon before. */
  readonly latest: () => string;
}

interface Planned {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Plan {
  readonly events: readonly Planned[];
  readonly outcome: OrderData['outcome'];
  readonly message: string;
  /** People whose sessions end. */
  readonly ended: readonly number[];
}

type Order = ReturnType<OrderReads['waiting']>[number];

/** The date head office has ended: no branch opens it, or an earlier one, again. */
export const dayEnd = z.strictObject({ date: z.iso.date() });

/** The newest date head office has ended, as far as this branch knows; null when none. */
export function endedDateOf(reads: Pick<OfficeReads, 'reference'>): () => string | null {
  return () => {
    const known = dayEnd.safeParse(reads.reference('day-end')?.value);
    return known.success ? known.data.date : null;
  };
}

/** What a branch may leave open by itself while it is offline. */
export const standIn = z.strictObject({
  floors: z.record(currency, minor),
  times: z.number().int().min(1).max(20),
});

/** How long the card of a visiting customer is kept after its last use. */
export const visitors = z.strictObject({ days: z.number().int().min(1).max(365) });

/** Everybody head office wants at this branch; who is not named stays as they are. */
const staffOrder = z
  .array(
    z.strictObject({
      user: userName,
      name: z.string().trim().min(1).max(80),
      roles: z.array(role).min(1).max(5),
      state: z.enum(['active', 'locked']),
    }),
  )
  .min(1)
  .max(500);

/**
 * Applies the newest version of each order that waits, in a write of its own: once, all of it, or none
 * with the reason, which head office is told. Returns how many there were.
 */
export async function applyOrders(
  place: OrderPlace,
  parts: { readonly ledger: Ledger; readonly announcer: Pick<Announcer, 'changed'> },
): Promise<number> {
  const { ledger, announcer } = parts;
  const waiting = place.reads.waiting();
  for (const order of waiting) {
    const ended = await ledger.submit(() => {
      const plan = planned(place, order);
      const append = ({ type, data }: Planned): void =>
        void ledger.append({ type, actor: 'system', data });
      plan.events.forEach(append);
      append(report(order, plan));
      return plan.ended;
    });
    for (const staff of ended) {
      place.endSessions(staff, 'Head office has changed your rights; sign in again.');
    }
  }
  if (waiting.length > 0)
    announcer.changed(['office', 'policy', 'staff', 'till', 'approval', 'day']);
  return waiting.length;
}

function report({ name, version }: Order, { outcome, message }: Plan): Planned {
  const order: OrderData = { name, version, outcome, message };
  if (outcome !== 'refused') return { type: 'reference.applied', data: { order } };
  const office: OfficePart = { kind: 'order-refused', name, version, message };
  return { type: 'reference.applied', data: { order, office } };
}

function planned(place: OrderPlace, order: Order): Plan {
  try {
    return planFor(place, order);
  } catch (error) {
    const message =
      error instanceof Refusal
        ? error.message
        : error instanceof z.ZodError
          ? formFault(error)
          : null;
    if (message === null) throw error;
    return { events: [], outcome: 'refused', message: message.slice(0, 500), ended: [] };
  }
}

const simple = (outcome: Plan['outcome'], message: string): Plan => ({
  ...{ events: [], outcome, message, ended: [] },
});

/** The first thing that is wrong with its form, and where. */
function formFault({ issues }: z.ZodError): string {
  const [first] = issues;
  const place = first?.path.join('.') || 'the whole';
  return `It is not of the form it must have: ${place}: ${first?.message ?? 'unknown'}.`;
}

function planFor(place: OrderPlace, order: Order): Plan {
  switch (order.name) {
    case 'policy':
      return planPolicy(place, order);
    case 'staff':
      return planStaff(place, order);
    case 'day-end': {
      const { date } = dayEnd.parse(order.value);
      return simple('applied', `Business date ${date} has ended for the whole bank.`);
    }
    case 'stand-in': {
      const { floors, times } = standIn.parse(order.value);
      const named = Object.keys(floors).sort().join(', ');
      return simple('applied', `Floor limits for ${named}, ${times} times.`);
    }
    case 'rates':
      return planRates(place, order);
    case 'visitors': {
      const { days } = visitors.parse(order.value);
      return simple('applied', `Cards of visiting customers are erased ${days} days after use.`);
    }
    default:
      if (isListOrder(order.name)) return { ...planList(order, place.reference), ended: [] };
      return simple('kept', 'Known here; nothing acts on it by itself.');
  }
}

/** Refused whole where one rate is no rate or not to be believed, or the list is older than the one in force. */
function planRates({ rates, policies }: OrderPlace, { version, value }: Order): Plan {
  const order = ratesOrder.parse(value);
  const inForce = rates.reads.rates();
  refuseRates(order, { base: rates.base(), inForce, latest: rates.latest() });
  const { moveBasisPoints } = policies.policy().rates;
  refuseImplausible(order, { inForce, moveBasisPoints, inUse: rates.inUse() });
  const count = Object.keys(order.rates).length;
  return {
    ...{ events: [{ type: 'rates.set', data: { rates: { ...order, version } } }], ended: [] },
    outcome: 'applied',
    message: `In force: ${count} rates of ${order.date}, one ${order.base} being so many of each.${seenText(order)}`,
  };
}

/** Who let through what is unusual in it; "" where nothing is. */
function seenText({ second }: RatesOrder): string {
  if (!second) return '';
  const { given, seen, currencies, reason } = second;
  return ` ${currencies.slice(0, 5).join(', ')} as ${given} gave and ${seen} saw: ${reason}`;
}

/** The sections head office names take the place of the branch's; the others stay. */
function planPolicy({ policies }: OrderPlace, { version, value }: Order): Plan {
  const sections = z.record(z.string(), z.unknown()).parse(value);
  const before = writePolicy(policies.policy());
  const policy = writePolicy(readPolicy({ ...before, ...sections }));
  const names = Object.keys(sections).sort().join(', ');
  if (canonicalText(policy) === canonicalText(before)) {
    return simple('applied', `In force already: ${names}.`);
  }
  const reason = `head office, version ${version}`;
  const events = [{ type: 'policy.set', data: { policy, reason } }];
  return { events, outcome: 'applied', message: `Now in force: ${names}.`, ended: [] };
}

function planStaff({ staff }: OrderPlace, { version, value }: Order): Plan {
  const people = staffOrder.parse(value);
  const reason = `head office, version ${version}`;
  const events: Planned[] = [];
  const ended: number[] = [];
  let next = staff.nextId();
  const later = new Map(staff.list().map((row) => [row.user, { ...row, roles: [...row.roles] }]));
  for (const { user, name, roles: given, state } of people) {
    const roles = [...new Set(given)].sort();
    const row = later.get(user);
    if (!row) {
      if (state === 'locked') continue;
      // No password travels in a log: an administrator of the branch gives the first one.
      const data = { staff: next, user, name, roles, customer: null, mustChange: true };
      events.push({ type: 'staff.added', data });
      later.set(user, { user, roles, disabled: false } as StaffRow & { roles: typeof roles });
      next += 1;
      continue;
    }
    const before = [...row.roles].sort();
    const found = events.length;
    if (before.join() !== roles.join()) {
      events.push({ type: 'staff.roles-set', data: { staff: row.id, before, roles, reason } });
      row.roles = roles;
    }
    if (row.disabled !== (state === 'locked')) {
      const type = state === 'locked' ? 'staff.disabled' : 'staff.enabled';
      events.push({ type, data: { staff: row.id, reason } });
      row.disabled = state === 'locked';
    }
    if (events.length > found) ended.push(row.id);
  }
  const administrators = [...later.values()].filter(
    ({ disabled, roles }) => !disabled && roles.includes('administrator'),
  );
  refuseUnless(
    administrators.length > 0,
    'last-administrator',
    'This would leave the branch without an administrator: name one who stays.',
  );
  const message = events.length === 0 ? 'Everybody is as it says.' : `${events.length} changes.`;
  return { events, outcome: 'applied', message, ended };
}
