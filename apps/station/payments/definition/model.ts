// Names the parts of a message definition: leaves with facets, branches with particles, and what
// may stand anywhere.

/** The lexical kinds of a leaf, by the names of XML Schema part 2. */
export type LeafBase =
  | 'text'
  | 'code'
  | 'decimal'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'gYear'
  | 'gYearMonth'
  | 'boolean'
  | 'binary';

/** What a value is held to. Lengths count characters (code points); binary lengths count octets. */
export interface Facets {
  readonly base: LeafBase;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** The pattern as the standard writes it; it covers the whole value. */
  readonly pattern?: string;
  readonly codes?: readonly string[];
  readonly totalDigits?: number;
  readonly fractionDigits?: number;
  /** Smallest value allowed, inclusive; the standard only ever uses whole numbers here. */
  readonly minimum?: number;
}

/** Why a value is refused: the facet it breaks. */
export type FacetFault =
  | 'empty'
  | 'too-short'
  | 'too-long'
  | 'pattern'
  | 'unknown-code'
  | 'not-a-number'
  | 'too-many-digits'
  | 'too-many-decimals'
  | 'below-minimum'
  | 'not-a-date'
  | 'not-a-time'
  | 'not-a-boolean'
  | 'not-base64';

export interface LeafType {
  readonly kind: 'leaf';
  readonly name: string;
  readonly facets: Facets;
  /**
   * The one attribute such a leaf carries (an amount's currency), always required; null for most.
   */
  readonly attribute: { readonly name: string; readonly type: LeafType } | null;
  /** Null when the value is allowed, else the facet it breaks. */
  check(value: string): FacetFault | null;
}

/** One child element: its tag, how often it may stand, and its type. */
export interface Particle {
  readonly tag: string;
  readonly min: number;
  /** Infinity when unbounded. */
  readonly max: number;
  readonly type: Type;
  /** Place in its sequence, from 0. */
  readonly position: number;
}

export interface BranchType {
  readonly kind: 'sequence' | 'choice';
  readonly name: string;
  readonly particles: readonly Particle[];
  readonly byTag: ReadonlyMap<string, Particle>;
  /**
   * For each position, the first required particle at or after it; the number of particles if
   * none.
   */
  readonly nextRequired: readonly number[];
}

/**
 * Holds exactly one element of any kind, judged by whoever defined it (supplementary data,
 * signatures).
 */
export interface WildType {
  readonly kind: 'wild';
  readonly name: string;
  /** The namespace the element must be in; '*' for any. */
  readonly namespace: string;
}

export type Type = LeafType | BranchType | WildType;

/** One message of the standard. */
export interface MessageDefinition {
  /** For example `pacs.008.001.08`. */
  readonly id: string;
  readonly namespace: string;
  readonly root: 'Document' | 'AppHdr';
  /** The message element inside Document; '' for the business application header. */
  readonly tag: string;
  readonly use: 'write' | 'read';
  /** The type of the root element. */
  readonly type: BranchType;
}
