// Passes the terminal, the signals and the exit code on to the program that does the work.
import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';

/** Runs the program in our place: its output is ours, its exit code becomes ours. */
export function handOver(program, args, binFolder) {
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${binFolder}${delimiter}${process.env.PATH}` },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    process.stderr.write(`QENEX Teller: ${program} does not start: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 130 : (code ?? 1);
  });
}
