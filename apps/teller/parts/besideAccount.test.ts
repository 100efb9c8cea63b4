// Tries the short words of a statement's lines: the other side is never lost, and what is not known stays whole.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideAccount } from './besideAccount.ts';

const own = '10000295';

test('amount and own account are left out, the other side is not', () => {
  for (const [what, short] of [
    ['Deposit 1,250.00 EUR to 1000 0295 Marta Keller', 'Deposit'],
    ['Withdraw 20 JPY from 1000 0295 Marta Keller', 'Withdraw'],
    [
      'Transfer 64.90 EUR from 1000 0295 Marta Keller to 1000 2444 Fluss GmbH',
      'Transfer to 1000 2444 Fluss GmbH',
    ],
    [
      'Transfer 1,980.400 KWD from 1000 2376 Klinik am Ufer to 1000 0295 Marta Keller',
      'Transfer from 1000 2376 Klinik am Ufer',
    ],
    [
      'Transfer 1.00 EUR from 1000 0295 Fit to Go to 1000 2444 Up to You',
      'Transfer to 1000 2444 Up to You',
    ],
    ['Payment received, 123.45 EUR: Erika Beispiel', 'Payment received: Erika Beispiel'],
    ['Pay 600.00 EUR from 1000 0295 Marta Keller to Dupont, FR14 2004', 'Pay to Dupont, FR14 2004'],
  ] as const) {
    assert.equal(besideAccount(what, own), short);
  }
});

test('a sentence of another kind, or about other accounts, stays as it is', () => {
  for (const what of [
    'Correct journal 7: Deposit 1.00 EUR to 1000 0295 Marta Keller',
    'Deposit 1.00 EUR to 1000 0307 Jonas Weber',
    'Transfer 1.00 EUR from 1000 0307 Jonas Weber to 1000 2444 Fluss GmbH',
    'Brought over from the system before: 734.45 EUR',
    'Pay 3 transfers, 90.00 EUR, from 1000 0295 Marta Keller',
    '',
  ]) {
    assert.equal(besideAccount(what, own), what);
  }
});
