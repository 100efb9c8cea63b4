// Reads PostgreSQL's books of some branches into the pure head office's shape, so that one set of checks looks at both.
import { createOfficeState, type OfficeState } from '#station/office/protocol/office-state.ts';
import { type Allowance, accountKey, type ExceptionKind } from '#station/office/protocol/values.ts';
import type { Owner } from '../owner.ts';

type Asking = Pick<Owner, 'query'>;
type Row = Readonly<Record<string, string>>;

/** What head office knows of these branches. */
export async function readBooks(office: Asking, codes: readonly string[]): Promise<OfficeState> {
  const state = createOfficeState();
  await readLogs(office, codes, state);
  await readMoney(office, codes, state);
  await readLoans(office, codes, state);
  return state;
}

async function readLogs(office: Asking, codes: readonly string[], state: OfficeState) {
  const { rows } = await office.query<Row>(
    `SELECT branch, encode(public_key, 'hex') AS device, stopped FROM office.device WHERE branch = ANY($1)`,
    [codes],
  );
  for (const { branch = '', device = '', stopped = '' } of rows) {
    state.devices.set(branch, { branch, device, stopped, log: [], down: [] });
  }
  for (const [table, list] of [
    ['event', 'log'],
    ['down', 'down'],
  ] as const) {
    const found = await office.query<Row>(
      `SELECT d.branch, t.seq, encode(t.hash, 'hex') AS hash, t.body FROM office.${table} t
       JOIN office.device d ON d.id = t.device WHERE d.branch = ANY($1) ORDER BY t.device, t.seq`,
      [codes],
    );
    for (const { branch = '', seq, hash = '', body = '' } of found.rows) {
      state.devices.get(branch)?.[list].push({ seq: Number(seq), hash, body });
    }
  }
}

async function readMoney(office: Asking, codes: readonly string[], state: OfficeState) {
  const pools = await office.query<Row>('SELECT * FROM office.pool WHERE branch = ANY($1)', [
    codes,
  ]);
  for (const row of pools.rows) {
    const { branch = '', number = '', currency = '', shared = '', free = '', wanted = '' } = row;
    state.pools.set(accountKey({ branch, number }), {
      ...{ currency, sharedMinor: BigInt(shared), freeMinor: BigInt(free) },
      wantedMinor: BigInt(wanted),
    });
  }
  const visits = await office.query<Row>(
    `SELECT v.*, d.branch AS away FROM office.visit v JOIN office.device d ON d.id = v.device
     WHERE v.branch = ANY($1) AND NOT v.booked`,
    [codes],
  );
  for (const { away, seq, branch = '', number = '', amount = '', ...row } of visits.rows) {
    state.inTransit.set(`${away}#${seq}`, {
      ...{ account: { branch, number }, side: row.side as 'debit' | 'credit' },
      ...{ amountMinor: BigInt(amount), currency: row.currency ?? '' },
    });
  }
  const raised = await office.query<Row>(
    'SELECT * FROM office.exception WHERE branch = ANY($1) ORDER BY id',
    [codes],
  );
  for (const { id = '', branch = '', message = '', ...row } of raised.rows) {
    state.exceptions.push({
      ...{ id, branch, message, kind: row.kind as ExceptionKind, seq: Number(row.seq) },
      ...{ account: row.account ?? '', amountMinor: BigInt(row.amount ?? 0) },
      ...{ currency: row.currency ?? '', owner: 'head-office', action: row.action ?? '' },
    });
  }
}

async function readLoans(office: Asking, codes: readonly string[], state: OfficeState) {
  const held = await office.query<Row>(
    `SELECT r.*, d.branch AS away FROM office.reservation r JOIN office.device d ON d.id = r.device
     WHERE d.branch = ANY($1)`,
    [codes],
  );
  for (const { key = '', away = '', branch = '', number = '', amount = '', ...row } of held.rows) {
    state.reservations.set(key, {
      ...{ branch: away, account: { branch, number }, amountMinor: BigInt(amount) },
      currency: row.currency ?? '',
      state: row.state as 'waiting' | 'reserved' | 'confirmed' | 'released',
    });
  }
  const lent = await office.query<Row>(
    `SELECT a.*, d.branch AS away, encode(d.public_key, 'hex') AS key_hex FROM office.allowance a
     JOIN office.device d ON d.id = a.device WHERE d.branch = ANY($1)`,
    [codes],
  );
  for (const { id = '', away = '', branch = '', number = '', amount = '', ...row } of lent.rows) {
    const allowance: Allowance = {
      ...{ id, branch: away, device: row.key_hex ?? '', account: { branch, number } },
      ...{ name: row.name ?? '', till: null, amountMinor: amount },
      currency: row.currency ?? '',
      ...{ issuedAt: Number(row.issued_at), expiresAt: Number(row.expires_at) },
    };
    const known = row.state === 'wanted' ? 'open' : row.state;
    state.allowances.set(id, {
      ...{ allowance, signature: '', spentMinor: BigInt(row.spent ?? 0) },
      state: known as 'open' | 'returned' | 'written-off',
    });
  }
}
