// Holds that a branch in trouble is named and stands before those that are well.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BranchRow, troubleOf, worstFirst } from './branches.ts';

const at = '2026-11-20T12:00:00.000Z';
const well: BranchRow = {
  ...{ branch: '001', name: 'Riverside', stopped: '', received: 9, verified: 9, head: 'ab' },
  ...{ behind: 0, downBehind: 0, businessDate: '2026-11-20', dayState: 'open' },
  ...{ seenAt: '2026-11-20T11:59:59.000Z', exceptions: 0, inTransit: 0 },
};

test('stopped, silent for a quarter of an hour, and exceptions are told apart; the worst counts', () => {
  const silent = { ...well, seenAt: '2026-11-20T11:44:59.000Z', exceptions: 3 };
  assert.equal(troubleOf(well, at), null);
  assert.equal(troubleOf({ ...well, seenAt: '2026-11-20T11:45:01.000Z' }, at), null);
  assert.equal(troubleOf(silent, at), 'silent');
  assert.equal(troubleOf({ ...silent, stopped: 'forked' }, at), 'stopped');
  assert.equal(troubleOf({ ...well, exceptions: 1 }, at), 'exceptions');
  assert.equal(troubleOf({ ...well, seenAt: null }, at), null, 'not opened yet is no silence');
});

test('the worst stands first, and each kind by its code', () => {
  const named = (branch: string, change: Partial<BranchRow> = {}) => ({
    ...well,
    branch,
    ...change,
  });
  const rows = [
    named('004'),
    named('003', { exceptions: 1 }),
    named('002', { seenAt: '2026-11-19T12:00:00.000Z' }),
    named('005', { stopped: 'forked' }),
    named('001'),
  ];
  assert.deepEqual(
    worstFirst(rows, at).map(({ branch }) => branch),
    ['005', '002', '003', '001', '004'],
  );
});
