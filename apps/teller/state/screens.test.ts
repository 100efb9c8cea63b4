// Escape must lead exactly one step back, and no half-filled form may be lost on the way.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { frontOf, useScreens } from './screens.ts';

const names = () => useScreens.getState().stack.map((open) => open.screen.name);

beforeEach(() => useScreens.getState().home());

test('each screen opened lies upon the one before, and back takes it away', () => {
  const { open, back } = useScreens.getState();
  open({ name: 'customers' });
  open({ name: 'journal' });
  assert.deepEqual(names(), ['home', 'customers', 'journal']);
  back();
  back();
  back();
  assert.deepEqual(names(), ['home']);
});

test('a screen already open is brought forward with what stands in it', () => {
  const { open } = useScreens.getState();
  open({ name: 'counter', task: 'basket', preset: {} });
  const { id } = frontOf(useScreens.getState().stack);
  open({ name: 'customers' });
  open({ name: 'counter', task: 'basket', preset: {} });
  assert.equal(frontOf(useScreens.getState().stack).id, id);
  assert.deepEqual(names(), ['home', 'customers', 'counter']);
});

test('a posting typed again is a new one', () => {
  const { open } = useScreens.getState();
  const screen = { name: 'counter', task: 'cash.deposit', preset: { amount: '250' } } as const;
  open(screen);
  open(screen);
  assert.deepEqual(names(), ['home', 'counter', 'counter']);
});

test('an action on an entry asks again, though the entry is open already', () => {
  const { open } = useScreens.getState();
  open({ name: 'journal', journal: 7, action: 'reverse' });
  open({ name: 'journal', journal: 7, action: 'reverse' });
  assert.deepEqual(names(), ['home', 'journal', 'journal']);
});

test('the stack is bounded and keeps its first screen', () => {
  const { open, replace } = useScreens.getState();
  for (let number = 1; number < 20; number += 1) open({ name: 'journal', journal: number });
  assert.equal(names().length, 6);
  assert.equal(names()[0], 'home');
  replace({ name: 'day' });
  assert.equal(names().length, 6);
  assert.equal(names().at(-1), 'day');
});

test('a screen says what leaving it would lose', () => {
  const { touch } = useScreens.getState();
  touch(7, true);
  assert.ok(useScreens.getState().touched.has(7));
  const before = useScreens.getState().touched;
  touch(7, true);
  assert.equal(useScreens.getState().touched, before, 'nothing changed, nobody is drawn again');
  touch(7, false);
  assert.ok(!useScreens.getState().touched.has(7));
});

test('what was posted is seen with its receipt, wherever the teller came from, and once', () => {
  const { open, leave, back } = useScreens.getState();
  open({ name: 'counter', task: 'transfer', preset: { amount: '1' } });
  leave(7);
  assert.deepEqual(names(), ['home'], 'the first screen shows the receipt itself');
  open({ name: 'customers', customer: 4 });
  open({ name: 'counter', task: 'transfer', preset: { amount: '1' } });
  leave(8);
  assert.deepEqual(names(), ['home', 'customers', 'receipt']);
  open({ name: 'journal' });
  assert.deepEqual(names(), ['home', 'customers', 'journal'], 'the next screen takes its place');
  back();
  open({ name: 'counter', task: 'transfer', preset: { amount: '2' } });
  leave(null);
  assert.deepEqual(names(), ['home', 'customers'], 'nothing posted, nothing shown');
});
