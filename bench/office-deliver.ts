// Measures how long ten thousand events made offline take to reach head office, each exactly once.
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { openTestOffice } from '../apps/host/office/office.fixture.ts';
import { delivered, openOfficeBranch } from './lib/office-branch.ts';
import { machine, quantile } from './lib/side-by-side.ts';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
  },
});
const events = Number(options.events);
const say = (line: string) => process.stdout.write(`${line}\n`);
say(machine(tmpdir()));
const office = await openTestOffice({ isDurable: true });
try {
  const times: number[] = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    const code = `D${round}`;
    const bundle = await office.enrol({ branch: code, name: code });
    const branch = await openOfficeBranch(code);
    for (let done = 0; done < events; done += 1000) branch.post(Math.min(1000, events - done));
    const start = performance.now();
    const link = branch.join(bundle);
    await delivered(branch, link);
    times.push((performance.now() - start) / 1000);
    await link.close();
    const { rows } = await office.query<{ count: string; balanced: string }>(
      `SELECT count(*), (SELECT sum(posted) FROM office.balance WHERE device = d.id)::text AS balanced
       FROM office.event e JOIN office.device d ON d.id = e.device WHERE d.branch = $1 GROUP BY d.id`,
      [code],
    );
    const head = branch.branch.ledger.head().seq;
    if (Number(rows[0]?.count) !== head || rows[0]?.balanced !== '0')
      throw new Error(JSON.stringify(rows));
    branch.close();
  }
  const median = quantile(times, 0.5);
  say(
    `${events} events offline, then the line opens: ${median.toFixed(2)} s until all are acknowledged (${Math.min(...times).toFixed(2)} to ${Math.max(...times).toFixed(2)} s), ${Math.round(events / median)} events/s, bar 10 s`,
  );
  say(
    'each event at head office exactly once, balances zero by currency; fsync on at both ends, TLS 1.3',
  );
} finally {
  await office.remove();
}
