// Says what stands on a list: one person, organisation, ship or aircraft, with every name it goes by.

export const entryKinds = ['person', 'entity', 'vessel', 'aircraft'] as const;

export interface ListEntry {
  /** As the list itself numbers it, such as `OFAC-7914`. */
  readonly id: string;
  readonly kind: (typeof entryKinds)[number];
  /** Main name first, then every alias and the name in its own script; given names before family names. */
  readonly names: readonly string[];
  /** Years or days of birth the list gives, ISO 8601: `1971`, `1971-05`, `1971-05-03`. */
  readonly births: readonly string[];
  /** ISO 3166 codes of nationality, birth or seat; empty where the list does not say. */
  readonly countries: readonly string[];
  /** Under which programme or regime, as the list writes it. */
  readonly programme: string;
}
