// Tells a message in words, and as a printed advice: every value under its name, every code with
// its meaning.
import { labelOf } from '../definition/label.ts';
import { meaningOf } from '../definition/meanings.ts';
import { findAll, type XmlElement } from './tree.ts';

/** One line of an explanation. */
export interface ExplainedLine {
  readonly path: string;
  /** How deep it stands; 0 for the message itself. */
  readonly depth: number;
  readonly label: string;
  /** '' for an element that holds others. */
  readonly value: string;
}

const titles: Readonly<Record<string, string>> = {
  CstmrCdtTrfInitn: 'A customer orders transfers',
  CstmrPmtStsRpt: 'A bank reports what became of orders',
  CstmrDrctDbtInitn: 'A creditor collects direct debits',
  FIToFICstmrCdtTrf: 'A bank sends customer transfers',
  FICdtTrf: 'A bank sends a transfer of its own',
  FIToFIPmtStsRpt: 'A bank reports what became of payments',
  PmtRtr: 'A bank returns payments',
  FIToFIPmtStsReq: 'A bank asks what became of payments',
  BkToCstmrAcctRpt: 'A bank reports an account during the day',
  BkToCstmrStmt: 'A bank sends a statement of account',
  BkToCstmrDbtCdtNtfctn: 'A bank advises entries on an account',
  FIToFIPmtCxlReq: 'A bank asks for payments back',
  RsltnOfInvstgtn: 'A bank answers an investigation',
};

function groupDigits(amount: string): string {
  const [whole = '', fraction] = amount.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function valueIn(element: XmlElement): string {
  const text = element.text.trim();
  if (text === '') return '';
  const currency = element.attributes.Ccy;
  if (currency !== undefined) return `${groupDigits(text)} ${currency}`;
  const isCode = /^[A-Z0-9]{3,4}$/.test(text);
  const meaning = isCode ? meaningOf(text) : null;
  return meaning ? `${text}: ${meaning}` : text;
}

function* linesOf(element: XmlElement, path: string, depth: number): Generator<ExplainedLine> {
  const isLeaf = element.children.length === 0;
  const here = `${path}/${element.tag}`;
  yield {
    path: here,
    depth,
    label: labelOf(element.tag),
    value: isLeaf ? valueIn(element) : '',
  };
  for (const child of element.children) yield* linesOf(child, here, depth + 1);
}

function first(from: XmlElement, ...paths: readonly string[]): string | null {
  for (const path of paths) {
    const [found] = findAll(from, path.split('/'));
    // While a form is filled there are elements without a value: they say nothing yet.
    const value = found ? valueIn(found) : '';
    if (value !== '') return value;
  }
  return null;
}

function partyIn(from: XmlElement, tag: string): string | null {
  return first(
    from,
    `${tag}/Nm`,
    `${tag}/Pty/Nm`,
    `${tag}/Id/OrgId/AnyBIC`,
    `${tag}/FinInstnId/BICFI`,
    `${tag}Acct/Id/IBAN`,
  );
}

function paymentSentence(transaction: XmlElement): string | null {
  const amount = first(transaction, 'IntrBkSttlmAmt', 'Amt/InstdAmt', 'InstdAmt');
  const reference = first(transaction, 'PmtId/EndToEndId');
  if (!amount || !transaction.parent) return null;
  const payer = partyIn(transaction, 'Dbtr') ?? partyIn(transaction.parent, 'Dbtr');
  const payee = partyIn(transaction, 'Cdtr') ?? partyIn(transaction.parent, 'Cdtr');
  const ending = reference && reference !== 'NOTPROVIDED' ? `, reference ${reference}` : '';
  return `${payer ?? 'A payer not named'} pays ${amount} to ${payee ?? 'a payee not named'}${ending}.`;
}

function returnSentence(transaction: XmlElement): string | null {
  const amount = first(transaction, 'RtrdIntrBkSttlmAmt');
  const reason = first(transaction, 'RtrRsnInf/Rsn/Cd', 'RtrRsnInf/Rsn/Prtry');
  const reference = first(transaction, 'OrgnlEndToEndId', 'OrgnlTxId');
  if (!amount) return null;
  return `${amount} of ${reference ?? 'a payment'} come back${reason ? ` (${reason})` : ''}.`;
}

function statusSentence(transaction: XmlElement): string | null {
  const status = first(transaction, 'TxSts', 'TxCxlSts');
  const reference = first(transaction, 'OrgnlEndToEndId', 'OrgnlInstrId', 'OrgnlTxId');
  const reason = first(transaction, 'StsRsnInf/Rsn/Cd', 'CxlStsRsnInf/Rsn/Cd');
  if (!status) return null;
  return `${reference ?? 'The payment'} is ${status}${reason ? ` (${reason})` : ''}.`;
}

function entrySentence(entry: XmlElement): string | null {
  const amount = first(entry, 'Amt');
  const side = first(entry, 'CdtDbtInd');
  const date = first(entry, 'BookgDt/Dt', 'BookgDt/DtTm', 'ValDt/Dt');
  if (!amount || !side) return null;
  const way = side.startsWith('CRDT') ? 'come in' : 'go out';
  return `${amount} ${way}${date ? ` on ${date}` : ''}.`;
}

const sentences: readonly ((element: XmlElement) => string | null)[] = [
  paymentSentence,
  returnSentence,
  statusSentence,
];

function* transactions(element: XmlElement): Generator<XmlElement> {
  const isTransaction = /(?:TxInf|TxInfAndSts|Ntry)$/.test(element.tag);
  if (isTransaction) yield element;
  else for (const child of element.children) yield* transactions(child);
}

/**
 * What a message says: a title, a sentence a transaction (the first hundred), and every value
 * under its name.
 */
export interface Explanation {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly lines: readonly ExplainedLine[];
}

/** Explains the tree of a message that was read with `keepTree`. */
export function explain(document: XmlElement): Explanation {
  const [message = document] = document.tag === 'Document' ? document.children : [document];
  const told: string[] = [];
  for (const transaction of transactions(message)) {
    if (told.length === 100) break;
    const tell = transaction.tag === 'Ntry' ? [entrySentence] : sentences;
    const sentence = tell.map((each) => each(transaction)).find((each) => each !== null);
    if (sentence) told.push(sentence);
  }
  return Object.freeze({
    title: titles[message.tag] ?? labelOf(message.tag),
    sentences: told,
    lines: [...linesOf(message, '', 0)],
  });
}

/** The explanation as lines of text for a printer, `width` characters wide. */
export function printAdvice(explanation: Explanation, width = 80): readonly string[] {
  const printed = [explanation.title.toUpperCase(), '', ...explanation.sentences, ''];
  for (const { depth, label, value } of explanation.lines.slice(1)) {
    const indent = '  '.repeat(Math.max(0, depth - 1));
    const head = `${indent}${label}`;
    printed.push(
      value === '' ? head : `${head} ${'.'.repeat(Math.max(3, 38 - head.length))} ${value}`,
    );
  }
  return printed.flatMap((line) => wrap(line, width));
}

/** Breaks a line at blanks; what goes on is indented. Time grows with the length. */
function wrap(line: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let indent = '';
  for (let from = 0; ; indent = '    ') {
    const room = width - indent.length;
    if (line.length - from <= room) return [...pieces, `${indent}${line.slice(from)}`];
    const blank = line.slice(from, from + room + 1).lastIndexOf(' ');
    const cut = from + (blank > room / 2 ? blank : room);
    pieces.push(`${indent}${line.slice(from, cut)}`);
    for (from = cut; line.charCodeAt(from) === 32; ) from += 1;
  }
}
