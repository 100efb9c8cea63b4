// Makes a branch's database again from head office's copy of its log, proven link by link on the way.
import { existsSync } from 'node:fs';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { ownProjections } from '#station/ledger/ledger.ts';
import { parseEvent } from '#station/ledger/log.ts';
import { openDatabase } from '#station/ledger/open.ts';
import { createProjector } from '#station/ledger/projection.ts';
import type { OfficeLine } from '#station/office/client/calls.ts';
import { linkHash } from '#station/office/protocol/chain.ts';
import { nowhere } from '#station/office/protocol/values.ts';
import { migrations, projections } from '#station/projections.ts';

export interface RestoreRequest {
  readonly line: Pick<OfficeLine, 'read'>;
  /** The database to be made; it must not be there. */
  readonly file: string;
  readonly key: Uint8Array;
  readonly onProgress?: (events: number) => void;
}

interface LogRow {
  readonly seq: string;
  readonly hash: Buffer;
  readonly body: string;
}

/** Events fetched at once, and committed together. */
const pageEvents = 5000;

/**
 * Fetches the log of the branch whose line this is, and makes every table of it. Returns the number of
 * events. Refuses `branch-there` where the file exists, and `office-copy-broken` at the first event
 * that does not carry its hash. Secrets (device key, passwords) are no part of any log: they come
 * from the branch's own backup, or its device is enrolled anew and its people given new passwords.
 */
export async function restoreBranch(request: RestoreRequest): Promise<number> {
  const { file, key, line, onProgress } = request;
  refuseUnless(
    !existsSync(file),
    'branch-there',
    `The file ${file} is there already: name another folder.`,
  );
  const database = openDatabase({ file, key, migrations });
  try {
    database.pragma('recursive_triggers = ON');
    const insert = database.prepare('INSERT INTO event (seq, hash, body) VALUES (?, ?, ?)');
    const project = createProjector(database, [...ownProjections, ...projections]);
    let at = nowhere;
    const take = database.transaction((rows: readonly LogRow[]) => {
      for (const { seq, hash, body } of rows) {
        const number = Number(seq);
        const due = linkHash(at.hash, body);
        if (number !== at.seq + 1 || due !== hash.toString('hex')) {
          throw new Refusal(
            'office-copy-broken',
            `Event ${number} of head office’s copy does not carry its hash.`,
          );
        }
        const bytes = Buffer.from(body);
        insert.run(BigInt(number), hash, bytes);
        project(parseEvent(number, bytes));
        at = { seq: number, hash: due };
      }
    });
    let coming = fetchPage(line, at.seq);
    for (;;) {
      const rows = await coming;
      if (rows.length === 0) return at.seq;
      // The next page travels while this one is written.
      coming = fetchPage(line, at.seq + rows.length);
      coming.catch(() => undefined);
      take(rows);
      onProgress?.(at.seq);
    }
  } finally {
    database.close();
  }
}

function fetchPage(line: RestoreRequest['line'], after: number): Promise<readonly LogRow[]> {
  return line.read<LogRow>('SELECT * FROM office.hand_out_log($1, $2)', [after, pageEvents]);
}
