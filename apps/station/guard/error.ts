// Names what a guard refuses: one error each, with its errno and, for transfers, the fine reason.

/** Fine reasons by number, as the header has them; those of 10 and more are refusals. */
export const results = {
  OK: 0,
  REPLAYED: 1,
  SOFT_LIMIT: 2,
  BAD_FIELD: 10,
  SAME_ACCOUNT: 11,
  NOT_ACTIVE: 12,
  GUARD_FROZEN: 13,
  ID_DIFFERS: 14,
  BATCH_MIXED: 15,
  NO_DEBIT: 16,
  NO_CREDIT: 17,
  NO_PENDING: 18,
  CURRENCY: 19,
  SETTLED: 20,
  EXPIRED: 21,
  ABOVE_PENDING: 22,
  DEBIT_FROZEN: 23,
  CREDIT_FROZEN: 24,
  TRANSFER_MAX: 25,
  INSUFFICIENT: 26,
  INSUFFICIENT_CREDIT: 27,
  OFFLINE_AMOUNT: 28,
  OFFLINE_COUNT: 29,
  OVERFLOW_DEBIT: 30,
  OVERFLOW_CREDIT: 31,
  TRANSFERS_FULL: 32,
  HOLDS_FULL: 33,
  NOT_PERMITTED: 34,
} as const;
export type ResultName = keyof typeof results;
export type RefusedName = Exclude<ResultName, 'OK' | 'REPLAYED' | 'SOFT_LIMIT'>;

/** errno of each fine reason. */
export const errnoOf: Readonly<Record<RefusedName, string>> = Object.freeze({
  BAD_FIELD: 'EINVAL',
  SAME_ACCOUNT: 'ELOOP',
  NOT_ACTIVE: 'ENODATA',
  GUARD_FROZEN: 'EHOSTDOWN',
  ID_DIFFERS: 'EEXIST',
  BATCH_MIXED: 'EEXIST',
  NO_DEBIT: 'ENOENT',
  NO_CREDIT: 'ENOENT',
  NO_PENDING: 'ESRCH',
  CURRENCY: 'EXDEV',
  SETTLED: 'ESTALE',
  EXPIRED: 'ETIME',
  ABOVE_PENDING: 'ERANGE',
  DEBIT_FROZEN: 'EACCES',
  CREDIT_FROZEN: 'EACCES',
  TRANSFER_MAX: 'EMSGSIZE',
  INSUFFICIENT: 'EDQUOT',
  INSUFFICIENT_CREDIT: 'EDQUOT',
  OFFLINE_AMOUNT: 'ENETDOWN',
  OFFLINE_COUNT: 'ENETDOWN',
  OVERFLOW_DEBIT: 'EOVERFLOW',
  OVERFLOW_CREDIT: 'EOVERFLOW',
  TRANSFERS_FULL: 'ENOSPC',
  HOLDS_FULL: 'ENOSPC',
  NOT_PERMITTED: 'EPERM',
});

const names: ReadonlyMap<number, string> = new Map(
  Object.entries(results).map(([name, number]) => [number, name]),
);

/** Name of a fine reason; null for a number that is none. */
export function resultName(number: number): ResultName | null {
  return (names.get(number) as ResultName | undefined) ?? null;
}

/** What a guard says no with. `code` is the errno's name, `result` the fine reason of a transfer. */
export class GuardError extends Error {
  readonly code: string;
  readonly result: RefusedName | null;
  /** Leg of the batch that was refused. */
  readonly leg: number;
  constructor(code: string, result: RefusedName | null = null, leg = 0) {
    super(`the guard refused: ${code}${result === null ? '' : ` (${result})`}`);
    this.name = 'GuardError';
    this.code = code;
    this.result = result;
    this.leg = leg;
  }
}

/** The refusal of a transfer for a fine reason. */
export function refusedFor(result: RefusedName, leg = 0): GuardError {
  return new GuardError(errnoOf[result], result, leg);
}
