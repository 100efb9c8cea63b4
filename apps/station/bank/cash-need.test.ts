// Proves that the adviser spares trips to the vault on seeded days, and what it asks the vault for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forecasting, habit, type Played, type Practice, play } from './cash-day.fixture.ts';
import { proposePayOut } from './cash-mix.ts';
import { piecesNeeded, proposeRestock } from './cash-need.ts';

const flow = { customers: 40, paid: { 1: 20, 2000: 80 }, taken: { 2000: 90 } };

test('a face is held for what it loses and how far that strays', () => {
  assert.equal(piecesNeeded('1', flow, 120), Math.ceil(60 + 2 * Math.sqrt(60)));
  assert.equal(piecesNeeded('2000', flow, 120), Math.ceil(-30 + 2 * Math.sqrt(510)));
  assert.equal(piecesNeeded('5000', flow, 120), 0, 'never paid, never needed');
});

test('the vault is asked for change, in whole rolls and tens', () => {
  const till = { stock: { 1: 5, 2000: 0 }, currency: 'EUR' };
  assert.deepEqual(proposeRestock(till, flow, 120), { 1: 100 });
  assert.equal(proposeRestock({ ...till, stock: { 1: 90 } }, flow, 120), null);
  const few = { ...flow, customers: 5 };
  assert.equal(proposeRestock(till, few, 120), null, 'five customers say nothing of the next');
  const yen = { customers: 40, paid: { 1000: 60, 10000: 60 }, taken: {} };
  assert.deepEqual(proposeRestock({ stock: {}, currency: 'JPY' }, yen, 40), { 1000: 80 });
});

function played(practice: Practice): Played[] {
  return Array.from({ length: 12 }, (_, seed) => play(practice, 5, seed));
}

const sum = (all: readonly Played[], of: (each: Played) => number): number =>
  all.reduce((total, each) => total + of(each), 0);

test('30 in 100 trips fewer than largest first and a fixed float, with as many notes', () => {
  const largest = played(habit);
  const adviser = played(forecasting(proposePayOut));
  const trips = (all: readonly Played[]) => sum(all, (each) => each.trips);
  assert.ok(trips(adviser) <= 0.7 * trips(largest), `${trips(adviser)} of ${trips(largest)}`);
  const perPayOut = (all: readonly Played[]) =>
    sum(all, (each) => each.pieces) / sum(all, (each) => each.payOuts);
  assert.ok(perPayOut(adviser) <= 1.1 * perPayOut(largest));
});
