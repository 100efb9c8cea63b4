// The headless host: the same branch without a window, for scripts, checks and auditors.
import { runCommand } from './run.ts';

process.exitCode = await runCommand(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
