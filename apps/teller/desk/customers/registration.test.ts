// The form must send what the contract takes, and nothing that was not typed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customerDetails } from '#contract/customers.ts';
import { blankRegistration, isFilled, registrationOf } from './registration.ts';

const person = {
  ...blankRegistration('Marta Maria Keller'),
  birthDate: '1980-02-29',
  nationality: 'de',
  townName: 'Köln',
  country: ' de ',
  documentNumber: 'L01X00T47',
  documentCountry: 'DE',
};

test('a person as typed is what the contract reads', () => {
  const details = registrationOf(person);
  assert.deepEqual(customerDetails.parse(details), details);
  assert.deepEqual(details, {
    kind: 'person',
    givenName: 'Marta',
    familyName: 'Maria Keller',
    birthDate: '1980-02-29',
    nationality: 'DE',
    address: { townName: 'Köln', country: 'DE' },
    phones: [],
    documents: [{ kind: 'identity-card', number: 'L01X00T47', country: 'DE' }],
    riskClass: 'normal',
  });
});

test('an organisation as typed is what the contract reads', () => {
  const details = registrationOf({
    ...person,
    kind: 'organisation',
    name: 'Rheinwerk GmbH',
    registrationNumber: 'HRB 1234',
    registrationCountry: 'de',
    phone: ' +49 221 1234567 ',
    streetName: 'Domgasse',
    documentKind: 'register-extract',
  });
  assert.equal(customerDetails.safeParse(details).success, true);
  assert.ok(details.kind === 'organisation');
  assert.deepEqual(details.phones, ['+49 221 1234567']);
  assert.equal(details.address.streetName, 'Domgasse');
  assert.equal('lei' in details, false);
});

test('an empty form loses nothing, a name does', () => {
  assert.equal(isFilled(blankRegistration()), false);
  assert.equal(isFilled(blankRegistration('Marta')), true);
});
