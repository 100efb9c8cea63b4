// Reads a customer's file of transfers as a stream: judged by the schema, then each transfer by the bank's rules.
import type { PaymentChannel, PaymentSettings } from '#contract/payments.ts';
import { createUtf8Reader } from '../iso20022/encoding.ts';
import type { XmlElement } from '../iso20022/index.ts';
import { createMessageReader } from '../iso20022/index.ts';
import { createTreeBuilder, findAll } from '../iso20022/tree.ts';
import { XmlFault } from '../iso20022/xml-fault.ts';
import { createXmlReader } from '../iso20022/xml-reader.ts';
import { paths, readForm } from './form.ts';
import { accountOfIban } from './own-iban.ts';
import { decimalOf, minorOf } from './write.ts';

export interface BulkItem {
  /** Number of the payment information it stands in, as the customer wrote it. */
  readonly group: string;
  readonly endToEndId: string;
  readonly amountMinor: string;
  readonly creditor: {
    readonly name: string;
    readonly iban: string;
    readonly bic: string;
    readonly town: string;
    readonly country: string;
  };
  readonly text: string;
}

export interface BulkProblem {
  /** Number of the transfer in the file from 1; 0 for the file itself. */
  readonly item: number;
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** What a file turned out to hold. */
export interface BulkRead {
  /** `pain.001.001.09`; '' where the file holds no message. */
  readonly type: string;
  /** The day it is to be paid on where that is still to come, else ''. */
  readonly payOn: string;
  readonly messageId: string;
  readonly iban: string;
  readonly account: string;
  readonly name: string;
  readonly channel: string;
  readonly currency: string;
  readonly amountMinor: string;
  readonly items: readonly BulkItem[];
  /** The first problems; nothing of the file is posted while there is one. */
  readonly problems: readonly BulkProblem[];
  readonly moreProblems: number;
}

export interface BulkContext {
  readonly settings: PaymentSettings;
  /** Business date, ISO 8601. */
  readonly date: string;
}

/** Problems beyond these are counted only. */
const problemsMost = 20;
/** A file of more transfers is two files. */
export const transfersMost = 100_000;
/** Days a file may come before it is to be paid; a later one is more likely a slip of the year. */
const daysAheadMost = 366;
const pieceBytes = 256 * 1024;

function createProblems() {
  const listed: BulkProblem[] = [];
  let more = 0;
  return {
    listed,
    more: () => more,
    add(problem: BulkProblem) {
      if (listed.length < problemsMost) listed.push(problem);
      else more += 1;
    },
  };
}
type Problems = ReturnType<typeof createProblems>;

const textAt = (element: XmlElement | null, path: string): string =>
  element ? (findAll(element, path.split('/'))[0]?.text.trim() ?? '') : '';

/** Takes small trees out of a stream: the header, the head of each payment, each transfer; then lets them go. */
function createCutter(take: (tag: string, element: XmlElement) => void) {
  const whole = new Set([
    'GrpHdr',
    'CdtTrfTxInf',
    'DbtrAcct',
    'Dbtr',
    'ReqdExctnDt',
    'PmtMtd',
    'PmtInfId',
  ]);
  let builder = createTreeBuilder();
  let depth = 0;
  let tag = '';
  return {
    open(local: string, _namespace: string, attributes: Parameters<typeof builder.open>[1]) {
      if (depth === 0 && !whole.has(local)) return;
      if (depth === 0) {
        builder = createTreeBuilder();
        tag = local;
      }
      depth += 1;
      builder.open(local, attributes, 0);
    },
    text: (value: string) => (depth > 0 ? builder.text(value) : undefined),
    close() {
      if (depth === 0) return;
      builder.close();
      depth -= 1;
      const root = builder.root();
      if (depth === 0 && root) take(tag, root);
    },
  };
}

/** What a file is until its end. */
interface Gathered {
  messageId: string;
  control: { count: string; sum: string };
  iban: string;
  name: string;
  currency: string;
  sum: bigint;
  group: string;
  /** Null before the first payment information; '' for a day that has come. */
  payOn: string | null;
  readonly items: BulkItem[];
  isOver: boolean;
}

function channelFor(settings: PaymentSettings, currency: string): PaymentChannel | null {
  const fits = settings.channels.filter(({ currencies }) => currencies.includes(currency));
  return fits.find(({ id }) => id === 'sepa-sct') ?? null;
}

/** Judges one transfer by what the form at the counter is judged by. */
function readTransfer(
  element: XmlElement,
  gathered: Gathered,
  context: BulkContext,
  problems: Problems,
) {
  const item = gathered.items.length + 1;
  const tell = (path: string, code: string, message: string) =>
    problems.add({ item, path, code, message });
  const amount = findAll(element, ['Amt', 'InstdAmt'])[0];
  const currency = amount?.attributes.Ccy ?? '';
  gathered.currency ||= currency;
  const amountMinor = amount && currency !== '' ? minorOf(amount.text.trim(), currency) : null;
  if (amountMinor === null || amountMinor === 0n) {
    tell('Amt/InstdAmt', 'amount', `${amount?.text.trim() || 'Nothing'} is no amount to pay.`);
  }
  if (currency !== gathered.currency) {
    const message = `${currency} stands beside ${gathered.currency}: a file has one currency.`;
    tell('Amt/InstdAmt', 'currency', message);
  }
  const channel = channelFor(context.settings, currency);
  if (!channel) {
    if (item === 1)
      tell('Amt/InstdAmt', 'channel', `No network for bulk files carries ${currency}.`);
  } else if (channel.mostMinor !== null && (amountMinor ?? 0n) > channel.mostMinor) {
    tell('Amt/InstdAmt', 'channel-most', `${channel.name} carries no such amount.`);
  }
  const values = Object.fromEntries(
    Object.values(paths).map((path) => [path, textAt(element, path)]),
  );
  const typed = channel ? readForm({ channel, ...context }, values) : null;
  for (const { reason, message, field } of typed?.problems ?? []) {
    tell(field?.replace('values.', '') ?? '', reason, message);
  }
  gathered.sum += amountMinor ?? 0n;
  const { name = '', iban = '', bic = '', town = '', country = '', text = '' } = typed ?? {};
  gathered.items.push({
    group: gathered.group,
    endToEndId: typed?.endToEndId ?? 'NOTPROVIDED',
    amountMinor: String(amountMinor ?? 0n),
    ...{
      creditor: { name: name.slice(0, 70), iban, bic, town, country },
      text: text.slice(0, 140),
    },
  });
}

function takePart(
  tag: string,
  element: XmlElement,
  at: { readonly gathered: Gathered; readonly context: BulkContext; readonly problems: Problems },
): void {
  const { gathered, context, problems } = at;
  const whole = (path: string, code: string, message: string) =>
    problems.add({ item: 0, path, code, message });
  const takeDay = (given: string): void => {
    const day = given.slice(0, 10);
    const payOn = day > context.date ? day : '';
    if (gathered.payOn !== null && gathered.payOn !== payOn) {
      whole('PmtInf/ReqdExctnDt', 'one-day', 'A file is paid on one day: split it by its days.');
    }
    gathered.payOn ??= payOn;
    const ahead = (Date.parse(day) - Date.parse(context.date)) / 86_400_000;
    if (ahead <= daysAheadMost) return;
    const message = `${day} is more than ${daysAheadMost} days ahead: send the file later.`;
    whole('PmtInf/ReqdExctnDt', 'too-far', message);
  };
  switch (tag) {
    case 'GrpHdr':
      gathered.messageId = textAt(element, 'MsgId');
      gathered.control = { count: textAt(element, 'NbOfTxs'), sum: textAt(element, 'CtrlSum') };
      return;
    case 'PmtMtd':
      if (element.text.trim() === 'TRF') return;
      return whole('PmtInf/PmtMtd', 'method', 'Only transfers (TRF) are paid from a file.');
    case 'Dbtr':
      gathered.name ||= textAt(element, 'Nm');
      return;
    case 'DbtrAcct': {
      const iban = textAt(element, 'Id/IBAN');
      gathered.iban ||= iban;
      if (iban === gathered.iban) return;
      return whole('PmtInf/DbtrAcct', 'one-account', 'A file is paid from one account: split it.');
    }
    case 'PmtInfId':
      gathered.group = element.text.trim();
      return;
    case 'ReqdExctnDt':
      return takeDay(textAt(element, 'Dt') || textAt(element, 'DtTm') || element.text.trim());
    default:
      if (gathered.items.length < transfersMost) {
        return readTransfer(element, gathered, context, problems);
      }
      if (!gathered.isOver) {
        whole('', 'too-many', `More than ${transfersMost} transfers: split the file.`);
      }
      gathered.isOver = true;
  }
}

/** Number and sum as the header says, against what was counted; sums in minor units, never floats. */
function checkTotals(gathered: Gathered, problems: Problems): void {
  const { control, items, sum, currency } = gathered;
  if (control.count !== '' && BigInt(control.count) !== BigInt(items.length)) {
    const message = `The header says ${control.count} transfers, there are ${items.length}.`;
    problems.add({ item: 0, path: 'GrpHdr/NbOfTxs', code: 'count', message });
  }
  if (control.sum === '' || currency === '') return;
  if (minorOf(control.sum, currency) === sum) return;
  const message = `The header says ${control.sum} in all, the transfers are ${decimalOf(sum, currency)}.`;
  problems.add({ item: 0, path: 'GrpHdr/CtrlSum', code: 'sum', message });
}

function checkAccount(gathered: Gathered, context: BulkContext, problems: Problems): string {
  const account = accountOfIban(context.settings, gathered.iban);
  if (account === null) {
    const message = `${gathered.iban || 'No account'} is no account of this bank to pay from.`;
    problems.add({ item: 0, path: 'PmtInf/DbtrAcct', code: 'account', message });
  }
  return account ?? '';
}

/**
 * Reads a pain.001 in pieces and says what it holds. `progress` is told how many transfers are read. Schema
 * errors come first, with their place; then what each transfer, and the totals, are refused for.
 */
export function readBulk(
  bytes: Uint8Array,
  context: BulkContext,
  progress: (read: number) => void = () => undefined,
): BulkRead {
  const problems = createProblems();
  const gathered: Gathered = {
    ...{ messageId: '', control: { count: '', sum: '' }, iban: '', name: '', currency: '' },
    ...{ sum: 0n, group: '', payOn: null, items: [], isOver: false },
  };
  const judge = createMessageReader({ maxErrors: problemsMost });
  const utf8 = createUtf8Reader();
  const xml = createXmlReader(
    createCutter((tag, element) => takePart(tag, element, { gathered, context, problems })),
  );
  let isBroken = false;
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    judge.write(piece);
    // What the judge finds wrong with the form itself ends the reading here too.
    if (!isBroken) isBroken = !quietly(() => xml.write(utf8.write(piece).text));
    progress(gathered.items.length);
  }
  if (!isBroken) quietly(() => xml.end());
  const { errors, moreErrors, parts } = judge.end();
  const schema = errors.map(({ line, column, code, message, fix }) => ({
    ...{ item: 0, path: `line ${line}, column ${column}`, code },
    message: `Line ${line}, column ${column}: ${message} ${fix}`,
  }));
  if (schema.length === 0) checkTotals(gathered, problems);
  const account = checkAccount(gathered, context, problems);
  const all = [...schema, ...problems.listed];
  const { messageId, iban, name, currency, sum, items } = gathered;
  return {
    ...{ messageId, iban, account, name: name.slice(0, 70), currency, items },
    type: parts.find(({ root }) => root === 'Document')?.id ?? '',
    payOn: gathered.payOn ?? '',
    channel: channelFor(context.settings, currency)?.id ?? '',
    amountMinor: String(sum),
    problems: all.slice(0, problemsMost),
    moreProblems: Math.max(0, all.length - problemsMost) + problems.more() + moreErrors,
  };
}

/** False where the text is no XML: the judge says so with the place. */
function quietly(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof XmlFault) return false;
    throw error;
  }
}
