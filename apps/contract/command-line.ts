// Reads the command bar: one line of text becomes a task with its fields, or a sentence at the
// place of the error.
import { isAccountNumber } from './account-number.ts';
import {
  type CommandScreen,
  type CommandTask,
  elsewhere,
  findWord,
  type Slot,
  type Word,
  words,
} from './command-words.ts';
import { findCurrency } from './currencies.ts';
import { cashCurrencies } from './faces.ts';
import { parseAmount } from './money.ts';

export type { CommandScreen, CommandTask } from './command-words.ts';

export interface CommandFields {
  readonly account?: string;
  readonly from?: string;
  readonly to?: string;
  /** The amount as typed; read it with `parseAmount` once the currency is known. */
  readonly amountText?: string;
  readonly currency?: string;
  readonly narrative?: string;
  readonly journal?: number;
  /** Number of a request for approval. */
  readonly approval?: number;
  readonly query?: string;
}

export type CommandField = keyof CommandFields;

export interface CommandError {
  /** Where in the line it stands, in UTF-16 code units, and how long it is. */
  readonly at: number;
  readonly length: number;
  readonly field: CommandField | null;
  readonly message: string;
}

export interface CommandCompletion {
  /** The whole line as it would be. */
  readonly line: string;
  readonly label: string;
}

export interface CommandLine {
  /** search: the text is no command and is looked for among the customers. */
  readonly kind: 'empty' | 'task' | 'screen' | 'search' | 'unavailable';
  readonly verb: string | null;
  readonly label: string;
  readonly task: CommandTask | null;
  readonly screen: CommandScreen | null;
  readonly fields: CommandFields;
  /** What is to be typed next, or null when nothing is missing. */
  readonly expects: CommandField | null;
  readonly errors: readonly CommandError[];
  readonly completions: readonly CommandCompletion[];
}

interface Token {
  readonly text: string;
  readonly at: number;
}

interface Reading {
  readonly tokens: readonly Token[];
  readonly line: string;
  index: number;
  fields: CommandFields;
  readonly errors: CommandError[];
  expects: CommandField | null;
}

function tokensOf(line: string): Token[] {
  return [...line.matchAll(/\S+/gu)].map((match) => ({ text: match[0], at: match.index }));
}

function wrong(
  reading: Reading,
  from: Token,
  to: Token,
  error: Pick<CommandError, 'field' | 'message'>,
) {
  reading.errors.push({ at: from.at, length: to.at + to.text.length - from.at, ...error });
}

/** Up to three digits at the very end of the line: the second group of an account, still being typed. */
function isHalfTyped({ tokens, line }: Reading, token: Token): boolean {
  return token === tokens.at(-1) && /^\d{1,3}$/.test(token.text) && !/\s$/.test(line);
}

/**
 * An account number: eight digits in one piece or in two of four, or letters and digits in one
 * piece.
 */
function readAccount(reading: Reading, field: 'account' | 'from' | 'to', isNeeded: boolean): void {
  const first = reading.tokens[reading.index];
  if (!first) {
    if (isNeeded) reading.expects ??= field;
    return;
  }
  const second = reading.tokens[reading.index + 1];
  const isPair =
    second !== undefined &&
    /^\d{4}$/.test(first.text) &&
    (/^\d{4}$/.test(second.text) || isHalfTyped(reading, second));
  const last = isPair ? second : first;
  const number = (isPair ? first.text + second.text : first.text).toUpperCase();
  reading.index += isPair ? 2 : 1;
  reading.fields = { ...reading.fields, [field]: number };
  const isLast = reading.index >= reading.tokens.length;
  if (/^\d{8}$/.test(number)) {
    if (isAccountNumber(number)) return;
    const message = `The check digit of ${number} does not fit: a digit is mistyped.`;
    return wrong(reading, first, last, { field, message });
  }
  if (/^[A-Z0-9]{9,34}$/.test(number)) return;
  if (isLast && /^\d{1,7}$/.test(number)) {
    reading.expects ??= field;
    return;
  }
  const isShort = /^\d{1,7}$/.test(number);
  const message = isShort
    ? `${first.text} is too short: an account number has eight digits, such as 1234 5678.`
    : `${first.text} is no account number: type eight digits, such as 1234 5678.`;
  wrong(reading, first, last, { field, message });
}

/** Remainder by 97 of an IBAN's rearranged digits (ISO 7064 MOD 97-10); 1 for a right one. */
function remainder97(iban: string): number {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/**
 * An IBAN in one piece or in groups: pieces are taken until their check digits fit, so that the amount
 * behind it is left alone. Where they never fit the first piece is taken, and the form says what is wrong.
 */
function readIban(reading: Reading): void {
  const rest = reading.tokens.slice(reading.index);
  const [first] = rest;
  if (!first) {
    reading.expects ??= 'to';
    return;
  }
  let text = '';
  let taken = 0;
  for (const [index, token] of rest.entries()) {
    if (!/^[A-Za-z0-9]+$/.test(token.text)) break;
    text += token.text.toUpperCase();
    const isWhole = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text) && remainder97(text) === 1;
    if (isWhole || text.length > 34) {
      taken = isWhole ? index + 1 : 0;
      break;
    }
  }
  const to = taken > 0 ? text : first.text.toUpperCase();
  reading.index += taken > 0 ? taken : 1;
  reading.fields = { ...reading.fields, to };
  if (taken > 0) return;
  if (rest.length === 1) {
    reading.expects ??= 'to';
    return;
  }
  const message = `${first.text} is no whole IBAN: its check digits do not fit.`;
  wrong(reading, first, first, { field: 'to', message });
}

/**
 * Groups of an amount written with blanks (`1 250,00`) are one amount when nothing but a currency
 * follows.
 */
function amountTokens(reading: Reading): Token[] {
  const rest = reading.tokens.slice(reading.index);
  const first = rest[0];
  if (!first || !/^\d{1,3}$/.test(first.text)) return first ? [first] : [];
  let count = 1;
  while (/^\d{3}$/.test(rest[count]?.text ?? '')) count++;
  if (/^\d{3}[.,]\d*$/.test(rest[count]?.text ?? '')) count++;
  const after = rest[count];
  const isWhole =
    after === undefined || (count === rest.length - 1 && currencyIn(after.text) !== null);
  return rest.slice(0, isWhole ? count : 1);
}

/**
 * A currency is written in capitals; of currencies in cash small letters do too (`eur`, but not
 * `all`).
 */
function currencyIn(text: string): string | null {
  const code = text.toUpperCase();
  const isWritten = text === code || cashCurrencies.includes(code);
  return isWritten && findCurrency(code) ? code : null;
}

function amountError(text: string, currency: string | undefined): string | null {
  const parsed = parseAmount(text, currency ?? 'EUR');
  if (parsed.ok)
    return parsed.minor === 0n ? 'The amount is zero: type what is to be moved.' : null;
  // How many decimals are too many is only known with the currency, which the account may bring.
  return currency === undefined && parsed.reason === 'amount-decimals' ? null : parsed.message;
}

function readAmount(reading: Reading, isNeeded: boolean): void {
  const taken = amountTokens(reading);
  const first = taken[0];
  const last = taken.at(-1);
  if (!first || !last) {
    if (isNeeded) reading.expects ??= 'amountText';
    return;
  }
  const joined = /^([\d.,'\u2019]+)([A-Za-z]{3})$/.exec(first.text);
  const attached = joined ? currencyIn(joined[2] ?? '') : null;
  const text = attached ? (joined?.[1] ?? '') : taken.map((token) => token.text).join(' ');
  reading.index += taken.length;
  const following = reading.tokens[reading.index];
  const currency = attached ?? (following ? currencyIn(following.text) : null);
  if (!attached && currency) reading.index++;
  reading.fields = { ...reading.fields, amountText: text, ...(currency ? { currency } : {}) };
  const message = amountError(text, currency ?? undefined);
  if (message) wrong(reading, first, last, { field: 'amountText', message });
}

/** A number of the log: of a journal, as it stands on the receipt, or of a request for approval. */
function readNumber(reading: Reading, field: 'journal' | 'approval', isNeeded: boolean): void {
  const token = reading.tokens[reading.index];
  if (!token) {
    if (isNeeded) reading.expects ??= field;
    return;
  }
  reading.index++;
  const number = Number(token.text.replace(/^#/, ''));
  if (Number.isSafeInteger(number) && number > 0 && /^#?\d+$/.test(token.text)) {
    reading.fields = { ...reading.fields, [field]: number };
    return;
  }
  const where = field === 'journal' ? 'the one on the receipt' : 'the one of the request';
  const message = `${token.text} is no ${field} number: type ${where}, such as 48211.`;
  wrong(reading, token, token, { field, message });
}

function readText(reading: Reading, word: Word): void {
  const token = reading.tokens[reading.index];
  if (!token) return;
  const text = reading.line.slice(token.at).trimEnd();
  reading.index = reading.tokens.length;
  const name = word.task === null ? 'query' : 'narrative';
  reading.fields = { ...reading.fields, [name]: text };
}

function readSlot(reading: Reading, slot: Slot, word: Word): void {
  switch (slot) {
    case 'account':
    case 'from':
    case 'to':
      return readAccount(reading, slot, true);
    case 'iban':
      return readIban(reading);
    case 'account?':
      return readAccount(reading, 'account', false);
    case 'amount':
      return readAmount(reading, true);
    case 'amount?':
      return readAmount(reading, false);
    case 'journal':
      return readNumber(reading, 'journal', true);
    case 'approval?':
      return readNumber(reading, 'approval', false);
    case 'text':
      return readText(reading, word);
  }
}

function completionsFor(typed: string): CommandCompletion[] {
  const start = typed.toLowerCase();
  return words
    .filter((word) => [word.verb, ...word.aliases].some((form) => form.startsWith(start)))
    .slice(0, 8)
    .map((word) => ({
      line: word.slots.length > 0 ? `${word.verb} ` : word.verb,
      label: word.label,
    }));
}

const nothing = { verb: null, task: null, screen: null, fields: {}, expects: null } as const;

function search(line: string, completions: readonly CommandCompletion[]): CommandLine {
  const query = line.trim();
  const label = 'look for a customer';
  return { ...nothing, kind: 'search', label, fields: { query }, errors: [], completions };
}

function account(number: string): CommandLine {
  const fields = { account: number };
  const label = 'statement of an account';
  const verb = 's';
  const screen = 'statement';
  return { ...nothing, kind: 'screen', verb, screen, label, fields, errors: [], completions: [] };
}

function commandOf(word: Word, reading: Reading, completions: CommandCompletion[]): CommandLine {
  for (const slot of word.slots) readSlot(reading, slot, word);
  const left = reading.tokens[reading.index];
  const last = reading.tokens.at(-1);
  if (left && last) {
    const message = `Nothing more is expected after ${word.label}: remove it.`;
    wrong(reading, left, last, { field: null, message });
  }
  return {
    kind: word.task === null ? 'screen' : 'task',
    verb: word.verb,
    label: word.label,
    task: word.task,
    screen: word.screen,
    fields: reading.fields,
    expects: reading.errors.length > 0 ? null : reading.expects,
    errors: reading.errors,
    completions,
  };
}

/** Letters only, which no customer's account number is: whose statement it is, is looked for by name. */
function isName(text: string | undefined): boolean {
  return text !== undefined && /^\p{L}+$/u.test(text) && !/^[A-Z]{9,34}$/.test(text);
}

/**
 * Reads a line of the command bar; never throws. `d 1234 5678 250` is a deposit, `t FROM TO AMOUNT
 * [text]` a transfer, a function code of another system its task here, eight digits alone the
 * account's statement, anything else a search for a customer. Account numbers may be written in two
 * groups of four, amounts with separators and an optional currency. Whether account and amount are
 * right is for the preview.
 */
export function parseCommandLine(line: string): CommandLine {
  const tokens = tokensOf(line);
  const first = tokens[0];
  if (!first) return { ...nothing, kind: 'empty', label: '', errors: [], completions: [] };
  const isTypingFirst = tokens.length === 1 && !/\s$/.test(line);
  const completions = isTypingFirst ? completionsFor(first.text) : [];
  const digits = tokens.map((token) => token.text).join('');
  if (/^\d{4} \d{4}$/.test(line.trim()) || /^\d{8}$/.test(line.trim())) {
    if (isAccountNumber(digits) || !findWord(first.text)) return account(digits);
  }
  const code = elsewhere.get(first.text.toLowerCase());
  if (code) {
    const message = `${first.text} is the ${code}, which this workstation does not do.`;
    const error = { at: first.at, length: first.text.length, field: null, message };
    return { ...nothing, kind: 'unavailable', label: code, errors: [error], completions };
  }
  const word = findWord(first.text);
  if (!word) return search(line, completions);
  if (word.screen === 'statement' && isName(tokens[1]?.text)) {
    return search(line.slice(tokens[1]?.at), completions);
  }
  const reading: Reading = { tokens, line, index: 1, fields: {}, errors: [], expects: null };
  return commandOf(word, reading, completions);
}
