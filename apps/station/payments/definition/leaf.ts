// Compiles the facets of a leaf into one function, so that a value is judged without looking
// anything up.
import type { FacetFault, Facets, LeafType } from './model.ts';

type Check = (value: string) => FacetFault | null;

/** Characters (code points) of a value; the same as its length unless it has surrogate pairs. */
function countCharacters(value: string): number {
  let count = value.length;
  for (let at = 0; at < value.length; at++) {
    const unit = value.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) count -= 1;
  }
  return count;
}

/** XML Schema collapses white space in everything that is not a string. */
export function collapse(value: string): string {
  return value.replaceAll(/[\t\n\r ]+/g, ' ').replaceAll(/^ | $/g, '');
}

function lengthCheck(min: number, max: number): Check {
  return (value) => {
    const { length } = value;
    if (length >= min && length <= max && (min <= 1 || length >= min * 2)) return null;
    const count = countCharacters(value);
    if (count < min) return count === 0 ? 'empty' : 'too-short';
    return count > max ? 'too-long' : null;
  };
}

function patternCheck(pattern: string): Check {
  const expression = new RegExp(`^(?:${pattern})$`, 'u');
  return (value) => (expression.test(value) ? null : value === '' ? 'empty' : 'pattern');
}

function codeCheck(codes: readonly string[]): Check {
  const allowed = new Set(codes);
  return (value) => (allowed.has(value) ? null : value === '' ? 'empty' : 'unknown-code');
}

function decimalCheck(facets: Facets): Check {
  const { totalDigits = 18, fractionDigits = 17, minimum } = facets;
  return (raw) => {
    const match = /^\s*([+-]?)0*(\d*)(?:\.(\d*?)0*)?\s*$/.exec(raw);
    if (!match || !/\d/.test(raw)) return raw.trim() === '' ? 'empty' : 'not-a-number';
    const [, sign, whole = '', fraction = ''] = match;
    if (fraction.length > fractionDigits) return 'too-many-decimals';
    if (whole.length + fraction.length > totalDigits) return 'too-many-digits';
    const isZero = whole === '' && fraction === '';
    if (minimum === 0 && sign === '-' && !isZero) return 'below-minimum';
    return null;
  };
}

const zone = '(?:Z|[+-](?:0\\d|1[0-3]):[0-5]\\d|[+-]14:00)?';
const clock = '(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?|24:00:00(?:\\.0+)?)';
const day = '(-?(?:[1-9]\\d{3,}|0\\d{3}))-(\\d\\d)-(\\d\\d)';
const dateExpression = new RegExp(`^${day}${zone}$`);
const dateTimeExpression = new RegExp(`^${day}T${clock}${zone}$`);
const timeExpression = new RegExp(`^${clock}${zone}$`);
const yearExpression = new RegExp(`^-?(?:[1-9]\\d{3,}|0\\d{3})${zone}$`);
const yearMonthExpression = new RegExp(`^-?(?:[1-9]\\d{3,}|0\\d{3})-(?:0[1-9]|1[0-2])${zone}$`);

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(match: RegExpExecArray): boolean {
  const [, year, month, date] = match.map(Number);
  if (year === undefined || month === undefined || date === undefined) return false;
  // XML Schema 1.0 knows no year 0000.
  if (year === 0 || date < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = monthLengths[month - 1];
  return length !== undefined && date <= (month === 2 && isLeap ? 29 : length);
}

function dayCheck(expression: RegExp): Check {
  return (raw) => {
    const match = expression.exec(raw) ?? expression.exec(collapse(raw));
    if (match && isDay(match)) return null;
    return raw.trim() === '' ? 'empty' : 'not-a-date';
  };
}

function expressionCheck(expression: RegExp, fault: FacetFault): Check {
  return (raw) => {
    const value = collapse(raw);
    return expression.test(value) ? null : value === '' ? 'empty' : fault;
  };
}

function binaryCheck(min: number, max: number): Check {
  return (raw) => {
    const value = raw.replaceAll(/[\t\n\r ]/g, '');
    const isWhole = value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
    const isCanonical = /(?:^|[^=])$/.test(value) || /[AQgw]==$|[AEIMQUYcgkosw048]=$/.test(value);
    if (!isWhole || !isCanonical) return 'not-base64';
    const octets =
      (value.length / 4) * 3 - (value.endsWith('==') ? 2 : value.endsWith('=') ? 1 : 0);
    return octets < min ? 'empty' : octets > max ? 'too-long' : null;
  };
}

function baseCheck(facets: Facets): Check {
  switch (facets.base) {
    case 'code':
      return codeCheck(facets.codes ?? []);
    case 'decimal':
      return decimalCheck(facets);
    case 'date':
      return dayCheck(dateExpression);
    case 'dateTime':
      return dayCheck(dateTimeExpression);
    case 'time':
      return expressionCheck(timeExpression, 'not-a-time');
    case 'gYear':
      return expressionCheck(yearExpression, 'not-a-date');
    case 'gYearMonth':
      return expressionCheck(yearMonthExpression, 'not-a-date');
    case 'boolean':
      return expressionCheck(/^(?:true|false|1|0)$/, 'not-a-boolean');
    case 'binary':
      return binaryCheck(facets.minLength ?? 0, facets.maxLength ?? Number.POSITIVE_INFINITY);
    case 'text':
      return () => null;
  }
}

/** The judgement of one leaf by all its facets; null when the value is allowed. */
export function compileCheck(facets: Facets): Check {
  const base = baseCheck(facets);
  if (facets.pattern !== undefined) {
    const pattern = patternCheck(facets.pattern);
    if (facets.base === 'text') return pattern;
    return (value) => base(value) ?? pattern(collapse(value));
  }
  if (facets.base !== 'text') return base;
  const { minLength, maxLength } = facets;
  if (minLength === undefined || maxLength === undefined) return base;
  return lengthCheck(minLength, maxLength);
}

/** A leaf of this name, its check compiled. */
export function createLeaf(
  name: string,
  facets: Facets,
  attribute: LeafType['attribute'] = null,
): LeafType {
  return Object.freeze({ kind: 'leaf', name, facets, attribute, check: compileCheck(facets) });
}
