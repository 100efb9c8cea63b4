// The kinds of row a mapping to MX is made of: each puts elements from fields.
import { digitsOf } from '#contract/currencies.ts';
import { readEntry } from '../../mt/statement-line.ts';
import type { LossReport } from '../losses.ts';
import type { MxTarget } from '../tree.ts';
import type { MtField, MtSource } from './source.ts';

export interface MxContext {
  readonly source: MtSource;
  readonly target: MxTarget;
  readonly report: LossReport;
  /** Eleven-character BICs. */
  readonly sender: string;
  readonly receiver: string;
  readonly uetr: string;
  /** ISO 8601 date and time with offset. */
  readonly createdAt: string;
}

export type MxKind = (context: MxContext, path: string, ...keys: string[]) => void;

/** A decimal with point of a FIN amount: "1234,5" is 1234.5, "100," is 100. */
function decimal(amount: string): string {
  const [whole = '', decimals = ''] = amount.split(',');
  return decimals ? `${whole}.${decimals}` : whole;
}

/** ISO date of YYMMDD; payments are of this century. */
function isoDate(date: string): string {
  return `20${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4, 6)}`;
}

const componentOf = (field: MtField | undefined, name: string) => field?.components[name] ?? '';

function putAccount({ target }: MxContext, path: string, account: string): void {
  if (!account) return;
  const isIban = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(account);
  target.put(isIban ? `${path}/Id/IBAN` : `${path}/Id/Othr/Id`, account);
}

/** A bank and, where the field names one, its account. */
function putAgent(
  context: MxContext,
  path: string,
  key: string,
  accountPath = `${path}Acct`,
): void {
  const { source, target } = context;
  const field = source.field(key);
  if (!field) return;
  const { bic, lines = '', account = '', location } = field.components;
  const clearing = account.startsWith('/') ? account.slice(1) : '';
  if (clearing) {
    target.put(`${path}/FinInstnId/ClrSysMmbId/ClrSysId/Cd`, clearing.slice(0, 2));
    target.put(`${path}/FinInstnId/ClrSysMmbId/MmbId`, clearing.slice(2));
  }
  if (bic) target.put(`${path}/FinInstnId/BICFI`, bic);
  const [name = location ?? '', ...address] = lines ? lines.split('\n') : [];
  if (name) target.put(`${path}/FinInstnId/Nm`, name);
  for (const line of address) {
    target.put(`${path}/FinInstnId/PstlAdr/AdrLine`, line, { fresh: 'AdrLine' });
  }
  if (!clearing) putAccount(context, accountPath, account);
}

const unknownId = 'NOTPROVIDED';

/** Numbered lines: 1 name, 2 address, 3 country and town. */
function putNumbered({ target }: MxContext, path: string, lines: readonly string[]): void {
  const of = (number: string) =>
    lines.filter((line) => line.startsWith(`${number}/`)).map((line) => line.slice(2));
  target.put(`${path}/Nm`, of('1').join(''));
  const [place] = of('3');
  const [country = '', ...town] = place?.split('/') ?? [];
  if (town.length > 0) target.put(`${path}/PstlAdr/TwnNm`, town.join('/'));
  if (country) target.put(`${path}/PstlAdr/Ctry`, country);
  for (const line of of('2')) target.put(`${path}/PstlAdr/AdrLine`, line, { fresh: 'AdrLine' });
}

/** A customer and the account. */
function putParty(
  context: MxContext,
  path: string,
  key: string,
  accountPath = `${path}Acct`,
): void {
  const { source, target } = context;
  const field = source.field(key);
  if (!field) return;
  const { account = '', bic, lines = '' } = field.components;
  const all = lines.split('\n');
  if (bic) {
    target.put(`${path}/Id/OrgId/AnyBIC`, bic);
    if (!account) {
      target.put(`${path}/Id/OrgId/Othr/Id`, unknownId);
      target.put(`${path}/Id/OrgId/Othr/SchmeNm/Cd`, 'TXID');
    }
  } else if (field.tag.endsWith('F')) {
    putNumbered(context, path, all);
    if (!account) target.put(`${path}/Id/OrgId/Othr/Id`, unknownId);
  } else {
    target.put(`${path}/Nm`, all[0] ?? '');
    for (const line of all.slice(1)) {
      target.put(`${path}/PstlAdr/AdrLine`, line, { fresh: 'AdrLine' });
    }
  }
  putAccount(context, accountPath, account);
}

/** Reason of a return or reject: the line after /RETN/ or /REJT/. */
function reason({ source, target }: MxContext, path: string, key = ''): void {
  for (const head of ['RETN', 'REJT']) source.coded(key, head);
  const line = source.lines(key)[1] ?? '';
  const [, code = '', more = ''] = line.split('/');
  source.coded(key, code);
  if (code) target.put(`${path}/Rsn/Cd`, code);
  if (more) target.put(`${path}/AddtlInf`, more);
}

function codeIn(lines: readonly string[], code: string): string {
  const line = lines.find((each) => each.startsWith(`/${code}/`));
  return line?.slice(code.length + 2).split('/')[0] ?? '';
}

/** Charges taken; when the payee bears them and none is stated, an amount of zero. */
function charges({ source, target }: MxContext, path: string, total = '32A'): void {
  const stated = [...source.all('71F'), ...source.all('71G')];
  const currency = componentOf(source.field(total), 'currency');
  const bearer = source.field('71A')?.value;
  const amounts = stated.map(({ components }) => ({
    currency: components.currency ?? '',
    amount: decimal(components.amount ?? ''),
  }));
  if (amounts.length === 0 && bearer === 'BEN') amounts.push({ currency, amount: '0' });
  for (const each of amounts) {
    target.put(`${path}/Amt`, each.amount, {
      currency: each.currency,
      fresh: path.split('/').at(-1) ?? path,
    });
    target.put(`${path}/Agt/FinInstnId/Nm`, unknownId);
    target.put(`${path}/Agt/FinInstnId/PstlAdr/AdrLine`, unknownId);
  }
}

function balance({ source, target }: MxContext, path: string, key = '', code = ''): void {
  for (const { components } of source.all(key)) {
    target.put(`${path}/Bal/Tp/CdOrPrtry/Cd`, code, { fresh: 'Bal' });
    const currency = components.currency ?? '';
    target.put(`${path}/Bal/Amt`, decimal(components.amount ?? ''), { currency });
    target.put(`${path}/Bal/CdtDbtInd`, components.mark === 'D' ? 'DBIT' : 'CRDT');
    target.put(`${path}/Bal/Dt/Dt`, isoDate(components.date ?? ''));
  }
}

function plainDecimal(amountMinor: bigint, currency: string): string {
  const digits = digitsOf(currency);
  const text = String(amountMinor < 0n ? -amountMinor : amountMinor).padStart(digits + 1, '0');
  const decimals = text.slice(text.length - digits).replace(/0+$/, '');
  const whole = text.slice(0, text.length - digits);
  return decimals && digits > 0 ? `${whole}.${decimals}` : whole;
}

function entries({ source, target, report }: MxContext, path: string, opening = ''): void {
  const currency = componentOf(source.field(opening), 'currency');
  for (const { value } of source.all('61')) {
    const entry = readEntry(value, currency, 0);
    if (typeof entry === 'string') {
      report.dropped('61', value);
      continue;
    }
    const amount = plainDecimal(entry.amountMinor, currency);
    const side = entry.amountMinor < 0n ? 'DBIT' : 'CRDT';
    const put = (to: string, text: string) => target.put(`${path}/Ntry/${to}`, text);
    target.put(`${path}/Ntry/Amt`, amount, { currency, fresh: 'Ntry' });
    put('CdtDbtInd', side);
    if (entry.reversal) put('RvslInd', 'true');
    put('Sts/Cd', 'BOOK');
    if (entry.bookingDate !== entry.valueDate) put('BookgDt/Dt', entry.bookingDate);
    put('ValDt/Dt', entry.valueDate);
    if (entry.bankReference) put('AcctSvcrRef', entry.bankReference);
    put('BkTxCd/Prtry/Cd', unknownId);
    put('BkTxCd/Prtry/Issr', unknownId);
    put('NtryDtls/TxDtls/Refs/EndToEndId', entry.customerReference);
    target.put(`${path}/Ntry/NtryDtls/TxDtls/Amt`, amount, { currency });
    put('NtryDtls/TxDtls/CdtDbtInd', side);
    if (entry.details) put('NtryDtls/TxDtls/AddtlTxInf', entry.details);
  }
}

const bearers: Readonly<Record<string, string>> = { OUR: 'DEBT', BEN: 'CRED', SHA: 'SHAR' };
const messageNames: Readonly<Record<string, string>> = {
  '103': 'pacs.008',
  '202': 'pacs.009',
  '205': 'pacs.009',
  '210': 'camt.057',
};

/** What a mapping row may be; the first argument is always the path. */
export const mxKinds = {
  agent: putAgent,
  party: putParty,
  reason,
  charges,
  balance,
  entries,
  /** The bank of the field; where it is left out the receiver, as the recorded pairs have it. */
  agentOrReceiver: (context, path, key = '') => {
    if (context.source.field(key)) putAgent(context, path, key);
    else {
      const { target, report, receiver } = context;
      target.put(`${path}/FinInstnId/BICFI`, receiver);
      const message = `${key} is left out: ${receiver}, the receiver, is taken. Check it.`;
      report.filled('filled', path, receiver, message);
    }
  },
  /** The bank of the field; where it is left out, the sender ordered it itself (UHB, MT202 field 52a). */
  agentOrSender: (context, path, key = '') => {
    if (context.source.field(key)) return putAgent(context, path, key);
    const { target, report, sender } = context;
    target.put(`${path}/FinInstnId/BICFI`, sender);
    const message = `${key} is left out: ${sender}, the sender, is the ordering institution.`;
    report.filled('filled', path, sender, message);
  },
  literal: ({ target }, path, value = '') => target.put(path, value),
  text: ({ source, target }, path, key = '') => {
    const value = source.field(key)?.value;
    if (value) target.put(path, value.startsWith('/') && key === '25A' ? value.slice(1) : value);
  },
  component: ({ source, target }, path, key = '', name = '') => {
    const value = componentOf(source.field(key), name);
    if (value) target.put(path, value);
  },
  money: ({ source, target }, path, key = '') => {
    const { currency, amount } = source.field(key)?.components ?? {};
    if (currency && amount) target.put(path, decimal(amount), { currency });
  },
  date: ({ source, target }, path, key = '') => {
    const value = componentOf(source.field(key), 'date');
    if (value) target.put(path, isoDate(value));
  },
  midnight: ({ source, target }, path, key = '') => {
    const value = componentOf(source.field(key), 'date');
    if (value) target.put(path, `${isoDate(value)}T00:00:00+00:00`);
  },
  moment: ({ source, target }, path, key = '') => {
    const { date, time, sign, offset } = source.field(key)?.components ?? {};
    if (!date || !time || !offset) return;
    const clock = `${time.slice(0, 2)}:${time.slice(2)}:00`;
    target.put(path, `${isoDate(date)}T${clock}${sign}${offset.slice(0, 2)}:${offset.slice(2)}`);
  },
  rate: ({ source, target }, path, key = '') => {
    const value = source.field(key)?.value;
    if (value) target.put(path, decimal(value));
  },
  bearer: ({ source, target }, path) => {
    const value = source.field('71A')?.value ?? '';
    target.put(path, bearers[value] ?? 'SHAR');
  },
  bic: ({ target, sender, receiver }, path, side = '') =>
    target.put(path, side === 'sender' ? sender : receiver),
  uetr: ({ target, uetr }, path) => {
    if (uetr) target.put(path, uetr);
  },
  createdAt: ({ target, createdAt }, path) => target.put(path, createdAt),
  settlement: ({ source, target }, path) =>
    target.put(path, source.field('53a') && source.field('54a') ? 'COVE' : 'INDA'),
  coded: ({ source, target }, path, key = '', code = '') => {
    const value = source.coded(key, code);
    if (value) target.put(path, value);
  },
  codedOr: ({ source, target }, path, key = '', code = '', otherwise = '') =>
    // The whole narrative is carried beside this as text, so no line of it is ticked off.
    target.put(path, codeIn(source.lines(key), code) || otherwise),
  codedLine: ({ source, target }, path, key = '', code = '') => {
    const value = source.coded(key, code);
    if (value) target.put(path, `/${code}/${value}`);
  },
  firstCode: ({ source, target }, path, key = '') => {
    const code = /^\/([^/]+)\//.exec(source.lines(key)[0] ?? '')?.[1];
    if (code) target.put(path, code);
    if (code) source.coded(key, code);
  },
  narrative: ({ source, target }, path, key = '') => {
    const value = source.field(key)?.value;
    if (value) target.put(path, value.replaceAll('\n', ''));
  },
  messageName: ({ source, target }, path, key = '') => {
    const type = componentOf(source.field(key), 'type');
    if (type) target.put(path, messageNames[type] ?? `MT${type}`);
  },
  account: (context, path, key = '') =>
    putAccount(context, path, context.source.field(key)?.value ?? ''),
  page: ({ source, target }, path) => {
    const { statement = '', sequence } = source.field('28C')?.components ?? {};
    target.put(`${path}/StmtPgntn/PgNb`, sequence ?? '1');
    target.put(`${path}/StmtPgntn/LastPgInd`, 'true');
    if (sequence) target.put(`${path}/ElctrncSeqNb`, sequence);
    target.put(`${path}/LglSeqNb`, statement);
  },
  numbered: (context, path, key = '') =>
    putNumbered(context, path, (context.source.field(key)?.value ?? '').split('\n')),
  charge: ({ source, target }, path, key = '') => {
    const [, code = '', amount = '', mark = ''] = source.field(key)?.value.split('/') ?? [];
    const currency = amount.slice(0, 3);
    target.put(`${path}/Amt`, decimal(amount.slice(3)), { currency });
    target.put(`${path}/CdtDbtInd`, mark === 'D' ? 'DBIT' : 'CRDT');
    target.put(`${path}/Tp/Cd`, code);
  },
  chequeReason: ({ source, target }, path, key = '') => {
    const text = /^\/([^/]+)\//.exec(source.field(key)?.value ?? '')?.[1];
    const codes: Record<string, string> = { RequestedByCustomer: 'CUST', Duplicate: 'DUPL' };
    if (text) target.put(path, codes[text] ?? text);
  },
} satisfies Record<string, MxKind>;

/** Name of a kind of row. */
export type MxKindName = keyof typeof mxKinds;
