// Holds every message the branch sends to its schema and to the rules of the network it travels on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { paymentSettings } from '#contract/payments.ts';
import { settingsInput } from './branch.fixture.ts';
import {
  enquiryType,
  enquiryValues,
  recallType,
  recallValues,
  refusalType,
  refusalValues,
  returnType,
  returnValues,
} from './investigate.ts';
import type { Original, Sending, Transfer } from './model.ts';
import { accountOfIban, ownIban } from './own-iban.ts';
import { orderType, orderValues, transferType, transferValues } from './transfer.ts';
import { decimalOf, minorOf, writeMessage } from './write.ts';

const settings = paymentSettings.parse(settingsInput);
const ids = {
  transactionId: '0123456789abcdef0123456789abcdef',
  uetr: '01234567-89ab-4def-8123-456789abcdef',
  endToEndId: 'INV-2026-77',
};
const debtor = {
  ...{ name: 'Marta Keller', iban: ownIban(settings, '10000295'), bic: settings.bic },
  ...{ town: 'Riverside', country: 'DE' },
};
const creditor = {
  ...{ name: 'Dupont et fils', iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPXXX' },
  ...{ town: 'Paris', country: 'FR' },
};
const transfer: Transfer = {
  ...{ ids, amountMinor: 60_000n, currency: 'EUR', debtor, creditor, text: 'Invoice 77' },
  values: {},
};

function sendingOn(id: string): Sending {
  const channel = settings.channels.find((each) => each.id === id);
  assert.ok(channel);
  return {
    ...{ channel, bic: settings.bic, messageId: ids.transactionId },
    ...{ at: Date.UTC(2026, 10, 20, 9, 30), settlementDate: '2026-11-23' },
  };
}

const original: Original = {
  ...{ messageId: ids.transactionId, messageType: transferType, ids },
  ...{ amountMinor: 60_000n, currency: 'EUR', settlementDate: '2026-11-23' },
};
const why = { code: 'DUPL', text: 'Sent twice', orderedBy: 'Marta Keller' };

for (const id of ['sepa-sct', 'sepa-inst', 'cbpr-plus']) {
  test(`${id}: transfer, recall, enquiry, refusal and return are right by schema and rules`, () => {
    const sending = sendingOn(id);
    const written = [
      writeMessage(transferType, transferValues([transfer], sending), sending),
      writeMessage(recallType, recallValues(original, why, sending), sending),
      writeMessage(enquiryType, enquiryValues(original, sending), sending),
      writeMessage(
        refusalType,
        refusalValues(original, { ...why, code: 'NOOR' }, sending),
        sending,
      ),
      writeMessage(
        returnType,
        returnValues({ ...original, debtor, creditor }, { ...why, code: 'AC04' }, sending),
        sending,
      ),
    ];
    for (const { type, errors, xml } of written) assert.deepEqual(errors, [], `${type}\n${xml}`);
  });
}

for (const id of ['sepa-sct', 'sepa-inst']) {
  test(`${id}: the customer's order is right by schema and rules`, () => {
    const sending = sendingOn(id);
    const { errors } = writeMessage(orderType, orderValues(transfer, sending), sending);
    assert.deepEqual(errors, []);
  });
}

test('an account of the branch becomes an IBAN and comes back out of it', () => {
  assert.equal(ownIban(settings, '10000295'), debtor.iban);
  assert.equal(accountOfIban(settings, debtor.iban), '10000295');
  assert.equal(accountOfIban(settings, creditor.iban), null);
});

test('amounts go into decimals and back without a float', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 15n }),
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      (minor, currency) => {
        assert.equal(minorOf(decimalOf(minor, currency), currency), minor);
      },
    ),
  );
  assert.equal(minorOf('1.005', 'EUR'), null);
  assert.equal(minorOf('1.50', 'JPY'), null);
});
