// Customers: found, registered, given an account.
import { expect } from '@playwright/test';
import type { Frame } from './frame.ts';
import type { Hands } from './hands.ts';

export interface NewPerson {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly town: string;
  readonly document: string;
}

export interface Customers {
  register(person: NewPerson): Promise<void>;
  /** Opens an account of the customer in front and returns its number. */
  openAccount(product: string): Promise<string>;
}

export function createCustomers(hands: Hands, frame: Frame): Customers {
  const { page } = hands;
  const main = page.getByRole('main');
  return Object.freeze({
    async register(person: NewPerson) {
      await frame.command('c+');
      const field = (name: string) => main.getByLabel(name, { exact: true });
      await hands.fill(field('Given name'), person.givenName);
      await hands.fill(field('Family name'), person.familyName);
      await hands.date(field('Born on'), person.birthDate);
      await hands.fill(field('Nationality'), 'DE');
      await hands.fill(field('Town'), person.town);
      await hands.fill(field('Country'), 'DE');
      await hands.fill(field('Document no.'), person.document);
      await hands.fill(field('Issued by'), 'DE');
      await hands.press('Enter');
      await expect(page.locator('#command-meaning')).toContainText(/Registered customer \d+/);
    },
    async openAccount(product: string) {
      await hands.press('o');
      const form = main.getByRole('region', { name: /^Open an account for/ });
      await expect(form).toBeVisible();
      await hands.choose(form.getByLabel('Product'), product);
      await hands.push(form.getByRole('button', { name: /^Open the account/ }));
      const last = page.locator('#command-meaning');
      await expect(last).toContainText(/Opened account/);
      return ((await last.innerText()).match(/account ([\d ]+)/)?.[1] ?? '').replaceAll(' ', '');
    },
  });
}
