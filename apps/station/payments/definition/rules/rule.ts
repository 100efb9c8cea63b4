// Names the kinds of rule that markets and banks put on a message beyond its schema; a rule is
// data, never code.

import type { IdentifierKind } from '../../identifier/index.ts';

/**
 * A path is tags with slashes: `/AppHdr/Fr/FIId` or `/Document/FICdtTrf/CdtTrfTxInf` from the
 * root, `PmtId/UETR` from
 * the element that `at` names. `at` is judged once for each element it finds.
 */
export type Check =
  /** Both or neither. */
  | { readonly kind: 'together'; readonly at: string; readonly one: string; readonly other: string }
  /** Where `when` stands, all of `needs` must. */
  | {
      readonly kind: 'requires';
      readonly at: string;
      readonly when: string;
      readonly needs: readonly string[];
    }
  /** Where `unless` does not stand, all of `needs` must. */
  | {
      readonly kind: 'requires-unless';
      readonly at: string;
      readonly unless: string;
      readonly needs: readonly string[];
    }
  /** At least one of the paths must stand. */
  | { readonly kind: 'any-of'; readonly at: string; readonly paths: readonly string[] }
  /** At most one of the paths may stand. */
  | { readonly kind: 'exclusive'; readonly at: string; readonly paths: readonly string[] }
  /** Where `when` stands, none of `paths` may. */
  | {
      readonly kind: 'forbids';
      readonly at: string;
      readonly when: string;
      readonly paths: readonly string[];
    }
  /** Must not stand. */
  | { readonly kind: 'absent'; readonly path: string }
  /**
   * The values of both must be the same, where both stand; not judged where `unless` has one of
   * the values.
   */
  | {
      readonly kind: 'same-value';
      readonly pairs: readonly (readonly [string, string])[];
      readonly unless?: { readonly path: string; readonly values: readonly string[] };
      readonly onlyWithout?: string;
    }
  /** The value of `one` must hold the value of `other`. */
  | { readonly kind: 'holds-value'; readonly one: string; readonly other: string }
  /** The header's message definition must be the message's namespace. */
  | { readonly kind: 'names-message' }
  /** The whole value must match (`must`), or must not. */
  | {
      readonly kind: 'pattern';
      readonly path: string;
      readonly pattern: string;
      readonly must: boolean;
    }
  /**
   * Neither starts nor ends with a slash, nor holds two in a row; of the first `first` characters
   * where given.
   */
  | { readonly kind: 'slash'; readonly path: string; readonly first?: number }
  /** The value must be one of these (`allowed`), or none of them. */
  | {
      readonly kind: 'codes';
      readonly path: string;
      readonly codes: readonly string[];
      readonly allowed: boolean;
    }
  /** As `codes`, of an attribute; `Ccy` is the only one the standard has. */
  | {
      readonly kind: 'attribute-codes';
      readonly path: string;
      readonly attribute: string;
      readonly codes: readonly string[];
      readonly allowed: boolean;
    }
  /** The two values may not both stand. */
  | {
      readonly kind: 'codes-apart';
      readonly at: string;
      readonly path: string;
      readonly codes: readonly [string, string];
    }
  /** No value may stand twice. */
  | { readonly kind: 'each-once'; readonly at: string; readonly path: string }
  /**
   * Where `path` has one of the values: all of `needs` must stand, none of `forbids`, at most
   * `max` of `counted`.
   */
  | {
      readonly kind: 'when-value';
      readonly at: string;
      readonly path: string;
      readonly values: readonly string[];
      /** True: every value of the path must be one of these; false: any. */
      readonly every?: boolean;
      readonly needs?: readonly string[];
      readonly needsAny?: readonly string[];
      readonly forbids?: readonly string[];
      readonly atMost?: { readonly path: string; readonly count: number };
    }
  | { readonly kind: 'at-most'; readonly at: string; readonly path: string; readonly count: number }
  | { readonly kind: 'max-length'; readonly path: string; readonly length: number }
  /** All texts inside all elements of the path, together. */
  | { readonly kind: 'total-length'; readonly path: string; readonly length: number }
  /** Town and country where any other part stands beside address lines. */
  | { readonly kind: 'address-hybrid'; readonly path: string }
  /** Address lines alone are at most `length` long. */
  | { readonly kind: 'address-lines'; readonly path: string; readonly length: number }
  /**
   * Structured or hybrid only: town and country, at most two lines of 70, in every postal address.
   */
  | { readonly kind: 'address-form'; readonly lines: number; readonly length: number }
  /** What stands in a part of an address is not repeated in its lines. */
  | { readonly kind: 'address-repeats' }
  /** Where the two amounts are of one currency and differ, `needs` must stand. */
  | {
      readonly kind: 'amounts-differ';
      readonly at: string;
      readonly one: string;
      readonly other: string;
      readonly needs: string;
    }
  /** The total must be the sum of the parts, exactly, where all are numbers. */
  | {
      readonly kind: 'sum';
      readonly at: string;
      readonly total: string;
      readonly parts: string;
      readonly sameCurrency: boolean;
    }
  | { readonly kind: 'count'; readonly at: string; readonly total: string; readonly parts: string }
  /** An amount between two bounds, inclusive, and with at most two decimals. */
  | {
      readonly kind: 'amount-range';
      readonly path: string;
      readonly least: string;
      readonly most: string;
      readonly decimals: number;
    }
  /** A return of less than the original says PART and gives a reason. */
  | { readonly kind: 'partial-return'; readonly at: string }
  /** Between agents of these countries both parties have a name and an IBAN. */
  | { readonly kind: 'domestic'; readonly at: string; readonly countries: readonly string[] }
  /** Every value at the path, or of the tag anywhere, is a right identifier. */
  | {
      readonly kind: 'identifier';
      readonly of: IdentifierKind;
      readonly path?: string;
      readonly tag?: string;
      readonly attribute?: string;
      /** Values another rule speaks of. */
      readonly except?: readonly string[];
    }
  /** Every text in the message keeps to these characters. */
  | { readonly kind: 'characters'; readonly allowed: string; readonly except: readonly string[] }
  /**
   * `date` is at least `days` business days of T2 and at most `most` calendar days after `from`;
   * judged only where both are known.
   */
  | {
      readonly kind: 'lead-time';
      readonly at: string;
      readonly date: string;
      readonly from: string;
      readonly days: number;
      readonly most?: number;
    };

/** One rule of a market or a bank. */
export interface Rule {
  /** As its source numbers it, after the message: `pacs.008:R12`. */
  readonly id: string;
  /** The guideline it is from, with its release. */
  readonly source: string;
  /** What it says, for the person. */
  readonly text: string;
  /** What would be right, for the person. */
  readonly fix: string;
  readonly check: Check;
}
