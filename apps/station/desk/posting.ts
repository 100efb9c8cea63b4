// Handles postings: what is previewed is what is posted, or what is parked for a second person.
import type { Checked, Output } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import type { Prepared } from '#station/bank/prepared.ts';
import { holderMinor, previewOf } from '#station/bank/preview.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { HoldPlaced } from '#station/ledger/events.ts';
import { park } from './approval-park.ts';
import type { Counter } from './counter.ts';
import type { Asker, Handlers, KeyedHandler, Moment, Person, Recorded, SignedIn } from './desk.ts';
import { withPayment } from './payment-record.ts';
import { type Judged, judgeDraft, refuseRefused, wireDraft } from './posting-prepare.ts';
import { postingEvents } from './posting-record.ts';
import { receiptCodeOf } from './receipt-proof.ts';
import { assessed, previewWithRisk, refuseUnanswered, withRisk } from './risk-posting.ts';
import type { Assessment } from './risk-service.ts';
import { withHits } from './screening-postings.ts';
import { countingTill } from './till-view.ts';

type Posted = Output<'posting.post'>;

export function postingHandlers(
  counter: Counter,
): Pick<Handlers, 'posting.preview' | 'posting.post'> {
  return Object.freeze({
    'posting.preview': async ({ draft }: Checked<'posting.preview'>, { person }: Asker) => {
      refuseUnless(person, 'not-signed-in', 'Nobody is signed in at this window.');
      const assessment = await assessed(counter, draft, { person });
      const risk = assessment?.fact ?? null;
      const judged = judgeDraft(counter, draft, { person, risk, moment: counter.ledger.moment() });
      const preview = previewOf(judged.prepared, judged.facts, judged.digest);
      return previewWithRisk(withoutCounted(counter, person, preview), assessment);
    },
    'posting.post': postHandler(counter),
  });
}

/** A count is blind: while the till is counted, its balance is not shown to the person who counts it. */
function withoutCounted(
  counter: Counter,
  person: Person,
  preview: Output<'posting.preview'>,
): Output<'posting.preview'> {
  const till = countingTill(counter, person);
  if (!till) return preview;
  const numbers = till.purses.map((purse) => counter.ledger.account(purse.account)?.number);
  const balances = preview.balances.filter((line) => !numbers.includes(line.account));
  const limits = preview.limits.filter((limit) => !limit.label.startsWith(till.name));
  return { ...preview, balances, limits, cash: [], proposals: [] };
}

function postHandler(counter: Counter): KeyedHandler<'posting.post', Assessment | null> {
  return {
    before: ({ draft, answers }, { person }) =>
      assessed(counter, draft, { person, answers, isPosted: true }),
    /** The demonstration is made without asking the models: `assessment` is then undefined. */
    record({ draft, contentDigest }, asker, moment, assessment = null): Recorded<Posted> {
      const risk = assessment?.fact ?? null;
      const judged = judgeDraft(counter, draft, { person: asker.person, moment, risk });
      refuseRefused(judged.prepared, 'draft.');
      refuseUnanswered(judged, assessment);
      if (contentDigest !== undefined && contentDigest !== judged.digest) {
        throw new Refusal(
          'preview-stale',
          'Something has changed since this was shown: look at it again before it is posted.',
          'contentDigest',
        );
      }
      if (judged.prepared.outcome === 'approval') {
        const parked = parkDraft(counter, wireDraft(draft), judged, { asker, moment });
        return withHits(withRisk(parked, assessment), judged.facts);
      }
      const events = postingEvents(counter, judged, null);
      const [first, ...following] = withPayment(counter, draft, moment, events);
      if (!first) throw new Error('a draft that may be posted holds a journal');
      const posted = {
        ...first,
        ...(following.length === 0 ? {} : { following }),
        result: postedAs(moment.seq, following.length + 1),
        topics: postedTopics,
      };
      return withRisk(posted, assessment);
    },
    complete: (result) =>
      result.state === 'posted'
        ? { ...result, receiptCode: receiptCodeOf(counter.ledger, result.journal) ?? '' }
        : result,
  };
}

export const postedTopics = ['journal', 'account', 'customer', 'till', 'payment'] as const;

/** The reply without its code, which is made from the event's own hash and so is never in the event. */
function postedAs(firstSeq: number, count: number): Posted {
  const journals = Array.from({ length: count }, (_, index) => firstSeq + index);
  return { state: 'posted', journal: firstSeq + count - 1, receiptCode: '', journals };
}

/** Money to set aside: the customer's, and the notes the till will need to pay out. */
function holdsOf(prepared: Prepared): readonly HoldPlaced[] {
  const why = prepared.title.slice(0, 200);
  const customers = prepared.holds
    // Nothing leaves a dormant account without a second person, so it needs no hold, and takes none.
    .filter(({ account }) => account.state === 'open')
    .map(({ account, amountMinor }) => ({
      ...{ account: account.id, side: 'debit' as const, amountMinor: String(amountMinor), why },
    }));
  const tills = prepared.balances
    .filter(({ account, beforeMinor, afterMinor }) => {
      return account.product === 'till' && afterMinor < beforeMinor;
    })
    .map(({ account, beforeMinor, afterMinor }) => {
      const amountMinor = String(beforeMinor - afterMinor);
      return { account: account.id, side: 'credit' as const, amountMinor, why };
    });
  return [...customers, ...tills];
}

/** Parks a draft that a rule has flagged, with everything a supervisor reads to decide it. */
function parkDraft(
  counter: Counter,
  draft: ReturnType<typeof wireDraft>,
  judged: Judged,
  at: { readonly asker: SignedIn; readonly moment: Moment },
): Recorded<Posted> {
  const { prepared, facts } = judged;
  const [first] = prepared.journals;
  const account = first ? accountOf(first.account, judged) : undefined;
  return park(
    counter,
    {
      ...{ task: prepared.task, what: prepared.title, draft, content: prepared.content },
      ...{ account: account?.number ?? '', name: account?.name ?? '' },
      ...{ amountMinor: String(prepared.amountMinor), currency: prepared.currency },
      ...{ customer: prepared.customer, till: facts.till?.till ?? null },
      reasons: prepared.flags
        .filter((flag) => flag.needs === 'approval')
        .map(({ rule, version, message }) => ({ rule, version, message })),
      lines: contentLines(judged, at.asker.person),
      legs: prepared.journals.flatMap(({ legs }) =>
        legs.map(({ debit, credit, amountMinor, currency, label }) => ({
          debit: `${debit.number} ${debit.name}`,
          credit: `${credit.number} ${credit.name}`,
          amountMinor: String(amountMinor),
          ...{ currency, label },
        })),
      ),
      balances: prepared.balances
        .filter((balance) => balance.account.owners.length > 0)
        .map(({ account: touched, beforeMinor, afterMinor }) => ({
          ...{ account: touched.number, name: touched.name, currency: touched.currency },
          beforeMinor: String(holderMinor(touched, beforeMinor)),
          afterMinor: String(holderMinor(touched, afterMinor)),
        })),
    },
    { ...at, holds: holdsOf(prepared) },
  );
}

function accountOf(number: string, { prepared }: Judged) {
  return prepared.balances.find((balance) => balance.account.number === number)?.account;
}

/** The content in the order a supervisor reads it. */
function contentLines({ prepared, facts }: Judged, maker: Person) {
  const lines: { label: string; text: string }[] = [];
  for (const journal of prepared.journals) {
    const money = formatMoney(journal.amountMinor, journal.currency);
    lines.push({ label: 'What', text: journal.title }, { label: 'Amount', text: money });
    for (const fee of journal.fees) {
      const amount = formatMoney(fee.amountMinor, fee.currency);
      lines.push({ label: fee.label, text: `${amount} from ${fee.from}` });
    }
    if (journal.conductor) lines.push({ label: 'At the desk', text: journal.conductor.name });
    if (journal.narrative) lines.push({ label: 'Text', text: journal.narrative });
    lines.push({ label: 'Value date', text: journal.valueDate });
  }
  lines.push({ label: 'Asked by', text: maker.name });
  if (facts.till) lines.push({ label: 'Till', text: facts.till.name });
  return lines;
}
