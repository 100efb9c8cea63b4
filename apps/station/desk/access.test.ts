// Asks every operation as every role and as nobody: the gate answers exactly as the contract says.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type OperationName, operations } from '#contract/index.ts';
import { type Command, type Operation, type Role, roles } from '#contract/operation.ts';
import {
  addPerson,
  enrol,
  established,
  goodPassword,
  signIn,
  type TestDesk,
} from './session-fixture.ts';

const names = Object.keys(operations) as OperationName[];
const opened: TestDesk[] = [];
after(() => {
  for (const desk of opened) desk.close();
});

/** One window for each role, in the order of `roles`, from 10 on. */
async function staffed(): Promise<TestDesk> {
  const desk = await established();
  opened.push(desk);
  for (const [index, role] of roles.entries()) {
    await addPerson(desk, `one-${role}`, [role]);
    await signIn(desk, 10 + index, `one-${role}`);
  }
  return desk;
}

/**
 * What the gate says to a frame whose input is never right: it looks at the person before it looks at the
 * input, so `bad-input` means the person was let through.
 */
async function passes(desk: TestDesk, window: number, name: OperationName): Promise<boolean> {
  const reply = await desk.send(window, name, 'no input of any operation' as unknown as object);
  assert.ok(!reply.ok, name);
  assert.ok(['bad-input', 'forbidden'].includes(reply.fault.code), `${name}: ${reply.fault.code}`);
  return reply.fault.code === 'bad-input';
}

function isAllowed(name: OperationName, held: readonly Role[] | null): boolean {
  const { access } = operations[name] as Operation;
  if (access === 'anyone') return true;
  if (held === null) return false;
  return access === 'signed-in' || held.some((role) => access.includes(role));
}

test('every operation, asked by nobody and by each role', async () => {
  const desk = await staffed();
  let asked = 0;
  for (const name of names) {
    assert.equal(await passes(desk, 5, name), isAllowed(name, null), `${name} by nobody`);
    for (const [index, role] of roles.entries()) {
      const allowed = isAllowed(name, [role]);
      assert.equal(await passes(desk, 10 + index, name), allowed, `${name} by ${role}`);
      asked += 1;
    }
  }
  assert.equal(asked, names.length * roles.length);
  assert.ok(desk.events('access.denied').length > 0, 'what was denied stands in the log');
});

test('whoever holds two roles may do what either may', async () => {
  const desk = await established();
  opened.push(desk);
  await addPerson(desk, 'both', ['teller', 'auditor']);
  await signIn(desk, 10, 'both');
  for (const name of names) {
    assert.equal(await passes(desk, 10, name), isAllowed(name, ['teller', 'auditor']), name);
  }
});

test('half signed in, locked and signed out are all nobody', async () => {
  const desk = await staffed();
  const password = 'temporary words 7';
  const given = { user: 'new', name: 'New One', roles: ['supervisor'], password };
  await desk.ask(1, 'staff.add', given);
  await desk.ask(20, 'session.open', { user: 'new', password });
  const next = `${goodPassword} new`;
  await desk.ask(21, 'session.open', { user: 'new', password });
  await desk.ask(21, 'session.changePassword', { current: password, next });
  assert.equal(desk.sessions.state(20).stage, 'signed-out');
  assert.equal(desk.sessions.state(21).stage, 'enrol');
  await desk.ask(22, 'session.open', { user: 'one-supervisor', ...words('one-supervisor') });
  assert.equal(desk.sessions.state(22).stage, 'factor');
  await desk.ask(10, 'session.lock');
  await desk.ask(12, 'session.close');
  for (const window of [20, 21, 22, 10, 12]) {
    for (const name of names) {
      assert.equal(await passes(desk, window, name), isAllowed(name, null), `${name} at ${window}`);
    }
  }
  await enrol(desk, 21);
  assert.equal(await passes(desk, 21, 'approval.decide'), true);
});

function words(user: string): { password: string } {
  return { password: `${goodPassword} ${user}` };
}

test('what the contract grants is what the bank meant', () => {
  const may = (role: Role) => names.filter((name) => isAllowed(name, [role]));
  const commands = (role: Role) =>
    may(role).filter((name) => {
      const operation = operations[name] as Operation;
      return operation.kind === 'command' && (operation as Command).keyed;
    });
  const touching = (role: Role, ...nouns: string[]) =>
    commands(role).filter((name) => nouns.includes(name.split('.')[0] ?? ''));
  const money = ['posting', 'till', 'vault', 'movement', 'approval', 'day'];
  assert.deepEqual(commands('auditor'), ['customer.note', 'customer.closeNote']);
  assert.deepEqual(touching('compliance', ...money), []);
  assert.deepEqual(touching('administrator', ...money), ['till.add']);
  assert.deepEqual(touching('teller', 'staff', 'day', 'vault', 'policy'), []);
  assert.deepEqual(touching('supervisor', 'staff'), ['staff.unlock', 'staff.endSessions']);
  assert.ok(!may('teller').includes('approval.decide'));
  assert.ok(!may('administrator').includes('posting.post'));
  const open = names.filter((name) => isAllowed(name, null));
  assert.deepEqual(
    open.filter((name) => !/^(session|branch|demonstration)\./.test(name)),
    [],
  );
  assert.ok(open.every((name) => !(operations[name] as Partial<Command>).keyed));
});
