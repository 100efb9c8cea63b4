// Turns the registration form into the details the contract takes; what was left empty is left out.
import type { Input } from '#contract/index.ts';

type Details = Input<'customer.register'>['details'];
type DocumentKind = Details['documents'][number]['kind'];
type RiskClass = NonNullable<Details['riskClass']>;

export const documentKinds: readonly { value: DocumentKind; label: string }[] = [
  { value: 'identity-card', label: 'identity card' },
  { value: 'passport', label: 'passport' },
  { value: 'residence-permit', label: 'residence permit' },
  { value: 'driving-licence', label: 'driving licence' },
  { value: 'register-extract', label: 'register extract' },
  { value: 'other', label: 'other' },
];

export const riskClasses: readonly { value: RiskClass; label: string }[] = [
  { value: 'normal', label: 'normal' },
  { value: 'low', label: 'low' },
  { value: 'high', label: 'high' },
];

const blank = {
  givenName: '',
  familyName: '',
  name: '',
  latinName: '',
  birthDate: '',
  nationality: '',
  registrationNumber: '',
  registrationCountry: '',
  lei: '',
  streetName: '',
  buildingNumber: '',
  postCode: '',
  townName: '',
  country: '',
  phone: '',
  email: '',
  documentNumber: '',
  documentCountry: '',
  documentExpiresOn: '',
};

export type Registration = Readonly<typeof blank> & {
  readonly kind: 'person' | 'organisation';
  readonly documentKind: DocumentKind;
  readonly riskClass: RiskClass;
};

/** An empty form; a text typed while searching is taken as the beginning of the name. */
export function blankRegistration(text = ''): Registration {
  const [givenName = '', ...family] = text.trim().split(/\s+/);
  const familyName = family.join(' ');
  const kind = 'person' as const;
  return {
    ...blank,
    givenName,
    familyName,
    kind,
    documentKind: 'identity-card',
    riskClass: 'normal',
  };
}

/** Whether leaving the form would lose anything. */
export function isFilled(typed: Registration): boolean {
  return Object.keys(blank).some((key) => typed[key as keyof typeof blank] !== '');
}

/** The entries that hold something, trimmed. */
function filled<K extends string>(
  entries: Readonly<Record<K, string>>,
): Partial<Record<K, string>> {
  return Object.fromEntries(
    Object.entries<string>(entries)
      .map(([key, text]) => [key, text.trim()])
      .filter(([, text]) => text !== ''),
  ) as Partial<Record<K, string>>;
}

/** Country codes are capitals however they were typed. */
function code(text: string): string {
  return text.trim().toUpperCase();
}

export function registrationOf(typed: Registration): Details {
  const { streetName, buildingNumber, postCode, latinName, email, phone } = typed;
  const common = {
    address: {
      ...filled({ streetName, buildingNumber, postCode }),
      townName: typed.townName,
      country: code(typed.country),
    },
    phones: phone.trim() === '' ? [] : [phone.trim()],
    documents: [
      {
        kind: typed.documentKind,
        number: typed.documentNumber,
        country: code(typed.documentCountry),
        ...filled({ expiresOn: typed.documentExpiresOn }),
      },
    ],
    riskClass: typed.riskClass,
    ...filled({ email, latinName }),
  };
  if (typed.kind === 'person') {
    const { givenName, familyName, birthDate } = typed;
    const nationality = code(typed.nationality);
    return { kind: 'person', givenName, familyName, birthDate, nationality, ...common };
  }
  const { name, registrationNumber } = typed;
  const registrationCountry = code(typed.registrationCountry);
  const lei = filled({ lei: code(typed.lei) });
  return { kind: 'organisation', name, registrationNumber, registrationCountry, ...lei, ...common };
}
