// Makes a branch again whose disk is lost: its log from head office, a new device key, and one administrator who lets the others in.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { Refusal, refuseUnless } from './bank/refusal.ts';
import { branchFile, openBranch } from './branch.ts';
import { branchHashCost, createCredentials, type HashCost } from './desk/credentials.ts';
import { checkNewPassword } from './desk/staff-password.ts';
import { makeFolder } from './folder.ts';
import { ownProjections } from './ledger/ledger.ts';
import { parseEvent } from './ledger/log.ts';
import { openDatabase } from './ledger/open.ts';
import { createProjector } from './ledger/projection.ts';
import { createStaffReads } from './ledger/projections/staff.ts';
import { createSecrets, passwordSecret, pepperSecret } from './ledger/projections/staff-secrets.ts';
import type { OfficeBundle } from './office/client/bundle.ts';
import { type LogPage, readLog } from './office/client/log-pages.ts';
import type { Position } from './office/protocol/values.ts';
import type { Ports } from './ports.ts';
import { migrations, projections } from './projections.ts';

export interface TablesRequest {
  readonly bundle: OfficeBundle;
  /** The database to be made; it must not be there. */
  readonly file: string;
  readonly key: Uint8Array;
  readonly onProgress?: (events: number) => void;
}

/** Pages kept in memory while the tables grow, in KiB: what is written again soon is not sealed each time. */
const cacheKiB = 256 * 1024;

/**
 * Fetches the log of the branch whose bundle this is, and makes every table of it, in a file beside the
 * one that is wanted, which takes its name at the end: what was begun and not ended is begun anew.
 * Returns where the log ends. Refuses `branch-there`, `office-copy-broken`, `office-copy-empty` and
 * what connecting refuses.
 */
export async function restoreTables(request: TablesRequest): Promise<Position> {
  const { file, key, bundle, onProgress } = request;
  const refusal = `The file ${file} is there already: name another folder.`;
  refuseUnless(!existsSync(file), 'branch-there', refusal);
  const making = `${file}.restoring`;
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${making}${end}`, { force: true });
  const database = openDatabase({ file: making, key, migrations });
  let head: Position;
  try {
    database.pragma('recursive_triggers = ON');
    // Nobody relies on this file before it is whole, so nothing of it is written twice or waited for.
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.pragma(`cache_size = -${cacheKiB}`);
    const take = pageTaker(database);
    head = await readLog(bundle, (page) => {
      take(page);
      onProgress?.(page.first + page.lengths.length - 1);
    });
    database.pragma('journal_mode = WAL');
  } finally {
    database.close();
  }
  refuseUnless(head.seq > 0, 'office-copy-empty', 'Head office has no event of this branch.');
  settleFile(making);
  renameSync(making, file);
  rmSync(`${making}.lock`, { force: true });
  return head;
}

function pageTaker(database: ReturnType<typeof openDatabase>): (page: LogPage) => void {
  const insert = database
    .prepare('INSERT INTO event (seq, hash, body) VALUES (?, ?, ?)')
    .safeIntegers(false);
  const project = createProjector(database, [...ownProjections, ...projections]);
  return database.transaction(({ first, lengths, bytes, hashes }: LogPage) => {
    let offset = 0;
    lengths.forEach((length, index) => {
      const body = Buffer.from(bytes.buffer, offset, length);
      const hash = Buffer.from(hashes.buffer, index * 32, 32);
      offset += length;
      const seq = first + index;
      insert.run(seq, hash, body);
      try {
        project(parseEvent(seq, body));
      } catch (error) {
        const refused = new Refusal(
          'log-does-not-replay',
          `Event ${seq} cannot be applied to what came before it: ${(error as Error).message}`,
        );
        refused.cause = error;
        throw refused;
      }
    });
  });
}

function settleFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

export interface RestoreRequest {
  readonly bundle: OfficeBundle;
  /** User name of an active administrator of the branch, and a first password for them. */
  readonly administrator: string;
  readonly password: string;
  readonly onProgress?: (events: number) => void;
  /** Cost of a password hash; tests make it cheap. */
  readonly hashCost?: HashCost;
}

export interface Restored {
  /** Where head office's copy ended. What the branch did after it is lost. */
  readonly from: Position;
  /** Public key of the new device, in hex: head office must be told by a person. */
  readonly device: string;
  /** People who need a new password from the administrator. */
  readonly people: number;
}

/**
 * Restores the tables into the branch's folder and enrols anew what no log holds: the device has a new
 * key, every password and authenticator counts no more, and the named administrator has the password
 * given, to be changed at the first sign-in; they let in the others. All of it is recorded. Refuses
 * as `restoreTables` does, and with `administrator-unknown` and what a weak password is refused with;
 * then nothing is left behind.
 */
export async function restoreBranch(ports: Ports, request: RestoreRequest): Promise<Restored> {
  const { bundle, administrator, password, onProgress } = request;
  makeFolder(ports.folder);
  const file = branchFile(ports.folder);
  const key = Uint8Array.from(await ports.keychain.databaseKey());
  const progress = onProgress ? { onProgress } : {};
  const from = await restoreTables({ bundle, file, key, ...progress });
  try {
    const branch = await openBranch({ ...ports, acceptHead: from.hash });
    try {
      const { ledger, database } = branch;
      const staff = createStaffReads(database);
      const person = staff.byUser(administrator);
      const isTheirs = person && !person.disabled && person.roles.includes('administrator');
      if (!isTheirs) {
        const sentence = `${administrator} is no active administrator of this branch.`;
        throw new Refusal('administrator-unknown', sentence, 'administrator');
      }
      const { user, name } = person;
      const bank = staff.branch()?.bank ?? '';
      checkNewPassword(password, { user, name, bank, factor: true }, 'password');
      const pepper = ports.chance.bytes(32);
      const cost = request.hashCost ?? branchHashCost;
      const hash = await createCredentials({ cost, chance: ports.chance, pepper }).hash(password);
      const device = Buffer.from(ledger.publicKey).toString('hex');
      const active = staff.list().filter(({ disabled }) => !disabled);
      ledger.write(() => {
        const secrets = createSecrets(database);
        secrets.set(pepperSecret, pepper);
        secrets.set(passwordSecret(person.id), Buffer.from(hash));
        const note = (type: string, data: Readonly<Record<string, unknown>>): void =>
          void ledger.append({ type, actor: 'system', data });
        const reason = 'the branch was made again from head office';
        for (const { id, hasFactor } of staff.list()) {
          if (hasFactor) note('staff.factor-reset', { staff: id, mustChange: true, reason });
          note('staff.password-reset', { staff: id });
        }
        // The last one: the first checkpoint of the new device stands on it, and names the key it is made with.
        note('branch.restored', { device, from: { ...from }, administrator: person.id });
      });
      return { from, device, people: active.length - 1 };
    } finally {
      branch.close();
    }
  } catch (error) {
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    throw error;
  }
}
