// Sets the demonstration's bank up for payments: its invented codes, the networks, a few banks it knows.
import type { PaymentSettingsInput } from '#contract/payments.ts';
import { usualChannels } from '../payments/branch/usual-channels.ts';
import { createVerifierDouble } from '../payments/branch/verifier.ts';

/** Who the demonstration's bank is in messages. The bank code and its BIC belong to nobody. */
export const demonstrationPayments: PaymentSettingsInput = Object.freeze({
  bic: 'QNEXDEFFXXX',
  ibanCountry: 'DE',
  bankCode: '50099900',
  timeZone: 'Europe/Berlin',
  channels: usualChannels,
  banks: [
    { country: 'DE', code: '37040044', bic: 'COBADEFFXXX', name: 'Commerzbank, Cologne' },
    { country: 'FR', code: '20041', bic: 'PSSTFRPPXXX', name: 'La Banque Postale' },
    { country: 'NL', code: 'ABNA', bic: 'ABNANL2AXXX', name: 'ABN AMRO' },
    { country: 'AT', code: '19043', bic: 'BKAUATWWXXX', name: 'Bank Austria' },
    { country: 'ES', code: '2100', bic: 'CAIXESBBXXX', name: 'CaixaBank' },
    { country: 'GB', code: 'NWBK', bic: 'NWBKGB2LXXX', name: 'NatWest' },
    { country: 'CH', code: '00762', bic: 'KBBECH22XXX', name: 'Berner Kantonalbank' },
  ],
} satisfies PaymentSettingsInput);

/** Account holders at other banks, invented, under the example IBANs of the registry. */
const holders = [
  { iban: 'FR1420041010050500013M02606', name: 'Dupont et Fils' },
  { iban: 'DE89370400440532013000', name: 'Erika Beispiel' },
  { iban: 'NL91ABNA0417164300', name: 'Jansen Bloemen BV' },
  { iban: 'AT611904300234573201', name: 'Max Muster' },
  { iban: 'ES9121000418450200051332', name: 'Panaderia del Puerto' },
] as const;

/** A stand-in for the payees' banks; every answer says that it is one. */
export const demonstrationVerifier = createVerifierDouble(holders);
