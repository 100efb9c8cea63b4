// Fetches a branch's log from head office in a thread of its own and proves it link by link on the way.
import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '#station/bank/refusal.ts';
import { linkHash } from '../protocol/chain.ts';
import { nowhere, type Position } from '../protocol/values.ts';
import type { OfficeBundle } from './bundle.ts';
import { createOfficeLine, type OfficeLine } from './calls.ts';
import { connectOffice } from './connect.ts';
import type { LogMessage, LogPage } from './log-pages.ts';

interface LogRow {
  readonly seq: string;
  readonly hash: Buffer;
  readonly body: string;
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

/** One run of bytes a page, so that a page changes threads without being copied. */
function pageOf(rows: readonly LogRow[], before: Position): { page: LogPage; end: Position } {
  const bodies = rows.map(({ body }) => Buffer.from(body));
  const lengths = Uint32Array.from(bodies, ({ length }) => length);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  const hashes = new Uint8Array(rows.length * 32);
  let at = before;
  let offset = 0;
  rows.forEach(({ seq, hash }, index) => {
    const body = bodies[index] as Buffer;
    const due = linkHash(at.hash, body);
    if (Number(seq) !== at.seq + 1 || due !== hash.toString('hex')) {
      throw new Refusal(
        'office-copy-broken',
        `Event ${at.seq + 1} of head office’s copy does not carry its hash.`,
      );
    }
    bytes.set(body, offset);
    hashes.set(hash, index * 32);
    offset += body.length;
    at = { seq: at.seq + 1, hash: due };
  });
  return { page: { first: before.seq + 1, lengths, bytes, hashes }, end: at };
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
    coming = fetch(at.seq + rows.length);
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
