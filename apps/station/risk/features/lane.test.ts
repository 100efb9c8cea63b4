// Proves that lanes remember what happened, however their rows grow, are dropped, taken back and moved.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../random.ts';
import {
  amountAt,
  capacityOf,
  count,
  createLane,
  mostSince,
  near,
  placeOf,
  pushRow,
  rowSince,
  rowsOf,
  voidRow,
} from './lane.ts';
import { createLanes, rowSize, sidesAt, tailsAt } from './room.ts';
import { window } from './state.ts';

const week = 7 * 86_400_000;
const horizonMs = 2 * week;

/** A movement as a plain list remembers it. */
interface Move {
  readonly time: number;
  readonly amount: number;
  readonly counter: number;
  readonly journal: number;
  readonly teller: number;
  readonly near: number;
  readonly isNew: number;
}

type Lanes = ReturnType<typeof createLanes>;

/** What a lane says of the week before `now`, counted from its rows and its running sums. */
function said(lanes: Lanes, lane: number, now: number) {
  const { numbers, words } = lanes;
  const [place, capacity, rows] = [placeOf, capacityOf, rowsOf].map((ask) => ask(lanes, lane));
  const first = rowSince(lanes, lane, window.d7, now - week);
  const grown = (word: (row: number) => number) =>
    words[word(rows! - 1)]! - words[word(first - 1)]!;
  const inRow = (column: number) => (row: number) => 2 * (place! + rowSize * row) + column;
  const inTail = (column: number) => (row: number) =>
    2 * (tailsAt(place!, capacity!) + 2 * row) + column;
  const sides = sidesAt(place!, capacity!);
  const list = Array.from({ length: rows! - first }, (_none, at) => first + at);
  return {
    amounts: list.map((row) => amountAt(numbers, place! + rowSize * row)),
    counters: list.map((row) => words[sides + 2 * row]!),
    tellers: list.map((row) => words[sides + 2 * row + 1]!),
    counts: [grown(inRow(count.out)), grown(inRow(count.isNew)), grown(inTail(near.in))],
    // Nothing is nothing, whichever sign it bears.
    most: [true, false].map((isIn) => mostSince(lanes, lane, first, isIn) + 0),
  };
}

function expected(moves: readonly Move[], now: number) {
  const list = moves.filter(({ time }) => time > now - week);
  const outs = list.filter(({ amount }) => amount < 0);
  const ins = list.filter(({ amount }) => amount > 0);
  return {
    amounts: list.map(({ amount }) => amount),
    counters: list.map(({ amount, counter }) => (amount > 0 ? counter : -counter) | 0),
    tellers: list.map(({ teller }) => teller),
    counts: [
      outs.length,
      outs.filter(({ isNew }) => isNew === 1).length,
      ins.filter((move) => move.near === 1).length,
    ],
    most: [ins, outs].map((way) => Math.max(0, ...way.map(({ amount }) => Math.abs(amount)))),
  };
}

test('a lane says what a plain list says, through growth, dropping and taking back', () => {
  const plans = fc.record({
    seed: fc.integer({ min: 1, max: 1e9 }),
    paceMs: fc.constantFrom(600_000, 9e6),
  });
  fc.assert(
    fc.property(plans, ({ seed, paceMs }) => {
      const random = createRandom(seed);
      const lanes = createLanes();
      const all = Array.from({ length: 7 }, () => ({
        ...{ lane: createLane(lanes, 0), moves: [] as Move[] },
      }));
      let now = 1e12;
      for (let journal = 1; journal <= 900; journal += 1) {
        now += random.below(paceMs);
        // The first is moved most, so that it outgrows a page while the others lie between.
        const one = all[random.below(2) === 0 ? 0 : random.below(all.length)]!;
        const move = {
          ...{ time: now, amount: (random.below(2) * 2 - 1) * (1 + random.below(500)), journal },
          ...{ counter: random.below(4), teller: random.below(3), near: random.below(2) },
          isNew: random.below(2),
        };
        pushRow(lanes, one.lane, move, horizonMs);
        one.moves.push(move);
        const back = one.moves[one.moves.length - 1 - random.below(8)];
        if (back && random.below(9) === 0) {
          assert.ok(voidRow(lanes, one.lane, back.journal));
          one.moves = one.moves.filter((each) => each !== back);
        }
        if (journal % 30 !== 0) continue;
        for (const { lane, moves } of all) {
          assert.deepEqual(said(lanes, lane, now), expected(moves, now));
        }
      }
    }),
    { numRuns: 12 },
  );
});
