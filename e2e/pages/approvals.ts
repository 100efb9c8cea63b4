// Maker and checker: the supervisor's queue and decision, and the teller's carrying out of it.
import { expect, type Locator } from '@playwright/test';
import type { Authenticator } from './authenticator.ts';
import type { Frame } from './frame.ts';
import type { Hands } from './hands.ts';
import { type Pieces, typePieces } from './notes.ts';

export interface Approvals {
  /** What is to be decided or carried out. */
  readonly card: Locator;
  /** Opens the queue. */
  open(): Promise<void>;
  /** Two keys, the factor, a comment. */
  approve(authenticator: Authenticator, comment?: string): Promise<void>;
  decline(authenticator: Authenticator, comment: string): Promise<void>;
  /** Carries out the first that came back approved, with the notes given or the till's own mix. */
  carryOut(pieces?: Pieces): Promise<void>;
}

export function createApprovals(hands: Hands, frame: Frame): Approvals {
  const { page } = hands;
  const card = page.getByRole('main').getByRole('region', { name: /^Approval \d+/ });

  const decide = async (key: 'a' | 'd', authenticator: Authenticator, comment: string) => {
    await expect(card.getByRole('button', { name: /^Approve/ })).toBeVisible();
    await hands.press(key);
    await expect(card.getByLabel('Your code')).toBeFocused();
    await hands.type(await authenticator.code());
    if (comment !== '') await hands.fill(card.getByLabel('Comment', { exact: true }), comment);
    await hands.press('Enter');
  };
  return Object.freeze({
    card,
    async open() {
      await hands.press('F6');
      await hands.reach(page.getByRole('main').getByRole('grid', { name: 'Approvals' }));
    },
    async approve(authenticator: Authenticator, comment = '') {
      await decide('a', authenticator, comment);
      await expect(page.locator('#command-meaning')).toContainText(/^Approved: /);
    },
    async decline(authenticator: Authenticator, comment: string) {
      await decide('d', authenticator, comment);
      await expect(page.locator('#command-meaning')).toContainText(/^Declined: /);
    },
    async carryOut(pieces: Pieces = {}) {
      await frame.home();
      await hands.press('Alt+r');
      await expect(card.getByRole('button', { name: /^Carry it out/ })).toBeVisible();
      await typePieces(hands, card.locator('fieldset'), { currency: 'EUR', pieces });
      await hands.push(card.getByRole('button', { name: /^Carry it out/ }));
    },
  });
}
