// Says in words why a value breaks its facet, and what would be right.
import { describePattern, labelOf } from '../definition/label.ts';
import type { FacetFault, Facets } from '../definition/model.ts';

export interface Words {
  readonly message: string;
  readonly fix: string;
}

function shown(value: string): string {
  const short = value.length > 60 ? `${value.slice(0, 57)}…` : value;
  return `"${short}"`;
}

function lengthWords(facets: Facets): string {
  return `${facets.minLength ?? 0} to ${facets.maxLength ?? 'any number of'} characters`;
}

function codeWords(facets: Facets): string {
  const codes = facets.codes ?? [];
  const list = codes.slice(0, 12).join(', ');
  return codes.length > 12 ? `${list} and ${codes.length - 12} more` : list;
}

type Template = (value: string, facets: Facets) => readonly [string, string];

const dateFix: Readonly<Record<string, string>> = {
  date: 'Write a day of the calendar as YYYY-MM-DD.',
  dateTime: 'Write day and time as YYYY-MM-DDThh:mm:ss, with Z or +hh:mm after it.',
  gYear: 'Write the year as YYYY.',
  gYearMonth: 'Write year and month as YYYY-MM.',
};

const templates: Readonly<Record<FacetFault, Template>> = {
  empty: () => ['is empty', 'Fill it in, or leave the element out where it is optional.'],
  'too-short': (value, facets) => [`${shown(value)} is too short`, `Write ${lengthWords(facets)}.`],
  'too-long': (value, facets) => [
    `${shown(value)} has ${[...value].length} characters, which is too long`,
    `Write ${lengthWords(facets)}.`,
  ],
  pattern: (value, facets) => [
    `${shown(value)} is not in the form the standard asks for`,
    `Write ${describePattern(facets.pattern ?? '')}.`,
  ],
  'unknown-code': (value, facets) => [
    `${shown(value)} is not one of its codes`,
    `Write one of ${codeWords(facets)}.`,
  ],
  'not-a-number': (value) => [
    `${shown(value)} is not a number`,
    'Write digits with a point before the decimals, without thousands separators.',
  ],
  'too-many-digits': (value, facets) => [
    `${shown(value)} has too many digits`,
    `Write at most ${facets.totalDigits} digits in all.`,
  ],
  'too-many-decimals': (value, facets) => [
    `${shown(value)} has too many decimals`,
    facets.fractionDigits === 0
      ? 'Write a whole number.'
      : `Write at most ${facets.fractionDigits} digits after the point.`,
  ],
  'below-minimum': (value, facets) => [
    `${shown(value)} is below the least value`,
    `Write ${facets.minimum} or more.`,
  ],
  'not-a-date': (value, facets) => [
    `${shown(value)} is not a date`,
    dateFix[facets.base] ?? 'Write a date.',
  ],
  'not-a-time': (value) => [`${shown(value)} is not a time`, 'Write a time as hh:mm:ss.'],
  'not-a-boolean': (value) => [`${shown(value)} is neither yes nor no`, 'Write true or false.'],
  'not-base64': (value) => [`${shown(value)} is not base64`, 'Encode the bytes as base64.'],
};

/** The sentences for a value that breaks a facet, naming the element or attribute. */
export function facetWords(
  tag: string,
  value: string,
  broken: { readonly fault: FacetFault; readonly facets: Facets },
): Words {
  const [what, fix] = templates[broken.fault](value, broken.facets);
  return { message: `${labelOf(tag)} (${tag}) ${what}.`, fix };
}
