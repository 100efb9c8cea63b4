// Binds each event or item to all before it, and finds the first that is not what was written.
import { hash } from 'node:crypto';
import { type Link, nowhere, type Position } from './values.ts';

/** SHA-256(hash before || text in UTF-8), as 64 hex digits: the same in log, database and here. */
export function linkHash(before: string, body: string | Buffer): string {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return hash('sha256', Buffer.concat([Buffer.from(before, 'hex'), bytes]), 'hex');
}

/** The next link after a position. */
export function linkTo(before: Position, body: string): Link {
  return Object.freeze({ seq: before.seq + 1, hash: linkHash(before.hash, body), body });
}

/** Number of the first link that does not follow from what lies before it, or null. */
export function firstBroken(before: Position, links: readonly Link[]): number | null {
  let at = before;
  for (const link of links) {
    if (link.seq !== at.seq + 1 || linkHash(at.hash, link.body) !== link.hash) return at.seq + 1;
    at = link;
  }
  return null;
}

/** Where a list of links ends. */
export function endOf(links: readonly Link[]): Position {
  const last = links.at(-1);
  return last ? { seq: last.seq, hash: last.hash } : nowhere;
}
