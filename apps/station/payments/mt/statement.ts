// Reads bank statements (MT940, 942, 950) as banks send them into one normal form, forgivingly.
import { type MtProblem, mtProblem, shown } from './problem.ts';
import {
  readBalance,
  readEntry,
  type StatementBalance,
  type StatementEntry,
} from './statement-line.ts';

export type { StatementBalance, StatementEntry } from './statement-line.ts';

export interface Statement {
  /** Field 20. */
  readonly reference: string;
  /** Field 25 as written: account number, IBAN, or bank and account parted by a slash. */
  readonly account: string;
  /** Statement number and page from 28 or 28C, "" when absent. */
  readonly number: string;
  readonly page: string;
  /** ISO 4217, or "" when no balance names one. */
  readonly currency: string;
  readonly opening: StatementBalance | null;
  readonly closing: StatementBalance | null;
  readonly available: StatementBalance | null;
  readonly forward: readonly StatementBalance[];
  readonly entries: readonly StatementEntry[];
  /** Field 86 after the last balance: about the whole statement. */
  readonly information: string;
  /**
   * Opening and entries less closing: 0 when the statement adds up, null when it has no two
   * balances.
   */
  readonly differenceMinor: bigint | null;
  /** Line of the file the statement begins on, from 1. */
  readonly line: number;
}

export interface ReadStatements {
  readonly statements: readonly Statement[];
  readonly problems: readonly MtProblem[];
}

interface LooseField {
  readonly tag: string;
  readonly line: number;
  readonly lines: string[];
}

/** Files of statements may be this long in characters; a longer one is refused unread. */
export const statementLengthMax = 64 * 1024 * 1024;

/** Bytes as text: UTF-8 where they are, else Windows-1252, which every byte is. */
export function decodeStatement(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const tagForm = /^:(\d{2}[A-Z]?|NS):/;

/**
 * Reads every statement of a file: with or without FIN blocks, any line ends, fields that are
 * missing
 * or not quite right. What cannot be read is left out and named in `problems` with its line.
 */
export function readStatements(text: string): ReadStatements {
  const problems: MtProblem[] = [];
  if (text.length > statementLengthMax) {
    const message = `The file has ${text.length} characters; ${statementLengthMax} are allowed.`;
    return { statements: [], problems: [mtProblem('too-long', message)] };
  }
  const statements: Statement[] = [];
  for (const fields of splitStatements(text)) {
    if (fields.some(({ tag }) => tag !== 'NS')) statements.push(statementOf(fields, problems));
  }
  if (statements.length === 0) {
    const message =
      `${shown(text.trim().slice(0, 40))} is no bank statement: there is no field like ` +
      `:20: or :61:.`;
    problems.push(mtProblem('no-statement', message));
  }
  return { statements, problems };
}

/** Groups the fields of a file by statement: each begins with :20: or after a closing "-". */
function splitStatements(text: string): readonly (readonly LooseField[])[] {
  const groups: LooseField[][] = [[]];
  let number = 0;
  let open: LooseField | null = null;
  for (const raw of text.split(/\r\n|\n|\r/)) {
    number++;
    const line = withoutControls(raw);
    const match = tagForm.exec(line);
    const last = groups.at(-1) as LooseField[];
    if (match) {
      open = { tag: match[1] ?? '', line: number, lines: [line.slice(match[0].length)] };
      if (open.tag === '20' && last.length > 0) groups.push([open]);
      else last.push(open);
    } else if (/^(-\s*$|-\}|\{1:)/.test(line)) {
      open = null;
      if (last.length > 0) groups.push([]);
    } else open?.lines.push(line);
  }
  return groups.filter((group) => group.length > 0);
}

/** Start- and end-of-text marks some banks wrap lines in. */
function withoutControls(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && line.charCodeAt(start) < 32) start++;
  while (end > start && line.charCodeAt(end - 1) < 32) end--;
  return start === 0 && end === line.length ? line : line.slice(start, end);
}

const fieldText = ({ lines }: LooseField) => lines.join('\n').trim();

function statementOf(fields: readonly LooseField[], problems: MtProblem[]): Statement {
  const first = (...tags: string[]) => fields.find(({ tag }) => tags.includes(tag));
  const text = (...tags: string[]) => {
    const field = first(...tags);
    return field ? fieldText(field) : '';
  };
  const currency = currencyOf(fields);
  const balances = (...tags: string[]) =>
    fields
      .filter(({ tag }) => tags.includes(tag))
      .flatMap((field) => balanceOf(field, currency, problems));
  const opening = balances('60F', '60M')[0] ?? null;
  const closing = balances('62F', '62M').at(-1) ?? null;
  const { entries, information } = entriesOf(fields, currency, problems);
  const [number = '', page = ''] = text('28C', '28').split('/');
  return Object.freeze({
    reference: text('20'),
    account: text('25', '25P').split('\n')[0] ?? '',
    number,
    page,
    currency,
    opening,
    closing,
    available: balances('64')[0] ?? null,
    forward: balances('65'),
    entries,
    information,
    differenceMinor: opening && closing ? differenceOf(opening, entries, closing) : null,
    line: fields[0]?.line ?? 1,
  });
}

function differenceOf(
  opening: StatementBalance,
  entries: readonly StatementEntry[],
  closing: StatementBalance,
): bigint {
  let sum = opening.amountMinor;
  for (const { amountMinor } of entries) sum += amountMinor;
  return sum - closing.amountMinor;
}

/** The first currency a balance, a sum or a floor limit names. */
function currencyOf(fields: readonly LooseField[]): string {
  for (const { tag, lines } of fields) {
    if (!/^(6[0245][FM]?|34F|90[CD])$/.test(tag)) continue;
    const match = /^(?:[CD]\d{6}|\d{1,5})?([A-Z]{3})[CD]?\d/.exec(lines[0] ?? '');
    if (match) return match[1] ?? '';
  }
  return '';
}

function balanceOf(
  field: LooseField,
  currency: string,
  problems: MtProblem[],
): readonly StatementBalance[] {
  const balance = readBalance(fieldText(field), currency);
  if (typeof balance !== 'string') return [balance];
  problems.push(fieldProblem(field, balance));
  return [];
}

function fieldProblem({ tag, line }: LooseField, message: string): MtProblem {
  return mtProblem('statement-field', message, { block: '4', line, field: tag });
}

/** Movements with the information that follows each; an 86 after a balance is the statement's. */
function entriesOf(
  fields: readonly LooseField[],
  currency: string,
  problems: MtProblem[],
): { readonly entries: readonly StatementEntry[]; readonly information: string } {
  const entries: StatementEntry[] = [];
  let information = '';
  let before = '';
  for (const field of fields) {
    if (field.tag === '61') {
      const entry = readEntry(field.lines.join('\n'), currency, field.line);
      if (typeof entry === 'string') problems.push(fieldProblem(field, entry));
      else entries.push(entry);
      before = typeof entry === 'string' ? 'refused' : '61';
    } else if (field.tag === '86' || field.tag === 'NS') {
      const entry = entries.at(-1);
      if (before === '61' && entry) entries[entries.length - 1] = withText(entry, fieldText(field));
      else if (before !== 'refused' && field.tag === '86') information = fieldText(field);
    } else before = field.tag;
  }
  return { entries, information };
}

function withText(entry: StatementEntry, text: string): StatementEntry {
  const information = entry.information ? `${entry.information}\n${text}` : text;
  return { ...entry, information };
}
