// Lists the currencies of ISO 4217 with their minor digits and dates, for the station and the
// screens alike.

export interface Currency {
  /** ISO 4217 alphabetic code. */
  readonly code: string;
  /** ISO 4217 numeric code, three digits. */
  readonly numeric: string;
  /** Digits after the decimal point: 2 for EUR, 0 for JPY, 3 for KWD, 4 for CLF. */
  readonly digits: number;
  /** First calendar date it was money, absent when that lies before this table's interest. */
  readonly from?: string;
  /** Last calendar date it was money, absent while it still is. */
  readonly until?: string;
}

/** Code and numeric code, by number of minor digits (ISO 4217 list one, amendments up to 180). */
const inForce: readonly (readonly [digits: number, codes: string])[] = [
  [
    2,
    `AED784 AFN971 ALL008 AMD051 AOA973 ARS032 AUD036 AWG533 AZN944 BAM977 BBD052 BDT050 BMD060
     BND096 BOB068 BRL986 BSD044 BTN064 BWP072 BYN933 BZD084 CAD124 CDF976 CHF756 CNY156 COP170
     CRC188 CUP192 CVE132 CZK203 DKK208 DOP214 DZD012 EGP818 ERN232 ETB230 EUR978 FJD242 FKP238
     GBP826 GEL981 GHS936 GIP292 GMD270 GTQ320 GYD328 HKD344 HNL340 HTG332 HUF348 IDR360 ILS376
     INR356 IRR364 JMD388 KES404 KGS417 KHR116 KPW408 KYD136 KZT398 LAK418 LBP422 LKR144 LRD430
     LSL426 MAD504 MDL498 MGA969 MKD807 MMK104 MNT496 MOP446 MRU929 MUR480 MVR462 MWK454 MXN484
     MYR458 MZN943 NAD516 NGN566 NIO558 NOK578 NPR524 NZD554 PAB590 PEN604 PGK598 PHP608 PKR586
     PLN985 QAR634 RON946 RSD941 RUB643 SAR682 SBD090 SCR690 SDG938 SEK752 SGD702 SHP654 SOS706
     SRD968 SSP728 STN930 SVC222 SYP760 SZL748 THB764 TJS972 TMT934 TOP776 TRY949 TTD780 TWD901
     TZS834 UAH980 USD840 UYU858 UZS860 VED926 VES928 WST882 XCD951 YER886 ZAR710 ZMW967`,
  ],
  [
    0,
    `BIF108 CLP152 DJF262 GNF324 ISK352 JPY392 KMF174 KRW410 PYG600 RWF646 UGX800 VND704 VUV548
     XAF950 XOF952 XPF953`,
  ],
  [3, 'BHD048 IQD368 JOD400 KWD414 LYD434 OMR512 TND788'],
  [4, 'CLF990 UYW927'],
];

/** Currencies that came or went within the years a branch may have to explain. */
const dated: readonly Currency[] = [
  { code: 'BYR', numeric: '974', digits: 0, until: '2016-12-31' },
  { code: 'MRO', numeric: '478', digits: 2, until: '2017-12-31' },
  { code: 'STD', numeric: '678', digits: 2, until: '2017-12-31' },
  { code: 'VEF', numeric: '937', digits: 2, until: '2018-08-19' },
  { code: 'CUC', numeric: '931', digits: 2, until: '2021-06-30' },
  { code: 'SLE', numeric: '925', digits: 2, from: '2022-07-01' },
  { code: 'HRK', numeric: '191', digits: 2, until: '2022-12-31' },
  { code: 'SLL', numeric: '694', digits: 2, until: '2024-03-31' },
  { code: 'ZWL', numeric: '932', digits: 2, until: '2024-08-31' },
  { code: 'ZWG', numeric: '924', digits: 2, from: '2024-04-08' },
  { code: 'XCG', numeric: '532', digits: 2, from: '2025-03-31' },
  { code: 'ANG', numeric: '532', digits: 2, until: '2025-06-30' },
  { code: 'BGN', numeric: '975', digits: 2, until: '2025-12-31' },
];

function rows([digits, codes]: readonly [number, string]): Currency[] {
  return codes
    .split(/\s+/)
    .map((entry) => ({ code: entry.slice(0, 3), numeric: entry.slice(3), digits }));
}

/** Every currency this program knows, sorted by code. */
export const currencies: readonly Currency[] = Object.freeze(
  [...inForce.flatMap(rows), ...dated]
    .map((currency) => Object.freeze(currency))
    .sort((one, other) => (one.code < other.code ? -1 : 1)),
);

const byCode: ReadonlyMap<string, Currency> = new Map(
  currencies.map((currency) => [currency.code, currency]),
);

/** The currency with this code, whatever its dates, or undefined. */
export function findCurrency(code: string): Currency | undefined {
  return byCode.get(code);
}

/** Whether the currency is money on the given calendar date (ISO 8601). */
export function isCurrencyOn(currency: Currency, date: string): boolean {
  return (
    (currency.from === undefined || currency.from <= date) &&
    (currency.until === undefined || date <= currency.until)
  );
}

/** Digits after the decimal point of a known currency; 2 for one this program does not know. */
export function digitsOf(code: string): number {
  return byCode.get(code)?.digits ?? 2;
}
