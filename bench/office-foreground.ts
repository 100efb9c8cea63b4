// Measures whether a teller's posting feels the line: p99 with a good line against one that misbehaves.
import { createServer, connect as dial, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { freePort, openTestOffice } from '../apps/host/office/office.fixture.ts';
import { openOfficeBranch } from './lib/office-branch.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    postings: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '5' },
    gapMs: { type: 'string', default: '5' },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);

type Mood = 'good' | 'reset' | 'half-open' | 'slow';

/** Stands between branch and head office, and behaves as it is told. */
async function openProxy(target: number) {
  const sockets = new Set<Socket>();
  let mood: Mood = 'good';
  const server = createServer((near) => {
    const far = dial(target, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    const carry = (from: Socket, to: Socket) =>
      from.on('data', (bytes) => {
        if (mood === 'half-open') return;
        if (mood === 'reset' && Math.random() < 0.05) return void from.destroy();
        if (mood === 'slow') setTimeout(() => to.write(bytes), 50);
        else to.write(bytes);
      });
    carry(near, far);
    carry(far, near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port,
    behave(next: Mood) {
      mood = next;
      if (next === 'reset') for (const socket of sockets) socket.destroy();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

say(machine(tmpdir()));
const office = await openTestOffice({ isDurable: true });
const proxy = await openProxy(office.cluster.port);
try {
  const addresses = [{ host: '127.0.0.1', port: proxy.port }];
  const bundle = await office.enrol({ branch: 'F1', name: 'F1', addresses });
  const branch = await openOfficeBranch('F1');
  const link = branch.join(bundle);
  const times = new Map<Mood, number[]>();
  const pause = () => new Promise((resolve) => setTimeout(resolve, Number(options.gapMs)));
  for (let each = 0; each < 100; each++) await branch.postOne();
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const mood of ['good', 'reset', 'half-open', 'slow'] as const) {
      proxy.behave(mood);
      const list = times.get(mood) ?? [];
      times.set(mood, list);
      for (let each = 0; each < Number(options.postings); each++) {
        const start = performance.now();
        await branch.postOne();
        list.push(performance.now() - start);
        await pause();
      }
    }
  }
  const good = quantile(times.get('good') ?? [], 0.99);
  for (const [mood, list] of times) {
    const p99 = quantile(list, 0.99);
    say(
      `${mood.padEnd(10)} p50 ${quantile(list, 0.5).toFixed(2)} p95 ${quantile(list, 0.95).toFixed(2)} p99 ${p99.toFixed(2)} ms, ${list.length} postings, p99 / good ${(p99 / good).toFixed(2)} (bar 1.05)`,
    );
  }
  await link.close();
  branch.close();
} finally {
  proxy.close();
  await office.remove();
}
