// The kinds of row a mapping to MT is made of: each makes fields from paths.
import {
  account,
  agent,
  type Context,
  cutText,
  type FieldOut,
  finAmount,
  finDate,
  instructedAmount,
  money,
  narrative,
  numberedLines,
  party,
  reference,
  referenceText,
} from './values.ts';

export type Kind = (context: Context, tag: string, ...paths: string[]) => readonly FieldOut[];

const bearers: Readonly<Record<string, string>> = {
  DEBT: 'OUR',
  CRED: 'BEN',
  SHAR: 'SHA',
  SLEV: 'SHA',
};

/**
 * Reason codes that MT return and reject narratives know (Swift payment reject/return
 * guidelines).
 */
const mtReasons: ReadonlySet<string> = new Set(
  `AC01 AC02 AC03 AC04 AC06 AG01 AG02 AM01 AM02 AM03 AM04 AM05 AM06 AM07 AM08 BE01 BE02 BE03 BE04
  BE05 DT01 MS01 RF01 TM01 PY01`.split(/\s+/),
);

const chequeReasons: Readonly<Record<string, string>> = {
  CUST: 'RequestedByCustomer',
  DUPL: 'Duplicate',
  FRAD: 'Fraud',
  LOST: 'Lost',
};
const chequeStates: Readonly<Record<string, string>> = { ACCR: 'Accepted', RJCR: 'Rejected' };
const chargeTypes: Readonly<Record<string, string>> = { DEBT: 'OURC', CFEE: 'CANF', BRKF: 'BROK' };

/** /REJT/ or /RETN/ with reason, references and the text that carries the UETR. */
function returned(context: Context, head: string, base: string): string[] {
  const { at } = context;
  const reasons = at.all(`${base}/Rsn`).flatMap((each) => each.text('Cd') || []);
  const lines = [`/${head}/99`];
  for (const code of reasons) lines.push(mtReasons.has(code) ? `/${code}/` : `/XT99/${code}/`);
  const message = referenceText(context, 'MREF', ['OrgnlInstrId', 'OrgnlGrpInf/OrgnlMsgId']);
  if (message) lines.push(`/MREF/${message}`);
  const transaction = referenceText(context, 'TREF', ['OrgnlEndToEndId']);
  if (transaction) lines.push(`/TREF/${transaction}`);
  return lines;
}

function balance({ at }: Context, tag: string, code: string): readonly FieldOut[] {
  const found = at.all('Bal').find((each) => each.text('Tp/CdOrPrtry/Cd') === code);
  if (!found) return [];
  const mark = found.text('CdtDbtInd') === 'DBIT' ? 'D' : 'C';
  return [
    [tag, mark + finDate(found.text('Dt/Dt') || found.text('Dt/DtTm')) + money(found, 'Amt')],
  ];
}

function entries(context: Context, tag: string): readonly FieldOut[] {
  return context.at.all('Ntry').flatMap((entry) => {
    const debit = entry.text('CdtDbtInd') === 'DBIT';
    const reversal = entry.text('RvslInd') === 'true' ? 'R' : '';
    const refs = 'NtryDtls/TxDtls/Refs';
    // A debit carries the account owner's own reference, a credit the payer's.
    const path = debit ? `${refs}/InstrId` : `${refs}/EndToEndId`;
    const known = entry.text(path);
    const from = `Ntry/${path}`;
    const owner = known ? cutText(context, { from, to: tag, text: known, length: 16 }) : 'NONREF';
    const booked = entry.text('BookgDt/Dt').slice(5).replace('-', '');
    const mark = reversal + (debit ? 'D' : 'C');
    const date = finDate(entry.text('ValDt/Dt') || entry.text('BookgDt/Dt'));
    return [[tag, `${date}${booked}${mark}${finAmount(entry.text('Amt'))}NTRF${owner}`]];
  });
}

/** Remittance in 70: the end-to-end reference (/ROC/), then what the customer wrote. */
function remittance(context: Context, tag: string, endToEnd: string, base: string) {
  const { at } = context;
  const id = at.text(endToEnd);
  const texts = at.all(`${base}/Ustrd`).map((each) => each.text(''));
  const structured = at.all(`${base}/Strd/CdtrRefInf/Ref`).map((each) => `/RFB/${each.text('')}`);
  const all = [...structured, ...texts].join('//');
  const known = id !== '' && id !== 'NOTPROVIDED';
  const written =
    all && known ? `/ROC/${id}///URI/${all}` : known ? `/ROC/${id}` : all && `/URI/${all}`;
  return narrative(context, tag, written ? [written] : [], { width: 35, most: 4 });
}

function bankToBank(context: Context, tag: string, ...paths: string[]): readonly FieldOut[] {
  const { at } = context;
  const banks = paths.flatMap((path) => at.text(`${path}/FinInstnId/BICFI`) || []);
  const texts = banks.map((bic) => `/INS/${bic}`);
  for (const each of at.all('InstrForNxtAgt/InstrInf')) texts.push(`/REC/${each.text('')}`);
  for (const each of at.all('InstrForCdtrAgt/InstrInf')) texts.push(`/ACC/${each.text('')}`);
  if (tag === '72') {
    const informed = at.all('RmtInf/Ustrd').map((each) => `/BNF/${each.text('')}`);
    if (!at.has('UndrlygCstmrCdtTrf') && at.has('Dbtr/FinInstnId')) texts.push(...informed);
  }
  return narrative(context, tag, texts, { width: 35, most: 6 });
}

/** Charges already taken (71F) or paid in advance (71G), by who bears them. */
function charges({ at }: Context): readonly FieldOut[] {
  const tag = at.text('ChrgBr') === 'DEBT' ? '71G' : '71F';
  return at.all('ChrgsInf').map((each) => [tag, money(each, 'Amt')]);
}

function chargeDetails({ at }: Context, tag: string): readonly FieldOut[] {
  return at.all('Rcrd/ChrgsBrkdwn').map((each) => {
    const code = each.text('Tp/Cd');
    const mark = each.text('CdtDbtInd') === 'DBIT' ? 'D' : 'C';
    return [tag, `/${chargeTypes[code] ?? code}/${money(each, 'Amt')}/${mark}`];
  });
}

/** Date and time of the report with its own offset from UTC. */
function reportTime({ root }: Context, tag: string, path: string): readonly FieldOut[] {
  const text = root.text(path);
  const match = /T(\d\d):(\d\d).*?(?:([+-])(\d\d):(\d\d)|Z)?$/.exec(text);
  if (!match) return [];
  const [, hours, minutes, sign = '+', offsetHours = '00', offsetMinutes = '00'] = match;
  return [[tag, `${finDate(text)}${hours}${minutes}${sign}${offsetHours}${offsetMinutes}`]];
}

/** What a mapping row may be; the first argument is always the tag. */
export const kinds = {
  literal: (_, tag, value = '') => [[tag, value]],
  reference,
  agent,
  party,
  remittance,
  bankToBank,
  charges,
  chargeDetails,
  balance,
  entries,
  instructedAmount,
  reportTime,
  amount: ({ at }, tag, path = '') => (at.has(path) ? [[tag, money(at, path)]] : []),
  datedAmount: ({ at }, tag, datePath = '', path = '') =>
    at.has(path) ? [[tag, finDate(at.text(datePath)) + money(at, path)]] : [],
  date: ({ at }, tag, path = '') => (at.has(path) ? [[tag, finDate(at.text(path))]] : []),
  rate: ({ at }, tag, path = '') => (at.has(path) ? [[tag, finAmount(at.text(path))]] : []),
  account: (context, tag, path = '') => {
    const text = account(context.at, path);
    return text ? [[tag, cutText(context, { from: path, to: tag, text, length: 35 })]] : [];
  },
  bearer: ({ at }, tag) => [[tag, bearers[at.text('ChrgBr')] ?? 'SHA']],
  page: ({ at }, tag, number = '', page = '') => {
    const pageNumber = at.text(page);
    return [[tag, `${at.text(number) || '1'}${pageNumber ? `/${pageNumber}` : ''}`]];
  },
  floorLimit: ({ at }, tag, path = '') => [[tag, `${at.text(path)}0,`]],
  rejection: (context, tag) => {
    const uetr = context.at.text('OrgnlUETR');
    const lines = returned(context, 'REJT', 'StsRsnInf');
    if (uetr) lines.push(`/TEXT//UETR/${uetr}`);
    return [[tag, lines.join('\n')]];
  },
  return: (context, tag) => [[tag, returned(context, 'RETN', 'RtrRsnInf').join('\n')]],
  requester: ({ root }, tag, path = '') => {
    const bic = root.text(`${path}/FinInstnId/BICFI`);
    return bic ? [[tag, `/CHRQ/${bic}`]] : [];
  },
  numbered: (context, tag, path = '') => [[tag, numberedLines(context, tag, path).join('\n')]],
  chequeReason: ({ at }, tag, path = '') => {
    const code = at.text(path);
    return code ? [[tag, `/${chequeReasons[code] ?? code}/`]] : [];
  },
  chequeState: ({ at }, tag, path = '', more = '') => {
    const code = at.text(path);
    return [[tag, `/${chequeStates[code] ?? code}/${at.text(more)}`]];
  },
  orderingAgent: ({ at }, tag, path = '') => {
    const bic = at.text(`${path}/FinInstnId/BICFI`);
    return bic ? [[tag, bic]] : [];
  },
  rootAccount: ({ root }, tag, path = '') => {
    const text = account(root, path);
    return text ? [[tag, text]] : [];
  },
  chargeTotal: ({ at }, tag) => {
    const total = money(at, 'Rcrd/TtlChrgsPerRcrd/TtlChrgsAmt');
    const debit = at.text('Rcrd/TtlChrgsPerRcrd/CdtDbtInd') === 'DBIT';
    if (!at.has('Rcrd/ValDt/Dt')) return [[`${tag}B`, total]];
    return [[tag + (debit ? 'D' : 'C'), finDate(at.text('Rcrd/ValDt/Dt')) + total]];
  },
  original: ({ root }, tag, type = '', path = '') => [
    [tag, `${type}\n${finDate(root.text(path))}`],
  ],
  cancelReason: ({ root }, tag, path = '') => {
    const code = root.text(path);
    return code ? [[tag, `/${code}/`]] : [];
  },
} satisfies Record<string, Kind>;

/** Name of a kind of row. */
export type KindName = keyof typeof kinds;
