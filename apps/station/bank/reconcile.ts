// Finds which entries of a bank's statement are which lines of our own account with that bank.

/** A line of our account: positive came in (a debit of the asset). */
export interface OwnLine {
  readonly leg: number;
  readonly valueDate: string;
  readonly amountMinor: bigint;
  readonly references: readonly string[];
}

/** A line of the bank's statement, signed alike. */
export interface TheirLine {
  readonly position: number;
  readonly valueDate: string;
  readonly amountMinor: bigint;
  readonly references: readonly string[];
  readonly text: string;
}

/**
 * `exact`: amount and a reference agree, and on neither side does another line fit as well. `proposed`: the
 * amount agrees and the dates are near; a person decides.
 */
export interface Match {
  readonly position: number;
  readonly leg: number;
  readonly kind: 'exact' | 'proposed';
  /** Days between the two value dates. */
  readonly daysApart: number;
  /** The reference both sides name, or null. */
  readonly reference: string | null;
}

/** A proposal further apart than this is a guess, not a proposal. */
export const proposalDaysMax = 5;

const dayMs = 86_400_000;

const plain = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

function daysBetween(one: string, other: string): number {
  const apart = Math.abs(Date.parse(one) - Date.parse(other));
  return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.round(apart / dayMs);
}

/** A reference must have this many letters to be looked for in a free text. */
const wordMin = 6;

function sharedReference(own: OwnLine, their: TheirLine): string | null {
  const named = new Set(their.references.map(plain));
  const text = plain(their.text);
  for (const reference of own.references) {
    const word = plain(reference);
    if (named.has(word) || (word.length >= wordMin && text.includes(word))) return reference;
  }
  return null;
}

interface Pair extends Match {
  readonly own: OwnLine;
  readonly their: TheirLine;
}

function pairsOf(ours: readonly OwnLine[], theirs: readonly TheirLine[]): readonly Pair[] {
  const byAmount = new Map<bigint, OwnLine[]>();
  for (const own of ours) {
    const known = byAmount.get(own.amountMinor);
    if (known) known.push(own);
    else byAmount.set(own.amountMinor, [own]);
  }
  return theirs.flatMap((their) =>
    (byAmount.get(their.amountMinor) ?? []).flatMap((own): readonly Pair[] => {
      const reference = sharedReference(own, their);
      const daysApart = daysBetween(own.valueDate, their.valueDate);
      if (reference === null && daysApart > proposalDaysMax) return [];
      const kind = reference === null ? 'proposed' : 'exact';
      return [{ own, their, position: their.position, leg: own.leg, kind, daysApart, reference }];
    }),
  );
}

const counted = (pairs: readonly Pair[], keyOf: (pair: Pair) => number): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const pair of pairs) counts.set(keyOf(pair), (counts.get(keyOf(pair)) ?? 0) + 1);
  return counts;
};

/**
 * Pairs each statement line with at most one of our lines and the other way round. A reference decides only
 * where it is the only one that fits on both sides; the nearest date is proposed first. Pure, and the
 * same whatever order the lines come in.
 */
export function matchLines(
  ours: readonly OwnLine[],
  theirs: readonly TheirLine[],
): readonly Match[] {
  const pairs = pairsOf(ours, theirs);
  const named = pairs.filter(({ kind }) => kind === 'exact');
  const perPosition = counted(named, ({ position }) => position);
  const perLeg = counted(named, ({ leg }) => leg);
  const isSure = (pair: Pair): boolean =>
    pair.kind === 'exact' && perPosition.get(pair.position) === 1 && perLeg.get(pair.leg) === 1;
  const ranked = [...pairs].sort(
    (a, b) =>
      Number(isSure(b)) - Number(isSure(a)) ||
      Number(b.kind === 'exact') - Number(a.kind === 'exact') ||
      a.daysApart - b.daysApart ||
      a.position - b.position ||
      a.leg - b.leg,
  );
  const positions = new Set<number>();
  const legs = new Set<number>();
  const matches: Match[] = [];
  for (const pair of ranked) {
    const { position, leg, daysApart, reference } = pair;
    if (positions.has(position) || legs.has(leg)) continue;
    positions.add(position);
    legs.add(leg);
    const kind = isSure(pair) ? 'exact' : 'proposed';
    matches.push(Object.freeze({ position, leg, kind, daysApart, reference }));
  }
  return matches.sort((a, b) => a.position - b.position);
}
