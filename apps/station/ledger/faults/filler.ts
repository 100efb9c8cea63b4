// A process of its own for the disk-full test: the recording layer refuses it room while a file says so.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { branchIn } from './fixture.ts';
import { runDiskFull } from './full.ts';

const orders = JSON.parse(readFileSync(0, 'utf8')) as { folder: string; key: string };
const full = join(orders.folder, 'full');
const counts = runDiskFull({
  branch: branchIn(orders.folder, Buffer.from(orders.key, 'hex')),
  rounds: 12,
  fill: () => writeFileSync(full, ''),
  drain: () => rmSync(full),
});
process.stdout.write(`${JSON.stringify(counts)}\n`);
