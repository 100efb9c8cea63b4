// Judges a customer's details beyond their shape: real dates, valid documents, nobody registered twice.
import type { CustomerDetails, IdentityDocument } from '#contract/customers.ts';
import { Refusal, refuseUnless } from '../bank/refusal.ts';
import { compactOf } from '../ledger/projections/customer-fold.ts';
import type { CustomerReads } from '../ledger/projections/customer-reads.ts';

/** Nobody at the counter was born before. */
const earliestBirth = '1900-01-01';

/**
 * Refuses details that cannot be true on `today` (ISO 8601 date). Reasons: `date-not-a-date`,
 * `date-in-the-future`, `birth-date`, `document-dates`, `document-twice`, `lei-wrong`.
 */
export function checkDetails(details: CustomerDetails, today: string): void {
  if (details.kind === 'person') checkBirth(details.birthDate, today);
  else if (details.lei !== undefined) checkLei(details.lei);
  details.documents.forEach((document, index) => {
    checkDocument(document, today, `details.documents.${index}`);
    const first = details.documents.findIndex((other) => isSame(other, document));
    refuseUnless(
      first === index,
      'document-twice',
      `The document ${document.number} is named twice.`,
      `details.documents.${index}.number`,
    );
  });
}

/** Refuses details of which no document is valid: without identification there is no customer. */
export function checkIdentified(details: CustomerDetails, today: string): void {
  refuseUnless(
    details.documents.some(({ expiresOn }) => expiresOn === undefined || expiresOn >= today),
    'document-expired',
    `No identity document is valid on ${today}; record one that is.`,
    'details.documents.0.expiresOn',
  );
}

/** Refuses a document that identifies another customer already: the same person is not registered twice. */
export function checkUnknown(
  customers: CustomerReads,
  details: CustomerDetails,
  customer: number | null,
): void {
  details.documents.forEach((document, index) => {
    const other = customers
      .byDocument(document.number)
      .find((id) => id !== customer && hasDocument(customers, id, document));
    refuseUnless(
      other === undefined,
      'customer-known',
      `${document.number} identifies customer ${other} already; serve that one, or amend the record.`,
      `details.documents.${index}.number`,
    );
  });
}

function hasDocument(customers: CustomerReads, id: number, document: IdentityDocument): boolean {
  return customers.details(id)?.documents.some((each) => isSame(each, document)) ?? false;
}

function isSame(one: IdentityDocument, other: IdentityDocument): boolean {
  const keys = [one, other].map((each) =>
    [each.kind, each.country, compactOf(each.number)].join(' '),
  );
  return keys[0] === keys[1];
}

/** Refuses a text that has the shape of a date but is none, such as 2026-02-30. */
export function checkDate(date: string, field: string): void {
  const parsed = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date) {
    throw new Refusal('date-not-a-date', `${date} is not a day of the calendar.`, field);
  }
}

function checkBirth(birthDate: string, today: string): void {
  checkDate(birthDate, 'details.birthDate');
  refuseUnless(
    birthDate >= earliestBirth && birthDate <= today,
    'birth-date',
    `Nobody at the counter was born on ${birthDate}; write a date from ${earliestBirth} to ${today}.`,
    'details.birthDate',
  );
}

function checkDocument(document: IdentityDocument, today: string, field: string): void {
  const { issuedOn, expiresOn, number } = document;
  refuseUnless(
    compactOf(number).length >= 3,
    'document-number',
    `${number} is no document number: it has fewer than three letters and digits.`,
    `${field}.number`,
  );
  if (expiresOn !== undefined) checkDate(expiresOn, `${field}.expiresOn`);
  if (issuedOn === undefined) return;
  checkDate(issuedOn, `${field}.issuedOn`);
  refuseUnless(
    issuedOn <= today,
    'date-in-the-future',
    `The document cannot have been issued on ${issuedOn}, which is to come.`,
    `${field}.issuedOn`,
  );
  refuseUnless(
    expiresOn === undefined || issuedOn <= expiresOn,
    'document-dates',
    `The document would run out on ${expiresOn}, before it was issued on ${issuedOn}.`,
    `${field}.expiresOn`,
  );
}

/** ISO 17442: the last two digits make the whole, letters read as 10 to 35, leave 1 modulo 97. */
function checkLei(lei: string): void {
  const digits = [...lei].map((sign) => Number.parseInt(sign, 36)).join('');
  refuseUnless(
    BigInt(digits) % 97n === 1n,
    'lei-wrong',
    `${lei} is not an LEI: its check digits do not fit. Compare it with the register.`,
    'details.lei',
  );
}
