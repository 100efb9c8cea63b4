// Reads one JSON line of `ledger post`: a journal, accounts to open, or a business date.
import { z } from 'zod';
import { Refusal } from '#station/bank/refusal.ts';

const accountNumber = z.string().regex(/^[A-Z0-9-]{1,34}$/);
const minor = z.string().regex(/^-?\d{1,19}$/);
const currency = z.string().regex(/^[A-Z]{3}$/);
const date = z.iso.date();

const leg = z.strictObject({
  debit: accountNumber,
  credit: accountNumber,
  amountMinor: z.string().regex(/^[1-9]\d{0,18}$/),
  currency,
  valueDate: date.optional(),
  label: z.string().max(140).optional(),
});

const journal = z.strictObject({
  kind: z.string().min(1).max(40).default('import'),
  legs: z.array(leg).min(1).max(1024),
  cash: z
    .array(
      z.strictObject({
        account: accountNumber,
        pieces: z.record(z.string().regex(/^[1-9]\d{0,11}$/), z.int()),
      }),
    )
    .optional(),
  narrative: z.string().max(140).optional(),
});

const account = z.strictObject({
  number: accountNumber,
  product: z.enum([
    ...(['checking', 'savings', 'loan', 'credit', 'vault', 'till', 'transit'] as const),
    ...(['suspense', 'fees', 'fx-position', 'nostro', 'capital', 'interest'] as const),
  ]),
  class: z.enum(['asset', 'liability', 'income', 'expense', 'equity']),
  currency,
  name: z.string().min(1).max(140),
  customer: z.null().default(null),
  cash: z.boolean().default(false),
  lowMinor: minor.nullable().default(null),
  highMinor: minor.nullable().default(null),
});

const line = z
  .strictObject({
    /** Idempotency key: a line posted twice under it is posted once. */
    key: z
      .string()
      .regex(/^[0-9a-f]{32}$/, 'is a UUID in hex without hyphens')
      .optional(),
    dateOpened: date.optional(),
    accounts: z.array(account).min(1).max(1000).optional(),
    journal: journal.optional(),
    dateClosed: date.optional(),
  })
  .refine(
    (value) => value.dateOpened ?? value.accounts ?? value.journal ?? value.dateClosed,
    'holds a journal, accounts, dateOpened or dateClosed',
  );

/** What a line may say. Without undefined, as it goes into canonical bytes. */
export type Line = DeepExact<z.output<typeof line>>;

/** zod writes `T | undefined` for what may be absent; absent is all it ever is. */
type DeepExact<T> = T extends readonly (infer Item)[]
  ? DeepExact<Item>[]
  : T extends object
    ? { [Name in keyof T]: DeepExact<Exclude<T[Name], undefined>> }
    : T;

/** Reads one line; refuses `bad-line` with the field that is wrong. */
export function readLine(text: string): Line {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal('bad-line', 'This is not JSON.');
  }
  const read = line.safeParse(value);
  if (read.success) return read.data as Line;
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new Refusal('bad-line', `${field || 'The line'}: ${issue?.message ?? 'wrong'}.`, field);
}
