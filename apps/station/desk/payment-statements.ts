// Takes statements that arrive in the gateway's inbox into the reconciliation list, each for the account it is of.
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { Account } from '#station/ledger/balance.ts';
import type { BankStatementReads } from '#station/ledger/projections/bank-statement.ts';
import type { InboxData } from '#station/ledger/projections/payment-data.ts';
import { type BankStatement, readBankStatements } from '#station/payments/statement/read.ts';
import type { Counter } from './counter.ts';
import type { FollowingEvent } from './desk.ts';
import { createReconciling, type Reconciling, statementData } from './reconcile.ts';

const headBytes = 4_096;
/** A statement of 5,000 entries is well below this; a longer one would hold up the desk. */
const bytesMax = 16 * 1024 * 1024;

/** Whether a file is a statement, by what stands at its beginning. */
export function isStatementFile(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, headBytes));
  const text = head.toString('latin1');
  if (text.includes('xsd:camt.053.001.')) return true;
  const start = text.replace(/^\u00EF\u00BB\u00BF/, '').trimStart();
  if (start.startsWith('{1:')) return /\{2:[IO]9(?:40|50)/.test(start);
  // Without an envelope, as banks' portals hand MT940 out: the reference first, a balance soon after.
  return /^:20:/.test(start) && /^:60[FM]:/m.test(start);
}

const plain = (name: string): string => name.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase();

/**
 * Our account a statement is of: the one the settings name for the bank's name of it, else the one whose
 * last statement bore that name, else the only one in its currency. Refuses where none is sure.
 */
function accountOf(parts: Reconciling, statement: BankStatement): Account {
  const { account: theirs, currency } = statement;
  const named = parts.counter.payments
    .settings()
    ?.statementAccounts.find((each) => plain(each.theirs) === plain(theirs));
  const own = parts.nostros().filter((each) => each.currency === currency);
  const before = own.filter(({ id }) => {
    const latest = parts.statements.latest(id);
    return latest !== null && plain(latest.theirs) === plain(theirs);
  });
  const set = named ? own.filter(({ number }) => number === named.account) : [];
  const [found, second] = [set, before, own].find(({ length }) => length > 0) ?? [];
  if (found && !second) return found;
  const choice = own.map(({ number }) => number).join(' or ') || `no account in ${currency}`;
  throw new Refusal(
    'statement-account',
    `Nothing says which account ${theirs || 'without a name'} is here (${choice}): take its first statement in by hand (rec), or name it in the payment settings.`,
  );
}

/** One account a file: two would need two events, and a refusal of one would undo the other. */
function onlyAccount(parts: Reconciling, read: readonly BankStatement[]): Account {
  const accounts = read.map((statement) => accountOf(parts, statement));
  const [first] = accounts;
  refuseUnless(first, 'statement-empty', 'The file holds no statement.');
  const isOne = accounts.every(({ id }) => id === first.id);
  refuseUnless(isOne, 'statement-accounts', 'The file holds statements of two accounts: split it.');
  return first;
}

const numberMax = 200;

/** The event of a statement file; refuses what cannot be read, is known, or is of no sure account. */
export function statementEvent(
  counter: Counter,
  statements: BankStatementReads,
  file: { readonly name: string; readonly digest: string; readonly bytes: Uint8Array },
): FollowingEvent {
  const { name, digest, bytes } = file;
  const fits = bytes.length <= bytesMax;
  const long = `The statement has ${bytes.length} bytes; ${bytesMax} at most: ask for a shorter period.`;
  refuseUnless(fits, 'statement-too-long', long);
  const parts = createReconciling(counter, statements);
  const read = readBankStatements(bytes, counter.ledger.moment().date ?? '');
  const account = onlyAccount(parts, read);
  const { data, notes } = statementData(parts, account, { name, read });
  const number = read.map(({ identification, closingOn }) => `${identification} ${closingOn}`);
  const inbox: InboxData = {
    ...{ file: name, digest, type: 'statement', reason: '', message: notes.join(' ') },
    messageId: number.join(', ').slice(0, numberMax),
    sender: account.number,
  };
  return { type: 'statement.imported', data: { ...data, inbox } };
}
