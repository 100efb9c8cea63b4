// Prints what the cash-mix adviser spares a till beside paying the largest notes first.
import { proposePayOut } from '#station/bank/cash-mix.ts';
import { addPieces, type Pieces, subtractPieces } from '#station/bank/denominations.ts';

type Payer = (amountMinor: bigint, stock: Pieces) => Pieces | null;

/** Largest note first, and no second thought: what a teller in a hurry and most systems do. */
const greedy: Payer = (amountMinor, stock) => {
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

function diceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** A lean till: enough money for the day's swings, little of each face. */
const float: Pieces = {
  10000: 15,
  5000: 30,
  2000: 40,
  1000: 25,
  500: 15,
  200: 15,
  100: 15,
  50: 12,
  20: 15,
  10: 12,
  5: 12,
  2: 12,
  1: 12,
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

interface Day {
  /** Trips to the vault because the till could not pay: each puts it back to its float. */
  readonly trips: number;
  /** Faces that had run out, added up after each customer. */
  readonly emptyFaces: number;
}

/** One day of 120 customers. */
function dayOf(payer: Payer, seed: number): Day {
  const dice = diceOf(seed);
  let stock = float;
  let trips = 0;
  let emptyFaces = 0;
  for (let customer = 0; customer < 120; customer++) {
    if (dice() < 0.5) stock = addPieces(stock, brought(dice));
    else {
      const amountMinor = wanted(dice);
      let paid = payer(amountMinor, stock);
      if (!paid) {
        trips++;
        stock = float;
        paid = payer(amountMinor, stock);
      }
      if (paid) stock = subtractPieces(stock, paid);
    }
    emptyFaces += Object.keys(float).filter((face) => (stock[face] ?? 0) === 0).length;
  }
  return { trips, emptyFaces };
}

const days = Number(process.argv[2] ?? 500);
function sumOf(payer: Payer): Day {
  const all = Array.from({ length: days }, (_, seed) => dayOf(payer, seed));
  const sum = (of: (day: Day) => number) => all.reduce((total, day) => total + of(day), 0);
  return { trips: sum((day) => day.trips), emptyFaces: sum((day) => day.emptyFaces) };
}

const adviser = sumOf(proposePayOut);
const largest = sumOf(greedy);
const perDay = (value: number) => (value / days).toFixed(2).padStart(8);
console.log(`${days} seeded till days of 120 customers each, per day`);
console.log('                       vault trips   faces empty x customers');
console.log(`largest notes first       ${perDay(largest.trips)}   ${perDay(largest.emptyFaces)}`);
console.log(`cash-mix adviser          ${perDay(adviser.trips)}   ${perDay(adviser.emptyFaces)}`);
const ratio = adviser.emptyFaces / largest.emptyFaces;
console.log(`adviser / largest first, faces empty: ${ratio.toFixed(2)}`);
