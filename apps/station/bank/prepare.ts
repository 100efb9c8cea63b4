// Prepares a draft: says what would be posted, what stands against it and who must agree, and does
// nothing.
import type { Draft } from '#contract/drafts.ts';
import { prepareBasket, prepareItem } from './basket.ts';
import { contentOf } from './content.ts';
import { type CorrectionOrder, prepareCorrection } from './correction.ts';
import { prepareExchange } from './exchange.ts';
import { accountsOf, type Facts } from './facts.ts';
import type { Flag } from './flag.ts';
import { preparePayment } from './payment.ts';
import type { Outcome, Prepared, PreparedJournal, SheetResult } from './prepared.ts';
import { type Problem, problem } from './problem.ts';
import { prepareReversal } from './reversal.ts';
import { judgeScreening } from './screening.ts';
import { createSheet, type Sheet } from './sheet.ts';
import { titleOf } from './title.ts';

function write(sheet: Sheet, draft: Draft, order: CorrectionOrder): void {
  switch (draft.task) {
    case 'cash.exchange':
      return prepareExchange(sheet, draft);
    case 'journal.reversal':
      return prepareReversal(sheet, draft.journal, draft.reason);
    case 'basket':
      return prepareBasket(sheet, draft);
    case 'journal.correction':
      return prepareCorrection(sheet, draft, order);
    case 'payment.outgoing':
    case 'payment.bulk':
      return preparePayment(sheet, draft);
    default:
      return prepareItem(sheet, draft, { path: '', correctionOf: null });
  }
}

function dayProblem(facts: Facts): Problem | null {
  const { date, state } = facts.day;
  if (state === 'open' && date !== null) return null;
  const message =
    state === 'closed'
      ? `The business day ${date} is closed: a supervisor opens the next one.`
      : 'The branch has no open business day: a supervisor opens one.';
  return problem('day-closed', message);
}

/** One flag a rule and message; of several items the same reason is read out once. */
function distinct(flags: readonly Flag[]): Flag[] {
  const seen = new Map(flags.map((flag) => [`${flag.rule} ${flag.message}`, flag]));
  return [...seen.values()];
}

/**
 * Refuses a carrying-out that is not what was approved, or for which there are reasons nobody
 * decided on.
 */
function approvalProblem(facts: Facts, content: string, flags: readonly Flag[]): Problem | null {
  const { approved } = facts;
  if (!approved) return null;
  if (approved.content !== content) {
    const message = 'What was approved is not what would be posted now: ask for approval again.';
    return problem('approval-stale', message);
  }
  const fresh = flags.find(
    (flag) => flag.needs === 'approval' && !approved.rules.includes(flag.rule),
  );
  if (!fresh) return null;
  const message = `A reason has come up since the approval: ${fresh.message}. Ask again.`;
  return problem('approval-new-reason', message);
}

interface Judged {
  readonly outcome: Outcome;
  readonly refusals: readonly Problem[];
}

function outcomeOf(facts: Facts, result: SheetResult, content: string): Judged {
  const stale = approvalProblem(facts, content, result.flags);
  const refusals = stale ? [...result.refusals, stale] : result.refusals;
  if (refusals.length > 0) return { outcome: 'refused', refusals };
  const needsApproval = result.flags.some((flag) => flag.needs === 'approval');
  return { outcome: needsApproval && !facts.approved ? 'approval' : 'post', refusals };
}

function largest(journals: readonly PreparedJournal[]): { amountMinor: bigint; currency: string } {
  let top = { amountMinor: 0n, currency: journals[0]?.currency ?? '' };
  for (const { amountMinor, currency } of journals) {
    if (amountMinor > top.amountMinor) top = { amountMinor, currency };
  }
  return top;
}

function servedBy(draft: Draft, facts: Facts, journals: readonly PreparedJournal[]): number | null {
  const [number] = accountsOf(draft);
  const account = number === undefined ? undefined : facts.accounts.get(number);
  return account?.owners[0] ?? journals[0]?.customer ?? null;
}

function assemble(draft: Draft, facts: Facts, sheet: Sheet): Prepared {
  const result = sheet.read();
  const { journals } = result;
  const content = contentOf(draft, facts, journals);
  const { outcome, refusals } = outcomeOf(facts, result, content);
  return Object.freeze({
    ...result,
    outcome,
    refusals,
    flags: distinct(result.flags),
    holds: outcome === 'approval' ? result.holds : [],
    task: draft.task,
    title: titleOf(draft, facts),
    businessDate: facts.day.date,
    valueDate: journals.at(-1)?.valueDate ?? null,
    customer: servedBy(draft, facts, journals),
    ...largest(journals),
    content,
  });
}

function attempt(draft: Draft, facts: Facts, order: CorrectionOrder): Prepared {
  // Without any business date there is nothing to reckon dates from; the epoch only fills the
  // sheet.
  const sheet = createSheet(facts, facts.day.date ?? '1970-01-01');
  sheet.refuse(dayProblem(facts));
  if (facts.day.date !== null) write(sheet, draft, order);
  const names = judgeScreening(facts.screening ?? []);
  for (const each of names.problems) sheet.refuse(each);
  sheet.flag(names.flags);
  return assemble(draft, facts, sheet);
}

/**
 * Prepares a draft from the facts read for it. The same draft and facts always give the same
 * answer; posting prepares again inside the transaction and posts exactly that. Nothing is thrown
 * for what a person can get wrong: it stands in `refusals`, by field, beside whatever could still
 * be reckoned.
 */
export function prepare(draft: Draft, facts: Facts): Prepared {
  const prepared = attempt(draft, facts, 'reversal-first');
  if (draft.task !== 'journal.correction' || prepared.outcome !== 'refused') return prepared;
  const other = attempt(draft, facts, 'replacement-first');
  return other.outcome === 'refused' ? prepared : other;
}
