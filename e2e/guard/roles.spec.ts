// Every operation, asked by every role over the real socket: only those the contract names are answered.
import { FaultError } from '#contract/client.ts';
import { operations } from '#contract/index.ts';
import { roles } from '#contract/operation.ts';
import { expect, test } from '../host.ts';
import { createPeople } from '../pages/demonstration.ts';
import type { Robot } from '../robot.ts';

test.use({ demonstration: true });

/** Who holds which role in the demonstration branch. */
const holders = {
  ...{ teller: 'ana', supervisor: 'sam', compliance: 'cora', auditor: 'otto' },
  administrator: 'admin',
} as const;

/** These end the session or change who sits at the window; they have tests of their own. */
const moving = /^(session\.|branch\.establish|demonstration\.)/;

/** What an operation says to an input that is none: `bad-input` for those who may, `forbidden` for the others. */
async function answerTo(robot: Robot, name: string): Promise<string> {
  try {
    await robot.client.ask(name as 'session.state', { nonsense: 1 } as never, {
      key: crypto.randomUUID(),
    });
    return 'answered';
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return error.fault.code;
  }
}

test('every operation as nobody and as every role', async ({ page, workstation }) => {
  const people = createPeople();
  const names = Object.keys(operations).filter((name) => !moving.test(name));
  const wrong: string[] = [];
  const { origin } = workstation;

  const opening = await page.request.post(`${origin}/window`, { headers: { origin } });
  const { openRobot } = await import('../robot.ts');
  const nobody = await openRobot(((await opening.json()) as { url: string }).url);
  for (const name of names) {
    const code = await answerTo(nobody, name);
    if (code !== 'forbidden') wrong.push(`nobody ${name}: ${code}`);
  }
  const { another } = nobody;
  for (const role of roles.filter((each) => each !== 'administrator')) {
    const robot = await people.robot({ request: page, origin }, holders[role]);
    for (const name of names) {
      const { access } = operations[name as keyof typeof operations];
      const may = access === 'signed-in' || access === 'anyone' || access.includes(role);
      const code = await answerTo(robot, name);
      if (code !== (may ? 'bad-input' : 'forbidden')) wrong.push(`${role} ${name}: ${code}`);
    }
    robot.close();
  }

  // A password that must be changed opens nothing yet, whatever the role.
  const first = await another();
  const state = await first.ask('session.open', { user: 'admin', password: 'AdminPass123!' });
  expect(state.stage).toBe('password-change');
  for (const name of names) {
    const code = await answerTo(first, name);
    if (code !== 'forbidden') wrong.push(`administrator before the change ${name}: ${code}`);
  }
  const current = 'AdminPass123!';
  await first.ask('session.changePassword', { current, next: 'a sentence of my own, long' });
  for (const name of names) {
    const { access } = operations[name as keyof typeof operations];
    const may = access === 'signed-in' || access === 'anyone' || access.includes('administrator');
    const code = await answerTo(first, name);
    if (code !== (may ? 'bad-input' : 'forbidden')) wrong.push(`administrator ${name}: ${code}`);
  }
  expect(wrong).toEqual([]);
  first.close();
  nobody.close();
});
