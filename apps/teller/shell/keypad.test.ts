// The number block's short forms must mean exactly one long form, and leave every other line alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromKeypad } from './keypad.ts';

test('account, sign, amount', () => {
  assert.equal(fromKeypad('12345678+250'), 'd 12345678 250');
  assert.equal(fromKeypad('1234 5678 - 1.250,50 rent'), 'w 1234 5678 1.250,50 rent');
  assert.equal(fromKeypad('12345678/87654321 100'), 't 12345678 87654321 100');
  assert.equal(fromKeypad('12345678*8765 4321+100'), 't 12345678 8765 4321 100');
});

test('a verb may stand at its account', () => {
  assert.equal(fromKeypad('d12345678 250'), 'd 12345678 250');
  assert.equal(fromKeypad(' W1234 5678 250'), ' W 1234 5678 250');
});

test('other lines are left alone', () => {
  for (const line of [
    '',
    'd 12345678 250',
    '1401 12345678 250',
    'v+ 1000',
    '12345678',
    'dora 1',
    't',
  ]) {
    assert.equal(fromKeypad(line), line);
  }
});
