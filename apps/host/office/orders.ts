// Gives what a person at head office orders, signed on the spot: the key is here, and never in the database.
import { refuseUnless } from '#station/bank/refusal.ts';
import {
  allBranches,
  decisionNote,
  orderNote,
  writeOffNote,
} from '#station/office/protocol/orders.ts';
import type { Owner } from './owner.ts';
import type { Signer } from './service.ts';

export interface Orders {
  /** To every branch, also those enrolled later; returns the version. */
  publish(name: string, value: unknown): Promise<number>;
  /** To one branch alone; returns the version. */
  instruct(branch: string, name: string, value: unknown): Promise<number>;
  /** Gives an allowance up that its branch cannot give back. */
  writeOff(allowance: string, note: string): Promise<void>;
  /** Settles an exception; its branch is told. */
  settle(exception: string, action: string, note: string): Promise<void>;
}

/**
 * The signature is made by the hand that orders, over what it was given: nothing that stands in the database
 * is ever signed as an order, or who can write there would have it signed.
 */
export function createOrders({ query }: Pick<Owner, 'query'>, signer: Signer): Orders {
  const sign = (note: Buffer): string => signer.sign(note).toString('hex');
  return Object.freeze({
    publish: (name: string, value: unknown) =>
      give(query, sign, { branch: allBranches, name, value }),
    instruct: (branch: string, name: string, value: unknown) =>
      give(query, sign, { branch, name, value }),
    async writeOff(allowance: string, note: string) {
      const branch = await branchOf(query, {
        sql: `SELECT d.branch FROM office.allowance a JOIN office.device d ON d.id = a.device WHERE a.id = $1`,
        ...{ id: allowance, what: 'allowance' },
      });
      await query('SELECT office.write_off_allowance($1, $2, $3)', [
        ...[allowance, note, sign(writeOffNote({ branch, allowance: String(BigInt(allowance)) }))],
      ]);
    },
    async settle(exception: string, action: string, note: string) {
      const branch = await branchOf(query, {
        sql: 'SELECT branch FROM office.exception WHERE id = $1',
        ...{ id: exception, what: 'exception' },
      });
      const decision = { branch, exception: String(BigInt(exception)), action, note };
      await query('SELECT office.settle_exception($1, $2, $3, $4)', [
        ...[exception, action, note, sign(decisionNote(decision))],
      ]);
    },
  });
}

type Query = Owner['query'];

interface Given {
  readonly branch: string;
  readonly name: string;
  readonly value: unknown;
}

/** Numbered, signed and handed down; who took the same number at the same moment makes it ask for the next. */
async function give(query: Query, sign: (note: Buffer) => string, given: Given): Promise<number> {
  const { branch, name, value } = given;
  for (let attempt = 1; ; attempt++) {
    const { rows } = await query<{ version: number }>('SELECT office.next_version($1) AS version', [
      name,
    ]);
    const version = rows[0]?.version ?? 1;
    const signature = sign(noteOf({ ...given, version }));
    try {
      const values = [branch, name, version, JSON.stringify(value), signature];
      await query('SELECT office.give_order($1, $2, $3, $4, $5)', values);
      return version;
    } catch (error) {
      if (attempt === 5 || !(error as Error).message.includes('version-taken')) throw error;
    }
  }
}

/** What the value's canonical text cannot hold would be another value once it came through a database. */
function noteOf(order: Given & { readonly version: number }): Buffer {
  try {
    return orderNote(order);
  } catch (error) {
    refuseUnless(
      !(error instanceof RangeError),
      'order-value-wrong',
      `An order holds whole numbers, and everything else as text in quotes: ${(error as Error).message}.`,
      'value',
    );
    throw error;
  }
}

async function branchOf(
  query: Query,
  question: { readonly sql: string; readonly id: string; readonly what: string },
): Promise<string> {
  const { sql, id, what } = question;
  refuseUnless(/^\d{1,18}$/.test(id), `${what}-unknown`, `${id} is no number of an ${what}.`, 'id');
  const { rows } = await query<{ branch: string }>(sql, [id]);
  const [found] = rows;
  refuseUnless(found, `${what}-unknown`, `There is no ${what} ${id}.`, 'id');
  return (found as { readonly branch: string }).branch;
}
