// The branch's day: opened with the vault counted by two, closed from one list, kept as a signed pack.
import { expect, type Locator } from '@playwright/test';
import type { Frame } from './frame.ts';
import type { Hands } from './hands.ts';
import { type Pieces, typePieces } from './notes.ts';

/** Currency -> pieces found in the vault. */
export type VaultCount = Readonly<Record<string, Pieces>>;

export interface Second {
  readonly user: string;
  readonly password: string;
  readonly code?: string;
}

export interface Day {
  /** Opens the branch on a date (YYYY-MM-DD), or on the one proposed. */
  open(counted: VaultCount | 'as booked', second: Second, date?: string): Promise<void>;
  /** What stands between now and the close. */
  readonly blockers: Locator;
  /** Counts the vault by two for the close. */
  countVault(counted: VaultCount | 'as booked', second: Second): Promise<void>;
  /** Closes the branch. */
  close(): Promise<void>;
  show(): Promise<void>;
}

export function createDay(hands: Hands, frame: Frame): Day {
  const { page } = hands;
  const main = page.getByRole('main');

  const countPieces = async (counted: VaultCount): Promise<void> => {
    const currencies = Object.keys(counted);
    for (const currency of currencies) {
      const grid = main.getByRole('group', { name: `Counted in ${currency}` });
      if (currencies.length > 1) {
        await hands.press(`Alt+${currencies.indexOf(currency) + 1}`);
      }
      await typePieces(hands, grid, { currency, pieces: counted[currency] ?? {} });
    }
  };
  const count = async (counted: VaultCount | 'as booked', second: Second): Promise<void> => {
    if (counted === 'as booked') await hands.press('Alt+f');
    else await countPieces(counted);
    const partner = main.getByRole('group', { name: 'Counted with' });
    await hands.fill(partner.getByLabel('User'), second.user);
    await hands.fill(partner.getByLabel('Password'), second.password);
    if (second.code) await hands.fill(partner.getByLabel('Code'), second.code);
  };
  return Object.freeze({
    blockers: main.getByRole('list', { name: 'What stands between now and the close' }),
    async show() {
      await hands.press('F8');
    },
    async open(counted: VaultCount | 'as booked', second: Second, date?: string) {
      await hands.press('F8');
      const field = main.getByLabel('Business date');
      await hands.reach(field);
      if (date) await hands.date(field, date);
      await count(counted, second);
      await hands.press('Enter');
      await frame.done(/^Open on /);
    },
    async countVault(counted: VaultCount | 'as booked', second: Second) {
      await expect(main.getByRole('button', { name: 'Count it' })).toBeVisible();
      // The last of the list has come first: its key settles it.
      await hands.press('Alt+s');
      await count(counted, second);
      await hands.press('Enter');
      await expect(page.locator('#command-meaning')).toContainText(/^Vault counted; /);
    },
    async close() {
      await expect(main.getByText('Everything is settled.')).toBeVisible();
      await hands.press('Alt+c');
      await expect(page.locator('#command-meaning')).toContainText(/is closed; its pack is signed/);
    },
  });
}
