// Judges the rules about values: sameness, patterns, codes, lengths, sums, identifiers and
// characters.
import { addBusinessDays, rollDate } from '#station/bank/calendar.ts';
import { targetCalendar } from '#station/bank/payment-cutoff.ts';
import { checkIdentifier } from '../../identifier/index.ts';
import type { XmlElement } from '../../iso20022/tree.ts';
import { scaledDecimal, writeDecimal } from './decimal.ts';
import type { Check } from './rule.ts';
import {
  allText,
  everywhere,
  find,
  type Report,
  type Subject,
  textOf,
  textsOf,
  within,
} from './subject.ts';

type Of<Kind extends Check['kind']> = Extract<Check, { kind: Kind }>;

export function sameValue(subject: Subject, check: Of<'same-value'>, report: Report): void {
  const { unless, onlyWithout } = check;
  if (onlyWithout !== undefined && find(subject, onlyWithout).length > 0) return;
  if (unless && textsOf(find(subject, unless.path)).some((each) => unless.values.includes(each))) {
    return;
  }
  for (const [one, other] of check.pairs) {
    const elements = find(subject, one);
    const [first] = elements;
    const ones = new Set(textsOf(elements));
    const others = new Set(textsOf(find(subject, other)));
    if (!first || others.size === 0 || ones.symmetricDifference(others).size === 0) continue;
    report(first, `"${[...ones].join(', ')}" is not "${[...others].slice(0, 3).join(', ')}"`);
  }
}

export function holdsValue(subject: Subject, check: Of<'holds-value'>, report: Report): void {
  const [one] = find(subject, check.one);
  const [other] = find(subject, check.other);
  if (!one || !other || textOf(other) === '') return;
  if (!textOf(one).includes(textOf(other))) {
    report(one, `"${textOf(one)}" does not hold "${textOf(other)}"`);
  }
}

export function namesMessage(subject: Subject, _: Of<'names-message'>, report: Report): void {
  if (!subject.document) return;
  const [element] = find(subject, '/AppHdr/MsgDefIdr');
  const value = element ? textOf(element) : '';
  if (element && value !== '' && value !== subject.messageId) {
    report(element, `"${value}" is not ${subject.messageId}`);
  }
}

const expressions = new Map<string, RegExp>();

function expression(pattern: string): RegExp {
  const known = expressions.get(pattern) ?? new RegExp(`^(?:${pattern})$`, 'su');
  expressions.set(pattern, known);
  return known;
}

export function pattern(subject: Subject, check: Of<'pattern'>, report: Report): void {
  for (const element of find(subject, check.path)) {
    const value = textOf(element);
    if (value === '' || expression(check.pattern).test(value) === check.must) continue;
    report(element, `"${value}"`);
  }
}

function breaksSlashes(value: string, first: number | undefined): boolean {
  if (first === undefined) {
    return value.startsWith('/') || value.endsWith('/') || value.includes('//');
  }
  const start = value.slice(0, first);
  return start.startsWith('/') || value[first - 1] === '/' || start.includes('//');
}

export function slash(subject: Subject, check: Of<'slash'>, report: Report): void {
  for (const element of find(subject, check.path)) {
    if (breaksSlashes(textOf(element), check.first)) report(element, `"${textOf(element)}"`);
  }
}

export function codes(subject: Subject, check: Of<'codes'>, report: Report): void {
  for (const element of find(subject, check.path)) {
    const value = textOf(element);
    if (value !== '' && check.codes.includes(value) !== check.allowed) {
      report(element, `"${value}"`);
    }
  }
}

export function attributeCodes(
  subject: Subject,
  check: Of<'attribute-codes'>,
  report: Report,
): void {
  for (const element of find(subject, check.path)) {
    const value = element.attributes[check.attribute];
    if (value !== undefined && check.codes.includes(value) !== check.allowed) {
      report(element, `"${value}"`);
    }
  }
}

export function maxLength(subject: Subject, check: Of<'max-length'>, report: Report): void {
  for (const element of find(subject, check.path)) {
    const { length } = [...textOf(element)];
    if (length > check.length) report(element, `${length} characters`);
  }
}

export function totalLength(subject: Subject, check: Of<'total-length'>, report: Report): void {
  const elements = find(subject, check.path);
  const [first] = elements;
  const total = elements.reduce((sum, element) => sum + [...allText(element)].length, 0);
  if (first && total > check.length) report(first, `${total} characters`);
}

function amountOf(element: XmlElement | undefined): bigint | null {
  return element ? scaledDecimal(textOf(element)) : null;
}

export function amountsDiffer(subject: Subject, check: Of<'amounts-differ'>, report: Report): void {
  for (const element of find(subject, check.at)) {
    const [one] = within(element, check.one);
    const [other] = within(element, check.other);
    if (!one?.attributes.Ccy || one.attributes.Ccy !== other?.attributes.Ccy) continue;
    const [first, second] = [amountOf(one), amountOf(other)];
    if (first === null || second === null || first === second) continue;
    if (within(element, check.needs).length === 0) {
      report(element, `${textOf(one)} and ${textOf(other)} ${one.attributes.Ccy}`);
    }
  }
}

export function sum(subject: Subject, check: Of<'sum'>, report: Report): void {
  for (const element of find(subject, check.at)) {
    const [total] = within(element, check.total);
    const parts = within(element, check.parts);
    const stated = amountOf(total);
    const currencies = new Set(
      [total, ...parts].map((part) => part?.attributes.Ccy).filter((ccy) => ccy !== undefined),
    );
    if (!total || stated === null || parts.length === 0) continue;
    if (check.sameCurrency && currencies.size > 1) continue;
    const amounts = parts.map(amountOf);
    if (amounts.includes(null)) continue;
    const added = amounts.reduce<bigint>((sum, amount) => sum + (amount ?? 0n), 0n);
    if (added !== stated) report(total, `${textOf(total)} is stated, ${writeDecimal(added)} added`);
  }
}

export function count(subject: Subject, check: Of<'count'>, report: Report): void {
  for (const element of find(subject, check.at)) {
    const [total] = within(element, check.total);
    const { length } = within(element, check.parts);
    if (total && Number(textOf(total)) !== length) {
      report(total, `${textOf(total)} is stated, ${length} counted`);
    }
  }
}

export function amountRange(subject: Subject, check: Of<'amount-range'>, report: Report): void {
  const [least, most] = [scaledDecimal(check.least), scaledDecimal(check.most)];
  for (const element of find(subject, check.path)) {
    const amount = amountOf(element);
    if (amount === null || least === null || most === null) continue;
    const decimals = /\.(\d*?)0*$/.exec(textOf(element))?.[1]?.length ?? 0;
    if (amount < least || amount > most || decimals > check.decimals) {
      report(element, textOf(element));
    }
  }
}

export function partialReturn(subject: Subject, check: Of<'partial-return'>, report: Report): void {
  for (const element of find(subject, check.at)) {
    const [original] = within(element, 'OrgnlIntrBkSttlmAmt');
    const [returned] = within(element, 'RtrdIntrBkSttlmAmt');
    const [whole, part] = [amountOf(original), amountOf(returned)];
    if (!original?.attributes.Ccy || original.attributes.Ccy !== returned?.attributes.Ccy) continue;
    if (whole === null || part === null || part >= whole) continue;
    const says = textsOf(within(element, 'RtrRsnInf/AddtlInf')).includes('PART');
    const isExplained = says && within(element, 'RtrRsnInf/Rsn').length > 0;
    if (!isExplained) report(element, `${textOf(returned)} of ${textOf(original)} is returned`);
  }
}

export function identifier(subject: Subject, check: Of<'identifier'>, report: Report): void {
  const elements =
    check.path === undefined ? everywhere(subject, check.tag ?? null) : find(subject, check.path);
  for (const element of elements) {
    const value = check.attribute ? (element.attributes[check.attribute] ?? '') : textOf(element);
    if (value === '' || check.except?.includes(value)) continue;
    const { valid, errors } = checkIdentifier(check.of, value, subject.date);
    if (!valid) report(element, errors[0]?.message ?? `"${value}"`);
  }
}

export function characters(subject: Subject, check: Of<'characters'>, report: Report): void {
  const wrong = new RegExp(`[^${check.allowed}]`, 'u');
  for (const element of everywhere({ ...subject, header: null }, null)) {
    if (element.children.length > 0 || check.except.includes(element.tag)) continue;
    const [found] = wrong.exec(element.text) ?? [];
    if (found !== undefined) report(element, `"${found}" in "${textOf(element).slice(0, 40)}"`);
  }
}

function daysBetween(from: string, until: string): number | null {
  const [first, second] = [from, until].map((date) => Date.parse(`${date.slice(0, 10)}T00:00:00Z`));
  if (first === undefined || second === undefined) return null;
  return Number.isNaN(first) || Number.isNaN(second) ? null : (second - first) / 86_400_000;
}

/**
 * `days` counts T2 business days, `most` calendar days: a collection reaches the debtor's bank one
 * inter-bank business day before its due date (EPC016-06 and EPC222-07, section 4.3). A date on which T2
 * is closed moves to the next open day, that of sending as well.
 */
export function leadTime(subject: Subject, check: Of<'lead-time'>, report: Report): void {
  const [from] = find(subject, check.from);
  if (!from) return;
  const sent = textOf(from).slice(0, 10);
  for (const element of find(subject, check.at)) {
    const [date] = within(element, check.date);
    const days = date ? daysBetween(sent, textOf(date)) : null;
    if (!date || days === null) continue;
    const due = textOf(date).slice(0, 10);
    const calendar = targetCalendar(sent);
    const first = addBusinessDays(sent, check.days, calendar);
    const isEarly = rollDate(due, 'following', targetCalendar(due)) < first;
    if (isEarly || (check.most !== undefined && days > check.most)) {
      const hint = isEarly ? `the first possible date is ${first}` : `${days} days`;
      report(date, `${due}, sent on ${sent}: ${hint}`);
    }
  }
}
