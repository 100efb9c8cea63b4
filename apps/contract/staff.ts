// The branch's own people: who works here, in which roles, and whether they may sign in.
import { z } from 'zod';
import { command, query } from './operation.ts';
import { password, role, userName } from './session.ts';
import { instant, line, nothing, reason } from './values.ts';

export const staffMember = z.object({
  id: z.number().int(),
  user: z.string(),
  name: z.string(),
  roles: z.array(role),
  state: z.enum(['active', 'locked', 'disabled']),
  lockedUntil: instant.nullable(),
  hasFactor: z.boolean(),
  mustChangePassword: z.boolean(),
  lastSignedInAt: instant.nullable(),
  /** The person's own customer number, so that nobody serves their own accounts. */
  customer: z.number().int().nullable(),
});
export type StaffMember = z.output<typeof staffMember>;

const staffId = z.number().int().positive();
const name = line(140).pipe(z.string().min(2));
const rolesGiven = z.array(role).min(1).max(5);
const done = z.object({ staff: staffId });
const customer = z.number().int().positive().nullable().default(null);

export const staffOperations = {
  'staff.list': query({
    access: ['administrator', 'supervisor', 'auditor', 'compliance'],
    input: nothing,
    output: z.object({ staff: z.array(staffMember) }),
    topics: ['staff'],
  }),
  /** The password given is temporary: it must be changed at the first sign-in. */
  'staff.add': command({
    access: ['administrator'],
    input: z.strictObject({ user: userName, name, roles: rolesGiven, password, customer }),
    output: done,
  }),
  /** Takes over a person with a PBKDF2-HMAC-SHA256 hash; it is rehashed with argon2id at the first sign-in. */
  'staff.import': command({
    access: ['administrator'],
    input: z.strictObject({
      user: userName,
      name,
      roles: rolesGiven,
      iterations: z.number().int().min(10_000).max(10_000_000),
      salt: z.string().regex(/^[0-9a-f]{32,128}$/, 'is 16 to 64 bytes in hexadecimal'),
      hash: z.string().regex(/^[0-9a-f]{64}$/, 'is 32 bytes in hexadecimal'),
    }),
    output: done,
  }),
  'staff.setRoles': command({
    access: ['administrator'],
    input: z.strictObject({ staff: staffId, roles: rolesGiven, reason }),
    output: done,
  }),
  'staff.disable': command({
    access: ['administrator'],
    input: z.strictObject({ staff: staffId, reason }),
    output: done,
  }),
  'staff.enable': command({
    access: ['administrator'],
    input: z.strictObject({ staff: staffId, reason }),
    output: done,
  }),
  /** Ends a lock-out after five wrong passwords before its 30 minutes are over. */
  'staff.unlock': command({
    access: ['administrator', 'supervisor'],
    input: z.strictObject({ staff: staffId, reason }),
    output: done,
  }),
  'staff.resetPassword': command({
    access: ['administrator'],
    input: z.strictObject({ staff: staffId, password }),
    output: done,
  }),
  'staff.resetFactor': command({
    access: ['administrator'],
    input: z.strictObject({ staff: staffId, reason }),
    output: done,
  }),
  /** Ends every open session of the person at once. */
  'staff.endSessions': command({
    access: ['administrator', 'supervisor'],
    input: z.strictObject({ staff: staffId, reason }),
    output: done,
  }),
} as const;
