// Starts one benchmark by its name, or lists what there is: `npm run bench -- NAME [options]`.
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = import.meta.dirname;
const names = globSync('*.ts', { cwd: folder })
  .map((file) => basename(file, '.ts'))
  .filter((name) => name !== 'run' && !name.endsWith('.test'))
  .sort();

const [name, ...rest] = process.argv.slice(2);
if (name !== undefined && names.includes(name)) {
  // A process of its own: a figure must not depend on what this one has loaded.
  const child = spawn(process.execPath, [join(folder, `${name}.ts`), ...rest], {
    stdio: 'inherit',
  });
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} else {
  const list = names.length > 0 ? names.join(', ') : 'none yet';
  const wrong = name === undefined ? '' : `There is no benchmark "${name}". `;
  process.stderr.write(`${wrong}Benchmarks: ${list}\n`);
  process.exitCode = name === undefined ? 0 : 2;
}
