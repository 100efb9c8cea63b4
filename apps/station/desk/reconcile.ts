// Handles reconciling: statements taken in, lines matched by rule or by a supervisor, and what stays open.
import type { Output } from '#contract/index.ts';
import { formatMoney } from '#contract/money.ts';
import { matchLines, type OwnLine } from '#station/bank/reconcile.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { Account } from '#station/ledger/balance.ts';
import { journalOf } from '#station/ledger/events.ts';
import type {
  BankLineRow,
  BankStatementData,
  BankStatementReads,
} from '#station/ledger/projections/bank-statement.ts';
import type { StatementLine } from '#station/ledger/statement.ts';
import { type BankStatement, readBankStatements } from '#station/payments/statement/read.ts';
import type { Counter } from './counter.ts';
import type { Handlers, KeyedHandler } from './desk.ts';

type ReconcileHandlers = Pick<Handlers, Extract<keyof Handlers, `reconcile.${string}`>>;

export interface Reconciling {
  readonly counter: Counter;
  readonly statements: BankStatementReads;
  /** Every account of the bank with another bank. */
  readonly nostros: () => readonly Account[];
  /** References our own journal is known by on the networks. */
  readonly referencesOf: (journal: number) => readonly string[];
}

/** Lines of each side that a list holds, and our lines that are looked at. */
const listMax = 500;
const ownMax = 5_000;

/** The bank's accounts with others in every currency the branch keeps. */
function nostrosOf({ people, ledger }: Counter): readonly Account[] {
  const numbers = (people.branch()?.currencies ?? []).flatMap((currency) => [
    `SETTLEMENT${currency}`,
    `NOSTRO${currency}`,
  ]);
  return numbers.flatMap((number) => ledger.accountByNumber(number) ?? []);
}

interface Named {
  readonly messageId: string;
  readonly uetr: string;
  readonly endToEndId: string;
  readonly transactionId: string;
}

/** By what the networks know a journal: the identifications of the payments it is about. */
function referencesOf({ ledger, payments }: Counter, journal: number): readonly string[] {
  const data = ledger.event(journal)?.data ?? {};
  const own = (data.payments ?? []) as unknown as readonly Named[];
  const lives = (data.life ?? []) as unknown as readonly { readonly payment: number }[];
  const told = lives.flatMap(({ payment }) => payments.payment(payment) ?? []);
  const named = [...own, ...told].flatMap(({ messageId, uetr, endToEndId, transactionId }) => [
    ...[endToEndId, uetr, transactionId, messageId],
  ]);
  return [...new Set(named)].filter((reference) => reference.length > 2);
}

/** What reconciling works with, by hand or by the gateway. */
export function createReconciling(counter: Counter, statements: BankStatementReads): Reconciling {
  return {
    ...{ counter, statements },
    nostros: () => nostrosOf(counter),
    referencesOf: (journal) => referencesOf(counter, journal),
  };
}

/** `statements` are what was taken in; everything else is the counter's. */
export function reconcileHandlers(
  counter: Counter,
  statements: BankStatementReads,
): ReconcileHandlers {
  const parts = createReconciling(counter, statements);
  return Object.freeze({
    'reconcile.accounts': () => ({
      accounts: parts.nostros().map(({ id, number, name, currency }) => ({
        ...{ number, name, currency, openCount: parts.statements.openCount(id) },
        closingOn: parts.statements.latest(id)?.closingOn ?? null,
      })),
    }),
    'reconcile.list': ({ account }) => listOf(parts, accountOf(parts, account)),
    'reconcile.import': importHandler(parts),
    'reconcile.match': matchHandler(parts),
    'reconcile.unmatch': unmatchHandler(parts),
  });
}

function accountOf(parts: Reconciling, number: string): Account {
  const account = parts.nostros().find((each) => each.number === number);
  refuseUnless(
    account,
    'no-nostro',
    `${number} is not an account of ours with another bank: choose one from the list.`,
    'account',
  );
  return account;
}

/** Our lines no statement has shown, newest first. */
function openOwn(parts: Reconciling, account: Account): readonly StatementLine[] {
  const lines = parts.counter.ledger.statement({ account: account.id, count: ownMax });
  return lines.filter(({ leg }) => parts.statements.ofLeg(account.id, leg) === null);
}

function ownLines(parts: Reconciling, lines: readonly StatementLine[]): readonly OwnLine[] {
  return lines.map(({ leg, journal, valueDate, amountMinor }) => ({
    ...{ leg, valueDate, amountMinor },
    references: parts.referencesOf(journal),
  }));
}

/** Numbers a row of the open entries for the rule, which knows one statement only. */
function numbered(open: readonly BankLineRow[]) {
  return open.map(({ valueDate, amountMinor, references, text }, index) => ({
    ...{ position: index + 1, valueDate, amountMinor, references, text },
  }));
}

const keyOf = ({ seq, statement, position }: BankLineRow) => ({ seq, statement, position });

function listOf(parts: Reconciling, account: Account): Output<'reconcile.list'> {
  const { statements, counter } = parts;
  const own = openOwn(parts, account);
  const open = statements.open(account.id, listMax);
  const matches = matchLines(ownLines(parts, own), numbered(open));
  const latest = statements.latest(account.id);
  const { number, name, currency } = account;
  return {
    ...{ number, name, currency, ownMinor: String(account.postedMinor) },
    statement: latest && {
      ...{ identification: latest.identification, account: latest.theirs },
      ...{ closingOn: latest.closingOn, closingMinor: String(latest.closingMinor) },
    },
    theirs: open.map((line, index) => {
      const match = matches.find(({ position }) => position === index + 1);
      return {
        ...{ key: keyOf(line), valueDate: line.valueDate, references: [...line.references] },
        ...{ amountMinor: String(line.amountMinor), text: line.text },
        proposal: match ? { leg: match.leg, reason: reasonOf(match) } : null,
      };
    }),
    ours: own.slice(0, listMax).map(({ leg, journal, date, valueDate, amountMinor }) => ({
      ...{ leg, journal, date, valueDate, amountMinor: String(amountMinor) },
      text: counter.entries.entry(journal)?.what ?? '',
    })),
    unexplainedMinor: latest && String(unexplained(account, own, open, latest.closingMinor)),
    isCut: own.length >= ownMax || open.length >= listMax,
  };
}

function reasonOf(match: {
  readonly reference: string | null;
  readonly daysApart: number;
}): string {
  if (match.reference !== null) return `same amount, reference ${match.reference}`;
  if (match.daysApart === 0) return 'same amount, same day';
  return `same amount, ${match.daysApart} ${match.daysApart === 1 ? 'day' : 'days'} apart`;
}

/** What neither side's open lines explain: 0 when every difference has a line. */
function unexplained(
  account: Account,
  own: readonly StatementLine[],
  theirs: readonly BankLineRow[],
  closingMinor: bigint,
): bigint {
  const ownOpen = own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const theirOpen = theirs.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  return account.postedMinor - ownOpen + theirOpen - closingMinor;
}

function importHandler(parts: Reconciling): KeyedHandler<'reconcile.import'> {
  return {
    record({ account: number, name, text }, _asker, { at }) {
      const account = accountOf(parts, number);
      const today = new Date(at).toISOString().slice(0, 10);
      const read = readBankStatements(Buffer.from(text, 'utf8'), today);
      const { data, lines, notes } = statementData(parts, account, { name, read });
      return {
        type: 'statement.imported',
        data,
        result: {
          ...{ statements: read.length, entries: lines.length, notes: [...notes] },
          matched: lines.filter(({ leg }) => leg !== null).length,
        },
        topics: ['payment'],
      };
    },
  };
}

/** What the event of taking statements of one account in holds; refuses another's, and a known one. */
export function statementData(
  parts: Reconciling,
  account: Account,
  { name, read }: { readonly name: string; readonly read: readonly BankStatement[] },
) {
  const own = ownLines(parts, openOwn(parts, account));
  const taken = new Set<number>();
  const statements = read.map((statement) => {
    refuseForeign(parts, account, statement);
    return dataOf(statement, own, taken);
  });
  return {
    data: { account: account.id, name, statements },
    lines: statements.flatMap(({ lines }) => lines),
    notes: gapsOf(parts, account, read),
  };
}

/** Refuses a statement of another currency, and one taken in before. */
function refuseForeign(parts: Reconciling, account: Account, statement: BankStatement): void {
  const { currency, identification, closingOn } = statement;
  if (currency !== account.currency) {
    const why = `Statement ${identification} is in ${currency}, ${account.number} in ${account.currency}: choose the account it is of.`;
    throw new Refusal('statement-currency', why, 'account');
  }
  const isKnown = parts.statements.isKnown(account.id, identification, closingOn);
  const why = `Statement ${identification} of ${closingOn} has been taken in before.`;
  refuseUnless(!isKnown, 'statement-known', why, 'text');
}

function dataOf(
  statement: BankStatement,
  own: readonly OwnLine[],
  taken: Set<number>,
): BankStatementData {
  const free = own.filter(({ leg }) => !taken.has(leg));
  const matches = matchLines(free, statement.entries).filter(({ kind }) => kind === 'exact');
  const legs = new Map(matches.map(({ position, leg }) => [position, leg]));
  for (const leg of legs.values()) taken.add(leg);
  const { identification, account, currency, closingOn, entries } = statement;
  return {
    ...{ identification, theirs: account, currency, closingOn },
    openingMinor: String(statement.openingMinor),
    closingMinor: String(statement.closingMinor),
    lines: entries
      .filter(({ amountMinor }) => amountMinor !== 0n)
      .map(({ position, valueDate, amountMinor, references, text }) => ({
        ...{ valueDate, amountMinor: String(amountMinor), references: [...references], text },
        leg: legs.get(position) ?? null,
      })),
  };
}

/** Where a statement does not begin with what the one before ended with, one between them is missing. */
function gapsOf(parts: Reconciling, account: Account, read: readonly BankStatement[]): string[] {
  const notes: string[] = [];
  let before = parts.statements.latest(account.id)?.closingMinor ?? null;
  for (const { identification, openingMinor, closingMinor, currency } of read) {
    if (before !== null && before !== openingMinor) {
      const [was, is] = [before, openingMinor].map((minor) => formatMoney(minor, currency));
      notes.push(
        `${identification} begins with ${is}, the one before ended with ${was}: one may be missing.`,
      );
    }
    before = closingMinor;
  }
  return notes;
}

interface LineKey {
  readonly seq: number;
  readonly statement: number;
  readonly position: number;
}

function lineOf(parts: Reconciling, { seq, statement, position }: LineKey): BankLineRow {
  const line = parts.statements.line(seq, statement, position);
  refuseUnless(line, 'no-entry', 'No statement has this entry: look at the list again.', 'line');
  return line;
}

function matchHandler(parts: Reconciling): KeyedHandler<'reconcile.match'> {
  return {
    record({ account: number, line: key, leg }) {
      const account = accountOf(parts, number);
      const line = lineOf(parts, key);
      const isFree = line.leg === null && parts.statements.ofLeg(account.id, leg) === null;
      const why = 'One of the two has been matched meanwhile: look at the list again.';
      refuseUnless(isFree, 'matched-already', why, 'leg');
      const own = openOwn(parts, account).find((each) => each.leg === leg);
      const agrees = own?.amountMinor === line.amountMinor && line.account === account.id;
      const wrong = `Entry and line ${journalOf(leg)} are not of one account and amount.`;
      refuseUnless(agrees, 'match-differs', wrong, 'leg');
      return {
        type: 'statement.matched',
        data: { line: key, leg },
        result: { leg },
        topics: ['payment'],
      };
    },
  };
}

function unmatchHandler(parts: Reconciling): KeyedHandler<'reconcile.unmatch'> {
  return {
    record({ line: key }) {
      const { leg } = lineOf(parts, key);
      if (leg === null) {
        throw new Refusal(
          'not-matched',
          'This entry is not matched: nothing to take back.',
          'line',
        );
      }
      return {
        type: 'statement.unmatched',
        data: { line: key, leg: null },
        result: { leg },
        topics: ['payment'],
      };
    },
  };
}
