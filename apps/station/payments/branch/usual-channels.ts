// Names the networks a bank of the euro area usually takes part in, as a beginning for its settings.
import type { PaymentSettingsInput } from '#contract/payments.ts';

/** Cut-offs on the branch's clock; amounts in minor units; counterparties are examples to be replaced. */
export const usualChannels: PaymentSettingsInput['channels'] = [
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
];
