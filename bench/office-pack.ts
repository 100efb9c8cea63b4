// Measures what packing saves on the line and costs at both ends, over the log of the demonstration branch.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOfficeReads } from '#station/ledger/projections/office-reads.ts';
import { pack } from '#station/office/client/pack.ts';
import { openTestOffice } from '../apps/host/office/office.fixture.ts';
import { openClosedBranch, openCounterStation } from './lib/counter-station.ts';
import { serverCpuMs } from './lib/server-cpu.ts';
import { machine } from './lib/side-by-side.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const parent = mkdtempSync(join(tmpdir(), 'teller-pack-'));
const office = await openTestOffice({ isDurable: false });
try {
  say(machine(tmpdir()));
  const station = await openCounterStation(parent);
  await station.close();
  const branch = await openClosedBranch(station.folder);
  const reads = createOfficeReads(branch.database);
  const head = branch.ledger.head().seq;
  say(`the demonstration branch's log: ${head} events; each travels with 32 bytes of hash besides`);
  for (const size of [1, 5, 20, 50, 256]) {
    const texts: string[] = [];
    for (let at = 0; at < head && texts.length < 100; at += size) {
      const stretch = reads.stretch(at, size, 1024 * 1024);
      if (stretch?.count === size) texts.push(stretch.bodies);
    }
    const from = process.cpuUsage();
    const packed: (Buffer | null)[] = [];
    for (const text of texts) packed.push(await pack(text));
    const used = process.cpuUsage(from);
    const events = texts.length * size;
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    const sent = texts.reduce(
      (sum, text, index) => sum + (packed[index]?.length ?? Buffer.byteLength(text)),
      0,
    );
    const opened = packed.filter((each) => each !== null);
    const before = serverCpuMs(join(office.folder, 'data'));
    const rounds = 10;
    for (const each of opened) {
      await office.query(
        `SELECT sum(length(office.pgp_sym_decrypt_bytea(p, 'packed'))) FROM (SELECT $1::bytea || substring(''::bytea FROM n) AS p
         FROM generate_series(1, $2) AS n) AS t`,
        [each, rounds],
      );
    }
    const cpuMs = serverCpuMs(join(office.folder, 'data')) - before;
    const opening = opened.length === 0 ? 0 : (cpuMs * 1000) / (opened.length * size * rounds);
    say(
      `pushes of ${String(size).padEnd(3)} ${(bytes / events).toFixed(0)} bytes an event become ${(sent / events).toFixed(0)} ` +
        `(${(bytes / sent).toFixed(1)} x; with hashes ${((bytes + 32 * events) / (sent + 32 * events)).toFixed(1)} x), ` +
        `${opened.length} of ${texts.length} packed; packing ${((used.user + used.system) / events).toFixed(1)} us, ` +
        `opening ${opening.toFixed(1)} us of CPU an event`,
    );
  }
  branch.close();
} finally {
  await office.remove();
  rmSync(parent, { recursive: true, force: true });
}
