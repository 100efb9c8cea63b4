// Takes hits into postings: what is parked records them, and what a supervisor approves says that they are somebody else.
import type { Draft } from '#contract/drafts.ts';
import type { Facts } from '#station/bank/facts.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { isListedName, type ScreeningFact } from '#station/bank/screening.ts';
import type { ApprovalRow } from '#station/ledger/projections/approval.ts';
import type { DecisionOfCase } from '#station/ledger/projections/screening.ts';
import type { Counter } from './counter.ts';
import type { Person, Recorded } from './desk.ts';

/** The facts of a draft's names; nothing where no list is in force. */
export function screeningFactsOf(
  { screening, bulkNames }: Counter,
  draft: Draft,
  about: { readonly owners: readonly number[]; readonly payees: readonly string[] },
): Pick<Facts, 'screening'> {
  const isTakenBack = draft.task === 'journal.reversal';
  if (!screening || isTakenBack) return {};
  // A file whose payees are not all compared yet is refused with its payment's facts.
  const hits = draft.task === 'payment.bulk' ? (bulkNames?.hitsOf(draft.order) ?? []) : [];
  const facts = screening.draftFacts(draft, { ...about, hits });
  return facts.length === 0 ? {} : { screening: facts };
}

/** Whom a payment goes to; the payees of a file are compared by themselves. */
export function payeesOf(draft: Draft, name: string | undefined): readonly string[] {
  return draft.task !== 'payment.bulk' && name ? [name] : [];
}

/** Hits that stand in no event yet, as part of this one. */
export function freshHits(facts: readonly ScreeningFact[] | undefined): {
  readonly screening?: readonly object[];
} {
  const fresh = (facts ?? []).flatMap((fact) => (fact.fresh ? [fact.fresh] : []));
  return fresh.length === 0 ? {} : { screening: fresh };
}

export function withHits<R>(recorded: Recorded<R>, facts: Facts): Recorded<R> {
  const hits = freshHits(facts.screening);
  if (!hits.screening) return recorded;
  const topics = [...recorded.topics, 'screening' as const];
  return { ...recorded, data: { ...recorded.data, ...hits }, topics };
}

/** Who lets a listed name pass says why. Refuses `note-needed`. */
export function refuseUnexplained(row: ApprovalRow, comment: string): void {
  const isNamed = row.reasons.some(({ rule }) => isListedName(rule));
  refuseUnless(
    !isNamed || comment.trim().length >= 3,
    'note-needed',
    'A name in it resembles a listed one: say in the note why it is somebody else.',
    'comment',
  );
}

/**
 * What an approval decides of the names in it: somebody else, with the note, for everybody who is no customer
 * here. A customer's own case is decided on the record, not by one posting.
 */
export function decisionsOf(
  { screening }: Counter,
  row: ApprovalRow,
  by: { readonly person: Person; readonly comment: string },
): { readonly screeningDecisions?: readonly DecisionOfCase[] } {
  if (!screening) return {};
  const note = by.comment.trim();
  const decisions = row.reasons.flatMap(({ rule, message }): DecisionOfCase[] => {
    const [, list = '', ...entry] = isListedName(rule) ? rule.split('/') : [];
    return screening.reads
      .openOn(list)
      .filter((one) => one.entry === entry.join('/') && message.startsWith(`“${one.name}” (`))
      .filter((one) => one.customer === null && one.openedBy !== by.person.id)
      .map(({ id }) => ({ id, outcome: 'false', note }));
  });
  return decisions.length === 0 ? {} : { screeningDecisions: decisions };
}

/** Refuses while a name is open and nobody else is at the desk to decide, and always where it is true. */
export function refuseListed(
  facts: readonly ScreeningFact[],
  at: { readonly isSeconded: boolean; readonly field: string },
): void {
  const worst = facts.find(({ state }) => state === 'true');
  if (worst) throw new Refusal('listed-name', worst.message, at.field);
  const open = facts.find(({ state }) => state === 'open');
  if (open && !at.isSeconded) {
    throw new Refusal('listed-name-open', `${open.message}. A supervisor decides.`, at.field);
  }
}

/** Money of a name that resembles a listed one stays where it is until somebody has decided who it is. */
export function refusePayer(
  { screening, people }: Counter,
  { debtor }: { readonly debtor: { readonly name: string } },
  account?: number,
): void {
  const owners = account === undefined ? [] : people.ownersOf(account);
  const facts = [
    ...(screening?.nameFacts(debtor.name, 'payer') ?? []),
    ...owners.flatMap((customer) => screening?.customerFacts(customer, 'owner') ?? []),
  ];
  refuseListed(facts, { isSeconded: false, field: 'payment' });
}
