// Judges an IBAN in one pass: registry structure, check digits, and the country's own check
// characters.
import type { Finding, Wrong } from '../finding.ts';
import { explainIban, explainNational } from './explain.ts';
import { nationalRules } from './national.ts';
import { type IbanStructure, structureOf } from './registry.ts';

export interface IbanRight {
  readonly ok: true;
  /** What the registry says: country, structure, check digits 02 to 98. */
  readonly valid: true;
  /** Electronic form, without blanks. */
  readonly iban: string;
  readonly country: string;
  readonly checkDigits: string;
  /** The country's own number, without country and check digits. */
  readonly bban: string;
  readonly bankCode: string;
  /** Empty where the country's number has none. */
  readonly branchCode: string;
  readonly accountNumber: string;
  /** First six characters of the bank's BIC where the bank code is one, else null. */
  readonly bicPrefix: string | null;
  /** What the country's own check characters say; `none` where it has no rule for this number. */
  readonly national: 'right' | 'wrong' | 'none';
  /** What a supervisor may pass. */
  readonly warnings: readonly Finding[];
}

export interface IbanWrong extends Wrong {
  /** True where the registry has nothing against it and only the country's own rule does. */
  readonly valid: boolean;
  /** ISO 3166-1 alpha-2, null where the text begins with no country of the registry. */
  readonly country: string | null;
}

export type IbanCheck = IbanRight | IbanWrong;

const noFindings: readonly Finding[] = Object.freeze([]);

/** Class of each ASCII character as a bit, 1 digit, 2 capital letter; and its value in ISO 7064. */
const bits = new Uint8Array(128);
const values = new Uint8Array(128);
for (let code = 48; code < 58; code++) {
  bits[code] = 1;
  values[code] = code - 48;
}
for (let code = 65; code < 91; code++) {
  bits[code] = 2;
  values[code] = code - 55;
}

/** Remainder by 97 of the rearranged number, or -1 where a character does not fit the structure. */
function remainderOf(text: string, { masks, length }: IbanStructure): number {
  let rest = 0;
  let sum = 0;
  for (let index = 4; index < length + 4; index++) {
    const at = index < length ? index : index - length;
    const code = text.charCodeAt(at);
    if (code > 127 || ((bits[code] ?? 0) & (masks[at] ?? 0)) === 0) return -1;
    const value = values[code] ?? 0;
    // Taken once in six digits: 97 times ten million still is a small integer to the engine.
    rest = code < 65 ? rest * 10 + value : rest * 100 + value;
    sum += code < 65 ? 1 : 2;
    if (sum > 5) {
      rest %= 97;
      sum = 0;
    }
  }
  return rest % 97;
}

/**
 * Whether the check digits are 02 to 98: 00, 01 and 99 leave the same remainder as 97, 98 and
 * 02.
 */
function isCanonical(text: string): boolean {
  const tens = text.charCodeAt(2);
  const ones = text.charCodeAt(3);
  return !(tens === 48 && ones < 50) && !(tens === 57 && ones === 57);
}

/**
 * Whether the text is an IBAN in electronic form (ISO 13616-1: no blanks, capital letters) by
 * the registry alone: country, structure, MOD 97-10 and check digits 02 to 98. The country's own
 * rules are not asked.
 */
export function isRegistryIban(text: string): boolean {
  const structure = structureOf(text);
  return (
    structure !== undefined &&
    text.length === structure.length &&
    remainderOf(text, structure) === 1 &&
    isCanonical(text)
  );
}

const span = (
  iban: string,
  place: { readonly from: number; readonly to: number } | null,
): string => (place ? iban.slice(place.from, place.to) : '');

function rightOf(
  iban: string,
  structure: IbanStructure,
  national: IbanRight['national'],
  warnings: readonly Finding[],
): IbanRight {
  const { country, bank, branch, account, bankIsBic } = structure;
  return {
    ok: true,
    valid: true,
    iban,
    country,
    checkDigits: iban.slice(2, 4),
    bban: iban.slice(4),
    bankCode: iban.slice(bank.from, bank.to),
    branchCode: span(iban, branch),
    accountNumber: iban.slice(account.from, account.to),
    bicPrefix: bankIsBic ? iban.slice(bank.from, bank.from + 4) + country : null,
    national,
    warnings,
  };
}

/**
 * Judges an IBAN in electronic form. Takes the text as a message carries it; blanks and small
 * letters are errors (`readIban` takes what a person types). Returns its parts, or what is wrong
 * where and what would be right. A failed national check is an error where the country's rule
 * binds every account, else a warning.
 */
export function checkIban(text: string): IbanCheck {
  const structure = structureOf(text);
  if (!structure || !isRegistryIban(text)) {
    const errors = explainIban(text);
    return { ok: false, valid: false, country: structure?.country ?? null, errors, warnings: [] };
  }
  const { country } = structure;
  const rule = nationalRules.get(country);
  if (!rule || rule.covers?.(text) === false) return rightOf(text, structure, 'none', noFindings);
  if (rule.holds(text)) return rightOf(text, structure, 'right', noFindings);
  const found = [explainNational(rule, text)];
  if (rule.severity === 'warning') return rightOf(text, structure, 'wrong', found);
  return { ok: false, valid: true, country, errors: found, warnings: [] };
}

/** Blanks, hyphens and full stops, in which people group what they type or paste. */
const grouping = /[\s.\u00ad\u2010-\u2015-]/u;

/**
 * Judges an IBAN as a person types it or paper prints it: grouping is dropped, small letters
 * count as capitals, a leading "IBAN" is passed over. Positions of findings are those of the
 * text as typed.
 */
export function readIban(typed: string): IbanCheck {
  const places: number[] = [];
  let iban = '';
  const lead = /^\s*IBAN[\s:]*/iu.exec(typed)?.[0].length ?? 0;
  for (let at = lead; at < typed.length; at++) {
    const character = typed.charAt(at);
    if (grouping.test(character)) continue;
    iban += /[a-z]/.test(character) ? character.toUpperCase() : character;
    places.push(at + 1);
  }
  const answer = checkIban(iban);
  const placed = (one: Finding): Finding => ({
    ...one,
    position: places[one.position - 1] ?? typed.length + 1,
  });
  const warnings = answer.warnings.map(placed);
  if (answer.ok) return { ...answer, warnings };
  return { ...answer, errors: answer.errors.map(placed), warnings };
}

/**
 * An IBAN as paper shows it, in groups of four (ISO 13616-1 annex); any other text in the same
 * groups.
 */
export function formatIban(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, '$1 ');
}
