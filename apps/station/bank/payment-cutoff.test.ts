// Attacks cut-offs and settlement dates: the minute itself, weekends, T2's holidays, the turn of the year.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaymentChannel } from '#contract/payments.ts';
import { easterSunday, targetHolidays, timeIn, timingOf } from './payment-cutoff.ts';

const sct: PaymentChannel = {
  ...{ id: 'sepa-sct', name: 'SEPA', currencies: ['EUR'], cutOff: '15:30', settlementDays: 1 },
  ...{ mostMinor: null, counterparty: 'EBAPFRPAXXX' },
};
const calendar = { weekend: [6, 7], holidays: [] };
const at = (date: string, time: string, channel = sct) =>
  timingOf(channel, { date, time, calendar });

test('at the cut-off it goes out, a minute later on the next business day', () => {
  assert.deepEqual(
    [at('2026-11-19', '15:30').goesOut, at('2026-11-19', '15:30').settles],
    ['2026-11-19', '2026-11-20'],
  );
  const late = at('2026-11-19', '15:31');
  assert.deepEqual([late.goesOut, late.settles, late.isLate], ['2026-11-20', '2026-11-23', true]);
  assert.match(late.words, /cut-off 15:30 has passed/);
});

test('weekends and T2 holidays are passed over, also when the branch is open', () => {
  assert.equal(at('2026-12-24', '10:00').settles, '2026-12-28');
  assert.equal(at('2026-12-25', '10:00').goesOut, '2026-12-28');
  assert.equal(at('2026-12-31', '16:00').goesOut, '2027-01-04');
  assert.equal(at('2027-03-25', '10:00').settles, '2027-03-30');
});

test('an instant payment knows neither cut-off nor weekend', () => {
  const instant = { ...sct, id: 'sepa-inst' as const, cutOff: null, settlementDays: 0 };
  assert.equal(at('2026-11-21', '23:59', instant).settles, '2026-11-21');
});

test('Easter of known years', () => {
  const known = [
    '2008-03-23',
    '2011-04-24',
    '2024-03-31',
    '2026-04-05',
    '2027-03-28',
    '2038-04-25',
  ];
  for (const date of known) assert.equal(easterSunday(Number(date.slice(0, 4))), date);
  assert.ok(targetHolidays(2026).includes('2026-04-03'));
});

test('the time of day is that of the branch, in summer and winter', () => {
  assert.equal(timeIn(Date.UTC(2026, 10, 20, 14, 30), 'Europe/Berlin'), '15:30');
  assert.equal(timeIn(Date.UTC(2026, 6, 20, 14, 30), 'Europe/Berlin'), '16:30');
  assert.equal(timeIn(Date.UTC(2026, 10, 20, 23, 5), 'Europe/Berlin'), '00:05');
});
