// The people and organisations the branch serves: identified, searchable, seen whole.
import { z } from 'zod';
import { command, query } from './operation.ts';
import { currency, date, instant, line, minor, reason } from './values.ts';

export const customerId = z.number().int().positive();
const country = z.string().regex(/^[A-Z]{2}$/, 'is an ISO 3166 country code, such as DE');

/** ISO 20022 PostalAddress24, structured or hybrid: town and country always, at most two free lines. */
export const postalAddress = z.strictObject({
  department: line(70).optional(),
  subDepartment: line(70).optional(),
  streetName: line(70).optional(),
  buildingNumber: line(16).optional(),
  buildingName: line(35).optional(),
  floor: line(70).optional(),
  postBox: line(16).optional(),
  room: line(70).optional(),
  postCode: line(16).optional(),
  townName: line(35).pipe(
    z.string().min(1, 'is needed: the networks refuse addresses without a town'),
  ),
  townLocationName: line(35).optional(),
  districtName: line(35).optional(),
  countrySubDivision: line(35).optional(),
  country,
  addressLine: z.array(line(70)).max(2).optional(),
});
export type PostalAddress = z.output<typeof postalAddress>;

export const identityDocument = z.strictObject({
  kind: z.enum([
    'passport',
    'identity-card',
    'residence-permit',
    'driving-licence',
    'register-extract',
    'other',
  ]),
  number: line(35).pipe(z.string().min(3)),
  country,
  issuedOn: date.optional(),
  expiresOn: date.optional(),
});
export type IdentityDocument = z.output<typeof identityDocument>;

export const riskClass = z.enum(['low', 'normal', 'high']);

const contact = {
  address: postalAddress,
  phones: z.array(z.string().regex(/^\+?[0-9 ()/-]{5,30}$/, 'is a phone number')).max(5),
  email: z.string().trim().max(254).email().optional(),
  documents: z
    .array(identityDocument)
    .min(1, 'needs one identity document: no customer without identification')
    .max(10),
  riskClass: riskClass.default('normal'),
};

const personName = line(140).pipe(z.string().min(1));

export const naturalPerson = z.strictObject({
  kind: z.literal('person'),
  givenName: personName,
  familyName: personName,
  /** The name in Latin letters where the name itself is not; used in messages and in the search. */
  latinName: line(140).optional(),
  birthDate: date,
  birthCountry: country.optional(),
  nationality: country,
  ...contact,
});

export const organisation = z.strictObject({
  kind: z.literal('organisation'),
  name: personName,
  latinName: line(140).optional(),
  registrationNumber: line(35).pipe(z.string().min(2)),
  registrationCountry: country,
  lei: z
    .string()
    .regex(/^[A-Z0-9]{18}\d{2}$/, 'is a 20-character LEI')
    .optional(),
  ...contact,
});

export const customerDetails = z.discriminatedUnion('kind', [naturalPerson, organisation]);
export type CustomerDetails = z.output<typeof customerDetails>;

export const customerHit = z.object({
  customer: customerId,
  name: z.string(),
  kind: z.enum(['person', 'organisation']),
  /** What tells this one from another of the same name: birth date or registration number, and town. */
  distinction: z.string(),
  /** Which field matched, in words. */
  matched: z.string(),
  accounts: z.array(z.string()),
});

export const accountLine = z.object({
  number: z.string(),
  name: z.string(),
  product: z.string(),
  currency,
  state: z.enum(['open', 'dormant', 'frozen', 'closed']),
  role: z.string(),
  /** What the customer has (positive) or owes (negative). */
  balanceMinor: minor,
  availableMinor: minor,
});
export type AccountLine = z.output<typeof accountLine>;

export const movementLine = z.object({
  journal: z.number().int(),
  at: instant,
  date,
  account: z.string(),
  what: z.string(),
  amountMinor: minor,
  currency,
});

export const customerView = z.object({
  customer: customerId,
  name: z.string(),
  details: z.unknown(),
  since: date,
  riskClass,
  identified: z.boolean(),
  accounts: z.array(accountLine),
  movements: z.array(movementLine),
  notes: z.array(
    z.object({
      id: z.number().int(),
      text: z.string(),
      alert: z.boolean(),
      by: z.string(),
      at: instant,
      open: z.boolean(),
    }),
  ),
  /** What the teller must know now, each a sentence: expired document, frozen account, alert note, cash near a threshold. */
  alerts: z.array(z.string()),
  cashToday: z.array(z.object({ currency, inMinor: minor, outMinor: minor })),
});
export type CustomerView = z.output<typeof customerView>;

const everyone = ['teller', 'supervisor', 'compliance', 'auditor', 'administrator'] as const;
const desk = ['teller', 'supervisor'] as const;
const done = z.object({ customer: customerId });

export const customerOperations = {
  /** Finds by any part of name, number, account, document, phone; best first. */
  'customer.search': query({
    access: everyone,
    input: z.strictObject({ text: line(140), count: z.number().int().min(1).max(50).default(12) }),
    output: z.object({ hits: z.array(customerHit) }),
    topics: ['customer', 'account'],
  }),
  'customer.get': query({
    access: everyone,
    input: z.strictObject({ customer: customerId }),
    output: customerView,
    topics: ['customer', 'account', 'journal'],
  }),
  'customer.register': command({
    access: desk,
    input: z.strictObject({ details: customerDetails }),
    output: done,
  }),
  'customer.amend': command({
    access: desk,
    input: z.strictObject({ customer: customerId, details: customerDetails, reason }),
    output: done,
  }),
  'customer.note': command({
    access: everyone,
    input: z.strictObject({
      customer: customerId,
      text: line(280).pipe(z.string().min(1)),
      alert: z.boolean(),
    }),
    output: z.object({ note: z.number().int() }),
  }),
  'customer.closeNote': command({
    access: everyone,
    input: z.strictObject({ note: z.number().int().positive() }),
    output: z.object({ note: z.number().int() }),
  }),
} as const;
