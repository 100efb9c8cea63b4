// Writes values of an MX message as MT fields: references, amounts, agents, parties, narratives.

import { transliterate } from '../../identifier/transliterate.ts';
import { foreignIndex } from '../../mt/charset.ts';
import { amountAgreementCountries } from '../../mt/tables.ts';
import type { LossReport } from '../losses.ts';
import type { MxSource } from '../tree.ts';

/** What a row of a mapping works with. */
export interface Context {
  /** The document and header, read from the root: "AppHdr/..", "Document/..". */
  readonly root: MxSource;
  /** The transaction, statement or notice the message is about. */
  readonly at: MxSource;
  readonly report: LossReport;
  readonly sender: string;
  readonly receiver: string;
}

export type FieldOut = readonly [tag: string, value: string];

/** The text in the x character set, written as the identifier room transliterates names. */
export function plainText(context: Context, from: string, to: string, text: string): string {
  if (foreignIndex(text, 'x') < 0) return text;
  const plain = transliterate(text, 'swift-x').text;
  context.report.replaced(from, to, text, plain);
  return plain;
}

/** A text of at most `length` characters; what is cut ends in + as Swift's translator does. */
export function cutText(
  context: Context,
  { from, to, text, length }: { from: string; to: string; text: string; length: number },
): string {
  const plain = plainText(context, from, to, text);
  if (plain.length <= length) return plain;
  const cut = `${plain.slice(0, length - 1)}+`;
  context.report.cut(from, to, plain, cut);
  return cut;
}

/** A reference of 16 characters (field 20, 21) from the first path that holds one. */
export function reference(context: Context, tag: string, ...paths: string[]): FieldOut[] {
  const text = referenceText(context, tag, paths);
  return text ? [[tag, text]] : [];
}

/** The same, as text for a narrative. */
export function referenceText(context: Context, tag: string, paths: readonly string[]): string {
  const from = paths.find((path) => context.at.has(path) || context.root.has(path));
  if (!from) return '';
  const source = context.at.has(from) ? context.at : context.root;
  return cutText(context, { from, to: tag, text: source.text(from), length: 16 });
}

/** A decimal number as FIN writes it: comma, no superfluous zeros. */
export function finAmount(text: string): string {
  const [whole = '0', decimals = ''] = text.trim().split('.');
  return `${whole.replace(/^0+(?=\d)/, '')},${decimals.replace(/0+$/, '')}`;
}

/** YYMMDD of an ISO date or time. */
export function finDate(text: string): string {
  return text.slice(2, 10).replaceAll('-', '');
}

/** Currency and amount at the path, "" when there is none. */
export function money(at: MxSource, path: string): string {
  return at.has(path) ? at.attribute(path, 'Ccy') + finAmount(at.text(path)) : '';
}

/** 33B: the instructed amount; between two countries of the 33B rule the settled one (T13003). */
export function instructedAmount(
  context: Context,
  tag: string,
  path: string,
  settled: string,
): FieldOut[] {
  const value = money(context.at, path);
  if (value) return [[tag, value]];
  const countries = [context.sender, context.receiver].map((bic) => bic.slice(4, 6));
  if (!countries.every((country) => amountAgreementCountries.has(country))) return [];
  const filled = money(context.at, settled);
  const message = `33B is mandatory between these countries: it is filled from the settled amount.`;
  context.report.filled('T13003', tag, filled, message);
  return [[tag, filled]];
}

/** The account at the path: IBAN or other identification, "" when there is none. */
export function account(at: MxSource, path: string): string {
  return at.text(`${path}/Id/IBAN`) || at.text(`${path}/Id/Othr/Id`);
}

/** A bank as option A (BIC) or D (clearing code or account, name and address). */
export function agent(
  context: Context,
  tag: string,
  path: string,
  accountPath = `${path}Acct`,
): FieldOut[] {
  const { at } = context;
  const institution = `${path}/FinInstnId`;
  if (!at.has(institution)) return [];
  const id = account(at, accountPath);
  const clearing = at.text(`${institution}/ClrSysMmbId/MmbId`);
  const system = clearing ? at.text(`${institution}/ClrSysMmbId/ClrSysId/Cd`) : '';
  const party = id ? `/${id}\n` : clearing ? `/${clearingCode(system)}${clearing}\n` : '';
  const bic = at.text(`${institution}/BICFI`);
  if (bic) return [[`${tag}A`, party + bic]];
  const name = lines(context, `${tag}D`, `${institution}/Nm`, 35, 2);
  const address = addressLines(context, `${tag}D`, `${institution}/PstlAdr`, 35);
  return [[`${tag}D`, party + [...name, ...address].slice(0, 4).join('\n')]];
}

/** ISO clearing system codes as FIN abbreviates them after a slash. */
function clearingCode(system: string): string {
  const codes: Record<string, string> = {
    USABA: '/FW',
    GBDSC: '/SC',
    DEBLZ: '/BL',
    CACPA: '/CC',
    AUBSB: '/AU',
    CHBCC: '/SW',
    INFSC: '/IN',
    ITNCC: '/IT',
    ESNCC: '/ES',
  };
  return codes[system] ?? '/';
}

/** A text in lines of `width`, at most `most` of them; the rest is cut and reported. */
function lines(
  context: Context,
  to: string,
  path: string,
  width: number,
  most: number,
): readonly string[] {
  const text = cutText(context, {
    from: path,
    to,
    text: context.at.text(path),
    length: width * most,
  });
  const parts: string[] = [];
  for (let start = 0; start < text.length; start += width) {
    parts.push(text.slice(start, start + width));
  }
  return parts;
}

function addressLines(
  context: Context,
  to: string,
  path: string,
  width: number,
): readonly string[] {
  const { at } = context;
  const street = streetText(at, path);
  const town = [at.text(`${path}/Ctry`), townText(at, path)].filter(Boolean).join('/');
  const given = at.all(`${path}/AdrLine`).map((line) => line.text(''));
  return [...given, street, town]
    .filter((text) => text !== '')
    .map((text) => cutText(context, { from: path, to, text, length: width }));
}

const streetParts = ['Dept', 'SubDept', 'BldgNm', 'StrtNm', 'BldgNb', 'Flr', 'Room', 'PstBx'];
const townParts = ['TwnNm', 'TwnLctnNm', 'DstrctNm', 'CtrySubDvsn', 'PstCd'];

function streetText(at: MxSource, path: string): string {
  return streetParts.flatMap((tag) => at.text(`${path}/${tag}`) || []).join(', ');
}

function townText(at: MxSource, path: string): string {
  return townParts.flatMap((tag) => at.text(`${path}/${tag}`) || []).join(', ');
}

/** Name and address in the numbered lines of 50F and 59F: 1 name, 2 address, 3 country and town. */
export function numberedLines(context: Context, tag: string, path: string): readonly string[] {
  const { at } = context;
  const names = lines(context, tag, `${path}/Nm`, 33, 2).map((line) => `1/${line}`);
  const address = `${path}/PstlAdr`;
  const given = at.all(`${address}/AdrLine`).map((line) => line.text(''));
  const street = [...given, streetText(at, address)].filter((text) => text !== '');
  const country = at.text(`${address}/Ctry`);
  const town = townText(at, address);
  const places = country ? [town ? `3/${country}/${town}` : `3/${country}`] : [];
  const room = 4 - names.length - places.length;
  const streets = street.slice(0, room).map((text) => `2/${text}`);
  for (const lost of street.slice(room)) context.report.cut(address, tag, lost, '');
  return [...names, ...streets, ...places].map((text) =>
    cutText(context, { from: path, to: tag, text, length: 35 }),
  );
}

/** A customer: BIC (A), numbered lines (F) where the country is known, else name and address. */
export function party(
  context: Context,
  tag: string,
  path: string,
  accountPath = `${path}Acct`,
): FieldOut[] {
  const { at } = context;
  if (!at.has(path)) return [];
  const id = account(at, accountPath);
  const line = id
    ? `/${cutText(context, { from: accountPath, to: tag, text: id, length: 34 })}\n`
    : '';
  const bic = at.text(`${path}/Id/OrgId/AnyBIC`);
  if (bic) return [[`${tag}A`, line + bic]];
  if (at.has(`${path}/PstlAdr/Ctry`)) {
    // 50F has no form without a first line: Swift's translator writes /NOTPROVIDED.
    const first = line || (tag === '50' ? '/NOTPROVIDED\n' : '');
    return [[`${tag}F`, first + numberedLines(context, `${tag}F`, path).join('\n')]];
  }
  const name = lines(context, tag, `${path}/Nm`, 35, 2);
  const address = addressLines(context, tag, `${path}/PstlAdr`, 35);
  const option = tag === '50' ? 'K' : '';
  return [[tag + option, line + [...name, ...address].slice(0, 4).join('\n')]];
}

/** A narrative of code words: continued lines begin with //. */
export function narrative(
  context: Context,
  tag: string,
  texts: readonly string[],
  { width, most }: { width: number; most: number },
): FieldOut[] {
  const all: string[] = [];
  for (const text of texts) {
    let rest = plainText(context, tag, tag, text);
    let head = '';
    while (rest.length > 0) {
      const room = width - head.length;
      all.push(head + rest.slice(0, room));
      rest = rest.slice(room);
      head = '//';
    }
  }
  if (all.length > most) {
    context.report.cut(tag, tag, all.join(' '), all.slice(0, most).join(' '));
  }
  return all.length > 0 ? [[tag, all.slice(0, most).join('\n')]] : [];
}
