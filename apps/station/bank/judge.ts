// Weighs one item of a draft against the limits and the rules, before it is written on the sheet.
import type { Conductor } from '#contract/drafts.ts';
import { formatMoney } from '#contract/money.ts';
import type { LimitedTask } from '#contract/policy.ts';
import { valueMinor } from './denominations.ts';
import type { AccountFacts } from './facts.ts';
import { cashOnDate, flagsOf, type Subject } from './flags.ts';
import { roleLimitFor, tillLimitFor } from './limits.ts';
import { amountFor } from './policy.ts';
import { problem } from './problem.ts';
import { type Conversion, conversionNote } from './rates.ts';
import type { Person, Sheet } from './sheet.ts';

export interface Item {
  readonly task: LimitedTask;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly cash: 'in' | 'out' | null;
  readonly from: AccountFacts | null;
  readonly to: AccountFacts | null;
  readonly conductor: Conductor | undefined;
  readonly path: string;
}

export const taskNames: Readonly<Record<LimitedTask, string>> = Object.freeze({
  'cash.deposit': 'cash deposit',
  'cash.withdrawal': 'cash withdrawal',
  transfer: 'transfer',
  'cash.exchange': 'exchange of notes',
  'journal.reversal': 'reversal',
  'payment.outgoing': 'payment',
  'payment.bulk': 'bulk payment',
});

/**
 * Everybody whose cash an item is: the owners of its account and who stands at the desk, each once.
 */
export function personsOf(sheet: Sheet, item: Item): readonly Person[] {
  if (item.cash === null) return [];
  const owners = (item.from ?? item.to)?.owners ?? [];
  const conductors: Conductor[] = owners.map((customer) => ({ kind: 'customer', customer }));
  if (item.conductor) conductors.push(item.conductor);
  const persons = new Map<string, Person>();
  for (const conductor of conductors) {
    const person = sheet.person(conductor);
    persons.set(person.key, person);
  }
  return [...persons.values()];
}

/**
 * Notes the person's limit for the task: over the soft bound a rule asks for approval, over the
 * hard one it is refused.
 */
export function judgeRoleLimit(sheet: Sheet, item: Item): void {
  const roles = sheet.facts.actor.roles;
  const limit = roleLimitFor(sheet.facts.policy, { ...item, roles });
  const isRefused = limit.hardMinor !== null && item.amountMinor > limit.hardMinor;
  if (isRefused) {
    const amount = formatMoney(item.amountMinor, item.currency);
    const most = formatMoney(limit.hardMinor ?? 0n, item.currency);
    const message =
      `${amount} is more than a ${limit.role} may post as a ${taskNames[item.task]} ` +
      `at all: ${most} is the most${noteOf(sheet, limit.by)}.`;
    sheet.refuse(problem('over-hard-limit', message, `${item.path}amountMinor`));
  }
  const isOver = item.amountMinor > limit.softMinor;
  sheet.limit({
    label: `${taskNames[item.task]}, ${limit.role}’s ${isRefused ? 'hard' : 'soft'} limit`,
    usedMinor: item.amountMinor,
    limitMinor: isRefused ? (limit.hardMinor ?? limit.softMinor) : limit.softMinor,
    currency: item.currency,
    state: isRefused ? 'refused' : isOver ? 'approval' : 'within',
  });
}

function noteOf({ facts: { policy }, date }: Sheet, by: Conversion | undefined): string {
  return conversionNote(by, { date, oldDays: policy.rates.oldDays });
}

/** Runs the rules over the item and adds up the cash of everybody concerned. */
export function judge(sheet: Sheet, item: Item): readonly Person[] {
  const { policy, risk, actor } = sheet.facts;
  const persons = personsOf(sheet, item);
  const { date } = sheet;
  const subject: Subject = { ...item, date, policy, roles: actor.roles, persons, risk };
  judgeRoleLimit(sheet, item);
  sheet.flag(flagsOf(subject));
  if (item.cash !== null) {
    const thresholdMinor = amountFor(policy.reportingThresholds, item.currency) ?? null;
    for (const person of persons) {
      sheet.running({
        person: person.key,
        customer: person.customer,
        name: person.name,
        direction: item.cash,
        currency: item.currency,
        amountMinor: cashOnDate(person, subject) + item.amountMinor,
        thresholdMinor,
      });
    }
  }
  return persons;
}

/**
 * After cash came in: above the soft limit the teller is told to sell, above the hard one it is
 * refused.
 */
export function judgeTill(sheet: Sheet, currency: string, field: string): void {
  const { till, policy } = sheet.facts;
  if (!till) return;
  const { softMinor, hardMinor, by } = tillLimitFor(policy, till.kind, currency);
  const heldMinor = valueMinor(sheet.stock(currency));
  if (softMinor === null) return;
  const held = formatMoney(heldMinor, currency);
  const isRefused = hardMinor !== null && heldMinor > hardMinor;
  const isOver = heldMinor > softMinor;
  if (isRefused) {
    const message =
      `${till.name} would hold ${held}, ${formatMoney(hardMinor, currency)} is the ` +
      `most${noteOf(sheet, by)}: sell to the vault first.`;
    sheet.refuse(problem('till-over-limit', message, field));
  } else if (isOver) {
    const message =
      `${till.name} will hold ${held}, over its soft limit of ` +
      `${formatMoney(softMinor, currency)}${noteOf(sheet, by)}: sell to the vault soon`;
    sheet.flag([{ rule: 'till-over-soft-limit', version: 1, needs: 'notice', message }]);
  }
  sheet.limit({
    label: `${till.name} holding, ${isRefused ? 'hard' : 'soft'} limit`,
    usedMinor: heldMinor,
    limitMinor: isRefused ? hardMinor : softMinor,
    currency,
    state: isRefused ? 'refused' : isOver ? 'notice' : 'within',
  });
}
