// The way in: first start, sign-in, second factor, the change of a password, the lock.
import { expect } from '@playwright/test';
import { type Authenticator, createAuthenticator } from './authenticator.ts';
import type { Hands } from './hands.ts';

export interface FirstStart {
  readonly bank: string;
  readonly branch: string;
  readonly user: string;
  readonly name: string;
  readonly password: string;
}

export interface Gate {
  /** Names the branch and its first administrator; ends wherever the station leads next. */
  establish(first: FirstStart): Promise<void>;
  signIn(user: string, password: string): Promise<void>;
  giveCode(code: string): Promise<void>;
  changePassword(current: string, next: string): Promise<void>;
  /** Sets up the second factor from the secret on the screen. */
  enrol(): Promise<Authenticator>;
  unlock(password: string): Promise<void>;
  /** Waits until the workstation itself is there, with the command bar under the fingers. */
  inside(): Promise<void>;
}

export function createGate(hands: Hands): Gate {
  const { page } = hands;
  const form = (name: string | RegExp) => page.getByRole('form', { name });
  const field = (name: string) => page.getByLabel(name, { exact: true });

  return Object.freeze({
    async establish(first: FirstStart) {
      await expect(form(/First start/)).toBeVisible();
      await hands.fill(field('Bank'), first.bank);
      await hands.fill(field('Branch'), first.branch);
      await hands.fill(field('User'), first.user);
      await hands.fill(field('Name'), first.name);
      await hands.fill(field('Password'), first.password);
      await hands.fill(field('Password again'), first.password);
      await hands.press('Enter');
      await expect(form(/First start/)).toBeHidden();
    },
    async signIn(user: string, password: string) {
      await expect(field('User')).toBeVisible();
      await hands.fill(field('User'), user);
      await hands.fill(field('Password'), password);
      await hands.press('Enter');
    },
    async giveCode(code: string) {
      await expect(form('Second factor')).toBeVisible();
      await hands.fill(field('Code'), code);
      await hands.press('Enter');
    },
    async changePassword(current: string, next: string) {
      await expect(form(/choose your own password/)).toBeVisible();
      await hands.fill(field('Present one'), current);
      await hands.fill(field('New one'), next);
      await hands.fill(field('New one again'), next);
      await hands.press('Enter');
      await expect(form(/choose your own password/)).toBeHidden();
    },
    async enrol() {
      const secret = page.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{1,4})+$/);
      await expect(secret).toBeVisible();
      const authenticator = createAuthenticator(await secret.innerText());
      await hands.fill(field('Code'), await authenticator.code());
      await hands.press('Enter');
      await expect(form('Set up the second factor')).toBeHidden();
      return authenticator;
    },
    async unlock(password: string) {
      await expect(form(/^Locked/)).toBeVisible();
      await hands.fill(field('Password'), password);
      await hands.press('Enter');
      await expect(form(/^Locked/)).toBeHidden();
    },
    async inside() {
      await expect(page.getByLabel('Command', { exact: true })).toBeFocused();
    },
  });
}
