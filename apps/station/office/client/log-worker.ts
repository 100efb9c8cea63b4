// Fetches a branch's log from head office in a thread of its own and proves it link by link on the way.
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '#station/bank/refusal.ts';
import { linkHash } from '../protocol/chain.ts';
import { nowhere, type Position } from '../protocol/values.ts';
import type { OfficeBundle } from './bundle.ts';
import { createOfficeLine, type OfficeLine } from './calls.ts';
import { connectOffice } from './connect.ts';
import type { LogMessage, LogPage } from './log-pages.ts';

/** What one push brought: the number of its first event, all hashes in one run, the texts one a line. */
interface LogRow {
  readonly first_seq: string;
  readonly hashes: Buffer;
  readonly bodies: string;
}

const { bundle, pageEvents } = workerData as {
  readonly bundle: OfficeBundle;
  readonly pageEvents: number;
};
const deadlineMs = 60_000;
/** Pages that may be under way before the other side has taken one. */
let credits = 2;
let wake: () => void = () => undefined;
parentPort?.on('message', () => {
  credits += 1;
  wake();
});

async function anyLine(): Promise<OfficeLine> {
  let last: unknown = null;
  for (const address of bundle.addresses) {
    try {
      return createOfficeLine(await connectOffice({ bundle, address, deadlineMs }));
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

const lineFeed = 0x0a;

/** Where each line of the texts ends, in bytes; canonical JSON holds no line feed. */
function endsOf(bytes: Buffer): readonly number[] {
  const ends: number[] = [];
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1))
    ends.push(at);
  return [...ends, bytes.length];
}

/** One run of bytes a page, so that a page changes threads without being copied. */
function pageOf(rows: readonly LogRow[], before: Position): { page: LogPage; end: Position } {
  const pushes = rows.map(({ first_seq: first, hashes, bodies }) => {
    const texts = Buffer.from(bodies);
    return { first: Number(first), hashes, texts, ends: endsOf(texts) };
  });
  const total = pushes.reduce((sum, { ends }) => sum + ends.length, 0);
  const lengths = new Uint32Array(total);
  // Line feeds do not travel on.
  const bytes = new Uint8Array(
    pushes.reduce((sum, { texts, ends }) => sum + texts.length + 1 - ends.length, 0),
  );
  const hashes = new Uint8Array(total * 32);
  let at = before;
  let offset = 0;
  for (const push of pushes) {
    let from = 0;
    for (const [index, end] of push.ends.entries()) {
      const body = push.texts.subarray(from, end);
      const hash = push.hashes.subarray(index * 32, index * 32 + 32);
      const due = linkHash(at.hash, body);
      if (push.first + index !== at.seq + 1 || due !== hash.toString('hex'))
        throw broken(at.seq + 1);
      const place = at.seq - before.seq;
      lengths[place] = body.length;
      bytes.set(body, offset);
      hashes.set(hash, place * 32);
      offset += body.length;
      from = end + 1;
      at = { seq: at.seq + 1, hash: due };
    }
  }
  return { page: { first: before.seq + 1, lengths, bytes, hashes }, end: at };
}

function broken(seq: number): Refusal {
  return new Refusal(
    'office-copy-broken',
    `Event ${seq} of head office’s copy does not carry its hash.`,
  );
}

/** Number of the last event of a page. */
function lastOf(rows: readonly LogRow[]): number {
  const last = rows.at(-1);
  return last ? Number(last.first_seq) + last.hashes.length / 32 - 1 : 0;
}

async function fetchAll(): Promise<void> {
  const line = await anyLine();
  const fetch = (after: number) =>
    line.read<LogRow>('SELECT * FROM office.hand_out_log($1, $2)', [after, pageEvents]);
  let at = nowhere;
  let coming = fetch(0);
  for (;;) {
    const rows = await coming;
    if (rows.length === 0) break;
    // The next page travels while this one is proven.
    coming = fetch(lastOf(rows));
    coming.catch(() => undefined);
    const { page, end } = pageOf(rows, at);
    at = end;
    while (credits === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    credits -= 1;
    const { lengths, bytes, hashes } = page;
    tell({ kind: 'page', page }, [lengths.buffer, bytes.buffer, hashes.buffer]);
  }
  tell({ kind: 'end', head: at });
  await line.close();
}

function tell(message: LogMessage, transfer: ArrayBufferLike[] = []): void {
  parentPort?.postMessage(message, transfer as ArrayBuffer[]);
}

fetchAll().then(
  () => parentPort?.close(),
  (error: Error) => {
    const reason = error instanceof Refusal ? error.reason : 'office-unreachable';
    tell({ kind: 'failed', reason, message: error.message });
    parentPort?.close();
  },
);
