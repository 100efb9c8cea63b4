// Attacks the form: drawn from the definition alone, short, and never a message its network would refuse.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { paymentSettings } from '#contract/payments.ts';
import { settingsInput } from './branch.fixture.ts';
import { fieldOfError, fieldsOf, paths, readForm, tailOf } from './form.ts';
import type { Sending } from './model.ts';
import { ownIban } from './own-iban.ts';
import { transferType, transferValues } from './transfer.ts';
import { writeMessage } from './write.ts';

const settings = paymentSettings.parse(settingsInput);
const date = '2026-11-20';
const channelOf = (id: string) => {
  const channel = settings.channels.find((each) => each.id === id);
  assert.ok(channel);
  return channel;
};

test('the SEPA form asks for eight things at most, the IBAN first', () => {
  for (const id of ['sepa-sct', 'sepa-inst']) {
    const fields = fieldsOf(channelOf(id), date).map(({ path }) => path);
    // Account, amount and network stand beside these; the bank only where the directory does not know it.
    assert.deepEqual(fields, [paths.iban, paths.bic, paths.name, paths.text, paths.endToEndId], id);
    assert.ok(fields.length + 3 <= 8);
  }
  const abroad = fieldsOf(channelOf('cbpr-plus'), date).map(({ path }) => path);
  assert.ok(abroad.includes(paths.town) && abroad.includes(paths.country));
});

test('a path of the definition is found again below its transaction', () => {
  assert.equal(tailOf('CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Nm'), 'Cdtr/Nm');
  assert.equal(tailOf('/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[3]/CdtrAcct/Id/IBAN'), paths.iban);
  const fields = [paths.iban, paths.name, paths.bic];
  const at = '/Document/FIToFICstmrCdtTrf/CdtTrfTxInf/';
  assert.equal(fieldOfError(`${at}IntrBkSttlmAmt`, fields), 'amountMinor');
  assert.equal(fieldOfError(`${at}CdtrAgt/FinInstnId`, fields), `values.${paths.bic}`);
  assert.equal(fieldOfError(`${at}DbtrAcct/Id`, fields), 'from');
});

const ibans = [
  'FR1420041010050500013M02606',
  'DE89370400440532013000',
  'NL91ABNA0417164300',
  'GB29NWBK60161331926819',
  'FR142004101005050001',
  'not an IBAN',
  '',
];

test('property: what the form lets pass, schema and rules of the network let pass', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 90, unit: 'binary' }),
    fc.string({ maxLength: 160 }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('sepa-sct', 'sepa-inst', 'cbpr-plus'),
      fc.record({
        iban: fc.constantFrom(...ibans),
        bic: fc.constantFrom('', 'ABNANL2A', 'NWBKGB2LXXX', 'nonsense'),
        ...{ name: text, text, endToEndId: text, town: text },
        country: fc.constantFrom('', 'FR', 'XX'),
      }),
      (id, typed) => {
        const channel = channelOf(id);
        const values = Object.fromEntries(
          Object.entries(typed).map(([key, value]) => [paths[key as keyof typeof paths], value]),
        );
        const read = readForm({ channel, settings, date }, values);
        const transfer = {
          ids: {
            transactionId: '0123456789abcdef0123456789abcdef',
            uetr: '01234567-89ab-4def-8123-456789abcdef',
            endToEndId: read.endToEndId,
          },
          ...{ amountMinor: 1_234n, currency: 'EUR', text: read.text, values: read.values },
          debtor: {
            ...{ name: 'Marta Keller', iban: ownIban(settings, '10000295') },
            ...{ bic: settings.bic, town: 'Riverside', country: 'DE' },
          },
          creditor: read,
        };
        const sending: Sending = {
          ...{ channel, bic: settings.bic, messageId: transfer.ids.transactionId },
          ...{ at: Date.UTC(2026, 10, 20), settlementDate: date },
        };
        const { errors } = writeMessage(transferType, transferValues([transfer], sending), sending);
        const fields = fieldsOf(channel, date).map(({ path }) => path);
        // Whatever the network would refuse has a field of the form to be put right at.
        for (const { path, message } of errors) {
          assert.notEqual(fieldOfError(path, fields), null, `${path}: ${message}`);
        }
      },
    ),
    { numRuns: 150 },
  );
});
