// Plays seeded days at a till, to hold the cash-mix adviser beside paying the largest notes first.
import { type CashFlow, isMoneyFace, piecesNeeded } from './cash-need.ts';
import { addPieces, noPieces, type Pieces, subtractPieces, valueMinor } from './denominations.ts';

export type Payer = (amountMinor: bigint, stock: Pieces) => Pieces | null;

/** Largest note first, and no second thought: what a teller in a hurry and most systems do. */
export const payLargestFirst: Payer = (amountMinor, stock) => {
  const paid: Record<string, number> = {};
  let rest = amountMinor;
  const faces = Object.keys(stock).sort((one, other) => Number(other) - Number(one));
  for (const face of faces) {
    const most = rest / BigInt(face);
    const held = BigInt(stock[face] ?? 0);
    const pieces = Number(most < held ? most : held);
    if (pieces > 0) paid[face] = pieces;
    rest -= BigInt(pieces) * BigInt(face);
  }
  return rest === 0n ? paid : null;
};

export function diceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** What the branch gives a till in the morning where nobody forecasts: money enough, little of each face. */
export const standardFloat: Pieces = {
  ...{ 10000: 30, 5000: 60, 2000: 40, 1000: 25, 500: 15, 200: 15, 100: 15 },
  ...{ 50: 12, 20: 15, 10: 12, 5: 12, 2: 12, 1: 12 },
};

/** What customers bring: the notes shops take in, more middling ones than large ones. */
function brought(dice: () => number): Pieces {
  const faces = [10000, 5000, 5000, 2000, 2000, 2000, 1000, 500, 200, 100, 50];
  const pieces: Record<string, number> = {};
  for (let count = 1 + Math.floor(dice() * 20); count > 0; count--) {
    const face = String(faces[Math.floor(dice() * faces.length)]);
    pieces[face] = (pieces[face] ?? 0) + 1;
  }
  return pieces;
}

/** What is asked for: mostly tens, sometimes to the cent (an account closed, a cheque cashed). */
function wanted(dice: () => number): bigint {
  const size = Math.exp(Math.log(2_000) + dice() * Math.log(60));
  const unit = [1000, 1000, 5000, 500, 1][Math.floor(dice() * 5)] ?? 1000;
  return BigInt(Math.max(unit, Math.round(size / unit) * unit));
}

/** A bill paid in round notes: what is handed over, and the change that is due. */
function bill(dice: () => number): { readonly taken: Pieces; readonly due: bigint } {
  const due = Math.round(Math.exp(Math.log(500) + dice() * Math.log(40)));
  const step = dice() < 0.6 ? 5000 : 1000;
  const handed = Math.ceil(due / step) * step;
  const taken = payLargestFirst(BigInt(handed), { 5000: 9, 2000: 9, 1000: 9 }) ?? noPieces;
  return { taken, due: BigInt(handed - due) };
}

/** How a till is run: how it pays, and what it holds after a trip to the vault and in the morning. */
export interface Practice {
  readonly pay: Payer;
  readonly hold: (flow: CashFlow, customers: number) => Pieces;
}

/** Pays the largest first and fills up to the same float each time. */
export const habit: Practice = { pay: payLargestFirst, hold: () => standardFloat };

/** Holds the change the last days say the next customers need, and of the large notes what is standard. */
export function forecasting(pay: Payer): Practice {
  return {
    pay,
    hold(flow, customers) {
      const hold = (face: string) =>
        isMoneyFace(Number(face), 'EUR')
          ? (standardFloat[face] ?? 0)
          : Math.max(standardFloat[face] ?? 0, piecesNeeded(face, flow, customers));
      return Object.fromEntries(Object.keys(standardFloat).map((face) => [face, hold(face)]));
    },
  };
}

export interface Played {
  /** Trips to the vault in the day because the till could not pay. */
  readonly trips: number;
  /** Of these, those for which there was not money enough, whatever the notes. */
  readonly poor: number;
  readonly payOuts: number;
  readonly pieces: number;
  /** What the till was given in the mornings, in minor units. */
  readonly floatMinor: bigint;
}

const customersADay = 120;

/** So many days of one till, the first on the standard float whatever the practice. */
export function play({ pay, hold }: Practice, days: number, seed: number): Played {
  const dice = diceOf(seed);
  let flow = { customers: 0, paid: noPieces, taken: noPieces };
  let [trips, poor, payOuts, pieces, floatMinor] = [0, 0, 0, 0, 0n];
  for (let day = 0; day < days; day++) {
    let stock = day === 0 ? standardFloat : hold(flow, customersADay);
    floatMinor += valueMinor(stock);
    for (let customer = 0; customer < customersADay; customer++) {
      const { taken, due } = visit(dice);
      stock = addPieces(stock, taken);
      flow = { ...flow, customers: flow.customers + 1, taken: addPieces(flow.taken, taken) };
      let paid = due === 0n ? noPieces : pay(due, stock);
      if (!paid) {
        trips += 1;
        if (due > valueMinor(stock)) poor += 1;
        stock = hold(flow, customersADay - customer);
        paid = pay(due, stock) ?? noPieces;
      }
      stock = subtractPieces(stock, paid);
      flow = { ...flow, paid: addPieces(flow.paid, paid) };
      if (due > 0n) payOuts += 1;
      pieces += Object.values(paid).reduce((sum, count) => sum + count, 0);
    }
  }
  return { trips, poor, payOuts, pieces, floatMinor };
}

/** One customer: brings money, pays a bill, or wants money; in this share. */
function visit(dice: () => number): { readonly taken: Pieces; readonly due: bigint } {
  const kind = dice();
  if (kind < 0.35) return { taken: brought(dice), due: 0n };
  return kind < 0.55 ? bill(dice) : { taken: noPieces, due: wanted(dice) };
}
