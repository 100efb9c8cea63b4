// The till: opened, filled from the vault, counted blind, closed; and the vault's side of it.
import { expect, type Locator } from '@playwright/test';
import type { Frame } from './frame.ts';
import { dialogs, type Hands } from './hands.ts';
import { type Pieces, typePieces } from './notes.ts';

export interface Till {
  /** Opens a till by name with the count given; an empty count for an empty drawer. */
  open(name: string, pieces?: Pieces): Promise<void>;
  /** Sets up a further till that keeps the base currency, as a supervisor or administrator. */
  add(name: string): Promise<void>;
  /** Cash from the cash centre into the vault, as a supervisor. */
  receiveIntoVault(pieces: Pieces, reference: string): Promise<void>;
  /** Asks the vault for cash. */
  buy(amount: string, pieces: Pieces): Promise<void>;
  /** Offers cash to the vault. */
  sell(amount: string, pieces: Pieces): Promise<void>;
  /** Hands over what was asked for. */
  handOver(): Promise<void>;
  /** Counts what came, and accepts. */
  accept(pieces: Pieces): Promise<void>;
  /** Counts the till blind, twice where the first count does not agree; then the difference is shown. */
  count(pieces: Pieces): Promise<void>;
  /** Closes on the count, with an explanation where the till is over or short. */
  close(explanation?: string): Promise<void>;
  readonly task: Locator;
}

export function createTill(hands: Hands, frame: Frame): Till {
  const { page } = hands;
  const main = page.getByRole('main');
  const task = main.getByRole('region', { name: /count|close/i }).first();
  const dialog = page.locator(dialogs);
  const grid = (within: Locator): Locator => within.locator('fieldset:visible').last();
  const typed = (within: Locator, pieces: Pieces): Promise<void> =>
    typePieces(hands, grid(within), { currency: 'EUR', pieces });
  const move = async (verb: string, amount: string, pieces: Pieces): Promise<void> => {
    await frame.command(`${verb} ${amount}`);
    await typed(main, pieces);
    await hands.press('Enter');
  };

  return Object.freeze({
    task,
    async open(name: string, pieces: Pieces = {}) {
      await frame.command('open');
      await hands.choose(main.getByLabel('Till', { exact: true }), name);
      await typed(main, pieces);
      await hands.push(main.getByRole('button', { name: /^Open the till/ }));
      await frame.done(`Opened ${name}`);
    },
    async add(name: string) {
      await frame.command('till');
      await hands.push(main.getByRole('button', { name: 'New till' }));
      await hands.fill(dialog.getByLabel('Name', { exact: true }), name);
      await hands.press('Enter');
      await expect(dialog).toBeHidden();
    },
    async receiveIntoVault(pieces: Pieces, reference: string) {
      await frame.command('till');
      await hands.push(main.getByRole('button', { name: 'Cash from the cash centre' }));
      await hands.fill(dialog.getByLabel('Reference', { exact: true }), reference);
      await typed(dialog, pieces);
      await hands.press('Enter');
      await expect(dialog).toBeHidden();
    },
    async buy(amount: string, pieces: Pieces) {
      await move('v+', amount, pieces);
      await frame.done(/^Asked for /);
    },
    async sell(amount: string, pieces: Pieces) {
      await move('v-', amount, pieces);
      await frame.done(/^Offered /);
    },
    async handOver() {
      await frame.command('m');
      await hands.push(main.getByRole('button', { name: 'Hand over' }).first());
      await expect(dialog).toBeVisible();
      await hands.push(dialog.getByRole('button', { name: /^Hand over/ }));
      await expect(dialog).toBeHidden();
    },
    async accept(pieces: Pieces) {
      await frame.command('m');
      await hands.push(main.getByRole('button', { name: 'Count and accept' }).first());
      await typed(dialog, pieces);
      await hands.press('Enter');
      await expect(dialog).toBeHidden();
    },
    async count(pieces: Pieces) {
      await frame.command('close');
      await expect(main.getByText('The count is blind')).toBeVisible();
      await typed(main, pieces);
      await hands.press('Enter');
      const again = main.getByRole('button', { name: /^Count once more/ });
      const agrees = main.getByText('The count agrees.');
      await expect(again.or(agrees)).toBeVisible();
      if (await agrees.isVisible()) return;
      await expect(main.getByRole('alert')).not.toContainText(/\d/);
      await hands.push(again);
      await typed(main, pieces);
      await hands.press('Enter');
    },
    async close(explanation?: string) {
      if (explanation) await hands.fill(main.getByLabel('Explanation'), explanation);
      await hands.push(main.getByRole('button', { name: /^Close the till/ }));
    },
  });
}
