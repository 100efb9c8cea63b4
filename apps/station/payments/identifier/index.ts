// The door of the identifiers: everything other rooms may use of them.
export { type BicCheck, type BicRight, checkBic, pairFindings } from './bic.ts';
export { checkCountry, checkCurrency } from './code.ts';
export {
  type Country,
  countries,
  countryName,
  findCountry,
  isCountry,
  isCountryOn,
} from './country/country.ts';
export { isEeaOn, isSepaOn, membersOn } from './country/groups.ts';
export { type CreditorIdentifierCheck, checkCreditorIdentifier } from './creditor-identifier.ts';
export type { Finding, Wrong } from './finding.ts';
export {
  checkIban,
  formatIban,
  type IbanCheck,
  type IbanRight,
  type IbanWrong,
  isRegistryIban,
  readIban,
} from './iban/check.ts';
export { nationalRules } from './iban/national.ts';
export { ibanStructures, registryRelease } from './iban/registry.ts';
export { type IbanCandidate, repairIban } from './iban/repair.ts';
export {
  checkIdentifier,
  type IdentifierKind,
  type IdentifierVerdict,
  identifierKinds,
  kindOf,
} from './identify.ts';
export { checkLei, type LeiCheck } from './lei.ts';
export { checkDigits97, remainder97 } from './mod97.ts';
export { checkReference, type ReferenceCheck, referenceOf } from './reference.ts';
export {
  type Charset,
  isWrittenIn,
  type Replacement,
  type Transliterated,
  transliterate,
} from './transliterate.ts';
export { checkUetr, type UetrCheck } from './uetr.ts';
