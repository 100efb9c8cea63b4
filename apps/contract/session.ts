// Sign-in, second factor, lock and the first start: who is at this window.
import { z } from 'zod';
import { query, roles, sessionCommand } from './operation.ts';
import { currency, date, instant, line, nothing } from './values.ts';

export const role = z.enum(roles);

export const userName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9._-]{1,31}$/, 'is 2 to 32 letters, digits, dots or dashes, a letter first');

/** NIST SP 800-63B-4: length counts, composition does not; 8 beside a second factor, 15 alone. */
export const password = z.string().min(8, 'has 8 characters or more').max(128);

/** A second person who counted along, proven by the own password (and factor where enrolled). */
export const secondPerson = z.strictObject({
  user: userName,
  password: z.string().min(1).max(128),
  code: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
});

/** Five groups of four of Crockford's base 32, as an administrator's screen shows it; case and dashes are free. */
export const deskCode = z
  .string()
  .max(40)
  .transform((text) => text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0'))
  .transform((text) => text.replaceAll(/[IL]/g, '1'))
  .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{20}$/, 'is the twenty letters and digits shown'));

export const factorCode = z.string().regex(/^\d{6}$/, 'is the six digits the authenticator shows');

/**
 * establish: no staff yet, the first administrator is asked for. signed-out: waiting for a name and password.
 * factor: password right, code wanted. password-change and enrol: signed in, but that must be done first.
 * attach: a desk on the LAN that no station knows yet; its own host says so.
 */
export const sessionStage = z.enum([
  'attach',
  'establish',
  'signed-out',
  'factor',
  'password-change',
  'enrol',
  'open',
  'locked',
]);

export const person = z.object({
  id: z.number().int(),
  user: z.string(),
  name: z.string(),
  roles: z.array(role),
});

export const sessionState = z.object({
  stage: sessionStage,
  bank: z.string().nullable(),
  branch: z
    .object({
      code: z.string(),
      name: z.string(),
      baseCurrency: z.string(),
      /** Of the tz database: the clock on the branch's wall. */
      timeZone: z.string(),
    })
    .nullable(),
  businessDate: date.nullable(),
  dayState: z.enum(['never-opened', 'open', 'closed']),
  demonstration: z.boolean(),
  person: person.nullable(),
  /** The person's open till, if any. */
  till: z.number().int().nullable(),
  /** When the session ends whatever happens. */
  until: instant.nullable(),
  idleLockMs: z.number().int(),
  /** Name of the desk the window stands at; null at the station's own machine. */
  desk: z.string().nullable(),
});
export type SessionState = z.output<typeof sessionState>;

const credentials = z.strictObject({ user: userName, password: z.string().min(1).max(128) });

export const sessionOperations = {
  'session.state': query({
    access: 'anyone',
    input: nothing,
    output: sessionState,
    topics: ['session', 'day', 'till'],
  }),
  'session.open': sessionCommand({ access: 'anyone', input: credentials, output: sessionState }),
  'session.factor': sessionCommand({
    access: 'anyone',
    input: z.strictObject({ code: factorCode }),
    output: sessionState,
  }),
  'session.changePassword': sessionCommand({
    access: 'anyone',
    input: z.strictObject({ current: z.string().min(1).max(128), next: password }),
    output: sessionState,
  }),
  /** Makes a new TOTP secret; it counts only once `session.confirmFactor` has seen a code made with it. */
  'session.enrolFactor': sessionCommand({
    access: 'anyone',
    input: nothing,
    output: z.object({ secret: z.string(), uri: z.string() }),
  }),
  'session.confirmFactor': sessionCommand({
    access: 'anyone',
    input: z.strictObject({ code: factorCode }),
    output: sessionState,
  }),
  /** Says that a person is at the keyboard; puts the idle lock off. */
  'session.touch': sessionCommand({ access: 'signed-in', input: nothing, output: nothing }),
  'session.lock': sessionCommand({ access: 'signed-in', input: nothing, output: sessionState }),
  'session.unlock': sessionCommand({
    access: 'anyone',
    input: z.strictObject({ password: z.string().min(1).max(128) }),
    output: sessionState,
  }),
  'session.close': sessionCommand({ access: 'anyone', input: nothing, output: sessionState }),
  /** Answered by the host of a desk that is not enrolled yet; the station itself refuses it. */
  'session.attachDesk': sessionCommand({
    access: 'anyone',
    input: z.strictObject({ code: deskCode }),
    output: nothing,
  }),

  /** The first start: names the branch and its first administrator; refused once any staff exists. */
  'branch.establish': sessionCommand({
    access: 'anyone',
    input: z.strictObject({
      bank: line(70).pipe(z.string().min(2)),
      branchCode: z.string().regex(/^[A-Z0-9]{1,8}$/, 'is up to 8 capital letters or digits'),
      branchName: line(70).pipe(z.string().min(2)),
      country: z.string().regex(/^[A-Z]{2}$/, 'is an ISO 3166 country code, such as DE'),
      /** Of the tz database, such as Europe/Berlin: receipts and screens say its time. */
      timeZone: line(64).default('UTC'),
      baseCurrency: currency,
      currencies: z.array(currency).min(1).max(20),
      administrator: z.strictObject({
        user: userName,
        name: line(140).pipe(z.string().min(2)),
        password: z
          .string()
          .min(15, 'has 15 characters or more until a factor is enrolled')
          .max(128),
      }),
    }),
    output: sessionState,
  }),

  /** Only in a demonstration branch: who can sign in and with what. Refused everywhere else. */
  'demonstration.card': query({
    access: 'anyone',
    input: nothing,
    output: z.object({
      people: z.array(
        z.object({
          user: z.string(),
          name: z.string(),
          roles: z.array(role),
          password: z.string(),
          /** Present code of the second factor, or null when the person has none. */
          code: z.string().nullable(),
        }),
      ),
    }),
    topics: ['session', 'staff'],
  }),
} as const;
