// Runs PostgreSQL as head office: made in a data folder, on loopback, by an ordinary user.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { type Authority, openAuthority } from './authority.ts';
import { isUnstartedCopy } from './rejoin.ts';

/** Where Debian keeps the programs of PostgreSQL; the newest of 15 and later is taken. */
const versions = ['18', '17', '16', '15'];

export interface ClusterOptions {
  readonly folder: string;
  readonly port: number;
  /** Whether commits wait for the disk. Only tests of what is not durability say no. */
  readonly isDurable?: boolean;
}

export interface Cluster {
  readonly folder: string;
  readonly port: number;
  readonly authority: Authority;
  /** Whether somebody else had started it before. */
  readonly wasRunning: boolean;
  isRunning(): boolean;
  /** Connects as the owner of the books over the socket in the folder. */
  administer(): Promise<Client>;
  /** Reads certificates and revocations again. */
  reload(): void;
  /** Starts a streaming standby beside it; `isSynchronous` makes commits wait for it. */
  startReplica(port: number, isSynchronous: boolean): Promise<Replica>;
  /** Copies it while it runs into a data folder that does not exist yet; `isStandby` makes the copy follow it. */
  copy(to: string, isStandby?: boolean): void;
  /** Ends it in order, or at once without a last write. */
  stop(how?: 'fast' | 'immediate'): void;
  start(): void;
}

export interface Replica {
  readonly port: number;
  promote(): void;
  stop(how?: 'fast' | 'immediate'): void;
}

export const administrator = 'office_owner';
const replicator = 'office_replica';

function programs(): string {
  for (const version of versions) {
    const folder = `/usr/lib/postgresql/${version}/bin`;
    if (existsSync(join(folder, 'initdb'))) return folder;
  }
  throw new Refusal(
    'postgres-missing',
    'Head office needs PostgreSQL 15 or later: apt-get install postgresql.',
  );
}

/** How long the server may take to start or end, in s: after a crash it reads its log again first. */
const controlSeconds = 600;
/** A program of PostgreSQL that takes longer hangs, in ms: a copy of large books takes long, too. */
const hangMs = 6 * 3_600_000;

/** PostgreSQL refuses to run as root: there it runs as the user Debian made for it. */
function ordinary(program: string, args: readonly string[]): readonly [string, readonly string[]] {
  if (process.getuid?.() !== 0) return [program, args];
  return ['runuser', ['-u', 'postgres', '--', program, ...args]];
}

function run(program: string, args: readonly string[], input?: string): string {
  const [name, all] = ordinary(join(programs(), program), args);
  const done = spawnSync(name, all, {
    encoding: 'utf8',
    input: input ?? '',
    cwd: '/',
    timeout: hangMs,
  });
  refuseUnless(
    done.status === 0,
    'postgres-failed',
    `${program} ended with ${done.status ?? done.signal}: ${(done.stderr || done.stdout || String(done.error)).slice(-600)}`,
  );
  return done.stdout;
}

/** Gives what we wrote to the server's own user, where that is another. */
export function own(path: string): void {
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'postgres:postgres', path]);
}

const accessHere = `local all all scram-sha-256
`;

const access = `${accessHere}hostssl office all 127.0.0.1/32 scram-sha-256 clientcert=verify-full
hostssl office all ::1/128 scram-sha-256 clientcert=verify-full
hostssl replication ${replicator} 127.0.0.1/32 scram-sha-256 clientcert=verify-full
`;

/** A copy must know that it is one before it hears a branch: until then nobody comes in from outside. */
const accessTo = (folder: string): string => (isUnstartedCopy(folder) ? accessHere : access);

/** Whether the server was left with another access than the folder should have, as by a death at its start. */
function hasOtherAccess(folder: string, data: string): boolean {
  const file = join(data, 'pg_hba.conf');
  return existsSync(file) && readFileSync(file, 'utf8') !== accessTo(folder);
}

function settings(options: ClusterOptions, revocations: string): string {
  const { folder, port, isDurable = true } = options;
  const data = join(folder, 'data');
  return [
    `listen_addresses = '127.0.0.1'`,
    `port = ${port}`,
    `unix_socket_directories = '${folder}'`,
    `unix_socket_permissions = 0700`,
    `ssl = on`,
    `ssl_min_protocol_version = 'TLSv1.3'`,
    `ssl_cert_file = '${join(data, 'server.pem')}'`,
    `ssl_key_file = '${join(data, 'server.key')}'`,
    `ssl_ca_file = '${join(data, 'authority.pem')}'`,
    `ssl_crl_file = '${join(data, revocations)}'`,
    `password_encryption = 'scram-sha-256'`,
    `wal_level = replica`,
    `max_wal_senders = 5`,
    `hot_standby = on`,
    `shared_buffers = '256MB'`,
    `max_wal_size = '4GB'`,
    `checkpoint_timeout = '15min'`,
    `wal_compression = on`,
    // Pushes are short and alike: compiling their plans costs more than running them.
    `jit = off`,
    `max_connections = 300`,
    `timezone = 'UTC'`,
    `log_timezone = 'UTC'`,
    ...(isDurable ? [] : ['fsync = off', 'full_page_writes = off']),
    '',
  ].join('\n');
}

function secretOf(folder: string, name: string): string {
  const file = join(folder, `${name}.secret`);
  if (!existsSync(file))
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/** Opens head office in the folder, made there on the first call, and starts it. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { folder, port } = options;
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  chmodSync(folder, 0o711);
  const data = join(folder, 'data');
  const isNew = !existsSync(join(data, 'PG_VERSION'));
  const authorityFolder = join(folder, 'authority');
  mkdirSync(authorityFolder, { recursive: true, mode: 0o700 });
  const authority = openAuthority(authorityFolder);
  const password = secretOf(folder, 'owner');
  const replicaPassword = secretOf(folder, 'replica');
  if (isNew) initialise(folder, data, password);
  const install = (): void => {
    writeFileSync(join(data, 'pg_hba.conf'), accessTo(folder));
    writeFileSync(join(data, 'authority.pem'), authority.certificate);
    writeFileSync(join(data, 'revoked.pem'), readFileSync(authority.revocations));
    own(data);
  };
  if (isNew || endsSoon(readFileSync(join(data, 'server.pem')))) {
    const server = authority.issue('office', { hosts: ['127.0.0.1', 'localhost', '::1'] });
    writeFileSync(join(data, 'server.pem'), server.certificate);
    writeFileSync(join(data, 'server.key'), server.key, { mode: 0o600 });
  }
  writeFileSync(join(data, 'office.conf'), settings(options, 'revoked.pem'));
  const isStale = hasOtherAccess(folder, data);
  install();
  const start = (): void => control('start', data, folder);
  const wasRunning = isRunning(data);
  if (!wasRunning) start();
  else if (isStale) control('reload', data, folder);
  const administer = () => connectOwner(folder, port, password);
  if (isNew) await prepare(folder, port, { password, replicaPassword });
  // A standby that it waited for is not there after a start: whoever starts one asks for the waiting again.
  else if (!wasRunning) await waitForNobody(administer);
  const copy = (to: string, isStandby = false): void => {
    const from = originOf({ folder, port, authority, password: replicaPassword });
    const follow = isStandby ? ['-R'] : [];
    run('pg_basebackup', ['-D', to, '-d', from, ...follow, '-X', 'stream', '-c', 'fast']);
  };
  return Object.freeze({
    ...{
      folder,
      port,
      authority,
      administer,
      copy,
      start,
      wasRunning,
      isRunning: () => isRunning(data),
    },
    reload() {
      install();
      control('reload', data, folder);
    },
    startReplica: (replicaPort: number, isSynchronous: boolean) =>
      startReplica({
        folder,
        administer,
        copy,
        replicaPort,
        isSynchronous,
      }),
    stop: (how: 'fast' | 'immediate' = 'fast') => control('stop', data, folder, how),
  });
}

/** Whether the server's certificate has run out or will within a month: it gets another at the next start. */
export function endsSoon(certificate: Buffer, now = Date.now()): boolean {
  return Date.parse(new X509Certificate(certificate).validTo) < now + 30 * 86_400_000;
}

function initialise(folder: string, data: string, password: string): void {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  own(data);
  const file = join(folder, 'initial.secret');
  writeFileSync(file, password, { mode: 0o600 });
  own(file);
  // The folder holds the socket too, so the server's user must be able to write in it.
  if (process.getuid?.() === 0) execFileSync('chown', ['postgres:postgres', folder]);
  const names = ['-U', administrator, `--pwfile=${file}`, '--auth=scram-sha-256'];
  run('initdb', ['-D', data, ...names, '-E', 'UTF8', '--locale=C.UTF-8', '--data-checksums']);
  execFileSync('rm', ['-f', file]);
  const configuration = join(data, 'postgresql.conf');
  writeFileSync(configuration, `${readFileSync(configuration, 'utf8')}\ninclude 'office.conf'\n`);
}

/** Whether the server this folder names is alive. */
export function isRunning(data: string): boolean {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return false;
  try {
    process.kill(Number(readFileSync(file, 'utf8').split('\n')[0]), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Starts, ends, reloads or promotes the server of a data folder, and waits until it is done. */
export function control(
  what: 'start' | 'stop' | 'reload' | 'promote',
  data: string,
  folder: string,
  how = 'fast',
): void {
  const args = ['-D', data, '-w', '-t', String(controlSeconds), what];
  if (what === 'start') args.push('-l', join(data, 'server.log'));
  if (what === 'stop') args.push('-m', how);
  if (what === 'reload') args.splice(2, 3);
  if (what !== 'start') return void run('pg_ctl', args);
  // The server outlives pg_ctl and must not hold our pipes open.
  const [name, all] = ordinary(join(programs(), 'pg_ctl'), args);
  const done = spawnSync(name, all, { stdio: 'ignore', cwd: '/', timeout: hangMs });
  if (done.status === 0) return;
  const log = existsSync(join(data, 'server.log'))
    ? readFileSync(join(data, 'server.log'), 'utf8')
    : '';
  throw new Refusal(
    'postgres-failed',
    `Head office in ${folder} does not start: ${log.slice(-800)}`,
  );
}

async function connectOwner(
  folder: string,
  port: number,
  password: string,
  database = 'office',
): Promise<Client> {
  const client = new Client({ host: folder, port, database, user: administrator, password });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function prepare(
  folder: string,
  port: number,
  { password, replicaPassword }: { readonly password: string; readonly replicaPassword: string },
): Promise<void> {
  const client = await connectOwner(folder, port, password, 'postgres');
  await client.query('CREATE DATABASE office');
  await client.query(`CREATE ROLE ${replicator} LOGIN REPLICATION PASSWORD '${replicaPassword}'`);
  await client.query(`REVOKE ALL ON DATABASE office FROM PUBLIC`);
  await client.end();
}

async function waitForNobody(administer: () => Promise<Client>): Promise<void> {
  const client = await administer();
  await client.query('ALTER SYSTEM RESET synchronous_standby_names');
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}

interface OriginParts {
  readonly folder: string;
  readonly port: number;
  readonly authority: Authority;
  readonly password: string;
}

/** How a copy reaches its primary: by TLS 1.3, with a certificate of its own. */
function originOf({ folder, port, authority, password }: OriginParts): string {
  const place = join(folder, 'replica-keys');
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const issued = authority.issue(replicator);
  const files = {
    cert: join(place, 'replica.pem'),
    key: join(place, 'replica.key'),
    root: join(place, 'root.pem'),
  };
  writeFileSync(files.cert, issued.certificate);
  writeFileSync(files.key, issued.key, { mode: 0o600 });
  writeFileSync(files.root, authority.certificate);
  own(place);
  return [
    ...[`host=127.0.0.1`, `port=${port}`, `user=${replicator}`, `password=${password}`],
    ...[`sslmode=verify-full`, `ssl_min_protocol_version=TLSv1.3`, `application_name=standby`],
    ...[`sslcert=${files.cert}`, `sslkey=${files.key}`, `sslrootcert=${files.root}`],
  ].join(' ');
}

interface ReplicaParts {
  readonly folder: string;
  readonly administer: () => Promise<Client>;
  readonly copy: Cluster['copy'];
  readonly replicaPort: number;
  readonly isSynchronous: boolean;
}

async function startReplica(parts: ReplicaParts): Promise<Replica> {
  const { folder, replicaPort } = parts;
  const data = join(folder, `replica-${replicaPort}`);
  if (!existsSync(data)) parts.copy(data, true);
  const configuration = readFileSync(join(data, 'office.conf'), 'utf8')
    .replace(/^port = .*$/m, `port = ${replicaPort}`)
    .replaceAll(join(folder, 'data'), data);
  writeFileSync(join(data, 'office.conf'), configuration);
  own(data);
  control('start', data, folder);
  const client = await parts.administer();
  const names = parts.isSynchronous ? 'standby' : '';
  await client.query(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`);
  await client.query('SELECT pg_reload_conf()');
  await client.end();
  return Object.freeze({
    port: replicaPort,
    promote: () => control('promote', data, folder),
    stop(how: 'fast' | 'immediate' = 'fast') {
      // It may have taken the primary's place meanwhile.
      if (isRunning(data)) control('stop', data, folder, how);
    },
  });
}
