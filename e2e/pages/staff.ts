// Staff: somebody new taken in by the administrator.
import { expect } from '@playwright/test';
import type { Hands } from './hands.ts';

export interface NewStaff {
  readonly user: string;
  readonly name: string;
  readonly password: string;
  /** Roles besides, or instead of, teller. */
  readonly role: 'teller' | 'supervisor' | 'compliance' | 'auditor' | 'administrator';
}

export interface Staff {
  add(person: NewStaff): Promise<void>;
}

export function createStaff(hands: Hands): Staff {
  const { page } = hands;
  const form = page.getByRole('region', { name: 'Somebody new' });
  return Object.freeze({
    async add({ user, name, password, role }: NewStaff) {
      await hands.press('F10');
      await expect(page.getByRole('region', { name: 'Staff', exact: true })).toBeVisible();
      await hands.press('Alt+n');
      await expect(form.getByLabel('User')).toBeFocused();
      await hands.fill(form.getByLabel('User'), user);
      await hands.fill(form.getByLabel('Name', { exact: true }), name);
      await hands.fill(form.getByLabel('Temporary password'), password);
      if (role !== 'teller') {
        await hands.reach(form.getByLabel('teller', { exact: true }));
        await hands.press('Space');
        await hands.reach(form.getByLabel(role, { exact: true }));
        await hands.press('Space');
      }
      await hands.press('Enter');
      await expect(form).toBeHidden();
      await expect(page.getByRole('grid', { name: 'Staff' })).toContainText(user);
    },
  });
}
