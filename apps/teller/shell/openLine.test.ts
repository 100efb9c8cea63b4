// What is typed in the command bar must open exactly what it says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountNumberOf } from '#contract/account-number.ts';
import { parseCommandLine } from '#contract/command-line.ts';
import { words } from '#contract/command-words.ts';
import { openLine } from './openLine.ts';

const open = (line: string) => openLine(parseCommandLine(line));
const one = accountNumberOf(1_234_567);
const other = accountNumberOf(7_654_321);

test('a task opens its form with what was typed', () => {
  assert.deepEqual(open(`d ${one} 1,250.50 usd wages`), {
    kind: 'screen',
    screen: {
      name: 'counter',
      task: 'cash.deposit',
      preset: { account: one, amount: '1,250.50', currency: 'USD', narrative: 'wages' },
    },
  });
  assert.deepEqual(open(`t ${one} ${other} 100`), {
    kind: 'screen',
    screen: {
      name: 'counter',
      task: 'transfer',
      preset: { account: one, to: other, amount: '100' },
    },
  });
  assert.deepEqual(open('k 48211'), {
    kind: 'screen',
    screen: { name: 'counter', task: 'cash.deposit', preset: { corrects: 48211 } },
  });
});

test('each way of moving cash, and each thing done with the till, opens its own form', () => {
  const screens = {
    'v+ 1000': { name: 'till', task: 'buy', amount: '1000' },
    'v+ 50 KWD': { name: 'till', task: 'buy', amount: '50', currency: 'KWD' },
    'v- 1000': { name: 'till', task: 'sell', amount: '1000' },
    'pass 500': { name: 'till', task: 'pass', amount: '500' },
    'p 10000295 FR1420041010050500013M02606 600': {
      name: 'payment',
      preset: { account: '10000295', to: 'FR1420041010050500013M02606', amount: '600' },
    },
    'pp Dupont': { name: 'payments', text: 'Dupont' },
    open: { name: 'till', task: 'open' },
    count: { name: 'till', task: 'count' },
    close: { name: 'till', task: 'close' },
    m: { name: 'till', task: 'movements' },
    'r 17': { name: 'journal', journal: 17, action: 'reverse' },
    'c+ Anna Berg': { name: 'register', text: 'Anna Berg' },
    x: { name: 'counter', task: 'cash.exchange', preset: {} },
    [`b ${one}`]: { name: 'counter', task: 'basket', preset: { account: one } },
    day: { name: 'day' },
  };
  for (const [line, screen] of Object.entries(screens)) {
    assert.deepEqual(open(line), { kind: 'screen', screen }, line);
  }
  assert.deepEqual(open('lock'), { kind: 'action', action: 'lock' });
  assert.deepEqual(open('pause'), { kind: 'action', action: 'pause' });
  assert.deepEqual(open('?'), { kind: 'action', action: 'keys' });
});

test('a name is looked for, an account is stated', () => {
  assert.deepEqual(open('marta kel'), {
    kind: 'screen',
    screen: { name: 'customers', text: 'marta kel' },
  });
  assert.deepEqual(open(one), { kind: 'screen', screen: { name: 'account', number: one } });
});

test('an error opens nothing', () => {
  assert.deepEqual(open('d 12345670 250 EUR'), { kind: 'nothing' });
  assert.deepEqual(open('1013'), { kind: 'nothing' });
  assert.deepEqual(open(''), { kind: 'nothing' });
});

test('every word of the language opens something once it has what it needs', () => {
  for (const word of words) {
    const given = word.slots.map(
      (slot) =>
        ({
          account: one,
          'account?': one,
          from: one,
          to: other,
          iban: 'FR1420041010050500013M02606',
          amount: '250',
          'amount?': '250',
          journal: '17',
          'approval?': undefined,
          text: 'text',
        })[slot],
    );
    assert.notEqual(open([word.verb, ...given].join(' ')).kind, 'nothing', word.verb);
  }
});
