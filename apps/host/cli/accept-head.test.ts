// Puts an older file back, and asks who may go on with it, and what is recorded of that.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { acceptHead, lookAtHead } from '#station/accept-head.ts';
import { openBranch } from '#station/branch.ts';
import { branchHashCost, createCredentials } from '#station/desk/credentials.ts';
import { oneTimeCode, stepAt } from '#station/desk/session-factor.ts';
import type { Ledger } from '#station/ledger/ledger.ts';
import type { StaffData } from '#station/ledger/projections/staff.ts';
import {
  createSecrets,
  factorSecret,
  passwordSecret,
  pepperSecret,
} from '#station/ledger/projections/staff-secrets.ts';
import type { Ports } from '#station/ports.ts';
import { portsOf } from './branch.ts';

const password = 'correct horse battery';
const seed = new Uint8Array(20).fill(7);
const people = [
  { user: 'ada', roles: ['administrator'], mustChange: false },
  { user: 'tess', roles: ['teller'], mustChange: false },
  { user: 'sue', roles: ['supervisor'], mustChange: false },
  { user: 'new', roles: ['supervisor'], mustChange: true },
] as const;

/** A branch with its people, then set back to what it was before its last ten events. */
async function rolledBack(context: TestContext): Promise<{ ports: Ports; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'accept-head-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const ports = portsOf(folder);
  const pepper = new Uint8Array(32).fill(9);
  const hash = await createCredentials({
    ...{ cost: branchHashCost, chance: ports.chance, pepper },
  }).hash(password);
  const first = await openBranch(ports);
  const secrets = createSecrets(first.database);
  first.ledger.write(() => {
    secrets.set(pepperSecret, pepper);
    people.forEach((person, index) => {
      const staff = index + 1;
      secrets.set(passwordSecret(staff), Buffer.from(hash));
      const data: StaffData = { ...person, staff, name: person.user, customer: null };
      note(first.ledger, 'staff.added', { ...data });
    });
    secrets.set(factorSecret(3), seed);
    note(first.ledger, 'staff.factor-enrolled', { staff: 3, step: 0, who: 'sue' });
  });
  first.close();
  copyFileSync(join(folder, 'branch.db'), join(folder, 'old.db'));
  const second = await openBranch(ports);
  for (let each = 0; each < 10; each++) {
    second.ledger.write(() => note(second.ledger, 'note.kept', {}));
  }
  second.close();
  copyFileSync(join(folder, 'old.db'), join(folder, 'branch.db'));
  return { ports, folder };
}

function note(ledger: Ledger, type: string, data: Readonly<Record<string, unknown>>): void {
  ledger.append({ type, actor: 'system', data });
}

test('an older file is shown for what it is, and accepted by nobody who may not', async (context) => {
  const { ports } = await rolledBack(context);
  const look = await lookAtHead(ports);
  assert.equal(look.reason, 'log-behind-witness');
  assert.equal((look.witnessed?.seq ?? 0) - look.head.seq, 10);
  const { hash } = look.head;
  const refused = async (given: object, reason: string, head = hash) => {
    const who = { user: 'ada', password, ...given };
    await assert.rejects(acceptHead(ports, head, who), { reason });
  };
  await refused({}, 'head-differs', '0'.repeat(64));
  await refused({ password: 'wrong' }, 'credentials-wrong');
  await refused({ user: 'nobody' }, 'credentials-wrong');
  await refused({ user: 'tess' }, 'role-needed');
  await refused({ user: 'new' }, 'password-change-first');
  await refused({ user: 'sue' }, 'code-missing');
  await refused({ user: 'sue', code: '000000' }, 'credentials-wrong');
  assert.deepEqual(await lookAtHead(ports), look, 'nothing was changed');
});

test('a supervisor’s word opens it, once, and stays in the log with both heads', async (context) => {
  const made = await rolledBack(context);
  // Time stands: half a minute may end between a code and the look at what was kept of it.
  const now = made.ports.clock.now();
  const ports = { ...made.ports, clock: { ...made.ports.clock, now: () => now } };
  const look = await lookAtHead(ports);
  const code = oneTimeCode(seed, stepAt(now));
  const accepted = await acceptHead(ports, look.head.hash, { user: 'sue', password, code });
  const branch = await openBranch(ports);
  const event = branch.ledger.event(accepted.recorded);
  const proof = branch.ledger.event(accepted.recorded - 1);
  branch.close();
  assert.equal(event?.type, 'log.head-accepted');
  assert.equal(event?.actor, '3');
  const { head, witnessed, reason, message } = look;
  assert.deepEqual(event?.data, { accepted: head, witnessed, reason, message });
  assert.equal(proof?.data.step, stepAt(now), 'the code is spent');
  await assert.rejects(lookAtHead(ports), { reason: 'nothing-to-accept' });
});

test('a damaged file is accepted by nobody', async (context) => {
  const { ports, folder } = await rolledBack(context);
  const { head } = await lookAtHead(ports);
  const branch = await openBranch({ ...ports, acceptHead: head.hash });
  branch.database.exec('DROP TRIGGER event_kept');
  branch.database.exec("UPDATE event SET body = CAST('{}' AS BLOB) WHERE seq = 2");
  branch.close();
  rmSync(join(folder, 'log.witness'));
  const look = await lookAtHead(ports);
  assert.equal(look.reason, 'witness-missing');
  const ada = { user: 'ada', password };
  await assert.rejects(acceptHead(ports, look.head.hash, ada), { reason: 'log-broken' });
});

test('by command line: shown, asked for a password, accepted', async (context) => {
  const { folder } = await rolledBack(context);
  const qenex = (input: string, ...args: string[]) => {
    const main = join(import.meta.dirname, 'main.ts');
    const words = [main, 'log', 'accept-head', ...args, '--data', folder, '--json'];
    const { status, stdout } = spawnSync(process.execPath, words, { input, timeout: 1_800_000 });
    return { code: status, answer: JSON.parse(String(stdout)) };
  };
  const look = qenex('');
  assert.deepEqual([look.code, look.answer.reason], [1, 'log-behind-witness']);
  const { hash } = look.answer.head;
  assert.equal(qenex('', '--head', hash).code, 2, 'who accepts must be said');
  const asked = ['--head', hash, '--staff', 'ada'];
  assert.equal(qenex('wrong\n\n', ...asked).answer.reason, 'credentials-wrong');
  assert.deepEqual(qenex(`${password}\n\n`, ...asked).code, 0);
  assert.equal(qenex('').answer.reason, 'nothing-to-accept');
});
