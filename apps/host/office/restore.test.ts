// A branch whose disk is lost is made again from head office: its books to the byte, its people and device enrolled anew.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { systemChance, systemClock } from '#host/system.ts';
import { openWindow } from '#station/demonstration/window.fixture.ts';
import { verifyLog } from '#station/ledger/verify.ts';
import { createSidecarWitness } from '#station/ledger/witness.ts';
import type { OfficeBundle } from '#station/office/client/bundle.ts';
import type { Ports } from '#station/ports.ts';
import { restoreBranch, restoreTables } from '#station/restore.ts';
import { createStation, type Station } from '#station/station.ts';
import { openTestBranch, until } from './branch.fixture.ts';
import { noPostgres, openLine, openTestOffice, type TestOffice } from './office.fixture.ts';

const key = new Uint8Array(32).fill(9);
const folder = mkdtempSync(join(tmpdir(), 'teller-restored-'));
const mistakes: string[] = [];
let office: TestOffice | undefined;
let station: Station | undefined;
after(
  async () => {
    await station?.close();
    await office?.remove();
    rmSync(folder, { recursive: true, force: true });
  },
  { timeout: 1_800_000 },
);

const ports: Ports = {
  ...{ clock: systemClock, chance: systemChance, folder, demonstration: false, riskScorer: null },
  keychain: { databaseKey: () => Promise.resolve(Uint8Array.from(key)) },
  witness: (secret) => createSidecarWitness({ file: join(folder, 'log.witness'), key: secret }),
  report: (where, error) => void mistakes.push(`${where}: ${String(error)}`),
};
const cheap = { memoryKiB: 1024, passes: 1, lanes: 1 };
const first = 'a first password for ada';

/** A branch at work whose whole log is at head office; it ends, and its folder with it. */
async function lost(at: TestOffice, bundle: OfficeBundle) {
  const branch = await openTestBranch({ code: 'L01', bundle });
  const state = await until(
    () => branch.ben()('office.state', {}),
    (each) => each.state === 'online' && each.behind === 0,
  );
  const { rows } = await branch.sam()('ledger.trialBalance', {});
  await at.work();
  await branch.close();
  return { head: state.head, rows, account: branch.account };
}

test('made again: the same books, nobody gets in by an old secret, and head office hears the new device', {
  skip: noPostgres,
  timeout: 1_800_000,
}, async () => {
  office = await openTestOffice({ serves: true });
  const before = await lost(office, await office.enrol({ branch: 'L01', name: 'Lost' }));
  // The credentials of the lost machine count no more: it is enrolled under the same name again.
  const bundle = await office.enrol({ branch: 'L01', name: 'Lost' });
  const request = { bundle, password: first, hashCost: cheap };
  await assert.rejects(restoreBranch(ports, { ...request, administrator: 'ben' }), {
    reason: 'administrator-unknown',
  });
  await assert.rejects(restoreBranch(ports, { ...request, administrator: 'ada', password: 'a' }));
  const restored = await restoreBranch(ports, { ...request, administrator: 'ada' });
  assert.ok(restored.from.seq >= before.head.seq);
  assert.equal(restored.people, 3);
  const file = join(folder, 'branch.db');
  await assert.rejects(restoreTables({ bundle, file, key }), { reason: 'branch-there' });
  const proof = await verifyLog({ file, key });
  assert.deepEqual([proof.ok, proof.checkpoints > 0], [true, true], JSON.stringify(proof.firstBad));

  writeFileSync(join(folder, 'office.json'), JSON.stringify(bundle), { mode: 0o600 });
  const line = await openLine(bundle);
  await assert.rejects(line.open(restored.device, { head: 0, down: 0 }), {
    reason: 'device-foreign',
  });
  await line.close();
  const replace = () =>
    office?.query('SELECT office.replace_device($1, $2, $3)', [
      ...['L01', Buffer.from(restored.device, 'hex'), 'the branch’s disk was lost'],
    ]);
  const replaced = () =>
    replace()?.then(
      () => true,
      () => false,
    );
  await until(replaced, (isDone) => isDone === true);
  station = await createStation(ports);
  const [ada, ben] = [openWindow(station), openWindow(station)];
  // Head office's leave was for the lost device: nobody enters before the line has opened.
  const enters = () =>
    ada('session.open', { user: 'ada', password: first }).then(
      () => true,
      () => false,
    );
  await until(enters, (isIn) => isIn);
  const old = { user: 'ben', password: 'ben counts everything twice' };
  await assert.rejects(ben('session.open', old), /belong together/);
  await ada('session.changePassword', { current: first, next: 'ada keeps the keys again' });
  const { staff } = await ada('staff.list', {});
  const { id = 0 } = staff.find(({ user }) => user === 'ben') ?? {};
  await ada('staff.resetPassword', { staff: id, password: 'temporary, again' });
  await ben('session.open', { user: 'ben', password: 'temporary, again' });
  await ben('session.changePassword', {
    current: 'temporary, again',
    next: 'a new one for this house',
  });
  const whole = await until(
    () => ben('office.state', {}),
    ({ state, behind }) => state === 'online' && behind === 0,
  );
  assert.ok(whole.head.seq > restored.from.seq);
  const { rows } = await office.query(
    `SELECT 1 FROM office.device WHERE branch = 'L01' AND stopped = '' AND encode(received_hash, 'hex') = $1`,
    [whole.received.hash],
  );
  assert.equal(rows.length, 1);
  const trial = await office.query<{ posted: string }>(
    `SELECT posted::text FROM office.balance b JOIN office.account a ON a.device = b.device AND a.id = b.account
     WHERE a.number = $1`,
    [before.account],
  );
  assert.deepEqual(trial.rows, [{ posted: '-100000' }]);
  assert.ok(before.rows.some(({ number }) => number === before.account));
  assert.deepEqual(mistakes, []);
  assert.equal(readFileSync(file).subarray(0, 15).toString() === 'SQLite format 3', false);
});
