// Turns what was typed into a transfer: derives what follows from the IBAN, and says what is missing where.
import type { PaymentChannel, PaymentSettings } from '#contract/payments.ts';
import { type Problem, problem } from '#station/bank/problem.ts';
import {
  checkBic,
  checkIban,
  countryName,
  isSepaOn,
  repairIban,
  transliterate,
} from '../identifier/index.ts';
import { type FormField, findProfile, formOf, messageDefinition } from '../iso20022/index.ts';
import { accountOfIban } from './own-iban.ts';
import { orderType, transferType } from './transfer.ts';

/** Values of the form with a place of their own in a transfer; the others go to their path as they are. */
export const paths = Object.freeze({
  iban: 'CdtrAcct/Id/IBAN',
  name: 'Cdtr/Nm',
  bic: 'CdtrAgt/FinInstnId/BICFI',
  town: 'Cdtr/PstlAdr/TwnNm',
  country: 'Cdtr/PstlAdr/Ctry',
  text: 'RmtInf/Ustrd',
  endToEndId: 'PmtId/EndToEndId',
});

const own: ReadonlySet<string> = new Set(Object.values(paths));

/** The bank says these itself, from account and network: they are not typed. */
const silent: ReadonlySet<string> = new Set([
  ...['DbtrAcct/Id/IBAN', 'Dbtr/Nm', 'InstdAmt', 'Amt/InstdAmt', 'IntrBkSttlmAmt', 'ChrgBr'],
  'ReqdExctnDt/Dt',
]);

/** A value's path below its transaction: `CdtrAcct/Id/IBAN`. */
export function tailOf(path: string): string {
  return path.replace(
    /^\/?(?:Document\/)?[A-Za-z]+\/(?:PmtInf(?:\[\d+\])?\/)?(?:CdtTrfTxInf(?:\[\d+\])?\/)?/,
    '',
  );
}

/**
 * The fields of a channel's form, drawn from its message's definition. Account and amount every draft has
 * already; the bank's BIC is asked for only where its directory may not know the bank.
 */
export function fieldsOf(channel: PaymentChannel, date: string): readonly FormField[] {
  const type = channel.id === 'cbpr-plus' ? transferType : orderType;
  const fields = formOf(messageDefinition(type), findProfile(channel.id, date))
    .map((field) => ({ ...field, path: tailOf(field.path) }))
    .filter(({ path, fixed }) => !silent.has(path) && fixed === null);
  if (fields.some(({ path }) => path === paths.bic)) return fields;
  const [bic] = formOf(messageDefinition(transferType), findProfile('cbpr-plus', date)).filter(
    (field) => tailOf(field.path) === paths.bic,
  );
  const [iban, ...rest] = fields;
  return iban && bic ? [iban, { ...bic, path: paths.bic, isRequired: false }, ...rest] : fields;
}

export interface Typed {
  readonly iban: string;
  readonly name: string;
  readonly bic: string;
  readonly town: string;
  readonly country: string;
  readonly text: string;
  readonly endToEndId: string;
  /** Further values, by path. */
  readonly values: Readonly<Record<string, string>>;
  /** Name of the payee's bank, '' while it is not known. */
  readonly bank: string;
  readonly problems: readonly Problem[];
  readonly doubts: readonly string[];
  /** Characters written otherwise than typed, as sentences. */
  readonly replaced: readonly string[];
}

const at = (path: string): string => `values.${path}`;

function ibanProblems(iban: string, typed: string): readonly Problem[] {
  if (iban === '') return [problem('iban-missing', 'Type the IBAN of the payee.', at(paths.iban))];
  const checked = checkIban(iban);
  if (checked.ok) return [];
  const why = checked.errors[0]?.message ?? 'This is no IBAN.';
  const [likely] = repairIban(typed);
  const proposal = likely ? ` Meant may be ${likely.formatted}.` : '';
  return [problem('iban-wrong', `${why}${proposal}`, at(paths.iban))];
}

function bankOf(settings: PaymentSettings, iban: string): { bic: string; name: string } | null {
  const checked = checkIban(iban);
  if (!checked.ok) return null;
  if (accountOfIban(settings, iban)) return { bic: settings.bic, name: 'this bank' };
  const { country, bankCode } = checked;
  const found = settings.banks.find((bank) => bank.country === country && bank.code === bankCode);
  return found ?? null;
}

function bicProblems(bic: string, iban: string): readonly Problem[] {
  if (bic === '') {
    if (!checkIban(iban).ok) return [];
    const message = 'The directory does not know the bank of this IBAN: type its BIC.';
    return [problem('bic-missing', message, at(paths.bic))];
  }
  const checked = checkBic(bic);
  if (checked.ok) return [];
  return [problem('bic-wrong', checked.errors[0]?.message ?? 'This is no BIC.', at(paths.bic))];
}

function reachProblems(
  { channel, settings, date }: Context,
  iban: string,
  isAddressed: boolean,
): readonly Problem[] {
  const checked = checkIban(iban);
  const found: Problem[] = [];
  if (checked.ok && accountOfIban(settings, iban)) {
    const message = 'This is an account of this bank: make a transfer, it is there at once.';
    found.push(problem('own-iban', message, at(paths.iban)));
  }
  if (checked.ok && channel.id !== 'cbpr-plus' && !isSepaOn(checked.country, date)) {
    const where = countryName(checked.country) ?? checked.country;
    const message = `${where} is outside SEPA: choose a cross-border payment.`;
    found.push(problem('not-in-sepa', message, at(paths.iban)));
  }
  if (channel.id === 'cbpr-plus' && !isAddressed) {
    const message = 'A cross-border payment needs town and country of the payee.';
    found.push(problem('address-missing', message, at(paths.town)));
  }
  return found;
}

export interface Context {
  readonly channel: PaymentChannel;
  readonly settings: PaymentSettings;
  /** Business date, ISO 8601. */
  readonly date: string;
}

function written(values: Readonly<Record<string, string>>) {
  const replaced: string[] = [];
  const write = (path: string): string => {
    const typed = (values[path] ?? '').trim();
    const { text, replaced: changes } = transliterate(typed, 'sepa');
    if (changes.length > 0) replaced.push(`“${typed}” goes out as “${text}”.`);
    return text;
  };
  return { replaced, write };
}

const compact = (text: string | undefined): string =>
  (text ?? '').replaceAll(/[\s.-]/g, '').toUpperCase();

/** Reads the values of a form. What is missing or wrong stands in `problems`, by field of the draft. */
export function readForm(context: Context, values: Readonly<Record<string, string>>): Typed {
  const { settings } = context;
  const iban = compact(values[paths.iban]).replace(/^IBAN/, '');
  const checked = checkIban(iban);
  const known = bankOf(settings, iban);
  const bic = compact(values[paths.bic]) || (known?.bic ?? '');
  const { replaced, write } = written(values);
  const name = write(paths.name);
  const town = write(paths.town);
  const typedCountry = compact(values[paths.country]);
  const country = typedCountry || (town !== '' && checked.ok ? checked.country : '');
  const more = Object.entries(values).filter(([path]) => !own.has(path) && !silent.has(path));
  const problems = [
    ...ibanProblems(iban, values[paths.iban] ?? ''),
    ...bicProblems(bic, iban),
    ...(name === ''
      ? [problem('name-missing', 'Type the name of the payee.', at(paths.name))]
      : []),
    ...reachProblems(context, iban, town !== '' && country !== ''),
  ];
  return {
    ...{ iban, name, bic, town, country, text: write(paths.text) },
    endToEndId: write(paths.endToEndId) || 'NOTPROVIDED',
    values: Object.fromEntries(more.map(([path]) => [path, write(path)])),
    bank: known?.name ?? '',
    problems,
    doubts: checked.ok ? checked.warnings.map(({ message }) => message) : [],
    replaced,
  };
}

/** The field of the draft an error of the message stands at; null where it is none of the form's. */
export function fieldOfError(path: string, fields: readonly string[]): string | null {
  const tail = tailOf(path).replaceAll(/\[\d+\]/g, '');
  if (/IntrBkSttlmAmt$|InstdAmt$/.test(tail)) return 'amountMinor';
  if (tail.startsWith('Dbtr')) return 'from';
  const exact = fields.find((field) => field === tail);
  const near = exact ?? fields.find((field) => field.split('/')[0] === tail.split('/')[0]);
  return near ? at(near) : null;
}
