// Proves the reckoning with dates against the platform's own calendar, and each rolling rule.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addBusinessDays,
  addDays,
  type Calendar,
  dateOf,
  dayNumber,
  daysBetween,
  isBusinessDay,
  nextBusinessDay,
  rollDate,
  weekday,
} from './calendar.ts';
import { defaultPolicy, valueDate } from './policy.ts';
import { policyWith } from './prepare.fixture.ts';
import { Refusal } from './refusal.ts';

const west: Calendar = { weekend: [6, 7], holidays: ['2026-12-25', '2027-01-01'] };
const gulf: Calendar = { weekend: [5, 6], holidays: [] };

test('property: dates agree with the platform over four centuries', () => {
  fc.assert(
    fc.property(fc.integer({ min: -73_000, max: 73_000 }), (days) => {
      const platform = new Date(days * 86_400_000);
      const date = platform.toISOString().slice(0, 10);
      assert.equal(dateOf(days), date);
      assert.equal(dayNumber(date), days);
      assert.equal(weekday(date), platform.getUTCDay() || 7);
    }),
  );
});

test('what is no date is refused', () => {
  for (const text of [
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '26-01-01',
    '',
    'now',
  ]) {
    assert.throws(() => dayNumber(text), Refusal, text);
  }
  assert.equal(dayNumber('2024-02-29') + 1, dayNumber('2024-03-01'));
  assert.throws(() => dayNumber('2100-02-29'), Refusal);
  assert.equal(addDays('2026-12-31', 1), '2027-01-01');
  assert.equal(daysBetween('2026-11-20', '2026-11-01'), -19);
});

test('business days skip weekends and holidays of the place', () => {
  assert.equal(nextBusinessDay('2026-11-20', west), '2026-11-23');
  assert.equal(nextBusinessDay('2026-12-24', west), '2026-12-28');
  assert.equal(nextBusinessDay('2026-11-19', gulf), '2026-11-22');
  assert.equal(isBusinessDay('2026-12-25', west), false);
  assert.equal(addBusinessDays('2026-11-21', 0, west), '2026-11-23');
  assert.equal(addBusinessDays('2026-11-19', 2, west), '2026-11-23');
});

test('rolling: following, preceding, and modified following at the end of a month', () => {
  assert.equal(rollDate('2026-11-20', 'following', west), '2026-11-20');
  assert.equal(rollDate('2026-11-21', 'following', west), '2026-11-23');
  assert.equal(rollDate('2026-11-21', 'preceding', west), '2026-11-20');
  assert.equal(rollDate('2026-10-31', 'following', west), '2026-11-02');
  assert.equal(rollDate('2026-10-31', 'modified-following', west), '2026-10-30');
  assert.equal(rollDate('2026-11-21', 'modified-following', west), '2026-11-23');
  const never: Calendar = { weekend: [1, 2, 3, 4, 5, 6, 7], holidays: [] };
  assert.throws(() => rollDate('2026-11-21', 'following', never), Refusal);
});

test('the value date is the business date unless the policy says later', () => {
  assert.equal(valueDate('transfer', '2026-11-20', defaultPolicy), '2026-11-20');
  const later = policyWith({ valueDays: [{ task: 'cash.deposit', days: 1 }] });
  assert.equal(valueDate('cash.deposit', '2026-11-20', later), '2026-11-23');
  assert.equal(valueDate('cash.withdrawal', '2026-11-20', later), '2026-11-20');
});
