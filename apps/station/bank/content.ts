// Writes what an approval signs: who posts what on which date, leg by leg, but not the notes and
// coins.
import type { Draft } from '#contract/drafts.ts';
import { type Canonical, canonicalText } from './canonical.ts';
import type { Facts } from './facts.ts';
import type { PreparedJournal } from './prepared.ts';

/** The draft without its notes; those of an exchange stay, because they are all it says. */
function withoutNotes(draft: Draft): Canonical {
  switch (draft.task) {
    case 'basket':
      return { task: draft.task, items: draft.items.map((item) => withoutNotes(item)) };
    case 'journal.correction': {
      const { task, journal, reason, replacement } = draft;
      return { task, journal, reason, replacement: withoutNotes(replacement) };
    }
    case 'cash.exchange':
    case 'journal.reversal':
    case 'payment.outgoing':
    case 'payment.bulk':
      return draft;
    case 'cash.withdrawal': {
      const { denominations: _notes, ...rest } = draft;
      return rest;
    }
    default: {
      const { denominations: _notes, change: _change, ...rest } = draft;
      return rest;
    }
  }
}

function journalContent(journal: PreparedJournal): Canonical {
  const { kind, valueDate, reversalOf, correctionOf } = journal;
  return {
    kind,
    valueDate,
    reversalOf,
    correctionOf,
    legs: journal.legs.map(({ debit, credit, amountMinor, currency, label }) => ({
      debit: debit.number,
      credit: credit.number,
      amountMinor,
      currency,
      label,
    })),
  };
}

/** Canonical text; its UTF-8 bytes are what is hashed and signed. */
export function contentOf(
  draft: Draft,
  facts: Facts,
  journals: readonly PreparedJournal[],
): string {
  return canonicalText({
    version: 1,
    date: facts.day.date,
    maker: facts.actor.staff,
    till: facts.till?.till ?? null,
    draft: withoutNotes(draft),
    journals: journals.map(journalContent),
  });
}
