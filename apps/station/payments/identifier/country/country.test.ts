// Holds the tables of countries and groups to what ISO 3166 and the EPC say of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countries, countryName, isCountry, isCountryOn } from './country.ts';
import { isEeaOn, isSepaOn, membersOn } from './groups.ts';

const today = '2026-11-21';

test('249 countries stand in ISO 3166-1 today, each with codes of its own', () => {
  const standing = countries.filter((one) => isCountryOn(one, today) && !one.userAssigned);
  assert.equal(standing.length, 249);
  for (const part of ['alpha2', 'alpha3', 'numeric'] as const) {
    assert.equal(new Set(standing.map((one) => one[part])).size, 249, part);
  }
  for (const { alpha2, alpha3, numeric } of countries) {
    assert.match(`${alpha2} ${alpha3} ${numeric}`, /^[A-Z]{2} [A-Z]{3} \d{3}$/);
    assert.ok(!isCountry(alpha2) || countryName(alpha2) !== alpha2, alpha2);
  }
  assert.ok(isCountry('XK') && !isCountry('CS') && !isCountry('UK') && !isCountry('EU'));
});

test('SEPA and EEA are those of the date', () => {
  assert.equal(membersOn('sepa', '2019-02-28').includes('VA'), false);
  assert.ok(isSepaOn('VA', '2019-03-01') && isSepaOn('GB', today) && isSepaOn('CH', today));
  assert.ok(!isSepaOn('AL', '2025-10-04') && isSepaOn('AL', '2025-10-05'));
  assert.ok(!isSepaOn('US', today) && !isSepaOn('FO', today));
  assert.ok(isEeaOn('GB', '2020-12-31') && !isEeaOn('GB', '2021-01-01'));
  assert.ok(isEeaOn('NO', today) && !isEeaOn('CH', today));
  // EPC409-09 v8.0: thirty of the EEA, eleven and Gibraltar beside it.
  const states = membersOn('sepa', today).filter(
    (one) => !'AX BL GF GP GG IM JE MF MQ PM RE YT GI'.includes(one),
  );
  assert.equal(states.length, 41);
  assert.equal(states.filter((one) => isEeaOn(one, today)).length, 30);
  assert.ok(membersOn('eea', today).every((one) => isSepaOn(one, today)));
});
