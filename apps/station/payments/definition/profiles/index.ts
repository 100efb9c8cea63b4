// Lists the market profiles there are; a bank's own profiles are handed in beside them.
import { cbprProfiles } from './cbpr.ts';
import { hvpsProfiles } from './hvps.ts';
import { type Profile, profileOn } from './profile.ts';
import { sepaProfiles } from './sepa.ts';

export type { Profile, Variant } from './profile.ts';

export const marketProfiles: readonly Profile[] = Object.freeze([
  ...cbprProfiles,
  ...sepaProfiles,
  ...hvpsProfiles,
]);

/**
 * The market's or bank's profile of an id on a date (ISO 8601); refuses one that is unknown or not
 * in force.
 */
export function findProfile(
  id: string,
  date: string,
  bankProfiles: readonly Profile[] = [],
): Profile {
  return profileOn([...bankProfiles, ...marketProfiles], id, date);
}
