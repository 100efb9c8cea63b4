// Reads bank statements of both worlds into one shape, so that reconciling knows neither.
import { digitsOf } from '#contract/currencies.ts';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import { type Checked, checkMessage, findDefinition, valuesOf } from '../iso20022/index.ts';
import { decodeStatement, readStatements, type Statement } from '../mt/statement.ts';
import { statementsOf } from './camt.ts';

export interface BankEntry {
  /** Position in the statement, from 1. */
  readonly position: number;
  readonly valueDate: string;
  readonly bookingDate: string;
  /** Minor units; positive came in to our account with the bank, negative went out. */
  readonly amountMinor: bigint;
  /** Everything by which either side may know it: end-to-end, UETR, transaction, bank's own. */
  readonly references: readonly string[];
  readonly text: string;
}

export interface BankStatement {
  /** The bank's own identification of the statement. */
  readonly identification: string;
  /** The account as the bank names it. */
  readonly account: string;
  readonly currency: string;
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  /** Date of the closing balance. */
  readonly closingOn: string;
  readonly entries: readonly BankEntry[];
}

const entriesMax = 5_000;
const textMax = 200;

/** A reference worth comparing: what every bank writes where there is none says nothing. */
function isTelling(reference: string): boolean {
  return reference.length > 2 && !/^(NONREF|NOTPROVIDED|NONE|0+)$/i.test(reference);
}

function finEntry(entry: Statement['entries'][number], index: number): BankEntry {
  const { valueDate, bookingDate, amountMinor, customerReference, bankReference } = entry;
  const text = [entry.details, entry.information].filter(Boolean).join(' ').replaceAll('\n', ' ');
  const tagged = text.match(/(?:EREF\+|\/EREF\/|\/ROC\/|\/UETR\/)([A-Za-z0-9-]{3,36})/g) ?? [];
  const named = tagged.map((each) => each.replace(/^.*[+/]/, ''));
  return {
    ...{ position: index + 1, valueDate, bookingDate, amountMinor },
    references: [...new Set([customerReference, bankReference, ...named].filter(isTelling))],
    text: text.slice(0, textMax),
  };
}

function finStatements(text: string): readonly BankStatement[] {
  const { statements, problems } = readStatements(text);
  const [first] = problems;
  if (first) {
    throw new Refusal('statement-unreadable', `Line ${first.line}: ${first.message}`, 'text');
  }
  return statements.map((statement) => {
    const { opening, closing, reference, number, account, currency } = statement;
    if (!opening || !closing) {
      const why = `Statement ${reference} has no opening (60) or closing (62) balance.`;
      throw new Refusal('statement-incomplete', why, 'text');
    }
    return {
      ...{ identification: [reference, number].filter(Boolean).join('/'), account, currency },
      ...{ openingMinor: opening.amountMinor, closingMinor: closing.amountMinor },
      closingOn: closing.date,
      entries: statement.entries.map(finEntry),
    };
  });
}

/** Why a file is no statement, at its first error. */
function refuseXml({ errors, type }: Checked): never {
  const [first] = errors;
  const where = first ? `Line ${first.line}: ${first.message}` : `${type} is no camt.053.`;
  throw new Refusal('statement-unreadable', where, 'text');
}

function xmlStatements(bytes: Uint8Array, date: string): readonly BankStatement[] {
  const checked = checkMessage(bytes, { date });
  const definition = findDefinition(checked.type);
  const isStatement = checked.type.startsWith('camt.053.');
  if (!isStatement || !checked.valid || !checked.document || !definition) refuseXml(checked);
  const values = valuesOf(definition, checked.document);
  return statementsOf(values).map((statement) => ({
    ...statement,
    entries: statement.entries.map((entry) => ({
      ...entry,
      references: entry.references.filter(isTelling),
      text: entry.text.slice(0, textMax),
    })),
  }));
}

/**
 * Every statement of a file (date: today, for the code lists in force). Refuses what is no statement with the
 * place of its first error, one without balances, one of more than 5,000 entries, and one that does not
 * add up, with the difference.
 */
export function readBankStatements(bytes: Uint8Array, date: string): readonly BankStatement[] {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1').trimStart();
  const isXml = start.startsWith('<') || start.includes('<?xml');
  const statements = isXml ? xmlStatements(bytes, date) : finStatements(decodeStatement(bytes));
  for (const statement of statements) refuseUnsound(statement);
  return statements;
}

function refuseUnsound(statement: BankStatement): void {
  const { identification, entries, openingMinor, closingMinor, currency } = statement;
  const fits = entries.length <= entriesMax;
  const many = `Statement ${identification} has ${entries.length} entries; ${entriesMax} at most.`;
  refuseUnless(fits, 'statement-too-long', many, 'text');
  const moved = entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const apart = closingMinor - openingMinor - moved;
  const scale = 10 ** digitsOf(currency);
  const shown = (Number(apart) / scale).toFixed(digitsOf(currency));
  const why = `Statement ${identification} does not add up: its entries lead to a closing balance that is ${shown} ${currency} off.`;
  refuseUnless(apart === 0n, 'statement-unbalanced', why, 'text');
}
