// The bank of the tests: its codes, the networks it takes part in, and some banks it knows.
import type { PaymentSettingsInput } from '#contract/payments.ts';

export const settingsInput: PaymentSettingsInput = {
  bic: 'QNEXDEFFXXX',
  ibanCountry: 'DE',
  bankCode: '50099900',
  timeZone: 'Europe/Berlin',
  channels: [
    {
      ...{ id: 'sepa-sct', name: 'SEPA credit transfer', currencies: ['EUR'], cutOff: '15:30' },
      ...{ settlementDays: 1, mostMinor: '99999999999', counterparty: 'EBAPFRPAXXX' },
    },
    {
      ...{ id: 'sepa-inst', name: 'SEPA instant', currencies: ['EUR'], cutOff: null },
      ...{ settlementDays: 0, mostMinor: '99999999999', counterparty: 'EBAPFRPAXXX' },
    },
    {
      ...{ id: 'cbpr-plus', name: 'Cross-border payment', currencies: [], cutOff: '14:00' },
      ...{ settlementDays: 2, mostMinor: null, counterparty: 'COBADEFFXXX' },
    },
  ],
  banks: [
    { country: 'FR', code: '20041', bic: 'PSSTFRPPXXX', name: 'La Banque Postale' },
    { country: 'DE', code: '37040044', bic: 'COBADEFFXXX', name: 'Commerzbank' },
  ],
};
