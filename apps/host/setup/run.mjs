// Runs a task on a bare machine: sets up what is missing, then hands over to Node 24. Built-ins only.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAddon } from '../../../native/build.mjs';
import { handOver } from './hand-over.mjs';
import { ensureModules } from './modules.mjs';
import { ensurePackages } from './packages.mjs';
import { say } from './say.mjs';
import { tasks } from './tasks.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));

function main([name, ...rest]) {
  const task = tasks[name];
  if (!task) {
    say(`there is no task "${name ?? ''}"; there are: ${Object.keys(tasks).join(', ')}`);
    return 2;
  }
  if (Number(process.versions.node.split('.')[0]) < 20) {
    say(`Node ${process.versions.node} is too old; install Node 20 or newer (Debian: nodejs npm)`);
    return 2;
  }
  const node = ensureModules(root);
  if (!node || !ensurePackages(task)) return 1;
  const without = buildAddon();
  if (without) say(without);
  const { file, args = [] } = task;
  handOver(node, [join(root, file), ...args, ...rest], join(root, 'node_modules/.bin'));
  return undefined;
}

process.exitCode = main(process.argv.slice(2));
