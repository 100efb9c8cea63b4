// Lets an administrator or supervisor go on with a log that its witness or guard does not know.
import { Refusal, refuseUnless } from './bank/refusal.ts';
import { branchFile, openBranch } from './branch.ts';
import { branchHashCost, createCredentials } from './desk/credentials.ts';
import { matchingStep } from './desk/session-factor.ts';
import { isLocked, lockedOut } from './desk/session-lockout.ts';
import { openDatabase } from './ledger/open.ts';
import { damageOf } from './ledger/open-damage.ts';
import { createStaffReads, type StaffRow } from './ledger/projections/staff.ts';
import {
  createSecrets,
  factorSecret,
  passwordSecret,
  pepperSecret,
  type Secrets,
} from './ledger/projections/staff-secrets.ts';
import { verifyLog } from './ledger/verify.ts';
import type { Head, Ports, Witness } from './ports.ts';
import { migrations } from './projections.ts';

/** Number and hash (64 hex digits) of an event. */
export interface HeadName {
  readonly seq: number;
  readonly hash: string;
}

/** What stands in the way of opening the branch, and the head that would be accepted. */
export interface HeadLook {
  readonly head: HeadName;
  /** The head the witness remembers; null where it is missing or damaged. */
  readonly witnessed: HeadName | null;
  readonly reason: string;
  readonly message: string;
}

/** Who accepts. The code is asked only of those who have a second factor. */
export interface Accepting {
  readonly user: string;
  readonly password: string;
  readonly code?: string | undefined;
}

/** What a person may go on in spite of, having looked at the head. Everything else is damage. */
const acceptable = new Set([
  ...['witness-missing', 'witness-damaged', 'log-behind-witness', 'log-not-witnessed'],
  ...['log-behind-anchor', 'log-not-anchored', 'guard-differs', 'guard-frozen'],
]);

/**
 * Says why the branch does not open and which head its log has. Refuses `nothing-to-accept` where it
 * does open, and with the opening's own reason where that is not for a person to accept.
 */
export async function lookAtHead(ports: Ports): Promise<HeadLook> {
  const refusal = await refusalOf(ports);
  return withFile(ports, async ({ file, key, witness }) => {
    const head = headOf(file, key);
    const { reason, message } = refusal;
    return Object.freeze({ head, witnessed: witnessedBy(witness), reason, message });
  });
}

/**
 * Proves log, file and person, opens the branch with exactly the head `hash`, and records who accepted
 * it in place of what. Returns the number of that record. Refuses as `lookAtHead` does, and with
 * `head-differs`, `log-broken`, `database-damaged`, `credentials-wrong`, `locked-out`,
 * `password-change-first`, `code-missing` or `role-needed`; nothing is changed then. A wrong password
 * cannot be counted in a log that nobody has accepted yet: its cost is one slow hash and a new start.
 */
export async function acceptHead(
  ports: Ports,
  hash: string,
  accepting: Accepting,
): Promise<HeadLook & { readonly recorded: number }> {
  const look = await lookAtHead(ports);
  const { head } = look;
  refuseUnless(
    hash === head.hash,
    'head-differs',
    `The log's head is event ${head.seq} with hash ${head.hash}; the hash given is another. Look at that head, and name it in full.`,
    'head',
  );
  const { person, step } = await withFile(ports, async ({ file, key }) => {
    await proveLog(file, key);
    return provePerson(file, key, accepting, ports);
  });
  const branch = await openBranch({ ...ports, acceptHead: hash });
  try {
    const { ledger } = branch;
    const { witnessed, reason, message } = look;
    const actor = String(person.id);
    const accepted = { accepted: head, message, reason, witnessed };
    // The proof is recorded as at a desk: it ends the count of wrong tries, and the code is spent.
    const proof = { purpose: 'accept-head', staff: person.id, step, who: person.user, window: 0 };
    const { seq } = ledger.write(() => {
      ledger.append({ type: 'session.proven', actor, data: proof });
      return ledger.append({ type: 'log.head-accepted', actor, data: accepted });
    });
    return Object.freeze({ ...look, recorded: seq });
  } finally {
    branch.close();
  }
}

async function refusalOf(ports: Ports): Promise<Refusal> {
  try {
    (await openBranch(ports)).close();
  } catch (error) {
    if (error instanceof Refusal && acceptable.has(error.reason)) return error;
    throw error;
  }
  throw new Refusal(
    'nothing-to-accept',
    'The branch opens: its log is the one that was witnessed, and there is nothing to accept.',
  );
}

interface BranchFile {
  readonly file: string;
  readonly key: Uint8Array;
  readonly witness: Witness;
}

async function withFile<T>(ports: Ports, act: (branch: BranchFile) => Promise<T>): Promise<T> {
  const key = Uint8Array.from(await ports.keychain.databaseKey());
  const witness = ports.witness(key);
  try {
    return await act({ file: branchFile(ports.folder), key, witness });
  } finally {
    witness.close();
    key.fill(0);
  }
}

/** Reads the file as it stands, whatever its witness says; nothing is changed. */
function reading<T>(
  file: string,
  key: Uint8Array,
  look: (database: ReturnType<typeof openDatabase>) => T,
): T {
  const database = openDatabase({ file, key, migrations, readonly: true });
  try {
    return look(database);
  } finally {
    database.close();
  }
}

function headOf(file: string, key: Uint8Array): HeadName {
  return reading(file, key, (database) => {
    const newest = database.prepare<[], { seq: bigint; hash: Buffer }>(
      'SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1',
    );
    const row = newest.get();
    return row ? nameOf({ seq: Number(row.seq), hash: row.hash }) : { seq: 0, hash: '' };
  });
}

function witnessedBy(witness: Witness): HeadName | null {
  try {
    const head = witness.read();
    return head && nameOf(head);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

function nameOf({ seq, hash }: Head): HeadName {
  return { seq, hash: Buffer.from(hash).toString('hex') };
}

/** Only a log that is whole in itself, in a file that is, may be accepted. */
async function proveLog(file: string, key: Uint8Array): Promise<void> {
  const { ok, firstBad } = await verifyLog({ file, key });
  refuseUnless(
    ok,
    'log-broken',
    `The log is broken at event ${firstBad?.seq} (${firstBad?.why}) and cannot be accepted. Restore the last good copy.`,
  );
  const [damage] = reading(file, key, damageOf);
  refuseUnless(
    damage === undefined,
    'database-damaged',
    `The branch database is damaged (${damage?.where}: ${damage?.what}). Restore the last good copy.`,
  );
}

async function provePerson(
  file: string,
  key: Uint8Array,
  given: Accepting,
  { chance, clock }: Ports,
): Promise<{ readonly person: StaffRow; readonly step: number }> {
  const known = reading(file, key, (database) => {
    const staff = createStaffReads(database);
    const person = staff.byUser(given.user);
    const secrets = createSecrets(database);
    const isOut = person !== null && isLocked(staff.tries(person.user), clock.now());
    return { person, isOut, ...secretsOf(person, secrets) };
  });
  const { person, isOut, pepper, stored, seed } = known;
  if (isOut) throw lockedOut();
  const credentials = createCredentials({ cost: branchHashCost, chance, pepper });
  const { ok } = await credentials.verify(given.password, stored);
  refuseUnless(
    ok && person !== null && !person.disabled,
    'credentials-wrong',
    'That user name and password do not belong together.',
    'password',
  );
  refuseUnpermitted(person);
  const step = person.hasFactor ? proveCode(person, seed, given.code, clock.now()) : 0;
  return { person, step };
}

function secretsOf(person: StaffRow | null, secrets: Secrets) {
  const stored = person && secrets.get(passwordSecret(person.id));
  return {
    pepper: secrets.get(pepperSecret) ?? new Uint8Array(),
    stored: stored && Buffer.from(stored).toString('utf8'),
    seed: person && secrets.get(factorSecret(person.id)),
  };
}

function refuseUnpermitted({ name, roles, mustChange }: StaffRow): void {
  refuseUnless(
    roles.includes('administrator') || roles.includes('supervisor'),
    'role-needed',
    `${name} is neither administrator nor supervisor; one of them accepts a head.`,
    'staff',
  );
  refuseUnless(
    !mustChange,
    'password-change-first',
    `${name} has a temporary password and must sign in and change it first.`,
    'staff',
  );
}

/** The step of the one-time code. */
function proveCode(
  person: StaffRow,
  seed: Uint8Array | null,
  code: string | undefined,
  at: number,
): number {
  refuseUnless(
    code !== undefined && code !== '',
    'code-missing',
    `${person.name} has a second factor: the code of the authenticator app is needed too.`,
    'code',
  );
  const step = seed && matchingStep({ seed, code, at, lastStep: person.factorStep });
  refuseUnless(
    step !== null,
    'credentials-wrong',
    'That code is not the one shown now, or was used before.',
    'code',
  );
  return step;
}
