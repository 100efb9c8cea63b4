// Turns the branch's account numbers into IBANs and back, by the bank code the bank was given.
import type { PaymentSettings } from '#contract/payments.ts';
import { checkDigits97 } from '../identifier/index.ts';

type BankCode = Pick<PaymentSettings, 'ibanCountry' | 'bankCode'>;

/** Digits the account number has inside the country's own number; the front is filled with zeros. */
const accountLength = 10;

/** The IBAN of an account of the branch: country, check digits, bank code, account number. */
export function ownIban({ ibanCountry, bankCode }: BankCode, account: string): string {
  const bban = `${bankCode}${account.padStart(accountLength, '0')}`;
  return `${ibanCountry}${checkDigits97(`${bban}${ibanCountry}`)}${bban}`;
}

/** The account number in one of the branch's own IBANs; null where it is another bank's. */
export function accountOfIban(settings: BankCode, iban: string): string | null {
  const account = iban.slice(-accountLength).replace(/^0+/, '');
  return account !== '' && ownIban(settings, account) === iban ? account : null;
}
