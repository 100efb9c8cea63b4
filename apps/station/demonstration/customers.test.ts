// Proves that the demonstration's customers are what the page promises and what the contract accepts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { customerDetails } from '#contract/customers.ts';
import { drawCustomers, lei, named } from './customers.ts';
import { createDice } from './dice.ts';

const customers = drawCustomers(createDice(42));

test('250 customers of 12 countries, 30 of them organisations', () => {
  assert.equal(customers.length, 250);
  assert.equal(new Set(customers.map((each) => each.country)).size, 12);
  assert.equal(customers.filter((each) => each.details.kind === 'organisation').length, 30);
  assert.equal(new Set(customers.map((each) => each.key)).size, 250);
});

test('the contract accepts each of them', () => {
  for (const { details, key } of customers) {
    const parsed = customerDetails.safeParse(details);
    assert.ok(parsed.success, `${key}: ${parsed.error}`);
    assert.deepEqual(parsed.data, details);
  }
});

test('names in eight scripts, with a Latin one beside each that is not', () => {
  const names = customers.map(({ details }) =>
    details.kind === 'person' ? `${details.givenName} ${details.familyName}` : details.name,
  );
  for (const script of [
    'Latin',
    'Greek',
    'Cyrillic',
    'Arabic',
    'Han',
    'Hiragana',
    'Devanagari',
    'Hangul',
  ]) {
    const pattern = new RegExp(`\\p{Script=${script}}`, 'u');
    assert.ok(
      names.some((name) => pattern.test(name)),
      script,
    );
  }
  for (const [index, { details }] of customers.entries()) {
    const isLatin = /^[\p{Script=Latin}\p{P}\p{Zs}&.]+$/u.test(names[index] ?? '');
    assert.equal(details.latinName === undefined, isLatin, names[index]);
    if (details.latinName) assert.match(details.latinName, /^[A-Za-z .,&-]+$/);
  }
});

test('the tour finds its three people once each', () => {
  for (const key of Object.values(named)) {
    assert.equal(customers.filter((each) => each.key === key).length, 1);
  }
  const called = (name: string) =>
    customers.filter(
      ({ details }) =>
        details.kind === 'person' && `${details.givenName} ${details.familyName}` === name,
    );
  assert.equal(called('Marta Keller').length, 1);
  assert.equal(called('Jonas Weber').length, 1);
});

test('addresses are in twelve countries, documents mostly valid', () => {
  const countries = new Set(customers.map(({ details }) => details.address.country));
  assert.equal(countries.size, 12);
  const expired = customers.filter(({ details }) =>
    details.documents.some((each) => each.expiresOn && each.expiresOn <= '2026-11-20'),
  );
  assert.ok(expired.length >= 2 && expired.length <= 20, String(expired.length));
});

test('an LEI has the remainder one', () => {
  const dice = createDice(1);
  for (let turn = 0; turn < 50; turn++) {
    const digits = [...lei(dice)].map((sign) => Number.parseInt(sign, 36)).join('');
    assert.equal(BigInt(digits) % 97n, 1n);
  }
});
