// Remembers which screens are open, one upon the other, so that Escape goes back exactly one step.
import { create } from 'zustand';
import type { BasketItem } from '#contract/drafts.ts';

/** What the counter can be asked to do; `basket` holds several of the first three. */
export type CounterTask = BasketItem['task'] | 'cash.exchange' | 'basket';

/** What a form starts with, as typed. */
export interface Preset {
  readonly account?: string;
  readonly to?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly narrative?: string;
  /** Face value in minor units -> pieces, where the line named them. */
  readonly pieces?: Readonly<Record<string, number>>;
  /** Number of the journal that this posting corrects. */
  readonly corrects?: number;
}

/** What the till screen is asked to do; `position` only shows. */
export type TillTask =
  | 'position'
  | 'open'
  | 'close'
  | 'count'
  | 'buy'
  | 'sell'
  | 'pass'
  | 'movements'
  | 'surprise'
  | 'absent';

export type Screen =
  | { readonly name: 'home' }
  | { readonly name: 'counter'; readonly task: CounterTask; readonly preset: Preset }
  | { readonly name: 'customers'; readonly text?: string; readonly customer?: number }
  | { readonly name: 'register'; readonly text?: string }
  | { readonly name: 'account'; readonly number: string }
  | { readonly name: 'openAccount'; readonly customer: number }
  | {
      readonly name: 'till';
      readonly task: TillTask;
      readonly amount?: string;
      /** Currency named beside the amount. */
      readonly currency?: string;
      readonly till?: number;
    }
  | { readonly name: 'approvals'; readonly approval?: number }
  | {
      readonly name: 'journal';
      readonly journal?: number;
      readonly text?: string;
      readonly action?: 'reverse';
    }
  | { readonly name: 'receipt'; readonly journal: number }
  | { readonly name: 'payment'; readonly preset: Preset }
  | { readonly name: 'payments'; readonly payment?: number; readonly text?: string }
  | { readonly name: 'day' }
  | { readonly name: 'staff' }
  | { readonly name: 'desks' }
  | { readonly name: 'ledger' }
  | { readonly name: 'guard' }
  | { readonly name: 'office' }
  | { readonly name: 'visit' }
  | { readonly name: 'bank' }
  | { readonly name: 'risk' }
  | { readonly name: 'credit' }
  | { readonly name: 'policy' }
  | { readonly name: 'reconcile' }
  | { readonly name: 'screening' };

export type ScreenName = Screen['name'];

export interface OpenScreen {
  /** Tells two openings of the same screen apart, so that each keeps what was typed in it. */
  readonly id: number;
  readonly screen: Screen;
}

export interface Screens {
  readonly stack: readonly OpenScreen[];
  /** Screens in which something is typed that leaving would lose. */
  readonly touched: ReadonlySet<number>;
  /** Opens a screen upon the present one; the same screen with nothing new to say is found again. */
  open(screen: Screen): void;
  /** Puts a screen in the place of the present one. */
  replace(screen: Screen): void;
  /** Goes one step back; at the first screen it stays. */
  back(): void;
  /**
   * Leaves the present screen because its work is done. The first screen shows the receipt of what was
   * posted itself; from anywhere else it is laid upon the screen the teller came from.
   */
  leave(journal: number | null): void;
  /** Closes everything and stands at the first screen. */
  home(): void;
  /** Says whether leaving this screen would lose something typed. */
  touch(id: number, isTouched: boolean): void;
}

/** How many screens stay open at once; the oldest but the first is let go. */
const stackMax = 6;

const first: OpenScreen = Object.freeze({ id: 0, screen: Object.freeze({ name: 'home' }) });

let lastId = 0;

function opened(screen: Screen): OpenScreen {
  lastId += 1;
  return Object.freeze({ id: lastId, screen });
}

/**
 * A posting that starts with something typed is always a new one, however much it resembles an open one; so is
 * an action on an entry, whose question has been answered where it was asked before.
 */
function isSame(one: Screen, other: Screen): boolean {
  const isForm = one.name === 'counter' || one.name === 'payment';
  const isTyped = isForm && Object.keys(one.preset).length > 0;
  const isAction = one.name === 'journal' && one.action !== undefined;
  return !isTyped && !isAction && JSON.stringify(one) === JSON.stringify(other);
}

export function stackWith(stack: readonly OpenScreen[], screen: Screen): readonly OpenScreen[] {
  if (screen.name === 'home') return [first];
  const known = stack.findLast((open) => isSame(open.screen, screen));
  // A receipt is looked at once: whatever is opened next takes its place.
  const others = stack.filter((open) => open !== known && open.screen.name !== 'receipt');
  const next = [...others, known ?? opened(screen)];
  return next.length > stackMax ? [first, ...next.slice(2)] : next;
}

function below(stack: readonly OpenScreen[]): readonly OpenScreen[] {
  return stack.length > 1 ? stack.slice(0, -1) : stack;
}

/** The stack without the screen in front, and with the receipt in front where nothing else would show it. */
export function left(stack: readonly OpenScreen[], journal: number | null): readonly OpenScreen[] {
  const rest = below(stack);
  if (journal === null || frontOf(rest).screen.name === 'home') return rest;
  return stackWith(rest, { name: 'receipt', journal });
}

export const useScreens = create<Screens>()((set) => ({
  stack: [first],
  touched: new Set(),
  open: (screen) => set(({ stack }) => ({ stack: stackWith(stack, screen) })),
  replace: (screen) => set(({ stack }) => ({ stack: stackWith(below(stack), screen) })),
  back: () => set(({ stack }) => ({ stack: below(stack) })),
  leave: (journal) => set(({ stack }) => ({ stack: left(stack, journal) })),
  home: () => set({ stack: [first], touched: new Set() }),
  touch: (id, isTouched) =>
    set(({ touched }) => {
      if (touched.has(id) === isTouched) return {};
      const next = new Set(touched);
      if (isTouched) next.add(id);
      else next.delete(id);
      return { touched: next };
    }),
}));

/** The screen in front. */
export function frontOf(stack: readonly OpenScreen[]): OpenScreen {
  return stack.at(-1) ?? first;
}
