// Compares how applications went between groups of people whom the scorecard cannot tell apart.
import type { Output } from '#contract/index.ts';
import type { CreditRow } from '#station/ledger/projections/risk-credit.ts';
import type { CreditParts } from './credit.ts';

type Report = Output<'credit.fairness'>;

/** A group of fewer says nothing about fairness, and might say who somebody is. */
const groupLeast = 5;
/** The approval rate of a group against the highest, below which somebody looks (the four-fifths rule). */
const fourFifths = 0.8;

function ageGroup(birthDate: string | null, at: number): string {
  if (birthDate === null) return 'organisation';
  const age = (at - Date.parse(birthDate)) / (365.25 * 86_400_000);
  if (age < 30) return 'under 30';
  return age < 60 ? '30 to 59' : '60 and over';
}

export function fairnessOf(rows: readonly CreditRow[], traitsOf: CreditParts['traitsOf']): Report {
  const groups = new Map<string, { rows: CreditRow[]; attribute: string; group: string }>();
  const add = (attribute: string, group: string, row: CreditRow) => {
    const key = `${attribute} ${group}`;
    const known = groups.get(key) ?? { rows: [], attribute, group };
    known.rows.push(row);
    groups.set(key, known);
  };
  for (const row of rows) {
    const { birthDate, isDomestic } = traitsOf(row.customer);
    add('age', ageGroup(birthDate, row.at), row);
    add('nationality', isDomestic ? 'of this country' : 'of another country', row);
  }
  const shown = [...groups.values()]
    .filter((each) => each.rows.length >= groupLeast)
    .map(({ attribute, group, rows: own }) => ({
      ...{ attribute, group, applications: own.length },
      approved: own.filter(({ state }) => state === 'approved').length,
      meanBasisPoints: Math.round(
        own.reduce((sum, row) => sum + Number(row.assessment.basisPoints), 0) / own.length,
      ),
    }));
  return { groups: shown, sentence: sentenceOf(shown) };
}

function sentenceOf(groups: Report['groups']): string {
  if (groups.length === 0) return 'Too few applications for a comparison of groups.';
  const rate = (each: Report['groups'][number]) => each.approved / each.applications;
  const low = groups.filter((each) => {
    const best = Math.max(
      ...groups.filter(({ attribute }) => attribute === each.attribute).map(rate),
    );
    return best > 0 && rate(each) < fourFifths * best;
  });
  if (low.length === 0) return 'No group is approved less than four fifths as often as another.';
  const names = low.map(({ attribute, group }) => `${attribute} ${group}`).join(', ');
  return `Approved less than four fifths as often as others: ${names}. Look at the reasons given.`;
}
