// The bank of the tests: its codes, the networks it takes part in, and some banks it knows.
import type { PaymentSettingsInput } from '#contract/payments.ts';
import { usualChannels } from './usual-channels.ts';

export const settingsInput: PaymentSettingsInput = {
  bic: 'QNEXDEFFXXX',
  ibanCountry: 'DE',
  bankCode: '50099900',
  timeZone: 'Europe/Berlin',
  channels: usualChannels,
  banks: [
    { country: 'FR', code: '20041', bic: 'PSSTFRPPXXX', name: 'La Banque Postale' },
    { country: 'DE', code: '37040044', bic: 'COBADEFFXXX', name: 'Commerzbank' },
  ],
};
