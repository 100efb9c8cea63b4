// Proves that a receipt's time is the branch's own, summer and winter, and that invented zones are known as such.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTimeZone, localTime } from './time-zone.ts';

test('an instant is written as the wall clock of the branch shows it, with its offset', () => {
  const winter = Date.UTC(2026, 10, 20, 14, 5, 9);
  const summer = Date.UTC(2026, 6, 20, 22, 5, 9);
  assert.equal(localTime(winter, 'Europe/Berlin'), 'Fri 20 Nov 2026 15:05:09 UTC+01:00');
  assert.equal(localTime(summer, 'Europe/Berlin'), 'Tue 21 Jul 2026 00:05:09 UTC+02:00');
  assert.equal(localTime(winter, 'Asia/Kolkata'), 'Fri 20 Nov 2026 19:35:09 UTC+05:30');
  assert.equal(localTime(winter, 'America/New_York'), 'Fri 20 Nov 2026 09:05:09 UTC-05:00');
  assert.equal(localTime(winter, 'UTC'), 'Fri 20 Nov 2026 14:05:09 UTC');
});

test('a zone is known by the tz database, not by its look', () => {
  assert.ok(isTimeZone('Asia/Tokyo'));
  assert.ok(isTimeZone('UTC'));
  assert.ok(!isTimeZone('Europe/Atlantis'));
  assert.ok(!isTimeZone(''));
});
