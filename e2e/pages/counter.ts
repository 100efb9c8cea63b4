// Serving: deposit, withdrawal, transfer, exchange of notes, several items, correction.
import { expect, type Locator } from '@playwright/test';
import type { Frame } from './frame.ts';
import type { Hands } from './hands.ts';
import { type Pieces, typePieces } from './notes.ts';

export interface Counter {
  readonly form: Locator;
  /** What will happen, as the station reckons it. */
  readonly preview: Locator;
  field(name: string): Locator;
  /** Types the notes and coins of the form in front. */
  notes(pieces: Pieces, currency?: string): Promise<void>;
  /** Expects a balance now and after on the preview. */
  expectBalance(before: string, after: string): Promise<void>;
  /** Enter, and the sentence that it is posted. Returns the number of the journal. */
  post(): Promise<number>;
  /** Enter, where a supervisor is needed: the sentence that it waits. */
  send(): Promise<void>;
  /** Expects a refusal at the field, in words. */
  expectError(field: string, sentence: string | RegExp): Promise<void>;
}

export function createCounter(hands: Hands, frame: Frame): Counter {
  const { page } = hands;
  const desk = page.getByRole('main');
  const form = desk.locator('form:visible');
  const preview = desk.getByRole('region', { name: 'What will happen' });
  const field = (name: string): Locator => form.getByLabel(name, { exact: true });
  const isReady = async (badge: string): Promise<void> => {
    await expect(preview.getByText(badge, { exact: true })).toBeVisible();
    await expect(preview.locator('[aria-busy="true"]')).toHaveCount(0);
  };

  return Object.freeze({
    form,
    preview,
    field,
    async notes(pieces: Pieces, currency = 'EUR') {
      await typePieces(hands, form.locator('fieldset').last(), { currency, pieces });
    },
    async expectBalance(before: string, after: string) {
      await expect(preview).toContainText(before);
      await expect(preview).toContainText(after);
    },
    async post() {
      await isReady('will be posted');
      await hands.press('Enter');
      await frame.done(/^Posted: /);
      return frame.lastJournal();
    },
    async send() {
      await isReady('needs a supervisor');
      await hands.press('Enter');
      await frame.done(/^Waits for a supervisor: /);
    },
    async expectError(name: string, sentence: string | RegExp) {
      const control = field(name);
      await expect(control).toHaveAttribute('aria-invalid', 'true');
      await expect(control).toHaveAccessibleDescription(sentence);
    },
  });
}
