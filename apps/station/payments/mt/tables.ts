// Holds the lists network rules name: the countries of the 33B rule, commodities, codes of 23E.

/** Countries between which MT103 must carry 33B (network rule C2, D49). */
export const amountAgreementCountries: ReadonlySet<string> = new Set(
  `AD AT BE BG BV CH CY CZ DE DK EE ES FI FR GB GF GI GP GR HU IE IS IT LI LT LU LV MC MQ MT NL NO
  PL PM PT RE RO SE SI SJ SK SM TF VA`.split(/\s+/),
);

/** Currency codes of commodities, which no payment may carry (C08). */
export const commodities: ReadonlySet<string> = new Set(['XAU', 'XAG', 'XPD', 'XPT']);

/** 23E of MT103 in the order Swift wants them (D98). */
export const instructionOrder: readonly string[] =
  'SDVA INTC REPA CORT HOLD CHQB PHOB TELB PHON TELE PHOI TELI'.split(' ');

/** Instruction codes of 23E that must not stand together (D67). */
export const instructionConflicts: readonly (readonly [string, string])[] = (
  'SDVA HOLD,SDVA CHQB,INTC HOLD,INTC CHQB,REPA HOLD,REPA CHQB,REPA CORT,CORT HOLD,CORT CHQB,' +
  'HOLD CHQB,PHOB TELB,PHON TELE,PHOI TELI'
)
  .split(',')
  .map((pair) => pair.split(' ') as [string, string]);

/** Instruction codes of 23E that may carry text (D97). */
export const instructionsWithText: readonly string[] =
  'PHON PHOB PHOI TELE TELB TELI HOLD REPA'.split(' ');
