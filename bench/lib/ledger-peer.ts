// The same double entry in PostgreSQL, driven by its own load program: a peer for waiting writers.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Peer {
  readonly version: string;
  /** Postings a second with so many clients at once, each commit durable, over so many seconds. */
  rate(clients: number, seconds: number): number;
  stop(): void;
}

const home = '/usr/lib/postgresql';

/** The floor's tables and one function, so that a posting is one round trip. */
const schema = (accounts: number) => `
  CREATE TABLE account (id bigint PRIMARY KEY, balance bigint NOT NULL);
  CREATE TABLE transfer (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, debit bigint NOT NULL,
    credit bigint NOT NULL, amount bigint NOT NULL, at timestamptz NOT NULL DEFAULT now());
  CREATE TABLE posting (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, transfer bigint NOT NULL,
    account bigint NOT NULL, amount bigint NOT NULL);
  INSERT INTO account SELECT id, 0 FROM generate_series(1, ${accounts}) AS id;
  -- Balances are moved in the order of their numbers, or two clients would wait for each other.
  CREATE FUNCTION post(debit bigint, credit bigint, amount bigint) RETURNS bigint LANGUAGE plpgsql AS $$
  DECLARE number bigint;
  BEGIN
    INSERT INTO transfer (debit, credit, amount) VALUES ($1, $2, $3) RETURNING id INTO number;
    INSERT INTO posting (transfer, account, amount) VALUES (number, $1, $3), (number, $2, -$3);
    UPDATE account SET balance = balance + CASE id WHEN $1 THEN $3 ELSE -$3 END
      WHERE id = least($1, $2);
    UPDATE account SET balance = balance + CASE id WHEN $1 THEN $3 ELSE -$3 END
      WHERE id = greatest($1, $2);
    RETURN number;
  END $$;
  VACUUM ANALYZE account;`;

/** Starts a cluster of its own in the folder; null where PostgreSQL is not installed. */
export function openPeer(folder: string, accounts: number): Peer | null {
  const version = existsSync(home) ? readdirSync(home).sort().at(-1) : undefined;
  if (version === undefined) return null;
  const programs = join(home, version, 'bin');
  const place = join(folder, 'postgres');
  mkdirSync(place);
  chmodSync(folder, 0o711);
  const isRoot = process.getuid?.() === 0;
  // PostgreSQL refuses to run as root: there it runs as the user Debian made for it.
  if (isRoot) execFileSync('chown', ['postgres:postgres', place]);
  const run = (program: string, args: readonly string[], input = ''): string => {
    const path = join(programs, program);
    const [name, all] = isRoot
      ? (['runuser', ['-u', 'postgres', '--', path, ...args]] as const)
      : ([path, args] as const);
    const done = spawnSync(name, all, { encoding: 'utf8', input, cwd: '/', timeout: 120_000 });
    if (done.status !== 0) throw new Error(`${program}: ${done.stderr || done.stdout}`);
    return done.stdout;
  };
  const data = join(place, 'data');
  run('initdb', ['-D', data, '-A', 'trust', '-U', 'bench', '--no-sync']);
  const settings = `-c listen_addresses= -c unix_socket_directories=${place} -c shared_buffers=256MB -c max_wal_size=4GB`;
  run('pg_ctl', ['-D', data, '-w', '-l', join(place, 'log'), '-o', settings, 'start']);
  const at = ['-h', place, '-U', 'bench'];
  run('psql', [...at, '-q', '-v', 'ON_ERROR_STOP=1', 'postgres'], schema(accounts));
  const script = join(place, 'post.sql');
  const text = `\\set debit random(1, ${accounts})\n\\set credit 1 + (:debit + random(0, ${accounts - 2})) % ${accounts}\nSELECT post(:debit, :credit, 100);\n`;
  writeFileSync(script, text, { mode: 0o644 });
  return {
    version,
    rate(clients, seconds) {
      const load = ['-c', String(clients), '-j', '2', '-T', String(seconds)];
      const given = [...at, '-n', '-M', 'prepared', '-f', script, ...load, 'postgres'];
      const found = /tps = ([\d.]+)/.exec(run('pgbench', given));
      if (!found) throw new Error('pgbench said no rate');
      return Number(found[1]);
    },
    stop: () => void run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']),
  };
}
