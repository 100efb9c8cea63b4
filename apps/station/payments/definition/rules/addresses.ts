// Judges postal addresses: structured or hybrid, and nothing said twice.
import type { XmlElement } from '../../iso20022/tree.ts';
import type { Check } from './rule.ts';
import { everywhere, find, has, type Report, type Subject, textOf, within } from './subject.ts';

type Of<Kind extends Check['kind']> = Extract<Check, { kind: Kind }>;

const parts = [
  'Dept',
  'SubDept',
  'StrtNm',
  'BldgNb',
  'BldgNm',
  'Flr',
  'PstBx',
  'Room',
  'PstCd',
  'TwnNm',
  'TwnLctnNm',
  'DstrctNm',
  'CtrySubDvsn',
  'Ctry',
];

function isHybrid(address: XmlElement): boolean {
  return has(address, 'AdrLine') && parts.some((part) => has(address, part));
}

export function addressHybrid(subject: Subject, check: Of<'address-hybrid'>, report: Report): void {
  for (const address of find(subject, check.path)) {
    const isComplete = has(address, 'TwnNm') && has(address, 'Ctry');
    if (isHybrid(address) && !isComplete) report(address, 'town or country missing');
  }
}

export function addressLines(subject: Subject, check: Of<'address-lines'>, report: Report): void {
  for (const address of find(subject, check.path)) {
    if (isHybrid(address)) continue;
    for (const line of within(address, 'AdrLine')) {
      const { length } = [...textOf(line)];
      if (length > check.length) report(line, `${length} characters`);
    }
  }
}

/** Structured, or hybrid with few short lines: what networks take since November 2026. */
export function addressForm(subject: Subject, check: Of<'address-form'>, report: Report): void {
  for (const address of everywhere(subject, 'PstlAdr')) {
    const lines = within(address, 'AdrLine');
    const long = lines.find((line) => [...textOf(line)].length > check.length);
    if (!has(address, 'TwnNm') || !has(address, 'Ctry')) {
      report(
        address,
        lines.length > 0 ? 'address lines without town and country' : 'no town or country',
      );
    } else if (lines.length > check.lines) {
      report(address, `${lines.length} address lines`);
    } else if (long) {
      report(long, `${[...textOf(long)].length} characters`);
    }
  }
}

function isSaid(value: string, line: string): boolean {
  if (value === line) return true;
  for (let at = line.indexOf(value); at >= 0; at = line.indexOf(value, at + 1)) {
    const before = line[at - 1] ?? ' ';
    const after = line[at + value.length] ?? ' ';
    if (!/[A-Za-z0-9]/.test(before) && !/[A-Za-z0-9]/.test(after)) return true;
  }
  return false;
}

export function addressRepeats(subject: Subject, _: Of<'address-repeats'>, report: Report): void {
  for (const address of everywhere(subject, 'PstlAdr')) {
    const lines = within(address, 'AdrLine').map(textOf);
    for (const part of lines.length > 0 ? parts : []) {
      for (const element of within(address, part)) {
        const value = textOf(element);
        // Shorter values, such as a country, stand in words by chance.
        if (value.length >= 3 && lines.some((line) => isSaid(value, line))) {
          report(element, `"${value}" stands in an address line too`);
        }
      }
    }
  }
}
