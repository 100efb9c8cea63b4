// Proves head office's books from what the branches signed, and from nothing else that stands in the database.
import { verify } from 'node:crypto';
import { checkpointNote, publicKeyOf } from '#station/ledger/checkpoint.ts';
import { firstBroken } from '#station/office/protocol/chain.ts';
import {
  accountKey,
  type BookedPart,
  type Link,
  nowhere,
  type OfficePart,
  type Position,
  type VisitPart,
} from '#station/office/protocol/values.ts';
import type { Owner } from './owner.ts';

type Query = Owner['query'];

export interface Proof {
  /** Logs looked through, events in them, visits booked by keeping branches. */
  readonly logs: number;
  readonly events: number;
  readonly visits: number;
  /** What does not hold, each in a sentence; empty, or somebody has written here who should not. */
  readonly wrong: readonly string[];
}

interface DeviceRow {
  readonly id: number;
  readonly branch: string;
  readonly key: Buffer | null;
  readonly seq: string;
  readonly hash: Buffer;
}

interface PushRow {
  readonly last_seq: string;
  readonly first_seq: string;
  readonly signed_at: string;
  readonly signature: Buffer;
  readonly hashes: Buffer;
  readonly bodies: string;
}

interface Booked {
  readonly home: string;
  readonly seq: number;
  readonly part: BookedPart;
  readonly amountMinor: bigint;
}

/** What the signed logs say of visits, from both sides. */
interface Visits {
  readonly made: Map<string, VisitPart>;
  readonly booked: Booked[];
}

/** Pushes read at a time. */
const pageMost = 64;

/**
 * Goes through every branch's log from its first event: each bound to the one before it, the newest signed by
 * the branch's device, the position head office claims the one the texts lead to; and whatever a branch booked
 * for another stands in that other one's log, once, of the same account and amount. Who can write the database
 * and has no device's key cannot make up a visit that this does not find.
 */
export async function proveLogs(query: Query): Promise<Proof> {
  const { rows } = await query<DeviceRow>(
    `SELECT id, branch, public_key AS key, received_seq AS seq, received_hash AS hash
     FROM office.device ORDER BY branch`,
  );
  const wrong: string[] = [];
  const visits: Visits = { made: new Map(), booked: [] };
  let events = 0;
  for (const device of rows) {
    events += await proveLog(query, device, { wrong, visits });
  }
  wrong.push(...wrongVisits(visits));
  return { logs: rows.length, events, visits: visits.booked.length, wrong };
}

interface Found {
  readonly wrong: string[];
  readonly visits: Visits;
}

async function proveLog(query: Query, device: DeviceRow, found: Found): Promise<number> {
  const { branch } = device;
  let at: Position = nowhere;
  let last: PushRow | undefined;
  for (;;) {
    const { rows } = await query<PushRow>(
      `SELECT last_seq, first_seq, signed_at, signature, hashes, bodies FROM office.push
       WHERE device = $1 AND last_seq > $2 ORDER BY last_seq LIMIT $3`,
      [device.id, at.seq, pageMost],
    );
    for (const row of rows) {
      const links = linksOf(row);
      const broken = firstBroken(at, links);
      if (broken !== null) {
        found.wrong.push(
          `Event ${broken} of branch ${branch} does not follow from the one before it.`,
        );
        return at.seq;
      }
      for (const link of links) note(branch, link, found.visits);
      at = links.at(-1) ?? at;
      last = row;
    }
    if (rows.length === 0) break;
  }
  if (
    at.seq !== Number(device.seq) ||
    at.hash !== (at.seq === 0 ? nowhere.hash : device.hash.toString('hex'))
  ) {
    found.wrong.push(
      `Head office claims event ${device.seq} of branch ${branch}; its texts lead to ${at.seq}.`,
    );
  }
  if (last && !isSigned(device, at, last)) {
    found.wrong.push(
      `The log of branch ${branch} up to event ${at.seq} is not signed by its device.`,
    );
  }
  return at.seq;
}

function linksOf({ first_seq: first, hashes, bodies }: PushRow): readonly Link[] {
  return bodies.split('\n').map((body, index) => ({
    seq: Number(first) + index,
    hash: hashes.subarray(index * 32, index * 32 + 32).toString('hex'),
    body,
  }));
}

function isSigned({ key }: DeviceRow, { seq, hash }: Position, push: PushRow): boolean {
  if (key === null || push.signature.length !== 64) return false;
  const head = checkpointNote({ seq, hash: Buffer.from(hash, 'hex') }, Number(push.signed_at));
  return verify(null, head, publicKeyOf(key), push.signature);
}

interface EventText {
  readonly data: {
    readonly office?: OfficePart;
    readonly journal?: { readonly legs: readonly { readonly amountMinor: string }[] };
  };
}

/** Remembers what a branch says of visits; nearly no event does. */
function note(branch: string, { body, seq }: Link, visits: Visits): void {
  if (!body.includes('"office":{')) return;
  const { data } = JSON.parse(body) as EventText;
  if (data.office?.kind === 'visit') visits.made.set(`${branch}#${seq}`, data.office);
  if (data.office?.kind !== 'booked') return;
  const legs = data.journal?.legs ?? [];
  const amountMinor = legs.reduce((sum, leg) => sum + BigInt(leg.amountMinor), 0n);
  visits.booked.push({ home: branch, seq, part: data.office, amountMinor });
}

function wrongVisits({ made, booked }: Visits): readonly string[] {
  const once = new Set<string>();
  return booked.flatMap(({ home, seq, part, amountMinor }) => {
    const key = `${part.branch}#${part.seq}`;
    const what = `Branch ${home} booked visit ${part.seq} of branch ${part.branch} (event ${seq})`;
    const visit = made.get(key);
    if (!visit) return [`${what}, which that branch's log does not hold.`];
    if (once.has(key)) return [`${what} a second time.`];
    once.add(key);
    const isSame =
      accountKey(visit.account) === accountKey(part.account) &&
      visit.account.branch === home &&
      BigInt(visit.amountMinor) === amountMinor;
    if (isSame) return [];
    return [
      `${what} as ${amountMinor} on ${accountKey(part.account)}; that branch's log says ` +
        `${visit.amountMinor} on ${accountKey(visit.account)}.`,
    ];
  });
}
