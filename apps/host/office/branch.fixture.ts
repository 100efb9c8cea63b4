// Opens whole branches in this process for tests and benches: real station, real ledger, people signed in.
import type { KeyObject } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { systemChance, systemClock } from '#host/system.ts';
import { type Ask, openWindow } from '#station/demonstration/window.fixture.ts';
import { deviceKey } from '#station/ledger/checkpoint.ts';
import { openDatabase } from '#station/ledger/open.ts';
import { createSidecarWitness } from '#station/ledger/witness.ts';
import type { OfficeBundle } from '#station/office/client/bundle.ts';
import type { Ports } from '#station/ports.ts';
import { migrations } from '#station/projections.ts';
import { createStation, type Station } from '#station/station.ts';

export type { Ask } from '#station/demonstration/window.fixture.ts';

export interface TestBranch {
  readonly code: string;
  readonly folder: string;
  /** An account of Marta Keller in EUR with 1,000.00 on it. */
  readonly account: string;
  /** Her customer number. */
  readonly customer: number;
  /** Supervisor and teller, signed in again after a restart. */
  sam(): Ask;
  ben(): Ask;
  /** A further window with nobody at it. */
  window(): Ask;
  /** sam's name, password and a code that counts. */
  second(): { readonly user: string; readonly password: string; readonly code: string };
  /** Ends the station in order and opens it again; ben is signed in. */
  restart(): Promise<void>;
  /** The device's own signing key: what a thief of the machine's disk and keychain would have. */
  deviceKey(): KeyObject;
  /** What the station called a mistake of ours. */
  readonly mistakes: readonly string[];
  close(): Promise<void>;
}

const key = new Uint8Array(32).fill(7);
const passwords = {
  ada: 'ada keeps the keys of the house',
  sam: 'sam looks at everything twice',
  rita: 'rita looks at everything twice',
  ben: 'ben counts everything twice',
} as const;

/** Notes in ben's till at the start: 5,000.00 EUR. */
export const float = { 10000: 20, 5000: 40, 2000: 45, 1000: 10 };

function portsIn(folder: string, mistakes: string[], skewMs: () => number): Ports {
  const clock = { ...systemClock, now: () => systemClock.now() + skewMs() };
  return {
    ...{ clock, chance: systemChance, folder, demonstration: false, riskScorer: null },
    keychain: { databaseKey: () => Promise.resolve(Uint8Array.from(key)) },
    witness: (secret) => createSidecarWitness({ file: join(folder, 'log.witness'), key: secret }),
    report: (where, error) =>
      void mistakes.push(`${where}: ${(error as Error).stack ?? String(error)}`),
  };
}

export interface TestBranchOptions {
  /** What head office gave out; without it the branch stands alone. */
  readonly bundle?: OfficeBundle;
  readonly code: string;
  /** Number of the document Marta shows: the same at two branches is the same person. */
  readonly document?: string;
  /** What it keeps accounts in; EUR alone where it is not said. */
  readonly currencies?: readonly string[];
  /** How far the branch's clock is ahead, in ms. */
  readonly skewMs?: () => number;
}

/** A branch with its day open, ben's till filled and an account of 1,000.00 EUR. */
export async function openTestBranch(options: TestBranchOptions): Promise<TestBranch> {
  const { bundle, code, skewMs = () => 0 } = options;
  const folder = mkdtempSync(join(tmpdir(), `teller-branch-${code}-`));
  chmodSync(folder, 0o700);
  if (bundle) writeFileSync(join(folder, 'office.json'), JSON.stringify(bundle), { mode: 0o600 });
  const mistakes: string[] = [];
  let station = await createStation(portsIn(folder, mistakes, skewMs));
  const ada = openWindow(station);
  const made = await setUp(station, ada, options);
  let { sam, ben } = made;
  let lastStep = 0;
  return {
    ...{ code, folder, mistakes, ...made.marta },
    sam: () => sam,
    ben: () => ben,
    window: () => openWindow(station),
    second() {
      const step = Math.max(lastStep + 1, Math.floor(Date.now() / 30_000));
      lastStep = step;
      return {
        user: 'sam',
        password: passwords.sam,
        code: made.totp.generate({ timestamp: step * 30_000 }),
      };
    },
    deviceKey() {
      const file = join(folder, 'branch.db');
      const secret = Uint8Array.from(key);
      const database = openDatabase({ file, key: secret, migrations, readonly: true });
      try {
        return deviceKey(database, systemChance);
      } finally {
        database.close();
      }
    },
    async restart() {
      await station.close();
      station = await createStation(portsIn(folder, mistakes, skewMs));
      ben = openWindow(station);
      sam = openWindow(station);
      await ben('session.open', { user: 'ben', password: passwords.ben });
    },
    async close() {
      await station.close();
      if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function setUp(
  station: Station,
  ada: Ask,
  { code, document = 'C01X00T47', currencies = ['EUR'] }: TestBranchOptions,
) {
  const temporary = 'temporary, for a moment';
  await ada('branch.establish', {
    ...{ bank: 'Harbour Bank', branchCode: code, branchName: `Branch ${code}`, country: 'DE' },
    ...{ baseCurrency: 'EUR', currencies: [...currencies] },
    administrator: { user: 'ada', name: 'Ada Lind', password: passwords.ada },
  });
  const enter = async (
    user: 'sam' | 'rita' | 'ben',
    role: 'supervisor' | 'teller',
  ): Promise<Ask> => {
    await ada('staff.add', { user, name: `${user} Berg`, roles: [role], password: temporary });
    const ask = openWindow(station);
    await ask('session.open', { user, password: temporary });
    await ask('session.changePassword', { current: temporary, next: passwords[user] });
    return ask;
  };
  const [sam, ben] = [await enter('sam', 'supervisor'), await enter('ben', 'teller')];
  await enter('rita', 'teller');
  const { secret } = await sam('session.enrolFactor', {});
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) });
  const earlier = (Math.floor(Date.now() / 30_000) - 1) * 30_000;
  await sam('session.confirmFactor', { code: totp.generate({ timestamp: earlier }) });
  const { nextDate } = await sam('day.state', {});
  const vaultCounts = currencies.map((currency) => ({ currency, denominations: {} }));
  await sam('day.open', {
    date: nextDate,
    vaultCounts,
    second: { user: 'rita', password: passwords.rita },
  });
  await sam('vault.receive', { currency: 'EUR', denominations: float, reference: 'van 1' });
  const { till } = await sam('till.add', { name: 'Till 1', currencies: ['EUR'] });
  await ben('till.open', { till, counts: [{ currency: 'EUR', denominations: {} }] });
  const { tills } = await sam('till.list', {});
  const vault = tills.find(({ kind }) => kind === 'vault')?.till ?? 0;
  const offer = { from: vault, to: till, currency: 'EUR', denominations: float };
  const { movement } = await sam('movement.offer', offer);
  await ben('movement.accept', { movement, denominations: float });
  return { sam, ben, totp, marta: await openAccount(ben, document) };
}

async function openAccount(ben: Ask, document: string) {
  const address = { streetName: 'Quay', townName: 'Hamburg', country: 'DE' };
  const { customer } = await ben('customer.register', {
    details: {
      ...{ kind: 'person', givenName: 'Marta', familyName: 'Keller', birthDate: '1970-02-03' },
      ...{ nationality: 'DE', address, phones: [], riskClass: 'normal' },
      documents: [{ kind: 'passport', number: document, country: 'DE' }],
    },
  });
  const owners = [{ customer, role: 'holder' as const }];
  const { number } = await ben('account.open', { product: 'checking', currency: 'EUR', owners });
  await ben('posting.post', {
    draft: {
      ...{ task: 'cash.deposit', account: number, amountMinor: '100000', currency: 'EUR' },
      denominations: { 10000: 10 },
      conductor: { kind: 'customer', customer },
    },
  });
  return { account: number, customer };
}

/** So long that only a hang reaches it, in ms: a busy machine is no fault, and who waits says for what. */
const hangMs = 1_200_000;

/** Waits until the answer is what is wanted; rejects with the last one when it never comes. */
export async function until<T>(
  look: () => T | Promise<T>,
  wanted: (answer: T) => boolean,
): Promise<T> {
  const end = performance.now() + hangMs;
  for (;;) {
    const answer = await look();
    if (wanted(answer)) return answer;
    if (performance.now() > end) throw new Error(`still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
