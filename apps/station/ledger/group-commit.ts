// Makes work durable: whatever waits is written in one transaction, and one refused does not sink
// the rest.
import assert from 'node:assert/strict';
import type { Database } from 'better-sqlite3';
import type { LogMark, LogWriter } from './log.ts';
import { storeRefusal } from './open-failure.ts';

/** Commands in one commit, so that the first of a crowd does not wait for the last. */
const groupMax = 256;

export interface Writer {
  /** Runs the work in a durable transaction of its own, at once. What it throws undoes it. */
  write<T>(work: () => T): T;
  /** Runs the work together with whatever else waits; resolves when it is durable. */
  submit<T>(work: () => T): Promise<T>;
  /** Commits what waits. */
  close(): void;
}

export interface WriterParts {
  readonly database: Database;
  readonly log: LogWriter;
  /** Runs in the transaction, before its commit: signs the head when it is time. */
  readonly beforeCommit: () => void;
  /** Runs once the commit is durable: tells the witness. Never throws. */
  readonly afterCommit: () => void;
  /** Runs when anything was undone: forgets what was read meanwhile. */
  readonly afterUndo: () => void;
}

interface Waiting {
  work(): unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** The single writer of the branch. Work is synchronous: a promise from it is our mistake. */
export function createWriter(parts: WriterParts): Writer {
  const { database, log } = parts;
  const transaction = createTransaction(parts);
  let queue: Waiting[] = [];
  let isScheduled = false;

  function runOne<T>(work: () => T): T {
    log.start();
    try {
      const result = work();
      assert.ok(!(result instanceof Promise), 'work inside a transaction is synchronous');
      return result;
    } finally {
      log.stop();
    }
  }

  function write<T>(work: () => T): T {
    if (database.inTransaction) return work();
    return transaction.run(() => runOne(work));
  }

  /** One of a group: undone alone when it throws, unless SQLite gave up the whole transaction. */
  function runInGroup(waiting: Waiting): (() => void) | null {
    const undo = transaction.savepoint();
    try {
      const result = runOne(() => waiting.work());
      transaction.release();
      return () => waiting.resolve(result);
    } catch (error) {
      if (!database.inTransaction) throw error;
      undo();
      waiting.reject(storeRefusal(error, database.name) ?? error);
      return null;
    }
  }

  function commitGroup(group: readonly Waiting[]): void {
    const [only] = group;
    try {
      if (group.length === 1 && only) return only.resolve(write(() => only.work()));
      const settlers = transaction.run(() => group.map(runInGroup));
      for (const settle of settlers) settle?.();
    } catch (error) {
      for (const waiting of group) waiting.reject(error);
    }
  }

  function flush(): void {
    isScheduled = false;
    const group = queue.slice(0, groupMax);
    queue = queue.slice(groupMax);
    if (queue.length > 0) schedule();
    if (group.length > 0) commitGroup(group);
  }

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(flush);
  }

  return Object.freeze({
    write,
    submit<T>(work: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        queue.push({ work, resolve: resolve as (result: unknown) => void, reject });
        schedule();
      });
    },
    close() {
      while (queue.length > 0) flush();
    },
  });
}

/** BEGIN, SAVEPOINT and COMMIT with the log's own memory kept in step. */
function createTransaction({ database, log, ...parts }: WriterParts) {
  const begin = database.prepare('BEGIN IMMEDIATE').safeIntegers(false);
  const commit = database.prepare('COMMIT').safeIntegers(false);
  const rollback = database.prepare('ROLLBACK');
  const save = database.prepare('SAVEPOINT command');
  const release = database.prepare('RELEASE command');
  const undo = database.prepare('ROLLBACK TO command');

  function commitOrUndo<T>(work: () => T, mark: LogMark): T {
    try {
      begin.run();
      const result = work();
      parts.beforeCommit();
      commit.run();
      return result;
    } catch (error) {
      if (database.inTransaction) rollback.run();
      log.restore(mark);
      parts.afterUndo();
      throw storeRefusal(error, database.name) ?? error;
    }
  }

  return {
    run<T>(work: () => T): T {
      const mark = log.mark();
      const result = commitOrUndo(work, mark);
      // Durable from here on: nothing below may make it look otherwise.
      if (log.mark() !== mark) parts.afterCommit();
      return result;
    },
    savepoint(): () => void {
      const mark = log.mark();
      save.run();
      return () => {
        undo.run();
        release.run();
        log.restore(mark);
      };
    },
    release: () => release.run(),
  };
}
