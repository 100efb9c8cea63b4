// Holds the lists network rules name: countries, the countries of the 33B rule, codes of fields.

/** ISO 3166-1 alpha-2 as of 2026, and XK (Kosovo), which Swift uses. */
export const countries: ReadonlySet<string> = new Set(
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
  BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
  EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
  HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
  LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
  NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
  SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
  TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW`.split(/\s+/),
);

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
