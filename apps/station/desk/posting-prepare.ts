// Prepares a draft at this counter: the rules' answer, and what only the counter knows beside it.
import type { Draft, DraftInput } from '#contract/drafts.ts';
import { formatMoney } from '#contract/money.ts';
import type { Facts } from '#station/bank/facts.ts';
import { prepare } from '#station/bank/prepare.ts';
import type { Prepared, PreparedBalance } from '#station/bank/prepared.ts';
import { type Problem, problem } from '#station/bank/problem.ts';
import { Refusal } from '#station/bank/refusal.ts';
import { contentDigest } from './approval-park.ts';
import type { Counter } from './counter.ts';
import { type FactsQuestion, factsFor } from './posting-facts.ts';

export interface Judged {
  readonly facts: Facts;
  readonly prepared: Prepared;
  /** SHA-256 of the content, hexadecimal. */
  readonly digest: string;
}

/** Cash set aside for a withdrawal that waits for a supervisor is not there for anybody else. */
function reservedProblem(balance: PreparedBalance): Problem | null {
  const { account, beforeMinor, afterMinor } = balance;
  if (account.product !== 'till' || afterMinor >= beforeMinor) return null;
  if (afterMinor >= account.heldCreditMinor) return null;
  const held = formatMoney(account.heldCreditMinor, account.currency);
  const left = formatMoney(afterMinor, account.currency);
  const message = `${held} of ${account.name} are set aside for what waits for a supervisor, ${left} would be left: buy from the vault.`;
  return problem('till-cash-reserved', message, 'denominations');
}

/** The draft as it would be posted now. Asks nothing and changes nothing. */
export function judgeDraft(counter: Counter, draft: Draft, question: FactsQuestion): Judged {
  const facts = factsFor(counter, draft, question);
  const prepared = prepare(draft, facts);
  const reserved = prepared.balances.flatMap((balance) => reservedProblem(balance) ?? []);
  const digest = contentDigest(prepared.content);
  if (reserved.length === 0) return { facts, prepared, digest };
  const refusals = [...prepared.refusals, ...reserved];
  return { facts, prepared: { ...prepared, refusals, holds: [], outcome: 'refused' }, digest };
}

/** Throws the first thing that stands against the draft. `prefix` says where the draft stands in the input. */
export function refuseRefused(prepared: Prepared, prefix: string): void {
  if (prepared.outcome !== 'refused') return;
  const [first] = prepared.refusals;
  if (!first) throw new Error('a draft was refused without a reason');
  const field = first.field === null ? undefined : `${prefix}${first.field}`;
  throw new Refusal(first.reason, first.message, field);
}

/** The draft in its wire form: amounts as strings, nothing undefined. */
export function wireDraft(draft: Draft): DraftInput {
  const text = JSON.stringify(draft, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  return JSON.parse(text) as DraftInput;
}
