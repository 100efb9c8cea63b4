// Proves the four-eyes rules one by one, and at the edges of their times.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type ApprovalFacts,
  type ApprovalState,
  type Decider,
  decideProblem,
  type Moment,
  resumeProblem,
  withdrawProblem,
} from './approval.ts';
import { defaultPolicy } from './policy.ts';
import { policyWith } from './prepare.fixture.ts';

const digest = 'a'.repeat(64);
const asked: ApprovalFacts = {
  approval: 500,
  state: 'waiting',
  maker: 7,
  contentDigest: digest,
  amounts: [{ task: 'cash.withdrawal', amountMinor: 1_200_000n, currency: 'EUR' }],
  customers: [2],
  businessDate: '2026-11-20',
  requestedAt: 1_000_000,
  decidedAt: null,
};
const sam: Decider = { staff: 9, roles: ['supervisor'], customer: null, contentDigest: digest };
const soon: Moment = { now: 1_000_500, businessDate: '2026-11-20', policy: defaultPolicy };
const decide = (
  approval: Partial<ApprovalFacts> = {},
  decider: Partial<Decider> = {},
  moment: Partial<Moment> = {},
) =>
  decideProblem({ ...asked, ...approval }, { ...sam, ...decider }, { ...soon, ...moment })?.reason;

test('a supervisor decides what a colleague asked for', () => {
  assert.equal(decide(), undefined);
});

test(
  'nobody decides their own, without the role, on their own money, or what they did ' + 'not see',
  () => {
    assert.equal(decide({}, { staff: 7 }), 'own-approval');
    assert.equal(decide({}, { staff: 7, roles: ['supervisor', 'administrator'] }), 'own-approval');
    assert.equal(decide({}, { roles: ['teller', 'administrator', 'auditor'] }), 'role-needed');
    assert.equal(decide({}, { customer: 2 }), 'own-account');
    assert.equal(decide({}, { customer: 3 }), undefined);
    assert.equal(decide({}, { contentDigest: 'b'.repeat(64) }), 'approval-stale');
  },
);

test('a request runs out after its minutes and with its business date', () => {
  const minutes = defaultPolicy.approvalMinutes * 60_000;
  assert.equal(decide({}, {}, { now: asked.requestedAt + minutes }), undefined);
  assert.equal(decide({}, {}, { now: asked.requestedAt + minutes + 1 }), 'approval-expired');
  assert.equal(decide({}, {}, { now: asked.requestedAt - 1 }), 'approval-expired');
  assert.equal(decide({}, {}, { businessDate: '2026-11-23' }), 'approval-date-moved');
  assert.equal(decide({}, {}, { businessDate: null }), 'approval-date-moved');
});

test("an approver's own hard limit holds", () => {
  const row = { role: 'supervisor', task: 'cash.withdrawal', currency: 'EUR' } as const;
  const hard = (hardMinor: string) =>
    policyWith({ roleLimits: [{ ...row, softMinor: '0', hardMinor }] });
  assert.equal(decide({}, {}, { policy: hard('1200000') }), undefined);
  assert.equal(decide({}, {}, { policy: hard('1199999') }), 'over-hard-limit');
});

test('a decided request cannot be decided again, only resumed by its maker, only in time', () => {
  const states: ApprovalState[] = ['approved', 'declined', 'posted', 'withdrawn', 'void'];
  for (const state of states) assert.equal(decide({ state }), `approval-${state}`);
  const approved: ApprovalFacts = { ...asked, state: 'approved', decidedAt: 2_000_000 };
  const at = { ...soon, now: 2_000_001 };
  assert.equal(resumeProblem(approved, 7, at), null);
  assert.equal(resumeProblem(approved, 8, at)?.reason, 'not-your-approval');
  assert.equal(resumeProblem(asked, 7, at)?.reason, 'approval-waiting');
  assert.equal(resumeProblem(approved, 7, { ...at, now: 9e9 })?.reason, 'approval-expired');
  const moved = { ...at, businessDate: '2026-11-23' };
  assert.equal(resumeProblem(approved, 7, moved)?.reason, 'approval-date-moved');
  assert.equal(withdrawProblem(asked, 7), null);
  assert.equal(withdrawProblem(approved, 7), null);
  assert.equal(withdrawProblem(approved, 8)?.reason, 'not-your-approval');
  assert.equal(withdrawProblem({ ...asked, state: 'posted' }, 7)?.reason, 'approval-posted');
});

test('property: no request is ever decided by its maker or without the role', () => {
  const role = fc.constantFrom('teller', 'supervisor', 'compliance', 'auditor', 'administrator');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.array(role), (staff, roles) => {
      const allowed = decide({}, { staff, roles }) === undefined;
      assert.equal(allowed, staff !== asked.maker && roles.includes('supervisor'));
    }),
  );
});
