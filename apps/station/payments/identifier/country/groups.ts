// Says which countries belong to SEPA and to the EEA on a date, for charges, addresses and
// mandates.

/** From when (and until when) a country belongs, calendar dates of ISO 8601. */
interface Membership {
  readonly from?: string;
  readonly until?: string;
}

type Members = ReadonlyMap<string, Membership>;

const always: Membership = Object.freeze({});

function members(codes: string, dates: Readonly<Record<string, Membership>>): Members {
  const plain = codes.split(/\s+/).map((code) => [code, always] as const);
  return new Map([...plain, ...Object.entries(dates)]);
}

/**
 * The European Economic Area with the territories that are part of it: the EU of 27, Iceland,
 * Liechtenstein, Norway; the Åland Islands and the French outermost regions. The United Kingdom
 * and Gibraltar belonged until the end of the transition period.
 */
const eea = members(
  `AT BE BG CY CZ DE DK EE ES FI FR GR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK
   AX GF GP MF MQ RE YT`,
  {
    HR: { from: '2013-07-01' },
    GB: { until: '2020-12-31' },
    GI: { until: '2020-12-31' },
  },
);

/**
 * The countries of the SEPA schemes: EPC409-09, version 8.0 of 24 December 2025. Territories
 * whose accounts carry the IBAN of another country stand here by their own code, as an address
 * names them.
 */
const sepa = members(
  `AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MT NL NO PL PT RO SE
   SI SK SM AX BL GF GP GG IM JE MF MQ PM RE YT`,
  {
    AD: { from: '2019-03-01' },
    VA: { from: '2019-03-01' },
    AL: { from: '2025-10-05' },
    MD: { from: '2025-10-05' },
    ME: { from: '2025-10-05' },
    MK: { from: '2025-10-05' },
    // The list says "not before May 2026".
    RS: { from: '2026-05-01' },
  },
);

function belongs(group: Members, alpha2: string, date: string): boolean {
  const membership = group.get(alpha2);
  if (!membership) return false;
  const { from, until } = membership;
  return (from === undefined || from <= date) && (until === undefined || date <= until);
}

/** Whether the country or territory takes part in SEPA on the date (ISO 8601 calendar date). */
export function isSepaOn(alpha2: string, date: string): boolean {
  return belongs(sepa, alpha2, date);
}

/** Whether the country or territory is of the European Economic Area on the date. */
export function isEeaOn(alpha2: string, date: string): boolean {
  return belongs(eea, alpha2, date);
}

/** Members of a group on a date, sorted: for a list on a screen. */
export function membersOn(group: 'sepa' | 'eea', date: string): readonly string[] {
  const listed = group === 'sepa' ? sepa : eea;
  return [...listed.keys()].filter((alpha2) => belongs(listed, alpha2, date)).sort();
}
