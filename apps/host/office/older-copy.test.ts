// An older copy of head office in the primary's place: what branches still have comes back, what they had from it is missed.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openTestBranch, type TestBranch, until } from './branch.fixture.ts';
import { noPostgres, openTestOffice, type TestOffice } from './office.fixture.ts';
import { type Office, openOffice } from './office.ts';
import { backUp } from './take-over.ts';

const folder = mkdtempSync(join(tmpdir(), 'teller-older-'));
// PostgreSQL's own user must reach the copies in it.
chmodSync(folder, 0o711);
let office: TestOffice | undefined;
let copy: Office | undefined;
let branch: TestBranch | undefined;
after(
  async () => {
    await branch?.close();
    await copy?.close('immediate');
    await office?.remove();
    rmSync(folder, { recursive: true, force: true });
  },
  { timeout: 1_800_000 },
);

const state = (own: TestBranch) => own.ben()('office.state', {});
const whole = (own: TestBranch) =>
  until(
    () => state(own),
    (each) => each.state === 'online' && each.behind === 0,
  );

test('events are delivered again to an older copy; one that lacks what it handed down is refused', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  office = await openTestOffice();
  const { port } = office.cluster;
  const own = await openTestBranch({
    code: 'B01',
    bundle: await office.enrol({ branch: 'B01', name: 'Backed up' }),
  });
  branch = own;
  await whole(own);
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  await backUp(office.cluster, first);
  await own.ben()('posting.post', {
    draft: {
      ...{ task: 'cash.deposit', account: own.account, amountMinor: '5000', currency: 'EUR' },
      denominations: { 5000: 1 },
      conductor: { kind: 'customer', customer: own.customer },
    },
  });
  const before = await whole(own);
  await office.close('immediate');
  copy = await openOffice({ folder: first, port, serves: false, isDurable: false });
  await until(
    async () => {
      const { rows } = await (copy as Office).query<{ seq: string }>(
        `SELECT received_seq AS seq FROM office.device WHERE branch = 'B01'`,
      );
      return Number(rows[0]?.seq);
    },
    (seq) => seq >= before.head.seq,
  );
  const { rows } = await copy.query('SELECT * FROM office.wrong_balances()');
  assert.deepEqual(rows, []);
  await backUp(copy.cluster, second);
  await copy.orders.publish('day-end', { date: '2020-01-01' });
  await until(
    () => state(own),
    (each) => each.orders.some(({ name }) => name === 'day-end'),
  );
  await copy.close('immediate');
  copy = await openOffice({ folder: second, port, serves: false, isDurable: false });
  const stopped = await until(
    () => state(own),
    (each) => each.state === 'stopped',
  );
  assert.match(stopped.why, /We have 1 items of head office and it knows of 0/);
  assert.deepEqual(own.mistakes, []);
});
