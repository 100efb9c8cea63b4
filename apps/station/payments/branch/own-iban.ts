// Turns the branch's account numbers into IBANs and back, by the country, bank and branch code the bank was given.
import type { PaymentSettings } from '#contract/payments.ts';
import { Refusal } from '#station/bank/refusal.ts';
import { checkDigits97, checkIban, ibanStructures, nationalRules } from '../identifier/index.ts';

type BankCode = Pick<PaymentSettings, 'ibanCountry' | 'bankCode'> & {
  readonly branchCode?: string | undefined;
};

/**
 * Countries whose IBANs can be made from a number of eight digits: the registry's parts are bank, branch,
 * account and check characters only, and the check characters exist for every number (where a rule divides
 * by eleven, one number in eleven has none).
 */
export const ownCountries = Object.freeze([
  ...['AT', 'BA', 'CH', 'CY', 'DE', 'EE', 'ES', 'FI', 'FR', 'GB', 'GR', 'HR', 'HU', 'IE', 'IT'],
  ...['LI', 'LT', 'LU', 'LV', 'MC', 'ME', 'MK', 'MT', 'PL', 'PT', 'RO', 'RS', 'SI', 'SM'],
] as const);

/** Places of an IBAN that check characters take, where they are not given with the bank code. */
interface Layout {
  readonly length: number;
  readonly bank: readonly number[];
  readonly branch: readonly number[];
  readonly account: readonly number[];
  readonly checks: readonly number[];
}

const range = (span: { readonly from: number; readonly to: number } | null): readonly number[] =>
  span ? Array.from({ length: span.to - span.from }, (_, index) => span.from + index) : [];

function layoutOf(country: string): Layout {
  const structure = ibanStructures.get(country);
  if (!structure) throw new Error(`${country} is no country of the registry`);
  const [bank, branch] = [range(structure.bank), range(structure.branch)];
  const given = new Set([...bank, ...branch]);
  const checks = (nationalRules.get(country)?.places ?? []).filter((place) => !given.has(place));
  const account = range(structure.account).filter((place) => !checks.includes(place));
  return { length: structure.length, bank, branch, account, checks };
}

const layouts: ReadonlyMap<string, Layout> = new Map(
  ownCountries.map((country) => [country, layoutOf(country)]),
);

function layoutFor({ ibanCountry }: BankCode): Layout {
  const layout = layouts.get(ibanCountry);
  if (!layout) throw new Error(`${ibanCountry} was taken into the settings unchecked`);
  return layout;
}

function put(text: string[], places: readonly number[], part: string): void {
  for (const [index, place] of places.entries()) text[place] = part.charAt(index);
}

/** The national check characters that fit, tried one after the other; null where none does. */
function completed(country: string, text: string[], checks: readonly number[]): string | null {
  const rule = nationalRules.get(country);
  if (!rule || checks.length === 0) return text.join('');
  const { alphabet, holds } = rule;
  for (let trial = 0; trial < alphabet.length ** checks.length; trial += 1) {
    let rest = trial;
    for (const place of checks) {
      text[place] = alphabet.charAt(rest % alphabet.length);
      rest = Math.floor(rest / alphabet.length);
    }
    const made = text.join('');
    if (holds(made)) return made;
  }
  return null;
}

function made(settings: BankCode, account: string): string | null {
  const { ibanCountry, bankCode, branchCode = '' } = settings;
  const { length, bank, branch, account: places, checks } = layoutFor(settings);
  const text = [...`${ibanCountry}00`, ...'0'.repeat(length - 4)];
  put(text, bank, bankCode);
  put(text, branch, branchCode);
  put(text, places, account.padStart(places.length, '0'));
  const whole = completed(ibanCountry, text, checks);
  if (whole === null) return null;
  const bban = whole.slice(4);
  return `${ibanCountry}${checkDigits97(`${bban}${ibanCountry}`)}${bban}`;
}

/** The IBAN of an account of the branch. */
export function ownIban(settings: BankCode, account: string): string {
  const iban = made(settings, account);
  if (iban === null) throw new Error(`account ${account} has no check characters`);
  return iban;
}

/** The account number in one of the branch's own IBANs; null where it is another bank's. */
export function accountOfIban(settings: BankCode, iban: string): string | null {
  const { ibanCountry, bankCode, branchCode = '' } = settings;
  const { length, bank, branch, account: places } = layoutFor(settings);
  if (iban.length !== length || !iban.startsWith(ibanCountry)) return null;
  const at = (part: readonly number[]) => part.map((place) => iban.charAt(place)).join('');
  if (at(bank) !== bankCode || at(branch) !== branchCode) return null;
  const account = at(places).replace(/^0+/, '');
  return account !== '' && made(settings, account) === iban ? account : null;
}

/** A number such as the branch gives, for trying the settings. */
const sample = '10000295';

/** Refuses settings that make no IBANs: a country not made here, codes of another length, wrong checks. */
export function refuseUnfit(settings: BankCode): void {
  const { ibanCountry, bankCode, branchCode = '' } = settings;
  const layout = layouts.get(ibanCountry);
  if (!layout) {
    const message = `IBANs of ${ibanCountry} are not made here: ${ownCountries.join(', ')} are.`;
    throw new Refusal('iban-country', message, 'settings.ibanCountry');
  }
  const parts = [
    ['bankCode', bankCode, layout.bank.length],
    ['branchCode', branchCode, layout.branch.length],
  ] as const;
  for (const [name, code, length] of parts) {
    if (code.length === length) continue;
    const what = name === 'bankCode' ? 'bank' : 'branch';
    const message = `${ibanCountry} has a ${what} code of ${length} characters, not "${code}".`;
    throw new Refusal('iban-codes', message, `settings.${name}`);
  }
  const iban = made(settings, sample);
  const checked = iban === null ? null : checkIban(iban);
  if (checked?.ok && checked.warnings.length === 0) return;
  const why =
    checked && !checked.ok ? checked.errors[0]?.message : 'its check characters are wrong';
  const message = `The codes ${bankCode} ${branchCode} make no right IBAN of ${ibanCountry}: ${why}`;
  throw new Refusal('iban-codes', message, 'settings.bankCode');
}
