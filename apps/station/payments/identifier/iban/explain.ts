// Says in words what is wrong with an IBAN, at which character, and what would be right.

import { countryName, findCountry } from '../country/country.ts';
import { counted, type Finding, finding, formFindings, shown } from '../finding.ts';
import { checkDigits97 } from '../mod97.ts';
import { type NationalRule, rightCharacters } from './national.ts';
import { type IbanStructure, ibanStructures, registryRelease, structureOf } from './registry.ts';

/** More wrong characters than this say nothing new. */
const charactersNamed = 5;

const classNames: Readonly<Record<string, string>> = {
  n: 'a digit',
  a: 'a letter',
  c: 'a letter or a digit',
};

/** Letters and digits that look or sound alike, each with what it is taken for. */
export const lookalikes: Readonly<Record<string, string>> = Object.freeze({
  ...{
    '0': 'OQD',
    '1': 'ILT',
    '2': 'Z',
    '3': 'E',
    '4': 'A',
    '5': 'S',
    '6': 'G',
    '7': 'T',
    '8': 'B',
  },
  ...{ '9': 'GQ', O: '0QD', Q: '0O9', D: '0O', I: '1L', L: '1I', T: '17', Z: '2', E: '3' },
  ...{ A: '4', S: '5', G: '69', B: '8P', U: 'V', V: 'UW', W: 'V', M: 'N', N: 'M', P: 'B' },
});

function fits(character: string, kind: string): boolean {
  if (kind === 'n') return /^\d$/.test(character);
  return (kind === 'a' ? /^[A-Z]$/ : /^[A-Z0-9]$/).test(character);
}

function countryFinding(text: string): Finding {
  const code = text.slice(0, 2);
  const release = `the IBAN registry (release ${registryRelease.number})`;
  if (!/^[A-Z]{2}$/.test(code)) {
    const position = /^[A-Z]/.test(code) ? 2 : 1;
    const message =
      `An IBAN begins with the two letters of its country, such as DE; this ` +
      `begins with "${code}".`;
    return finding('country-missing', position, message);
  }
  const message = findCountry(code)
    ? `${countryName(code)} (${code}) has no IBAN in ${release}: use the account number and ` +
      `the bank's BIC.`
    : `${code} is no country of ${release}: look at the first two letters again.`;
  return finding('unknown-country', 1, message);
}

function lengthFinding(text: string, { country, length }: IbanStructure): Finding | null {
  const more = text.length - length;
  if (more === 0) return null;
  const has = `An IBAN of ${countryName(country)} has ${counted(length)}, this has ${text.length}`;
  return more < 0
    ? finding('too-short', text.length + 1, `${has}: ${counted(-more)} missing.`)
    : finding('too-long', length + 1, `${has}: ${counted(more)} too many.`);
}

function characterFindings(text: string, { country, classes }: IbanStructure): readonly Finding[] {
  const found: Finding[] = [];
  for (let at = 2; at < Math.min(text.length, classes.length); at++) {
    const character = text.charAt(at);
    const kind = classes.charAt(at);
    if (fits(character, kind)) continue;
    const alike = [...(lookalikes[character] ?? '')].find((other) => fits(other, kind));
    const place = at < 4 ? 'every IBAN' : `an IBAN of ${countryName(country)}`;
    const right = alike ? `, perhaps ${alike}` : '';
    const message =
      `Character ${at + 1} is ${shown(character)}: ${place} has ` +
      `${classNames[kind]} there${right}.`;
    found.push(finding('wrong-character', at + 1, message, alike));
    if (found.length === charactersNamed) break;
  }
  return found;
}

function digitsFinding(text: string): Finding {
  const written = text.slice(2, 4);
  const right = checkDigits97(`${text.slice(4)}${text.slice(0, 2)}`);
  if (['00', '01', '99'].includes(written)) {
    const message =
      `The check digits are ${written}, which no bank gives out: they run from ` +
      `02 to 98, and for this number would be ${right}.`;
    return finding('check-digits-out-of-range', 3, message, right);
  }
  const message =
    `The check digits ${written} do not fit this number, for which they would ` +
    `be ${right}: a character is wrong or two are swapped.`;
  return finding('check-digits', 3, message, right);
}

/** Everything the registry has against a text, in the order a person would mend it. Never empty. */
export function explainIban(text: string): readonly Finding[] {
  const form = formFindings(text, 'IBAN');
  if (form.length > 0) return form;
  const structure = structureOf(text);
  if (!structure || !ibanStructures.has(structure.country)) return [countryFinding(text)];
  const length = lengthFinding(text, structure);
  const characters = characterFindings(text, structure);
  if (length) return [length, ...characters];
  return characters.length > 0 ? characters : [digitsFinding(text)];
}

/** What a country's own rule has against an IBAN whose structure is right. */
export function explainNational(rule: NationalRule, iban: string): Finding {
  const { places, severity, rule: words } = rule;
  const written = places.map((place) => iban.charAt(place)).join('');
  const right = rightCharacters(rule, iban);
  const where = places.map((place) => place + 1).join(' and ');
  const country = countryName(iban.slice(0, 2));
  const would = right ? `, for this number they would be ${right}` : '';
  const pass =
    severity === 'warning' ? ' Some accounts rightly differ; a supervisor may pass it.' : '';
  const message =
    `The national check characters of ${country} at ${where} are ` +
    `${written}${would}: ${words}.${pass}`;
  return finding('national-check-digits', (places[0] ?? 0) + 1, message, right);
}
