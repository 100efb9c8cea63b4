// Lists the countries of ISO 3166-1 with their three codes and dates, and XK, which payments need
// beside them.

export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly alpha2: string;
  /** ISO 3166-1 alpha-3. */
  readonly alpha3: string;
  /** ISO 3166-1 numeric, three digits. */
  readonly numeric: string;
  /** First calendar date it was a code, absent when that lies before this table's interest. */
  readonly from?: string;
  /** Last calendar date it was a code, absent while it still is. */
  readonly until?: string;
  /** True where the code is no element of the standard but one payments use: XK for Kosovo. */
  readonly userAssigned?: true;
}

/** Alpha-2, alpha-3 and numeric code, run together; ISO 3166-1 as of November 2026. */
const inForce = `
  ADAND020 AEARE784 AFAFG004 AGATG028 AIAIA660 ALALB008 AMARM051 AOAGO024 AQATA010 ARARG032
  ASASM016 ATAUT040 AUAUS036 AWABW533 AXALA248 AZAZE031 BABIH070 BBBRB052 BDBGD050 BEBEL056
  BFBFA854 BGBGR100 BHBHR048 BIBDI108 BJBEN204 BMBMU060 BNBRN096 BOBOL068 BRBRA076 BSBHS044
  BTBTN064 BVBVT074 BWBWA072 BYBLR112 BZBLZ084 CACAN124 CCCCK166 CDCOD180 CFCAF140 CGCOG178
  CHCHE756 CICIV384 CKCOK184 CLCHL152 CMCMR120 CNCHN156 COCOL170 CRCRI188 CUCUB192 CVCPV132
  CXCXR162 CYCYP196 CZCZE203 DEDEU276 DJDJI262 DKDNK208 DMDMA212 DODOM214 DZDZA012 ECECU218
  EEEST233 EGEGY818 EHESH732 ERERI232 ESESP724 ETETH231 FIFIN246 FJFJI242 FKFLK238 FMFSM583
  FOFRO234 FRFRA250 GAGAB266 GBGBR826 GDGRD308 GEGEO268 GFGUF254 GGGGY831 GHGHA288 GIGIB292
  GLGRL304 GMGMB270 GNGIN324 GPGLP312 GQGNQ226 GRGRC300 GSSGS239 GTGTM320 GUGUM316 GWGNB624
  GYGUY328 HKHKG344 HMHMD334 HNHND340 HRHRV191 HTHTI332 HUHUN348 IDIDN360 IEIRL372 ILISR376
  IMIMN833 ININD356 IOIOT086 IQIRQ368 IRIRN364 ISISL352 ITITA380 JEJEY832 JMJAM388 JOJOR400
  JPJPN392 KEKEN404 KGKGZ417 KHKHM116 KIKIR296 KMCOM174 KNKNA659 KPPRK408 KRKOR410 KWKWT414
  KYCYM136 KZKAZ398 LALAO418 LBLBN422 LCLCA662 LILIE438 LKLKA144 LRLBR430 LSLSO426 LTLTU440
  LULUX442 LVLVA428 LYLBY434 MAMAR504 MCMCO492 MDMDA498 MGMDG450 MHMHL584 MKMKD807 MLMLI466
  MMMMR104 MNMNG496 MOMAC446 MPMNP580 MQMTQ474 MRMRT478 MSMSR500 MTMLT470 MUMUS480 MVMDV462
  MWMWI454 MXMEX484 MYMYS458 MZMOZ508 NANAM516 NCNCL540 NENER562 NFNFK574 NGNGA566 NINIC558
  NLNLD528 NONOR578 NPNPL524 NRNRU520 NUNIU570 NZNZL554 OMOMN512 PAPAN591 PEPER604 PFPYF258
  PGPNG598 PHPHL608 PKPAK586 PLPOL616 PMSPM666 PNPCN612 PRPRI630 PSPSE275 PTPRT620 PWPLW585
  PYPRY600 QAQAT634 REREU638 ROROU642 RURUS643 RWRWA646 SASAU682 SBSLB090 SCSYC690 SDSDN729
  SESWE752 SGSGP702 SHSHN654 SISVN705 SJSJM744 SKSVK703 SLSLE694 SMSMR674 SNSEN686 SOSOM706
  SRSUR740 STSTP678 SVSLV222 SYSYR760 SZSWZ748 TCTCA796 TDTCD148 TFATF260 TGTGO768 THTHA764
  TJTJK762 TKTKL772 TLTLS626 TMTKM795 TNTUN788 TOTON776 TRTUR792 TTTTO780 TVTUV798 TWTWN158
  TZTZA834 UAUKR804 UGUGA800 UMUMI581 USUSA840 UYURY858 UZUZB860 VAVAT336 VCVCT670 VEVEN862
  VGVGB092 VIVIR850 VNVNM704 VUVUT548 WFWLF876 WSWSM882 YEYEM887 YTMYT175 ZAZAF710 ZMZMB894
  ZWZWE716`;

/** Codes that came or went within the years a branch may have to explain. */
const dated: readonly Country[] = [
  { alpha2: 'CS', alpha3: 'SCG', numeric: '891', from: '2003-07-23', until: '2006-09-25' },
  { alpha2: 'RS', alpha3: 'SRB', numeric: '688', from: '2006-09-26' },
  { alpha2: 'ME', alpha3: 'MNE', numeric: '499', from: '2006-09-26' },
  { alpha2: 'BL', alpha3: 'BLM', numeric: '652', from: '2007-09-21' },
  { alpha2: 'MF', alpha3: 'MAF', numeric: '663', from: '2007-09-21' },
  { alpha2: 'BQ', alpha3: 'BES', numeric: '535', from: '2010-12-15' },
  { alpha2: 'CW', alpha3: 'CUW', numeric: '531', from: '2010-12-15' },
  { alpha2: 'SX', alpha3: 'SXM', numeric: '534', from: '2010-12-15' },
  { alpha2: 'SS', alpha3: 'SSD', numeric: '728', from: '2011-08-09' },
  { alpha2: 'AN', alpha3: 'ANT', numeric: '530', until: '2010-12-14' },
  // Not in ISO 3166; Swift, the EU and the IBAN registry write Kosovo so. Some write its numeric
  // code 983.
  { alpha2: 'XK', alpha3: 'XKX', numeric: '983', from: '2008-02-17', userAssigned: true },
];

/** Every country this program knows, sorted by alpha-2 code. */
export const countries: readonly Country[] = Object.freeze(
  [
    ...inForce
      .trim()
      .split(/\s+/)
      .map(
        (entry): Country => ({
          alpha2: entry.slice(0, 2),
          alpha3: entry.slice(2, 5),
          numeric: entry.slice(5),
        }),
      ),
    ...dated,
  ]
    .map((country) => Object.freeze(country))
    .sort((one, other) => (one.alpha2 < other.alpha2 ? -1 : 1)),
);

const byAlpha2: ReadonlyMap<string, Country> = new Map(
  countries.map((country) => [country.alpha2, country]),
);

/** The country with this alpha-2 code, whatever its dates, or undefined. */
export function findCountry(alpha2: string): Country | undefined {
  return byAlpha2.get(alpha2);
}

/** Whether the code stands on the given calendar date (ISO 8601). */
export function isCountryOn(country: Country, date: string): boolean {
  const { from, until } = country;
  return (from === undefined || from <= date) && (until === undefined || date <= until);
}

/**
 * Whether this is the code of a country today's messages may carry: in the table and not
 * withdrawn.
 */
export function isCountry(alpha2: string): boolean {
  const country = byAlpha2.get(alpha2);
  return country !== undefined && country.until === undefined;
}

const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** The English name of a country, or its code where there is none. */
export function countryName(alpha2: string): string {
  return byAlpha2.has(alpha2) ? (names.of(alpha2) ?? alpha2) : alpha2;
}
