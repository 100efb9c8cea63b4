// `npm run office`: a complete head office on loopback, and what its administrator does there.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { acts, sentenceOf } from './acts.ts';
import { openOffice } from './office.ts';
import { takeOver } from './take-over.ts';
import type { Verifier } from './verifier.ts';

const help = `npm run office -- [start] [--data FOLDER] [--port 5499] [--replica] [--synchronous]
npm run office -- status                                       branches, heads, lag, standbys, certificates that end
npm run office -- exceptions                                   what is open, and the command that ends each
npm run office -- enrol BRANCH NAME --out FILE [--reads-all]   lets a branch in; FILE becomes office.json in its folder
npm run office -- grant BRANCH HOME/ACCOUNT AMOUNT-MINOR [--hours 24] [--till N]   an allowance, signed
npm run office -- announce BRANCH HOME/ACCOUNT                  who may act for it is sent ahead to the branch
npm run office -- write-off ALLOWANCE NOTE                     a person gives an allowance up
npm run office -- settle EXCEPTION ACTION NOTE                 a person settles an exception
npm run office -- resume BRANCH NOTE                           a stopped device is heard again
npm run office -- recover NOTE                                 this is an older copy: nothing is lent until all branches were heard out
npm run office -- rejoin BRANCH NOTE                           a branch that had more than this copy is let in again
npm run office -- go-on-without BRANCH NOTE                    a branch that never comes is waited for no longer
npm run office -- replace-device BRANCH KEY NOTE               the branch was made again: its new device's key
npm run office -- publish NAME JSON                            reference data to every branch: policy, stand-in, day-end, lists
npm run office -- list NAME --file FILE [--file FILE] --as-of DATE [--source TEXT]   a list of names (OFAC, UN, own JSON), to every branch
npm run office -- instruct BRANCH NAME JSON                    the same to one branch: staff, policy
npm run office -- prove                                        every log, signature, visit and balance again from the events
npm run office -- backup --out FOLDER                          a whole copy while it runs, with its keys
npm run office -- promote                                      the standby takes the primary's place, at its address
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
    file: { type: 'string', multiple: true },
    'as-of': { type: 'string' },
    source: { type: 'string' },
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

/** Runs one act of the administrator beside a head office that runs already, or starts it for the act. */
async function act(run: (typeof acts)[string], args: readonly string[]): Promise<void> {
  const office = await openOffice({
    folder: resolve(options.data),
    port: Number(options.port),
    serves: false,
  });
  try {
    const { lines, isWrong = false } = await run({ office, words: args, options, now: Date.now() });
    for (const line of lines) say(line);
    if (isWrong) process.exitCode = 1;
  } finally {
    await office.leave();
  }
}

/** Nothing may be opened before: what would be started is the old primary. */
async function promote(): Promise<void> {
  const { cluster, kept } = await takeOver(resolve(options.data), Number(options.port), Date.now());
  say(`The standby answers in the primary's place at 127.0.0.1:${cluster.port}.`);
  say(`The old primary's folder is kept as ${kept} and is not started again.`);
  say('A new standby is made by the next start with --replica or --synchronous.');
}

const [name = 'start', ...args] = positionals;
try {
  if (options.help) say(help);
  else if (name === 'start') await start();
  else if (name === 'promote') await promote();
  else if (acts[name]) await act(acts[name], args);
  else {
    process.stderr.write(`QENEX office: there is no “${name}”.\n${help}`);
    process.exitCode = 2;
  }
} catch (error) {
  process.stderr.write(`QENEX office: ${sentenceOf(error)}\n`);
  process.exitCode = 2;
}
