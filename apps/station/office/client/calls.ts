// The few things a workstation may ask of head office, as typed calls over one open line.
import type { Client } from 'pg';
import { Refusal } from '#station/bank/refusal.ts';
import type { Declaration } from '../protocol/rejoin.ts';
import type {
  Link,
  OfficeAccount,
  OfficeException,
  Position,
  PushRefusal,
  PushReply,
  ReserveReply,
  ReserveRequest,
} from '../protocol/values.ts';

export interface Answered {
  readonly branch: string;
  readonly received: Position;
  /** Newest item head office has for us. */
  readonly down: number;
  /** Which cluster answers, and how often its primary has changed: a lower one is an older primary. */
  readonly systemIdentifier: string;
  readonly timeline: number;
  /** Head office's clock, ms since 1970. */
  readonly officeAt: number;
  readonly officeKey: string;
  /** Whether this workstation reads what all branches do. */
  readonly readsAll: boolean;
}

export interface PushBytes {
  readonly before: Position;
  /** SHA-256 of each event, one after the other. */
  readonly hashes: Buffer;
  /** The canonical texts, one a line: canonical JSON holds no line feed. */
  readonly bodies: string;
  /** The same texts as `pack` makes them, where that is worth it: then these travel. */
  readonly packed?: Buffer | null;
  readonly sentAt: number;
  readonly signedAt: number;
  readonly signature: Buffer;
}

export interface DeclarationBytes extends Declaration {
  /** Our device's over `declarationNote`, in hex. */
  readonly signature: string;
  readonly reason: string;
}

export interface FoundAccount {
  readonly name: string;
  readonly currency: string;
  readonly product: string;
  readonly state: string;
}

export interface CardBytes {
  readonly number: string;
  readonly text: string;
  readonly pictures: string;
}

export interface FetchedCard {
  readonly body: string;
  /** JSON: pictures in base64 by their SHA-256. */
  readonly pictures: string;
}

export interface OfficeLine {
  open(device: string, at: { readonly head: number; readonly down: number }): Promise<Answered>;
  push(push: PushBytes): Promise<PushReply>;
  /** Whether head office has our newest item, and which older copy of it waits for our word; "" for none. */
  recovery(down: Position): Promise<{ readonly isFollowed: boolean; readonly copy: string }>;
  /** Number of the newest of these items that head office has too; 0 for none. */
  commonItem(items: readonly Position[]): Promise<number>;
  /** Whether head office has our word on what lies between these two, and waits for a person there. */
  isDeclared(parting: Pick<Declaration, 'back' | 'from'>): Promise<boolean>;
  /** Says what we had that an older copy of head office lacks. */
  declare(words: DeclarationBytes): Promise<void>;
  /** The word of a person there that lets us go on; null until it is given. */
  admission(): Promise<{
    readonly back: string;
    readonly from: string;
    readonly signature: string;
  } | null>;
  /** Whether head office opens packed pushes. */
  opensPacked(): Promise<boolean>;
  pull(after: Position, most: number): Promise<readonly Link[]>;
  reserve(request: Omit<ReserveRequest, 'branch'>): Promise<ReserveReply>;
  askAllowance(request: AllowanceRequest): Promise<{
    readonly kind: 'granted' | 'waiting';
    readonly id: string | null;
    readonly freeMinor: bigint;
  }>;
  findAccount(account: OfficeAccount): Promise<FoundAccount | null>;
  /** Brings the card an event of ours has named; false where head office waits for another. */
  putCard(card: CardBytes): Promise<boolean>;
  /** The card of an account that visits us; null where there is none, or not yet. */
  fetchCard(account: OfficeAccount): Promise<FetchedCard | null>;
  exceptions(): Promise<readonly OfficeException[]>;
  /** Rows of one of the views for readers, or a statement of ours over them. */
  read<T>(sql: string, values?: readonly unknown[]): Promise<readonly T[]>;
  close(): Promise<void>;
}

export interface AllowanceRequest {
  readonly key: string;
  readonly account: OfficeAccount;
  readonly till: number | null;
  readonly amountMinor: bigint;
  readonly lifeMs: number;
}

/** Calls over an open connection. What the database says no to becomes a Refusal with its word. */
export function createOfficeLine(client: Client): OfficeLine {
  const rows = async <T>(sql: string, values: readonly unknown[] = []): Promise<readonly T[]> => {
    try {
      return (await client.query(sql, [...values])).rows as T[];
    } catch (error) {
      throw callRefusal(error);
    }
  };
  const one = async <T>(sql: string, values: readonly unknown[]): Promise<T> => {
    const [row] = await rows<T>(sql, values);
    if (row === undefined) throw new Refusal('office-silent', 'Head office gave no answer.');
    return row;
  };
  return Object.freeze({
    open: (device: string, at: { readonly head: number; readonly down: number }) =>
      open(one, device, at),
    push: (push: PushBytes) => sendPush(one, push),
    ...rejoinCalls(one, rows),
    async opensPacked() {
      return (await one<{ opens: boolean }>('SELECT office.opens_packed() AS opens', [])).opens;
    },
    async pull(after: Position, most: number) {
      const items = await rows<{ seq: string; hash: Buffer; body: string }>(
        {
          name: 'pull',
          text: 'SELECT * FROM office.hand_out_events($1, $2, $3)',
        } as unknown as string,
        [after.seq, Buffer.from(after.hash, 'hex'), most],
      );
      return items.map(({ seq, hash, body }) => ({
        seq: Number(seq),
        hash: hash.toString('hex'),
        body,
      }));
    },
    reserve: (request: Omit<ReserveRequest, 'branch'>) => sendReserve(one, request),
    async askAllowance({ key, account, till, amountMinor, lifeMs }: AllowanceRequest) {
      const row = await one<{
        kind: 'granted' | 'waiting';
        id: string | null;
        free_minor: string | null;
      }>('SELECT * FROM office.ask_allowance($1, $2, $3, $4, $5, $6)', [
        key,
        account.branch,
        account.number,
        till,
        String(amountMinor),
        lifeMs,
      ]);
      return { kind: row.kind, id: row.id, freeMinor: BigInt(row.free_minor ?? '0') };
    },
    async findAccount({ branch, number }: OfficeAccount) {
      const [found] = await rows<FoundAccount>('SELECT * FROM office.find_account($1, $2)', [
        branch,
        number,
      ]);
      return found ?? null;
    },
    async putCard({ number, text, pictures }: CardBytes) {
      const sql = 'SELECT office.put_card($1, $2, $3) AS taken';
      return (await one<{ taken: boolean }>(sql, [number, text, pictures])).taken;
    },
    async fetchCard({ branch, number }: OfficeAccount) {
      const sql = 'SELECT * FROM office.hand_out_card($1, $2)';
      const [found] = await rows<FetchedCard>(sql, [branch, number]);
      return found ?? null;
    },
    async exceptions() {
      const found = await rows<ExceptionRow>('SELECT * FROM office.own_exceptions()');
      return found.map(exceptionOf);
    },
    read: rows,
    close: () => client.end(),
  });
}

type Rows = <T>(sql: string, values?: readonly unknown[]) => Promise<readonly T[]>;

function rejoinCalls(one: One, rows: Rows) {
  return {
    async recovery({ seq, hash }: Position) {
      const sql = 'SELECT * FROM office.recovery_question($1, $2)';
      const values = [seq, Buffer.from(hash, 'hex')];
      const row = await one<{ is_followed: boolean; copy: string }>(sql, values);
      return { isFollowed: row.is_followed, copy: row.copy };
    },
    async commonItem(items: readonly Position[]) {
      const hashes = Buffer.from(items.map(({ hash }) => hash).join(''), 'hex');
      const sql = 'SELECT office.common_item($1, $2) AS seq';
      return Number((await one<{ seq: string }>(sql, [items.map(({ seq }) => seq), hashes])).seq);
    },
    async isDeclared({ back, from }: Pick<Declaration, 'back' | 'from'>) {
      const sql = 'SELECT office.is_declared($1, $2) AS is';
      return (await one<{ is: boolean }>(sql, [back.hash, from.hash])).is;
    },
    async declare({ back, from, items, signature, reason }: DeclarationBytes) {
      await one('SELECT office.declare_items($1, $2, $3, $4, $5, $6, $7)', [
        ...[back.seq, back.hash, from.seq, from.hash, JSON.stringify(items), signature, reason],
      ]);
    },
    async admission() {
      const [row] = await rows<{ back_hash: string; from_hash: string; admission: string }>(
        'SELECT * FROM office.own_admission()',
      );
      return row ? { back: row.back_hash, from: row.from_hash, signature: row.admission } : null;
    },
  };
}

type One = <T>(sql: string, values: readonly unknown[]) => Promise<T>;

interface OpenRow {
  readonly branch: string;
  readonly received_seq: string;
  readonly received_hash: Buffer;
  readonly down_seq: string;
  readonly system_identifier: string;
  readonly timeline: number;
  readonly now_at: string;
  readonly office_public_key: Buffer;
  readonly reads_all: boolean;
}

async function open(
  one: One,
  device: string,
  at: { readonly head: number; readonly down: number },
): Promise<Answered> {
  const row = await one<OpenRow>('SELECT * FROM office.open_line($1, $2, $3)', [
    ...[Buffer.from(device, 'hex'), at.head, at.down],
  ]);
  if (row.branch === '') {
    throw new Refusal('device-foreign', 'Head office knows this branch by another device’s key.');
  }
  return {
    ...{ branch: row.branch, down: Number(row.down_seq), timeline: row.timeline },
    received: { seq: Number(row.received_seq), hash: row.received_hash.toString('hex') },
    ...{ systemIdentifier: row.system_identifier, officeAt: Number(row.now_at) },
    ...{ officeKey: row.office_public_key.toString('hex'), readsAll: row.reads_all },
  };
}

interface PushRow {
  readonly kind: PushReply['kind'];
  readonly received_seq: string;
  readonly received_hash: Buffer;
  readonly fresh: number;
  readonly down_seq: string;
  readonly reason: string | null;
  readonly message: string | null;
}

/** Prepared once a connection: the statement is planned once and its text is not sent again. */
const pushStatement = {
  name: 'push',
  text: 'SELECT * FROM office.accept_events($1, $2, $3, $4, $5, $6, $7)',
} as unknown as string;

const packedStatement = {
  name: 'packed',
  text: 'SELECT * FROM office.accept_packed($1, $2, $3, $4, $5, $6, $7)',
} as unknown as string;

async function sendPush(one: One, push: PushBytes): Promise<PushReply> {
  const { before, hashes, bodies, packed, sentAt, signedAt, signature } = push;
  const row = await one<PushRow>(packed ? packedStatement : pushStatement, [
    ...[before.seq, Buffer.from(before.hash, 'hex'), hashes, packed ?? bodies],
    ...[sentAt, signedAt, signature],
  ]);
  if (row.kind === 'refused') {
    return { kind: 'refused', reason: row.reason as PushRefusal, message: row.message ?? '' };
  }
  const received = { seq: Number(row.received_seq), hash: row.received_hash.toString('hex') };
  if (row.kind === 'gap') return { kind: 'gap', received };
  return { kind: 'accepted', received, fresh: row.fresh, down: Number(row.down_seq) };
}

async function sendReserve(
  one: One,
  request: Omit<ReserveRequest, 'branch'>,
): Promise<ReserveReply> {
  const { key, account, amountMinor, currency } = request;
  const row = await one<{
    kind: ReserveReply['kind'];
    reason: string;
    message: string;
    free_minor: string | null;
  }>('SELECT * FROM office.reserve($1, $2, $3, $4, $5)', [
    key,
    account.branch,
    account.number,
    String(amountMinor),
    currency,
  ]);
  if (row.kind === 'reserved') return { kind: 'reserved' };
  if (row.kind === 'waiting') return { kind: 'waiting', freeMinor: BigInt(row.free_minor ?? '0') };
  return { kind: 'declined', reason: row.reason, message: row.message };
}

interface ExceptionRow {
  readonly id: string;
  readonly kind: OfficeException['kind'];
  readonly branch: string;
  readonly seq: string;
  readonly account: string;
  readonly amount: string;
  readonly currency: string;
  readonly message: string;
  readonly owner: OfficeException['owner'];
  readonly action: string;
}

export function exceptionOf(row: ExceptionRow): OfficeException {
  const { id, kind, branch, account, currency, message, owner, action } = row;
  return {
    ...{ id, kind, branch, account, currency, message, owner, action },
    ...{ seq: Number(row.seq), amountMinor: BigInt(row.amount) },
  };
}

/** Words head office's functions refuse with; anything else is the line's own trouble. */
const words =
  /^(device-unknown|office-forked|office-is-replica|branch-unknown|account-unknown|account-not-open|office-recovering|declaration-too-large|life-too-long|amount-not-positive)$/;

function callRefusal(error: unknown): unknown {
  const { message = '', code = '' } = error as { message?: string; code?: string };
  if (words.test(message)) return new Refusal(message, `Head office refuses: ${message}.`);
  if (code === '42501')
    return new Refusal('office-forbidden', 'This workstation may not ask that of head office.');
  const refusal = new Refusal('office-unreachable', `Head office did not answer: ${message}`);
  refusal.cause = error;
  return refusal;
}
