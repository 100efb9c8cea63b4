// Turns what SQLite and the file system say into refusals a person can act on.

import { Refusal } from '#station/bank/refusal.ts';

interface Rule {
  readonly codes: RegExp;
  readonly reason: string;
  readonly sentence: (file: string) => string;
}

const rules: readonly Rule[] = [
  {
    codes: /^(SQLITE_FULL|ENOSPC|EDQUOT)$/,
    reason: 'disk-full',
    sentence: (file) =>
      `The disk under ${file} is full. Nothing of this step was recorded; make room and try again.`,
  },
  {
    codes: /^(SQLITE_CORRUPT|SQLITE_NOTADB|SQLITE_FORMAT)/,
    reason: 'database-damaged',
    sentence: (file) =>
      `The branch database ${file} is damaged: a page does not carry its seal. Stop work on it and restore it from the last good copy.`,
  },
  {
    codes: /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|EACCES|EPERM|EROFS|ENOENT|ENOTDIR)/,
    reason: 'folder-not-writable',
    sentence: (file) =>
      `The station may not write ${file} in its folder. The folder must exist and belong to the station's user.`,
  },
  {
    codes: /^(SQLITE_BUSY|SQLITE_LOCKED)/,
    reason: 'branch-in-use',
    sentence: (file) => `Another program holds the branch database ${file}. Close it there first.`,
  },
  {
    codes: /^(SQLITE_IOERR|EIO)/,
    reason: 'disk-failed',
    sentence: (file) =>
      `The disk under ${file} failed to read or write. Nothing of this step was acknowledged; check the disk before going on.`,
  },
];

/**
 * The refusal for an error of SQLite or of the file system, with the error as its cause; null when the
 * error is not the world's doing (a constraint, a mistake of ours), which the caller throws on.
 */
export function storeRefusal(error: unknown, file: string): Refusal | null {
  if (error instanceof Refusal) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return null;
  const rule = rules.find((candidate) => candidate.codes.test(code));
  if (rule === undefined) return null;
  const refusal = new Refusal(rule.reason, rule.sentence(file));
  refusal.cause = error;
  return refusal;
}

/** Runs store work; what the world does wrong comes out as a Refusal, everything else as it is. */
export function refusingStore<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw storeRefusal(error, file) ?? error;
  }
}
