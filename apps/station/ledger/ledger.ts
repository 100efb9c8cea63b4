// Puts log and ledger together: what the rooms write through and read from.
import { sign } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Chance, Clock, Head, Witness } from '#station/ports.ts';
import { type Balances, createBalances } from './balance.ts';
import {
  createCheckpoints,
  createCheckpointTimer,
  deviceKey,
  publicKeyBytes,
} from './checkpoint.ts';
import type { Companion } from './companion.ts';
import type { EventInput, StoredEvent } from './events.ts';
import { createWriter, type Writer } from './group-commit.ts';
import { createHoldReader, type HoldReader } from './hold.ts';
import { createJournals, type Journals } from './journals.ts';
import { ledgerProjection } from './ledger-projection.ts';
import {
  createLogReader,
  createLogWriter,
  type LogReader,
  type LogWriter,
  outcomeProjection,
} from './log.ts';
import { createProjector, type Projection } from './projection.ts';
import { createStatements, type StatementLine, type StatementRequest } from './statement.ts';
import { createTrialBalances, type TrialBalances } from './trial-balance.ts';

/** What may be read; a role or a tool that only reads is given no more. */
export interface LedgerReader extends LogReader, Balances, HoldReader, TrialBalances, Journals {
  statement(request: StatementRequest): readonly StatementLine[];
}

export interface Ledger extends LedgerReader, Omit<Writer, 'close'> {
  /** Number, time and business date the next event of this work will have. */
  moment(): { readonly seq: number; readonly at: number; readonly date: string | null };
  /** Records an event and everything it changes; only inside `write` or `submit`. */
  append(input: EventInput): StoredEvent;
  head(): Head;
  /** Number of the newest event under a signed checkpoint. */
  signedSeq(): number;
  /** Signs bytes with the device's key (day packs, receipts). */
  sign(bytes: Uint8Array): Buffer;
  /** The device's public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /**
   * Commits what waits and signs the head. The database stays open: it belongs to whoever opened
   * it.
   */
  close(): void;
}

export interface LedgerParts {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly witness: Witness | null;
  /** Told when the witness or a checkpoint cannot be written; absent: a warning of the process. */
  readonly report?: (where: string, error: unknown) => void;
  /** Goes along with every write: the guard's keeper. */
  readonly companion?: Companion;
  /** The rooms' own projections, run after the ledger's in this order. */
  readonly projections?: readonly Projection[];
}

/** The projections every branch has; the rooms' own come after them. */
export const ownProjections: readonly Projection[] = Object.freeze([
  outcomeProjection,
  ledgerProjection,
]);

export function createLedgerReader(database: Database): LedgerReader {
  return Object.freeze({
    ...createLogReader(database),
    ...createBalances(database),
    ...createHoldReader(database),
    ...createTrialBalances(database),
    ...createJournals(database),
    statement: createStatements(database),
  });
}

/**
 * The database is opened and migrated by `openDatabase`; there is one ledger, the single writer, to
 * a file.
 */
export function createLedger(database: Database, parts: LedgerParts): Ledger {
  const { clock, chance, witness, companion, report = warn } = parts;
  // Otherwise INSERT OR REPLACE would delete rows without asking the triggers that forbid it.
  database.pragma('recursive_triggers = ON');
  const project = createProjector(database, [...ownProjections, ...(parts.projections ?? [])]);
  const key = deviceKey(database, chance);
  const publicKey = publicKeyBytes(key);
  const log = createLogWriter(database, { clock, project, device: publicKey.toString('hex') });
  const checkpoints = createCheckpoints(database, clock, key);
  const writer = createWriter({
    database,
    log: companion ? accompanied(log, companion) : log,
    beforeCommit() {
      companion?.deciding();
      checkpoints.signWhenDue(log.mark().seq, log.head);
    },
    afterCommit() {
      const head = log.head();
      timer.committed(head);
      const quote = companion?.committed(head);
      try {
        witness?.write(quote ? { ...head, quote } : head);
      } catch (error) {
        // The commit stands, and the next one tells the witness again.
        report('witness', error);
      }
    },
    afterUndo: () => checkpoints.undo(),
  });
  const signNow = () => writer.write(() => checkpoints.signNow(log.head()));
  const timer = createCheckpointTimer({ clock, checkpoints, signNow, report });
  return Object.freeze({
    ...createLedgerReader(database),
    write: writer.write,
    submit: writer.submit,
    moment: log.moment,
    append(input: EventInput) {
      const event = log.append(input);
      companion?.appended(event, log.head().hash);
      return event;
    },
    head: log.head,
    signedSeq: checkpoints.signedSeq,
    sign: (bytes: Uint8Array) => sign(null, bytes, key),
    publicKey,
    close() {
      writer.close();
      timer.cancel();
      signNow();
    },
  });
}

/** The log whose going back is told to the companion. */
function accompanied(log: LogWriter, companion: Companion): LogWriter {
  return {
    ...log,
    restore(mark) {
      log.restore(mark);
      companion.undone(mark.seq);
    },
  };
}

function warn(where: string, error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), { detail: where });
}
