// Prepares a correction in one step: the mistaken journal reversed and the right one posted,
// linked.
import type { Correction } from '#contract/drafts.ts';
import { prepareItem } from './basket.ts';
import { prepareReversal } from './reversal.ts';
import type { Sheet } from './sheet.ts';

/** Which of the two is posted first: either can be what leaves room for the other. */
export type CorrectionOrder = 'reversal-first' | 'replacement-first';

/** Writes both journals on the sheet. The cash of the mistaken one no longer counts for anybody. */
export function prepareCorrection(sheet: Sheet, draft: Correction, order: CorrectionOrder): void {
  const { journal, replacement } = draft;
  const slot = { path: 'replacement.', correctionOf: journal };
  sheet.forget(journal);
  if (order === 'replacement-first') prepareItem(sheet, replacement, slot);
  prepareReversal(sheet, journal, draft.reason);
  if (order === 'reversal-first') prepareItem(sheet, replacement, slot);
}
