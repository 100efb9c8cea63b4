// The hands of a person at the keyboard: every page object works through them, and none has a mouse.
import { expect, type Locator, type Page } from '@playwright/test';

export interface Hands {
  readonly page: Page;
  /** One key or chord, such as `Enter` or `Alt+M`. */
  press(chord: string): Promise<void>;
  /** Text, sign by sign, into whatever has the focus. */
  type(text: string): Promise<void>;
  /** Goes on with Tab until the control has the focus, or fails: what Tab cannot reach nobody can use. */
  reach(control: Locator): Promise<void>;
  /** Reaches a field and replaces what stands in it. */
  fill(field: Locator, text: string): Promise<void>;
  /** Reaches a date field and types a date (YYYY-MM-DD), in the order the browser asks for it. */
  date(field: Locator, date: string): Promise<void>;
  /** Reaches a native list and takes the choice whose text begins so. */
  choose(list: Locator, text: string): Promise<void>;
  /** Reaches a button and presses it. */
  push(button: Locator): Promise<void>;
  /** Keys pressed so far, signs of a text counted one by one. */
  keys(): number;
}

/** Dialogs that take the focus; a message that flies by has the role of one, too. */
export const dialogs = '[role="dialog"]:not([aria-modal="false"])';

/** After this long without a key a native list begins its search anew, in ms. */
const forgottenMs = 1_200;
const triesMost = 10;

/** More Tabs than any screen has controls. */
const tabsMost = 120;

const hasFocus = (control: Locator): Promise<boolean> =>
  control.evaluate((element) => element === document.activeElement);

export function createHands(page: Page): Hands {
  let keys = 0;
  const press = async (chord: string): Promise<void> => {
    keys += 1;
    await page.keyboard.press(chord);
  };
  const type = async (text: string): Promise<void> => {
    keys += text.length;
    await page.keyboard.type(text);
  };
  const reach = async (control: Locator): Promise<void> => {
    await expect(control).toBeVisible();
    for (let tabs = 0; tabs < tabsMost; tabs += 1) {
      if (await hasFocus(control)) return;
      await press('Tab');
    }
    throw new Error(`Tab never came to ${control}`);
  };
  return Object.freeze({
    page,
    press,
    type,
    reach,
    async fill(field: Locator, text: string) {
      await reach(field);
      await press('Control+a');
      if (text === '') await press('Delete');
      else await type(text);
    },
    async date(field: Locator, date: string) {
      const [year = '', month = '', day = ''] = date.split('-');
      await reach(field);
      await type(month + day + year);
      if ((await field.inputValue()) === date) return;
      // The order is that of the browser's own language, which no page can ask for: once more from the first part.
      await press('Shift+Tab');
      await reach(field);
      await type(day + month + year);
      await expect(field).toHaveValue(date);
    },
    async choose(list: Locator, text: string) {
      await reach(list);
      const chosen = () =>
        list.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.text ?? '');
      // A list takes signs more than a second apart as two beginnings: then it is typed once more.
      for (let tries = 0; tries < triesMost; tries += 1) {
        await type(text);
        if ((await chosen()).toLowerCase().startsWith(text.toLowerCase())) return;
        await page.waitForTimeout(forgottenMs);
      }
      throw new Error(`${list} has no choice that begins with ${text}: it shows ${await chosen()}`);
    },
    async push(button: Locator) {
      await reach(button);
      await press('Enter');
    },
    keys: () => keys,
  });
}
