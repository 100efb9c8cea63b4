// `npm run office`: a complete head office on loopback, and what its administrator does there.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { Verifier } from '#station/office/schema/signatures.ts';
import { openOffice } from './office.ts';

const help = `npm run office -- [start] [--data FOLDER] [--port 5499] [--replica] [--synchronous]
npm run office -- enrol BRANCH NAME --out FILE [--reads-all]   lets a branch in; FILE becomes office.json in its folder
npm run office -- grant BRANCH HOME/ACCOUNT AMOUNT-MINOR [--hours 24] [--till N]   an allowance, signed
npm run office -- announce BRANCH HOME/ACCOUNT                  who may act for it is sent ahead to the branch
npm run office -- write-off ALLOWANCE NOTE                     a person gives an allowance up
npm run office -- settle EXCEPTION ACTION NOTE                 a person settles an exception
npm run office -- resume BRANCH NOTE                           a stopped device is heard again
npm run office -- replace-device BRANCH KEY NOTE               the branch was made again: its new device's key
npm run office -- publish NAME JSON                            reference data to every branch: policy, stand-in, day-end, lists
npm run office -- instruct BRANCH NAME JSON                    the same to one branch: staff, policy
npm run office -- prove                                        every balance again from the events
`;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: defaultFolder() },
    port: { type: 'string', default: '5499' },
    replica: { type: 'boolean', default: false },
    synchronous: { type: 'boolean', default: false },
    out: { type: 'string' },
    hours: { type: 'string', default: '24' },
    till: { type: 'string' },
    'reads-all': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** A folder the ordinary user of the server can reach: root's home is closed to it. */
function defaultFolder(): string {
  if (process.getuid?.() === 0) return '/var/lib/qenex-office';
  return join(homedir(), '.local/share/qenex-office');
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function start(): Promise<void> {
  const opening = openAll();
  // Before anything runs: a signal that comes while it starts must not leave the server behind.
  const close = async (): Promise<void> => {
    const { office, replica } = await opening;
    replica?.stop();
    await office.close();
    process.exit(0);
  };
  process.once('SIGINT', () => void close()).once('SIGTERM', () => void close());
  const { office, replica } = await opening;
  const { port, folder } = office.cluster;
  say(
    `QENEX head office answers at 127.0.0.1:${port} (TLS 1.3, client certificates), books in ${folder}`,
  );
  say(verifierSentence(office.verifier));
  if (!replica) return;
  const how = options.synchronous ? 'commits wait for it' : 'commits do not wait for it';
  say(`A standby follows at 127.0.0.1:${replica.port}; ${how}.`);
}

/** Which of the two holds: looked at before it is taken, or within a second after. */
function verifierSentence(verifier: Verifier): string {
  const before = 'A push whose signature is wrong is refused before anything of it is taken';
  switch (verifier) {
    case 'python':
      return `${before} (PL/Python, the server's own OpenSSL).`;
    case 'sodium':
      return `${before} (pgsodium).`;
    case 'other':
      return `${before} (by the function a superuser of this cluster has put there).`;
    case 'none':
      return (
        'This cluster cannot check signatures: a push with a wrong one is found within a second after it was ' +
        'taken, and its device is stopped. Install postgresql-plpython3 of its version to have it refused before.'
      );
  }
}

async function openAll() {
  const folder = resolve(options.data);
  const port = Number(options.port);
  const report = (error: unknown) => process.stderr.write(`QENEX office: ${String(error)}\n`);
  const office = await openOffice({ folder, port, report });
  const wantsReplica = options.replica || options.synchronous;
  const replica = wantsReplica
    ? await office.cluster.startReplica(port + 1, options.synchronous)
    : null;
  return { office, replica };
}

/** Branch and number of an account written as 001/10000295. */
function accountOf(text: string): readonly [string, string] {
  const [branch = '', number = ''] = text.split('/');
  return [branch, number];
}

/** Runs one act of the administrator beside a head office that runs already, or starts it for the act. */
async function act(name: string, args: readonly string[]): Promise<void> {
  const office = await openOffice({
    folder: resolve(options.data),
    port: Number(options.port),
    serves: false,
  });
  const call = async (sql: string, ...values: unknown[]) => (await office.query(sql, values)).rows;
  try {
    const [one = '', two = '', three = ''] = args;
    if (name === 'enrol') {
      refuseUnless(options.out, 'bad-option', 'Say where the file goes: --out FILE.', 'out');
      const bundle = await office.enrol({ branch: one, name: two, readsAll: options['reads-all'] });
      writeFileSync(options.out, `${JSON.stringify(bundle, null, 1)}\n`, { mode: 0o600 });
      say(`${options.out} lets branch ${one} in: put it into the branch's folder as office.json.`);
    } else if (name === 'grant') {
      const [branch, number] = accountOf(two);
      const life = Number(options.hours) * 3_600_000;
      const till = options.till === undefined ? null : Number(options.till);
      const values = [
        one,
        randomUUID().replaceAll('-', ''),
        branch,
        number,
        till,
        three,
        life,
        'office_owner',
      ];
      const [row] = await call(
        'SELECT * FROM office.grant_allowance($1, $2, $3, $4, $5, $6, $7, $8)',
        ...values,
      );
      await office.work();
      say(JSON.stringify(row));
    } else if (name === 'announce')
      await call('SELECT office.announce_visit($1, $2, $3)', one, ...accountOf(two));
    else if (name === 'write-off') await office.orders.writeOff(one, two);
    else if (name === 'settle') await office.orders.settle(one, two, three);
    else if (name === 'resume') await call('SELECT office.resume_device($1, $2)', one, two);
    else if (name === 'instruct') await office.orders.instruct(one, two, jsonOf(three));
    else if (name === 'replace-device')
      await call('SELECT office.replace_device($1, $2, $3)', one, Buffer.from(two, 'hex'), three);
    else if (name === 'publish') await office.orders.publish(one, jsonOf(two));
    else if (name === 'prove') {
      const wrong = await call('SELECT * FROM office.wrong_balances()');
      say(
        wrong.length === 0 ? 'Every balance is what the events add up to.' : JSON.stringify(wrong),
      );
      process.exitCode = wrong.length === 0 ? 0 : 1;
    } else process.stderr.write(help);
  } finally {
    await office.leave();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(
      'order-value-wrong',
      `This is no JSON: ${(error as Error).message}.`,
      'value',
    );
  }
}

const [name = 'start', ...args] = positionals;
try {
  if (options.help) say(help);
  else if (name === 'start') await start();
  else await act(name, args);
} catch (error) {
  const message = error instanceof Refusal ? error.message : (error as Error).message;
  process.stderr.write(`QENEX office: ${message}\n`);
  process.exitCode = 2;
}
