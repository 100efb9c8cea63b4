// Plays many histories over one head office: bad weather, machines killed at one stroke on either side, a fail-over, the reckoning.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { checkAlways, checkAtRest } from '#station/office/simulation/checks.ts';
import { createRandom, type Random } from '#station/office/simulation/random.ts';
import { createTruth } from '#station/office/simulation/truth.ts';
import { administrator } from '../cluster.ts';
import { freePort, openTestOffice, type TestOffice, testDevice } from '../office.fixture.ts';
import { createOwner, type Owner } from '../owner.ts';
import { startService } from '../service.ts';
import { accounts, codesOf, loadBank } from './bank.fixture.ts';
import { readBooks } from './books.fixture.ts';
import type { HistoryPlan, Plan, Said, Standing } from './branches.fixture.ts';
import { moods, openWeather, type Weather } from './weather.fixture.ts';

export interface PlayOptions {
  /** Seeds of the histories, which share one head office. */
  readonly seeds: readonly number[];
  /** How many of them run at the same time. */
  readonly together: number;
  /** Things that happen at the counters of each. */
  readonly happenings: number;
  /** Whether the primary is killed for good in the last of them, and the synchronous standby goes on. */
  readonly failsOver: boolean;
  readonly isDurable: boolean;
  /** Run by the owner before anything happens: a test breaks head office with it, to see it found. */
  readonly sabotage?: string;
  /** Looks, 150 ms apart, until everything must have come to rest. */
  readonly patience?: number;
}

export interface PlayOutcome {
  readonly histories: number;
  readonly events: number;
  /** Payments for other branches, and reservations that were asked for. */
  readonly visits: number;
  readonly reservations: number;
  /** Histories that had not come to rest when patience ended: of these only what holds always was checked. */
  readonly unsettled: number;
  readonly killed: { branches: number; office: number; failOvers: number };
  readonly violations: { readonly history: string; readonly message: string }[];
}

const rest = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const branchesOf = (seed: number): number => 2 + (seed % 2);

interface Stage {
  readonly office: TestOffice;
  readonly folder: string;
  readonly servers: readonly number[];
  readonly promote: (() => void) | null;
  /** Whoever is primary now. */
  owner: Pick<Owner, 'query'>;
  isFailedOver: boolean;
  readonly outcome: {
    events: number;
    visits: number;
    reservations: number;
    unsettled: number;
    readonly killed: PlayOutcome['killed'];
    readonly violations: PlayOutcome['violations'];
  };
}

/** Plays them all and says what did not hold. */
export async function play(options: PlayOptions): Promise<PlayOutcome> {
  const { seeds, together, failsOver, isDurable } = options;
  const office = await openTestOffice({ serves: true, isDurable, report: () => undefined });
  const folder = mkdtempSync(join(tmpdir(), 'teller-history-'));
  let stopService = (): Promise<void> => Promise.resolve();
  let stopReplica = (): void => undefined;
  try {
    const port = failsOver ? await freePort() : 0;
    const replica = failsOver ? await office.cluster.startReplica(port, true) : null;
    if (replica) stopReplica = () => replica.stop('immediate');
    const killed = { branches: 0, office: 0, failOvers: 0 };
    const outcome = { events: 0, visits: 0, reservations: 0, unsettled: 0, killed, violations: [] };
    if (options.sabotage) await office.query(options.sabotage);
    const stage: Stage = {
      ...{ office, folder, owner: office, isFailedOver: false, outcome },
      servers: [office.cluster.port, ...(replica ? [port] : [])],
      promote: replica
        ? () => {
            replica.promote();
            const standby = { administer: () => connectTo(office.folder, port) };
            const owner = createOwner(standby);
            const service = startService(standby, office.signer, () => undefined);
            stage.owner = owner;
            stopService = async () => {
              await service.stop();
              await owner.close();
            };
          }
        : null,
    };
    for (let at = 0; at < seeds.length; at += together) {
      const isLast = at + together >= seeds.length;
      const group = seeds.slice(at, at + together);
      const { happenings, patience = 4_000 } = options;
      await playGroup(stage, group, { happenings, patience, failsOver: isLast });
    }
    return { histories: seeds.length, ...outcome };
  } finally {
    await stopService();
    try {
      stopReplica();
    } finally {
      await office.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function connectTo(folder: string, port: number): Promise<Client> {
  const password = readFileSync(join(folder, 'owner.secret'), 'utf8');
  const client = new Client({
    host: folder,
    port,
    database: 'office',
    user: administrator,
    password,
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

interface Group {
  readonly plans: readonly HistoryPlan[];
  readonly weathers: readonly Weather[];
  readonly random: Random;
  readonly told: Map<string, string[]>;
  child: ChildProcess;
  life: number;
  stands: { readonly branches: readonly Standing[]; readonly isDone: boolean } | null;
}

async function playGroup(
  stage: Stage,
  seeds: readonly number[],
  at: { readonly happenings: number; readonly patience: number; readonly failsOver: boolean },
): Promise<void> {
  const random = createRandom(seeds[0] ?? 1);
  const weathers: Weather[] = [];
  const plans: HistoryPlan[] = [];
  for (const seed of seeds) {
    const name = `S${seed}`;
    const bundles = [];
    for (const branch of codesOf(name, branchesOf(seed))) {
      const weather = await openWeather(stage.servers, () => random.next());
      weathers.push(weather);
      const addresses = weather.ports.map((port) => ({ host: '127.0.0.1', port }));
      bundles.push(await enrolled(stage, branch, addresses));
    }
    plans.push({ name, seed, bundles });
  }
  const group: Group = {
    ...{ plans, weathers, random, told: new Map(), life: 0, stands: null },
    child: undefined as unknown as ChildProcess,
  };
  startBranches(stage, group, at.happenings);
  try {
    await misfortunes(stage, group, at);
    await reckon(stage, group, at.patience);
  } finally {
    group.child.kill('SIGKILL');
    for (const weather of weathers) weather.close();
  }
}

async function enrolled(
  stage: Stage,
  branch: string,
  addresses: readonly { readonly host: string; readonly port: number }[],
) {
  const bundle = await stage.office.enrol({ branch, name: branch, addresses });
  // The administrator who enrols a branch has seen its device.
  await stage.owner.query('UPDATE office.device SET public_key = $2 WHERE branch = $1', [
    branch,
    Buffer.from(testDevice(branch).publicKey, 'hex'),
  ]);
  return bundle;
}

const program = new URL('./branches.fixture.ts', import.meta.url);

function startBranches(stage: Stage, group: Group, happenings: number): void {
  group.life += 1;
  const plan: Plan = {
    ...{ folder: stage.folder, histories: group.plans, happenings, life: group.life },
  };
  const file = join(stage.folder, 'plan.json');
  writeFileSync(file, JSON.stringify(plan), { mode: 0o600 });
  const child = fork(program, [file], { execArgv: [], serialization: 'json' });
  group.child = child;
  child.on('error', () => undefined);
  child.on('message', (said: Said) => hear(stage, group, said));
}

function hear(stage: Stage, group: Group, said: Said): void {
  if (said.kind === 'stands') group.stands = said;
  else if (said.kind === 'violated') stage.outcome.violations.push(said);
  else {
    const [from = '0', ...hashes] = said.hashes;
    const known = group.told.get(said.branch) ?? [];
    group.told.set(said.branch, known);
    // After a restart everything on the disk is said again: it must be what was told.
    hashes.forEach((hash, index) => {
      const at = Number(from) + index;
      if (known[at] === undefined) known[at] = hash;
      else if (known[at] !== hash) {
        const message = `S1: event ${at + 1} of ${said.branch} was told and is another now`;
        stage.outcome.violations.push({ history: said.branch, message });
      }
    });
  }
}

const sendTo = ({ child }: Group, word: string): void => {
  if (child.connected) child.send(word, () => undefined);
};

async function look(group: Group): Promise<Group['stands']> {
  group.stands = null;
  sendTo(group, 'look');
  for (let tries = 0; tries < 200 && group.stands === null; tries++) await rest(10);
  return group.stands;
}

/** Weather changes, allowances are granted, machines are killed, until everything at the counters has happened. */
async function misfortunes(
  stage: Stage,
  group: Group,
  at: { readonly happenings: number; readonly failsOver: boolean },
): Promise<void> {
  const { random, weathers } = group;
  const { killed } = stage.outcome;
  const kills = { branches: 1 + random.below(2), office: 1 };
  for (let turn = 0; turn < 4_000; turn++) {
    await rest(150);
    random.pick(weathers).behave(random.pick(moods));
    if (random.chance(0.4)) random.pick(weathers).behave('good');
    if (random.chance(0.5)) await grant(stage, group).catch(() => undefined);
    if (turn > 8 && kills.branches > 0 && random.chance(0.06)) {
      kills.branches -= 1;
      killed.branches += 1;
      group.child.kill('SIGKILL');
      await rest(50);
      startBranches(stage, group, at.happenings);
    }
    if (turn > 12 && kills.office > 0 && random.chance(0.06)) {
      kills.office -= 1;
      await killOffice(stage, at.failsOver && stage.promote !== null);
    }
    if (turn % 10 === 9 && (await look(group))?.isDone) break;
  }
  if (kills.office > 0) await killOffice(stage, at.failsOver && stage.promote !== null);
}

/** The server is killed with all its processes; then it starts again, or the standby goes on for good. */
async function killOffice(stage: Stage, isForGood: boolean): Promise<void> {
  const { office, outcome } = stage;
  if (stage.isFailedOver) return;
  killServer(join(office.folder, 'data'));
  if (isForGood && stage.promote) {
    stage.isFailedOver = true;
    outcome.killed.failOvers += 1;
    return stage.promote();
  }
  outcome.killed.office += 1;
  for (let tries = 0; ; tries++) {
    await rest(100);
    try {
      return office.cluster.start();
    } catch (error) {
      if (tries > 50) throw error;
    }
  }
}

/** Kills the postmaster of this folder and every process it started, at once. */
function killServer(data: string): void {
  const postmaster = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
  const parentOf = (pid: string): string => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
    } catch {
      return '';
    }
  };
  const own = readdirSync('/proc').filter(
    (pid) => /^\d+$/.test(pid) && parentOf(pid) === postmaster,
  );
  for (const pid of [postmaster, ...own]) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

/** Head office lends a part of what is free to another branch of the same history. */
async function grant({ owner }: Stage, { plans, random, life }: Group): Promise<void> {
  const { bundles } = random.pick(plans);
  const [home, away] = [random.pick(bundles), random.pick(bundles)];
  if (home === away) return;
  const values = [away.branch, `${home.branch}-${life}-${random.below(1e9)}`, home.branch];
  const amount = 1 + random.below(2_500);
  const life_ms = random.chance(0.5) ? 3_600_000 : 4_000;
  await owner.query('SELECT office.grant_allowance($1, $2, $3, $4, NULL, $5, $6, $7)', [
    ...values,
    random.pick(accounts),
    ...[amount, life_ms, 'history'],
  ]);
}

/** The weather clears; everything must come to rest, and then everything must hold. */
async function reckon(stage: Stage, group: Group, patience: number): Promise<void> {
  for (const weather of group.weathers) weather.behave('good');
  sendTo(group, 'clear');
  let still = 0;
  let stands: Group['stands'] = null;
  for (let turn = 0; turn < patience && still < 3; turn++) {
    await rest(150);
    if (turn % 8 === 4) sendTo(group, 'settle');
    stands = await look(group);
    const isAtRest = stands?.isDone && (await restsAt(stage, stands.branches).catch(() => false));
    still = isAtRest ? still + 1 : 0;
  }
  const isSettled = still >= 3;
  if (!isSettled) stage.outcome.unsettled += group.plans.length;
  sendTo(group, 'end');
  for (const { name, seed } of group.plans) {
    const codes = codesOf(name, branchesOf(seed));
    const found = await checkHistory(stage, { name, codes, group, stands, isSettled });
    stage.outcome.violations.push(...found.map((message) => ({ history: name, message })));
  }
}

/** Whether every line is open, head office has every log to its end, every branch its items, and nothing is on its way. */
async function restsAt({ owner }: Stage, branches: readonly Standing[]): Promise<boolean> {
  const { rows } = await owner.query<{ branch: string; seq: string; down: string; busy: string }>(
    `SELECT d.branch, d.received_seq AS seq, coalesce(h.seq, 0) AS down,
       (SELECT count(*) FROM office.visit v WHERE v.branch = d.branch AND NOT booked)
       + (SELECT count(*) FROM office.allowance a WHERE a.device = d.id AND a.state = 'wanted')
       + (SELECT count(*) FROM office.reservation r WHERE r.device = d.id AND r.state = 'reserved') AS busy
     FROM office.device d LEFT JOIN office.down_head h ON h.device = d.id WHERE d.branch = ANY($1)`,
    [branches.map(({ branch }) => branch)],
  );
  return branches.every(({ branch, events, down, stage }) => {
    const row = rows.find((each) => each.branch === branch);
    return (
      stage === 'open' &&
      Number(row?.seq) === events &&
      Number(row?.down) === down &&
      row !== undefined &&
      row.busy === '0'
    );
  });
}

async function checkHistory(
  stage: Stage,
  at: {
    readonly name: string;
    readonly codes: readonly string[];
    readonly group: Group;
    readonly stands: Group['stands'];
    readonly isSettled: boolean;
  },
): Promise<readonly string[]> {
  const bank = loadBank(join(stage.folder, `${at.name}.bank`));
  if (!bank) return ['its branches never started'];
  const truth = createTruth();
  for (const [key, amountMinor] of bank.cash) {
    const [branch = '', number = ''] = key.split('/');
    truth.moved({ branch, number }, amountMinor);
  }
  const branches = bank.branches.map((state) => {
    const stand = at.stands?.branches.find(({ branch }) => branch === state.branch);
    const link = { stage: stand?.stage ?? 'unopened', why: stand?.why ?? 'it says nothing' };
    stage.outcome.events += state.log.length;
    stage.outcome.visits += state.log.filter(({ body }) => body.includes('"kind":"visit"')).length;
    stage.outcome.reservations += state.asked.size;
    return {
      ...{ branch: state.branch, state: () => state, link: () => link },
      committed: at.group.told.get(state.branch) ?? [],
    };
  });
  const office = await readBooks(stage.owner, at.codes);
  const check = at.isSettled ? checkAtRest : checkAlways;
  return check({ branches, office, truth }).map((each) => `${each.invariant}: ${each.message}`);
}
