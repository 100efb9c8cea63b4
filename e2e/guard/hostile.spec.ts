// Hostile frames from the page of a signed-in teller: nothing is posted, nothing breaks.
import { createPeople } from '../pages/demonstration.ts';
import { expect, test } from '../pages/test.ts';
import { openRobot, openSocket } from '../robot.ts';
import { createDice, drawFrame } from './frames.ts';

test.use({ demonstration: true });

const frames = 3_000;

test('some thousand hostile frames from a teller’s page post nothing and break nothing', async ({
  desk,
  workstation,
}) => {
  const people = createPeople();
  const { origin } = workstation;
  await people.signIn(desk, 'ana');
  const otto = await people.robot({ request: desk.page, origin }, 'otto');
  const before = await otto.ask('ledger.trialBalance', {});

  // The page's own window is not to be had from its scripts; another of the same teller is as good.
  const ana = await people.robot({ request: desk.page, origin }, 'ana');
  const dice = createDice(20261120);
  let answers = 0;
  const done = new Promise<void>((resolve) => {
    ana.socket.on('message', () => {
      answers += 1;
    });
    ana.socket.on('close', () => resolve());
    ana.client.on('changed', () => undefined);
  });
  for (let id = 1_000; id < 1_000 + frames; id += 1) {
    if (ana.socket.readyState !== ana.socket.OPEN) break;
    ana.socket.send(drawFrame(dice, id));
    if (id % 200 === 0) await ana.ask('session.state', {}).catch(() => undefined);
  }
  expect((await ana.ask('session.state', {})).stage).toBe('open');
  await expect.poll(() => answers).toBeGreaterThan(frames * 0.5);
  ana.close();
  await done;

  const after = await otto.ask('ledger.trialBalance', {});
  expect(after, 'no money moved').toEqual(before);
  otto.close();
  await desk.frame.command('c Keller');
  await expect(desk.page.getByRole('grid', { name: 'Customers found' })).toContainText(
    'Marta Keller',
  );
});

test('what is no frame ends its own window only', async ({ page, workstation }) => {
  const { origin } = workstation;
  const asked = await page.request.post(`${origin}/window`, { headers: { origin } });
  const robot = await openRobot(((await asked.json()) as { url: string }).url);
  const broken: readonly (string | Buffer)[] = [
    ...['{', 'null}', '\u0000', '[1,'],
    Buffer.from([0xff, 0xfe, 0x00]),
    'x'.repeat(300 * 1024),
  ];
  for (const bytes of broken) {
    const socket = await openSocket(origin, { origin, cookie: robot.cookie });
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.send(bytes);
    expect([1003, 1007, 1009]).toContain(await closed);
  }
  expect((await robot.ask('session.state', {})).stage).toBe('signed-out');
  robot.close();
});
