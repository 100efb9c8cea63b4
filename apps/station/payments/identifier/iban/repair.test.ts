// Holds the repair of mistyped IBANs: the right one is among the proposals, and every proposal is
// an IBAN.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vectorRows, vectorsMissing } from '../shared.fixture.ts';
import { checkIban, isRegistryIban } from './check.ts';
import { repairIban } from './repair.ts';
import { chanceFrom, slipKinds, withSlip } from './slips.fixture.ts';

const german = 'DE89370400440532013000';
const ibans = (typed: string) => repairIban(typed).map(({ iban }) => iban);

test('what is right needs no repair; what is only written otherwise is written right', () => {
  assert.deepEqual(ibans(german), []);
  assert.deepEqual(ibans('de89 3704 0044 0532 0130 00'), [german]);
  for (const hopeless of ['', 'DE', 'hello', 'X'.repeat(41), '§'.repeat(20)]) {
    assert.deepEqual(ibans(hopeless), [], hopeless);
  }
});

test('each kind of slip is found, likeliest first, with what was put right', () => {
  const slips: [string, RegExp][] = [
    ['DE8937O400440532013000', /look alike/],
    ['DE89370400440532O13OOO', /look alike/],
    ['DE98370400440532013000', /swapped/],
    ['DE89370400440532031000', /swapped/],
    ['DE89370400450532013000', /4 for 5/],
    ['DE8937040040532013000', /4 was left out/],
    ['DE893704000440532013000', /0 was typed too much/],
    ['ED89370400440532013000', /DE for ED/],
    ['E89370400440532013000', /DE for E/],
    ['DDE89370400440532013000', /D was typed too much/],
  ];
  for (const [typed, edit] of slips) {
    const candidates = repairIban(typed);
    const found = candidates.find(({ iban }) => iban === german);
    assert.ok(found, `${typed}: ${JSON.stringify(candidates)}`);
    assert.match(found.edit, edit);
    assert.equal(found.formatted, 'DE89 3704 0044 0532 0130 00');
    assert.ok(candidates.indexOf(found) < 5, typed);
  }
});

test('a binding national rule leaves fewer proposals, all of them right by it', () => {
  const candidates = repairIban('FR1420041010050500013M02607');
  assert.ok(candidates.some(({ iban }) => iban === 'FR1420041010050500013M02606'));
  for (const { iban } of candidates) {
    const answer = checkIban(iban);
    assert.ok(answer.ok && answer.national === 'right', iban);
  }
});

test('of seeded slips in real IBANs, 95 in 100 find the right one', {
  skip: vectorsMissing,
}, () => {
  const right = vectorRows('iban-vectors.csv')
    .filter(({ class: kind, iban = '' }) => kind === 'as-found' && checkIban(iban).ok)
    .map(({ iban = '' }) => iban);
  const chance = chanceFrom(3);
  for (const kind of slipKinds) {
    let made = 0;
    let found = 0;
    while (made < 80) {
      const iban = right[chance(right.length)] ?? '';
      const typed = withSlip(iban, kind, chance);
      if (typed === null || isRegistryIban(typed)) continue;
      made += 1;
      const candidates = repairIban(typed);
      assert.ok(candidates.every((one) => isRegistryIban(one.iban)));
      found += candidates.some((one) => one.iban === iban) ? 1 : 0;
    }
    assert.ok(found / made >= 0.95, `${kind}: ${found} of ${made}`);
  }
});
