// Prepares several items for one customer on one sheet: each sees what those before it left.
import type { Basket, BasketItem } from '#contract/drafts.ts';
import { prepareDeposit, prepareWithdrawal } from './cash.ts';
import { personKey } from './facts.ts';
import type { Slot } from './item.ts';
import { problem } from './problem.ts';
import type { Sheet } from './sheet.ts';
import { prepareTransfer } from './transfer.ts';

/** One deposit, withdrawal or transfer, on its own or as part of a basket or correction. */
export function prepareItem(sheet: Sheet, draft: BasketItem, slot: Slot): void {
  switch (draft.task) {
    case 'cash.deposit':
      return prepareDeposit(sheet, draft, slot);
    case 'cash.withdrawal':
      return prepareWithdrawal(sheet, draft, slot);
    case 'transfer':
      return prepareTransfer(sheet, draft, slot);
  }
}

/**
 * All items or none; one person stands at the desk for all of them. Each currency has its own
 * purse.
 */
export function prepareBasket(sheet: Sheet, draft: Basket): void {
  const persons = new Set(
    draft.items.flatMap(({ conductor }) => (conductor ? [personKey(conductor)] : [])),
  );
  if (persons.size > 1) {
    const message = 'The items name several people at the desk: serve one person at a time.';
    sheet.refuse(problem('several-conductors', message, 'items'));
  }
  draft.items.forEach((item, index) => {
    prepareItem(sheet, item, { path: `items.${index}.`, correctionOf: null });
  });
}
