// A date that slips a day or a number that loses a digit would be believed; these may not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { setWallClock } from './wallClock.ts';
import {
  counted,
  formatAccount,
  formatDate,
  formatInstant,
  formatTime,
  formatWhen,
  isSameDay,
  plain,
} from './words.ts';

test('a business date is written without slipping, whatever the time zone', () => {
  assert.equal(formatDate('2026-11-20'), 'Fri 20 Nov 2026');
  assert.equal(formatDate('2026-01-01'), 'Thu 1 Jan 2026');
});

test('grouping an account number loses and adds nothing', () => {
  assert.equal(formatAccount('12345678'), '1234 5678');
  assert.equal(formatAccount('1234 5678 90'), '1234 5678 90');
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-Z]{1,34}$/), (number) => {
      const grouped = formatAccount(number);
      assert.equal(grouped.replaceAll(' ', ''), number);
      assert.equal(formatAccount(grouped), grouped);
      assert.doesNotMatch(grouped, / $/);
    }),
  );
});

test('today has a time, another day its date', () => {
  const now = '2026-11-20T12:00:00.000Z';
  assert.match(formatWhen('2026-11-20T11:30:00.000Z', now), /^\d{2}:\d{2}$/);
  assert.equal(formatWhen('2026-11-18T12:00:00.000Z', now), '18 Nov');
});

test('times are those of the branch, wherever the machine believes it is', () => {
  setWallClock('Asia/Tokyo');
  assert.equal(formatTime('2026-11-20T18:05:09.000Z'), '03:05:09');
  assert.equal(formatInstant('2026-11-20T18:05:09.000Z'), '21 Nov 2026 03:05');
  assert.ok(!isSameDay('2026-11-20T14:00:00.000Z', '2026-11-20T16:00:00.000Z'));
  setWallClock('America/New_York');
  assert.equal(formatInstant('2026-11-20T04:30:00.000Z'), '19 Nov 2026 23:30');
  assert.ok(isSameDay('2026-11-20T14:00:00.000Z', '2026-11-20T16:00:00.000Z'));
});

test('counts and words', () => {
  assert.equal(counted(1, 'note'), '1 note');
  assert.equal(counted(1250, 'entry', 'entries'), '1,250 entries');
  assert.equal(plain('vault-not-counted'), 'vault not counted');
});
