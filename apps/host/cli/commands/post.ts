// Posts journals from a file of JSON lines, all or none: `qenex ledger post FILE`.
import { readFileSync } from 'node:fs';
import { Refusal } from '#station/bank/refusal.ts';
import { canonicalText, sha256Hex } from '#station/ledger/canonical.ts';
import type { AccountData, JournalData } from '#station/ledger/events.ts';
import type { Ledger } from '#station/ledger/ledger.ts';
import type { Command, Context, Outcome } from '../command.ts';
import { type Line, readLine } from '../line.ts';

/** Ids are ours; the file names accounts by number. */
function idOf(ledger: Ledger, number: string): number {
  const account = ledger.accountByNumber(number);
  if (account) return account.id;
  throw new Refusal('account-unknown', `There is no account ${number}.`);
}

function journalOf(
  ledger: Ledger,
  { legs, cash, ...rest }: NonNullable<Line['journal']>,
): JournalData {
  return {
    ...rest,
    legs: legs.map((leg) => ({
      ...leg,
      debit: idOf(ledger, leg.debit),
      credit: idOf(ledger, leg.credit),
    })),
    ...(cash && {
      cash: cash.map(({ account, pieces }) => ({ account: idOf(ledger, account), pieces })),
    }),
  };
}

function accountsOf(ledger: Ledger, accounts: NonNullable<Line['accounts']>): AccountData[] {
  const first = ledger.nextAccountId();
  return accounts.map((account, index) => ({ ...account, id: first + index }));
}

/** Appends what a line says; false when its key was posted before with the same content. */
function append(ledger: Ledger, line: Line): boolean {
  const { key = '', accounts, journal, ...dates } = line;
  const digest = key === '' ? '' : sha256Hex(canonicalText({ input: line, name: 'ledger.post' }));
  const known = key === '' ? null : ledger.find(key);
  if (known && known.digest !== digest) {
    throw new Refusal('key-reused', `The key ${key} stands for other content already.`, 'key');
  }
  if (known) return false;
  ledger.append({
    type: journal ? 'journal.posted' : accounts ? 'accounts.opened' : 'day.changed',
    actor: 'system',
    key,
    digest,
    data: {
      ...dates,
      ...(accounts && { accounts: accountsOf(ledger, accounts) }),
      ...(journal && { journal: journalOf(ledger, journal) }),
    },
  });
  return true;
}

/** Adds the line's number to a refusal, for whoever mends the file. */
function atLine<T>(number: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.reason, `Line ${number}: ${error.message}`, error.field);
  }
}

function readLines(file: string): readonly (readonly [number, Line])[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Refusal('bad-usage', `The file ${file} cannot be read (${code}).`, 'file');
  }
  return text
    .split('\n')
    .map((line, index) => [index + 1, line] as const)
    .filter(([, line]) => line.trim() !== '')
    .map(([number, line]) => [number, atLine(number, () => readLine(line))]);
}

async function run({ work, values }: Context): Promise<Outcome> {
  const lines = readLines(values[0] ?? '');
  return work(
    ({ ledger }) => {
      const isNew = ledger.write(() =>
        lines.map(([number, line]) => atLine(number, () => append(ledger, line))),
      );
      const posted = isNew.filter(Boolean).length;
      const repeated = lines.length - posted;
      const head = ledger.head().seq;
      const again = repeated > 0 ? ` ${repeated} had been posted before.` : '';
      return {
        ok: true,
        json: { ok: true, posted, repeated, head },
        text: `Posted ${posted} of ${lines.length} lines; the log's head is ${head}.${again}`,
      };
    },
    { make: true },
  );
}

export const ledgerPost: Command = Object.freeze({
  words: 'ledger post',
  parameters: ['FILE'],
  summary: 'posts journals from JSON lines, all or none',
  run,
});
