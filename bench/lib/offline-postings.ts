// Puts postings into a branch nobody has open, shaped as the last ones its own teller made, for a line to catch up with.
import { randomUUID } from 'node:crypto';
import type { EventInput } from '#station/ledger/events.ts';
import { parseEvent } from '#station/ledger/log.ts';
import { openClosedBranch } from './counter-station.ts';

/** Postings of one transaction: the log is written as fast as the disk lets it. */
const batch = 500;

/**
 * Repeats the two newest postings of the branch in turn, `count` in all: a transfer there and one back leave
 * every balance as it was. The branch's day is open and nobody has it open.
 */
export async function seedPostings(folder: string, count: number): Promise<void> {
  const branch = await openClosedBranch(folder);
  const { ledger, database } = branch;
  const newest = database
    .prepare<[], { seq: bigint; body: Buffer }>(
      'SELECT seq, body FROM event ORDER BY seq DESC LIMIT 50',
    )
    .all()
    .map(({ seq, body }) => parseEvent(Number(seq), body))
    .filter(({ type }) => type === 'journal.posted')
    .slice(0, 2)
    .reverse();
  if (newest.length !== 2) throw new Error('the branch has no two postings to repeat');
  for (let done = 0; done < count; done += batch) {
    ledger.write(() => {
      for (let each = done; each < Math.min(count, done + batch); each += 1) {
        const { type, actor, digest, data } = newest[each % 2] as (typeof newest)[number];
        const result = { ...(data as { result?: object }).result, journal: ledger.moment().seq };
        const key = randomUUID().replaceAll('-', '');
        ledger.append({ type, actor, digest, key, data: { ...data, result } } as EventInput);
      }
    });
  }
  branch.close();
}
