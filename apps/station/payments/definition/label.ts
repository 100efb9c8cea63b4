// Gives every tag and pattern a name in words: from the abbreviations of the standard, or from
// where it is better said.
import { abbreviations } from './words.ts';

const words: ReadonlyMap<string, string> = new Map(
  abbreviations
    .trim()
    .replaceAll('\n', ' ')
    .split(', ')
    .map((pair) => pair.split(' ') as [string, string]),
);

/** What tellers call these elements, where the words of the tag alone would not say it. */
const better: Readonly<Record<string, string>> = {
  AppHdr: 'Business application header',
  BICFI: 'BIC',
  AnyBIC: 'BIC of the organisation',
  Ccy: 'Currency',
  ChrgBr: 'Who pays the charges',
  CtrlSum: 'Control sum',
  Document: 'Message',
  EndToEndId: 'End-to-end reference',
  FICdtTrf: 'Credit transfer between institutions',
  FIToFICstmrCdtTrf: 'Customer credit transfer between institutions',
  FIToFIPmtCxlReq: 'Request to cancel a payment',
  FIToFIPmtStsReq: 'Request for the status of a payment',
  FIToFIPmtStsRpt: 'Status report of a payment',
  FinInstnId: 'Institution',
  InstdAmt: 'Amount ordered',
  InstrPrty: 'Priority',
  IntrBkSttlmAmt: 'Amount settled between the banks',
  IntrBkSttlmDt: 'Date of settlement between the banks',
  MsgDefIdr: 'Message definition identifier',
  NbOfTxs: 'Number of transactions',
  PmtMtd: 'Payment method',
  Prtry: 'Own code',
  PstlAdr: 'Postal address',
  ReqdExctnDt: 'Date of execution asked for',
  RmtInf: 'Payment details',
  Strd: 'Structured details',
  SvcLvl: 'Service level',
  TwnNm: 'Town',
  Ustrd: 'Details in words',
};

const parts =
  /UETR|BICFI|BIC|IBAN|LEI|FI(?=To|Id|Cdt|Cstmr|Pmt|$)|[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+/g;
const cache = new Map<string, string>();

function spell(tag: string): string {
  const spelled = [...tag.matchAll(parts)]
    .map(([part]) => words.get(part) ?? part.toLowerCase())
    .join(' ');
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}

/**
 * The name of an element or attribute in words, such as `Debtor agent account`; the tag itself
 * when it has none.
 */
export function labelOf(tag: string): string {
  const known = better[tag] ?? cache.get(tag);
  if (known !== undefined) return known;
  // Tags of strangers are not kept: they would fill the memory of a workstation that reads many
  // files.
  const label = /^[A-Z][A-Za-z0-9]{0,40}$/.test(tag) ? spell(tag) : tag;
  if (cache.size < 5000) cache.set(tag, label);
  return label;
}

const patterns: readonly (readonly [RegExp, string])[] = [
  [/^\[A-Z\]\{3,3\}$/, 'a currency code of three capital letters, such as EUR'],
  [/^\[A-Z\]\{2,2\}$/, 'a country code of two capital letters, such as DE'],
  [
    /^\[A-Z\]\{2,2\}\[0-9\]\{2,2\}/,
    'an IBAN in capitals without blanks, such as DE89370400440532013000',
  ],
  [
    /\[A-Z0-9\]\{3,3\}\)\{0,1\}$|A-NP-Z0-9/,
    'a BIC of 8 or 11 capitals and digits, such as DEUTDEFF or DEUTDEFF500',
  ],
  [/^\[A-Z0-9\]\{18,18\}/, 'an LEI of 18 capitals or digits and two check digits'],
  [/^\[a-f0-9\]\{8\}/, 'a UETR: a version 4 UUID in small letters'],
  [/^\\\+/, 'a phone number such as +49-691234567'],
  [/^\[0-9\]\{1,(\d+)\}$/, 'digits only'],
  [/^\[0-9\]/, 'digits, as many as the standard gives it'],
  [/^\[a-zA-Z0-9\]\{4\}$/, 'four letters or digits'],
  [/^\.\*Z$/, 'a time in UTC that ends in Z'],
];

/** What a pattern of the standard asks for, in words; the pattern itself when it has no words. */
export function describePattern(pattern: string): string {
  const known = patterns.find(([expression]) => expression.test(pattern));
  return known ? known[1] : `a value that matches ${pattern}`;
}
