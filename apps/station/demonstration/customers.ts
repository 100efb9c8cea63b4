// Draws the 250 customers of the demonstration branch: people and organisations, each fully identified.
import type { CustomerDetails, IdentityDocument, PostalAddress } from '#contract/customers.ts';
import { addDays, daysBetween } from '../bank/calendar.ts';
import { migrationDate, newDate, tourDate } from './calendar.ts';
import { type Company, companies, type Trade } from './companies.ts';
import type { Dice } from './dice.ts';
import { home, type Place, places } from './places.ts';

/** A customer before the station gave it a number. */
export interface PlannedCustomer {
  /** Name of the customer inside the plan, such as `person-17`. */
  readonly key: string;
  readonly details: CustomerDetails;
  /** Home country of the name, not of the address. */
  readonly country: string;
  readonly script: string;
  readonly trade: Trade | null;
  /** Calendar date on which the branch came to know the customer. */
  readonly since: string;
}

/** Customers the tour calls by name. */
export const named = Object.freeze({
  marta: 'marta-keller',
  jonas: 'jonas-weber',
  /** Holds the checking account of 1,000.00 USD and the savings account of 5,000.00 USD. */
  alex: 'alex-morgan',
});

/** Whether the tour calls this customer by name. */
export function isNamed(key: string): boolean {
  return Object.values<string>(named).includes(key);
}

const tourPeople: readonly (readonly [
  key: string,
  given: string,
  family: string,
  country: string,
])[] = [
  [named.marta, 'Marta', 'Keller', 'DE'],
  [named.jonas, 'Jonas', 'Weber', 'DE'],
  [named.alex, 'Alex', 'Morgan', 'US'],
];

/** All customers, those of the tour first, then people country by country, then organisations. */
export function drawCustomers(dice: Dice): PlannedCustomer[] {
  const fixed = tourPeople.map(([key, given, family, country]) => {
    const place = placeOf(country);
    return person(dice.fork(key), { key, place, names: [given, family], since: '2019-03-11' });
  });
  const drawn = places.flatMap((place) => {
    const missing = place.people - tourPeople.filter((each) => each[3] === place.country).length;
    return Array.from({ length: missing }, (_, index) => {
      const key = `person-${place.country.toLowerCase()}-${index + 1}`;
      const own = dice.fork(key);
      const names = [own.pick(place.given), own.pick(place.family)] as const;
      return person(own, { key, place, names, since: joined(own, index === 0) });
    });
  });
  const firms = companies.map((company, index) =>
    organisation(dice.fork(`company-${index + 1}`), company, `company-${index + 1}`),
  );
  return [...fixed, ...drawn, ...firms];
}

/** One newcomer of each country joins within the ninety days, the rest came in the years before. */
function joined(dice: Dice, isNewcomer: boolean): string {
  if (isNewcomer) return newDate(dice);
  return addDays(migrationDate, -dice.between(200, 6_000));
}

function placeOf(country: string): Place {
  const found = places.find((place) => place.country === country);
  if (!found) throw new Error(`The demonstration has nobody from ${country}.`);
  return found;
}

interface PersonSketch {
  readonly key: string;
  readonly place: Place;
  readonly names: readonly [given: string, family: string];
  readonly since: string;
}

function person(dice: Dice, sketch: PersonSketch): PlannedCustomer {
  const { key, place, names, since } = sketch;
  const [given = '', givenLatin] = names[0].split('=');
  const [family = '', familyLatin] = names[1].split('=');
  const isTour = !key.startsWith('person');
  const latin = givenLatin && familyLatin ? { latinName: `${givenLatin} ${familyLatin}` } : {};
  const mail = `${plain(givenLatin ?? given)}.${plain(familyLatin ?? family)}`;
  const details: CustomerDetails = {
    kind: 'person',
    givenName: given,
    familyName: family,
    ...latin,
    birthDate: addDays('2004-06-01', -dice.between(0, 23_000)),
    birthCountry: place.country,
    nationality: place.country,
    address: address(dice, isTour || place === home || dice.happens(1, 2) ? home : place),
    phones: [dice.filled(place.phone)],
    ...(dice.happens(7, 10) ? { email: `${mail}${dice.between(1, 99)}@mail.example` } : {}),
    documents: [personDocument(dice, place, isTour || since > migrationDate)],
    riskClass: isTour ? 'normal' : riskClass(dice),
  };
  const { country, script } = place;
  return Object.freeze({ key, details, country, script, trade: null, since });
}

function riskClass(dice: Dice): 'low' | 'normal' | 'high' {
  return dice.weighted({ low: 55, normal: 41, high: 4 });
}

/** Letters a mail address may hold, without the accents. */
function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/ß/g, 'ss')
    .replace(/ł/gi, 'l')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

function address(dice: Dice, place: Place): PostalAddress {
  const town = dice.pick(place.towns);
  const cut = town.search(/ [0-9#][0-9#-]*$/);
  return {
    streetName: dice.pick(place.streets),
    buildingNumber: String(dice.between(1, 148)),
    postCode: dice.filled(town.slice(cut + 1)),
    townName: town.slice(0, cut),
    country: place.country,
  };
}

/**
 * A few documents run out on the last evening, so that the desk must ask for new ones on the morning of the
 * tour; some more in the weeks after it. Until then everybody is identified.
 */
function personDocument(dice: Dice, place: Place, isValid: boolean): IdentityDocument {
  const kind = isValid ? 'long' : dice.weighted({ long: 90, soon: 7, over: 3 });
  const left =
    kind === 'long' ? dice.between(40, 3_000) : kind === 'soon' ? dice.between(1, 30) : -1;
  const expiresOn = addDays(tourDate, left);
  const atHome = place === home || ['FR', 'ES', 'PL', 'GR'].includes(place.country);
  return {
    kind: atHome && dice.happens(3, 4) ? 'identity-card' : 'passport',
    number: dice.filled(place.document),
    country: place.country,
    issuedOn: addDays(expiresOn, -3_652),
    expiresOn,
  };
}

function organisation(dice: Dice, company: Company, key: string): PlannedCustomer {
  const { name, latinName, country, trade } = company;
  const place = placeOf(country);
  const registrationNumber = dice.filled(company.register);
  const issuedOn = addDays(migrationDate, -dice.between(300, 5_000));
  const isShopHere = trade === 'shop' || country === home.country;
  const details: CustomerDetails = {
    kind: 'organisation',
    name,
    ...(latinName ? { latinName } : {}),
    registrationNumber,
    registrationCountry: country,
    ...(trade === 'employer' ? { lei: lei(dice) } : {}),
    address: address(dice, isShopHere ? home : place),
    phones: [dice.filled(isShopHere ? home.phone : place.phone)],
    documents: [{ kind: 'register-extract', number: registrationNumber, country, issuedOn }],
    riskClass: trade === 'shop' && country === 'KW' ? 'high' : 'normal',
  };
  const since = addDays(issuedOn, Math.min(90, daysBetween(issuedOn, migrationDate) - 1));
  return Object.freeze({ key, details, country, script: place.script, trade, since });
}

/** A legal entity identifier with right check digits (ISO 17442, ISO 7064 mod 97-10) of no real issuer. */
export function lei(dice: Dice): string {
  const base = dice.filled('9845QX##??##??##??');
  const digits = [...`${base}00`].map((sign) => Number.parseInt(sign, 36)).join('');
  const check = 98 - Number(BigInt(digits) % 97n);
  return `${base}${String(check).padStart(2, '0')}`;
}
