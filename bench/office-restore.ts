// Measures how long a branch takes to be made again from head office, and whether it is the same to the byte.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ownProjections } from '#station/ledger/ledger.ts';
import { openReader } from '#station/ledger/reader.ts';
import { digestTables } from '#station/ledger/rebuild.ts';
import { projections } from '#station/projections.ts';
import { restoreTables } from '#station/restore.ts';
import { openTestOffice } from '../apps/host/office/office.fixture.ts';
import { delivered, openOfficeBranch } from './lib/office-branch.ts';
import { machine } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: { events: { type: 'string', default: '1000000' } },
});
const events = Number(options.events);
const say = (line: string) => process.stdout.write(`${line}\n`);
say(machine(tmpdir()));
const folder = mkdtempSync(join(tmpdir(), 'teller-restore-'));
const office = await openTestOffice({ isDurable: false });
try {
  const bundle = await office.enrol({ branch: 'R1', name: 'R1' });
  const branch = await openOfficeBranch('R1');
  const link = branch.join(bundle);
  for (let done = 0; done < events; done += 1000) {
    branch.post(1000);
    // Delivered as it is made, so that making and sending share the time.
    if (done % 20_000 === 0) await delivered(branch, link);
  }
  await delivered(branch, link);
  await link.close();
  const { file, key } = branch.branch;
  const made = join(folder, 'branch.db');
  const used = process.cpuUsage();
  const start = performance.now();
  const { seq: count } = await restoreTables({ bundle, file: made, key: Uint8Array.from(key) });
  const cpu = process.cpuUsage(used);
  const seconds = (performance.now() - start) / 1000;
  const tables = [...ownProjections, ...projections].flatMap((each) => each.tables);
  const digests = [file, made].map((path) => {
    const database = openReader(path, key);
    const found = [...digestTables(database, ['event', ...tables])];
    database.close();
    return new Map(found);
  });
  const [own, again] = digests as [Map<string, string>, Map<string, string>];
  const differing = [...own.keys()].filter((table) => own.get(table) !== again.get(table));
  say(
    `${count} events fetched, verified and booked again in ${seconds.toFixed(1)} s (${Math.round(count / seconds)} events/s), bar 1,000,000 in 60 s; ${((cpu.user + cpu.system) / count).toFixed(1)} us of CPU an event in two threads`,
  );
  say(
    differing.length === 0
      ? `log and ${tables.length} tables equal to the byte`
      : `DIFFERENT: ${differing.join(', ')}`,
  );
  branch.close();
} finally {
  await office.remove();
  rmSync(folder, { recursive: true, force: true });
}
