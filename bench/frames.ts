// Hostile frames by the million: no unauthorised posting, no crash, and how many a second are turned away.
import { createDice, drawFrame } from '../e2e/guard/frames.ts';
import { setUpBranch } from '../e2e/pages/branch.ts';
import { header, residentKib, startMeasured } from './lib/workstation.ts';

const frames = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? 20_261_120);
/** So many are on their way before the station is asked whether it is still there. */
const burst = 500;

const measured = await startMeasured();
try {
  const { ben, sam, till } = await setUpBranch(measured.robot);
  const before = JSON.stringify(await sam.ask('ledger.trialBalance', {}));
  const verdicts = new Map<string, number>();
  ben.socket.on('message', (data: Buffer) => {
    const reply = JSON.parse(data.toString('utf8')) as { ok?: boolean; fault?: { code: string } };
    const verdict = reply.ok === undefined ? 'push' : reply.ok ? 'answered' : reply.fault?.code;
    verdicts.set(verdict ?? '', (verdicts.get(verdict ?? '') ?? 0) + 1);
  });
  const dice = createDice(seed);
  const from = performance.now();
  for (let sent = 1; sent <= frames; sent += 1) {
    ben.socket.send(drawFrame(dice, 1_000_000 + sent));
    if (sent % burst === 0) await ben.ask('session.state', {});
    if (sent % 100_000 === 0) await sam.ask('session.touch', {});
  }
  const { stage } = await ben.ask('session.state', {});
  const seconds = (performance.now() - from) / 1000;
  const after = JSON.stringify(await sam.ask('ledger.trialBalance', {}));
  process.stdout.write(header(measured.folder));
  process.stdout.write(`${frames} frames from seed ${seed}, ${(frames / seconds).toFixed(0)}/s\n`);
  process.stdout.write(`verdicts: ${JSON.stringify(Object.fromEntries(verdicts))}\n`);
  process.stdout.write(`resident ${(residentKib(measured.kiosk.pid) / 1024).toFixed(0)} MiB\n`);
  const isUntouched = before === after;
  process.stdout.write(
    `session ${stage}, till ${till}, books ${isUntouched ? 'untouched' : 'CHANGED'}\n`,
  );
  if (!isUntouched || /mistake in/.test(measured.kiosk.output())) {
    process.stdout.write(measured.kiosk.output());
    process.exitCode = 1;
  }
} finally {
  await measured.close();
}
