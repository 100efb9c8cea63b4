// Runs the kernel guard's suite in QEMU as a stage of `npm test`, or says in plain words why it does not.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../../kernel/rig/test.sh', import.meta.url));

function runSuite(): number {
  if (process.platform !== 'linux') {
    process.stdout.write('kernel: skipped, the guard is a Linux module\n');
    return 0;
  }
  const run = spawnSync(script, ['6.1'], {
    stdio: 'inherit',
    env: { ...process.env, QENEX_KERNEL_TEST: 'optional' },
  });
  if (run.error) process.stdout.write(`kernel: ${run.error.message}\n`);
  return run.status ?? 1;
}

process.exitCode = runSuite();
