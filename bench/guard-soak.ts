// Soaks the kernel guard: random ioctls under KASAN, lockdep and kmemleak, then what a transfer costs beside getppid.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const kernel = fileURLToPath(new URL('../kernel', import.meta.url));
const { values: options } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000000' },
    steps: { type: 'string', default: '20000' },
    cycles: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    /** kasan, kcsan, 6.1 or 6.12; `none` measures the cost only. */
    kernel: { type: 'string', default: 'kasan' },
    batches: { type: 'string', default: '60' },
  },
});

const notHere = 3;

/** Runs a script of the kernel folder, showing what it prints and keeping it. */
function run(script: string, args: readonly string[], environment: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(`${kernel}/${script}`, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      process.stdout.write(text);
    });
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(code === notHere ? 'the rig cannot run here' : `${script}: ${code}`));
    });
  });
}

interface Cost {
  readonly leastNs: number;
  readonly medianNs: number;
}
type Costs = Readonly<
  Record<'getppid' | 'unknown' | 'get' | 'post' | 'reservePost' | 'plain', Cost>
> & { readonly accounts: number };

/** Ratios of the least of the batches: under emulation on a shared machine only those repeat. */
function ratios(costs: Costs): string {
  const floor = costs.getppid.leastNs;
  const times = (cost: Cost): string => (cost.leastNs / floor).toFixed(1);
  return (
    `  ${costs.accounts} accounts: getppid ${floor} ns; x getppid: unknown ioctl ${times(costs.unknown)}, ` +
    `balance ${times(costs.get)}, transfer ${times(costs.post)}, ` +
    `reserve and post ${times(costs.reservePost)}; transfer / same work in user space ` +
    `${(costs.post.leastNs / costs.plain.leastNs).toFixed(2)}`
  );
}

async function soak(): Promise<void> {
  const from = performance.now();
  await run('rig/test.sh', [options.kernel], {
    CALLS: options.calls,
    STEPS: options.steps,
    CYCLES: options.cycles,
    SEED: options.seed,
    TIMEOUT: '7200',
  });
  const minutes = ((performance.now() - from) / 60_000).toFixed(1);
  console.log(`soak on ${options.kernel}: no report in ${options.calls} calls, ${minutes} min`);
}

async function cost(): Promise<void> {
  const payload = `${kernel}/build/cost`;
  rmSync(payload, { recursive: true, force: true });
  spawnSync(`${kernel}/tests/build.sh`, [payload], { stdio: 'inherit' });
  if (!existsSync(`${payload}/cost`)) throw new Error('the guest programs were not built');
  const command = `./cost ${options.batches} 1000 16384`;
  const output = await run('rig/run.sh', ['--payload', payload, '--command', command], {});
  const all = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Costs);
  console.log(
    `cost on Debian's 6.1 in QEMU (TCG), ${options.batches} batches of 200 calls in turn`,
  );
  for (const one of all) console.log(ratios(one));
  const [small, large] = all;
  if (small && large) {
    const growth = (large.post.leastNs / small.post.leastNs).toFixed(2);
    console.log(`  transfer at ${large.accounts} accounts / at ${small.accounts}: ${growth}`);
  }
}

console.log(`${cpus().length} x ${cpus()[0]?.model ?? '?'}, load ${loadavg()[0]?.toFixed(1)}`);
if (options.kernel !== 'none') await soak();
await cost();
