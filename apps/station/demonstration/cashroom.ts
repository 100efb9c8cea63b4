// Plays the cash side of each day: the vault counted by two, floats out, tills kept in bounds, all back at night.
import type { Denominations } from '#contract/values.ts';
import { weekday } from '../bank/calendar.ts';
import { valueMinor } from '../bank/denominations.ts';
import type { Purse, TillName } from './acts.ts';
import { branchTime, lastDate } from './calendar.ts';
import type { Dice } from './dice.ts';
import { type DemonstrationCurrency, demonstrationBranch } from './people.ts';
import { floatEur, floatForeign, vaultStock } from './purses.ts';
import { hours } from './rhythm.ts';
import { type Stage, tellers, tillOf } from './stage.ts';

export interface Cashroom {
  /** Opens the branch and its tills on the date. */
  open(date: string): void;
  /** Sells what a till has too much of to the vault, or buys what it lacks. */
  balance(teller: string, at: number): void;
  /** Makes sure a till can pay a large amount of euros out. */
  prepare(teller: string, amountMinor: bigint, at: number): void;
  /** Counts and closes the tills and the branch. */
  close(date: string): void;
}

/** A till sells above the first and buys below the second, in minor units of the euro. */
const richMinor = 3_000_000n;
const poorMinor = 450_000n;

/** What a till buys at once. */
const refill: Denominations = Object.freeze({ 5000: 60, 2000: 100, 1000: 50, 500: 20 });

/** Pieces a till may be over or short by, as they happen. */
const slipFaces = [100, 200, 500, 500, 1000, 1000, 2000] as const;

const excuses = [
  'Perhaps one note too many at noon',
  'Two notes stuck together',
  'Coins miscounted in the rush',
  'No cause found, tape looked through twice',
] as const;

export function createCashroom(stage: Stage): Cashroom {
  const { books } = stage;
  const dice = stage.dice.fork('cashroom');
  const eur = 'EUR' as const;

  function give(from: TillName, to: TillName, denominations: Denominations, at: number): void {
    if (valueMinor(denominations) === 0n) return;
    stage.movement({ from, to, cash: { currency: eur, denominations }, at });
  }

  function open(date: string): void {
    const [by, second] = stage.duty(date);
    const vault = books.purse('vault');
    stage.add({ act: 'day.open', date, vault, second }, by, branchTime(date, hours.staffIn));
    if (weekday(date) === 1) restock(stage, by, branchTime(date, hours.staffIn + 5));
    for (const [index, teller] of tellers.entries()) {
      const at = branchTime(date, hours.tillsOpen + index * 4);
      const till = tillOf[teller] as TillName;
      stage.add({ act: 'till.open', till, counted: counted(stage, till) }, teller, at);
      give('vault', till, floatEur, at + 60_000);
      if (teller === 'ana' && weekday(date) === 1) topUp(stage, at + 90_000);
    }
  }

  function balance(teller: string, at: number): void {
    const till = tillOf[teller] as TillName;
    const stock = books.stock(till, eur);
    const worth = valueMinor(stock);
    if (worth < poorMinor) give('vault', till, refill, at);
    if (worth > richMinor) give(till, 'vault', above(stock, floatEur), at);
  }

  function close(date: string): void {
    const [by, second] = stage.duty(date);
    for (const [index, teller] of tellers.entries()) {
      const at = branchTime(date, hours.tillsClose + index * 4);
      closeTill(stage, dice, { teller, at, supervisor: by, mayErr: date < '2026-11-16' });
    }
    const at = branchTime(date, hours.dayClose);
    if (date === lastDate) level(stage, by, at - 300_000);
    stage.add({ act: 'day.countVault', vault: books.purse('vault'), second }, by, at);
    stage.add({ act: 'day.close' }, by, at + 180_000);
  }

  return Object.freeze({
    open,
    balance,
    prepare(teller: string, amountMinor: bigint, at: number) {
      const till = tillOf[teller] as TillName;
      if (valueMinor(books.stock(till, eur)) >= amountMinor + 400_000n) return;
      const hundreds = Number(amountMinor / 10_000n) + 10;
      give('vault', till, { 10000: hundreds }, at);
    },
    close,
  });
}

interface Closing {
  readonly teller: string;
  readonly at: number;
  readonly supervisor: string;
  readonly mayErr: boolean;
}

/** Sells the euros to the vault, counts what is left and closes; now and then a note too many or too few. */
function closeTill(stage: Stage, dice: Dice, { teller, at, supervisor, mayErr }: Closing): void {
  const till = tillOf[teller] as TillName;
  const face = String(dice.pick(slipFaces));
  const slip = mayErr && dice.happens(1, 14) ? dice.pick(['over', 'short'] as const) : 'none';
  const stock = stage.books.stock(till, 'EUR');
  const isShort = slip === 'short' && (stock[face] ?? 0) > 0;
  const sold = isShort ? { ...stock, [face]: (stock[face] ?? 0) - 1 } : stock;
  const denominations = Object.fromEntries(Object.entries(sold).filter(([, count]) => count > 0));
  if (valueMinor(denominations) > 0n) {
    stage.movement({ from: till, to: 'vault', cash: { currency: 'EUR', denominations }, at });
  }
  if (isShort) stage.books.take(till, 'EUR', { [face]: 1 });
  if (slip === 'over') stage.books.put(till, 'EUR', { [face]: 1 });
  const explanation = isShort || slip === 'over' ? dice.pick(excuses) : '';
  stage.add(
    { act: 'till.close', till, counted: counted(stage, till), explanation, second: supervisor },
    teller,
    at + 90_000,
  );
}

/** What is in a till, with every currency it keeps named, if only as nothing. */
function counted(stage: Stage, till: TillName): Purse {
  const purse = stage.books.purse(till);
  return Object.fromEntries(
    currenciesOf(till).map((currency) => [currency, purse[currency] ?? {}]),
  );
}

/** Till 1 and the vault keep foreign money. */
export function currenciesOf(till: TillName): readonly DemonstrationCurrency[] {
  return till === 'vault' || till === 'till-1' ? demonstrationBranch.currencies : ['EUR'];
}

/** Pieces of a stock beyond a usual one. */
function above(stock: Denominations, usual: Denominations): Denominations {
  const entries = Object.entries(stock).map(
    ([face, count]) => [face, count - (usual[face] ?? 0)] as const,
  );
  return Object.fromEntries(entries.filter(([, count]) => count > 0));
}

/** On Mondays Till 1 gets back to its usual foreign money. */
function topUp(stage: Stage, at: number): void {
  for (const currency of ['USD', 'JPY', 'KWD'] as const) {
    const usual = floatForeign[currency] ?? {};
    const stock = stage.books.stock('till-1', currency);
    const lacking = few(stock, usual, 2);
    if (valueMinor(lacking) > 0n) {
      stage.movement({
        from: 'vault',
        to: 'till-1',
        cash: { currency, denominations: lacking },
        at,
      });
    }
    const spare = above(stock, times(usual, 2));
    if (valueMinor(spare) > 0n) {
      stage.movement({ from: 'till-1', to: 'vault', cash: { currency, denominations: spare }, at });
    }
  }
}

/** Pieces that bring faces which fell under a part of the usual stock back up to it. */
function few(stock: Denominations, usual: Denominations, part: number): Denominations {
  const entries = Object.entries(usual)
    .filter(([face, count]) => (stock[face] ?? 0) * part < count)
    .map(([face, count]) => [face, count - (stock[face] ?? 0)] as const);
  return Object.fromEntries(entries);
}

function times(usual: Denominations, factor: number): Denominations {
  const entries = Object.entries(usual);
  return Object.fromEntries(entries.map(([face, count]) => [face, Math.round(factor * count)]));
}

/** On Mondays the cash centre brings what the vault ran low on and takes what piled up. */
function restock(stage: Stage, by: string, at: number): void {
  for (const currency of demonstrationBranch.currencies) {
    const usual = vaultStock[currency] ?? {};
    const stock = stage.books.stock('vault', currency);
    const [lacking, spare] = [few(stock, usual, 2), above(stock, times(usual, 1.4))];
    ship(stage, { currency, lacking, spare }, { by, at });
  }
}

/** On the eve of the tour the vault is brought to its usual stock exactly, so that it can be counted by hand. */
function level(stage: Stage, by: string, at: number): void {
  for (const currency of demonstrationBranch.currencies) {
    const usual = vaultStock[currency] ?? {};
    const stock = stage.books.stock('vault', currency);
    const [lacking, spare] = [above(usual, stock), above(stock, usual)];
    ship(stage, { currency, lacking, spare }, { by, at });
  }
}

interface Shipment {
  readonly currency: DemonstrationCurrency;
  readonly lacking: Denominations;
  readonly spare: Denominations;
}

function ship(
  { add, books }: Stage,
  { currency, lacking, spare }: Shipment,
  { by, at }: { readonly by: string; readonly at: number },
): void {
  const reference = `${currency} ${new Date(at).toISOString().slice(0, 10)}`;
  if (valueMinor(lacking) > 0n) {
    books.put('vault', currency, lacking);
    const cash = { currency, denominations: lacking };
    add({ act: 'vault.receive', cash, reference: `IN ${reference}` }, by, at);
  }
  if (valueMinor(spare) > 0n) {
    books.take('vault', currency, spare);
    const cash = { currency, denominations: spare };
    add({ act: 'vault.send', cash, reference: `OUT ${reference}` }, by, at);
  }
}
