// A branch's real ledger with accounts to post to, and a line to head office where one is wanted.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Branch, openBranch } from '#station/branch.ts';
import { createOfficeLink, type OfficeLink } from '#station/desk/office-link.ts';
import { createOfficeReads } from '#station/ledger/projections/office-reads.ts';
import { createSidecarWitness } from '#station/ledger/witness.ts';
import type { OfficeBundle } from '#station/office/client/bundle.ts';
import { systemChance, systemClock } from '../../apps/host/system.ts';

export interface OfficeBranch {
  readonly branch: Branch;
  readonly folder: string;
  /** Records so many deposits in one transaction. */
  post(count: number): void;
  /** Records one deposit as a teller's Enter does, and resolves when it is durable. */
  postOne(): Promise<void>;
  /** Starts a line; the caller closes it before the branch. */
  join(bundle: OfficeBundle): OfficeLink;
  close(): void;
}

const accounts = 400;

export async function openOfficeBranch(code: string): Promise<OfficeBranch> {
  const folder = mkdtempSync(join(tmpdir(), `teller-bench-${code}-`));
  const branch = await openBranch({
    ...{ clock: systemClock, chance: systemChance, folder },
    keychain: { databaseKey: () => Promise.resolve(new Uint8Array(32).fill(3)) },
    witness: (key) => createSidecarWitness({ file: join(folder, 'log.witness'), key }),
  });
  const { ledger, database } = branch;
  ledger.write(() => {
    ledger.append({ type: 'branch.begun', actor: 'system', data: { dateOpened: '2026-11-20' } });
    const bank = {
      class: 'asset',
      currency: 'EUR',
      customer: null,
      cash: false,
      lowMinor: null,
      highMinor: null,
    };
    const opened = Array.from({ length: accounts }, (_, index) => ({
      ...{
        id: index + 2,
        number: String(10_000_000 + index),
        product: 'checking',
        class: 'liability',
      },
      ...{
        currency: 'EUR',
        name: `Customer ${index}`,
        customer: index + 1,
        cash: false,
        lowMinor: null,
        highMinor: '0',
      },
    }));
    const till = {
      ...bank,
      id: 1,
      number: 'NOSTROEUR',
      product: 'nostro',
      name: 'Head office EUR',
    };
    ledger.append({
      type: 'accounts.opened',
      actor: 'system',
      data: { accounts: [till, ...opened] },
    });
  });
  let turn = 0;
  const append = (): void => {
    turn += 1;
    const account = 2 + (turn % accounts);
    const number = String(10_000_000 + account - 2);
    const money = { amountMinor: '25000', currency: 'EUR' };
    ledger.append({
      ...{ type: 'journal.posted', actor: '5', digest: 'c'.repeat(64) },
      key: turn.toString(16).padStart(32, '0'),
      data: {
        journal: {
          kind: 'cash.deposit',
          legs: [{ debit: 1, credit: account, ...money, label: 'cash deposit' }],
          ...{ customer: account, narrative: '', till: 2 },
        },
        entry: {
          ...{
            kind: 'cash.deposit',
            what: `Cash deposit 250.00 EUR to ${number}`,
            account: number,
            name: 'Marta Keller',
          },
          ...{ ...money, valueDate: '2026-11-20', narrative: '', till: 2, customer: account },
          ...{
            conductor: `Marta Keller (customer ${account})`,
            fees: [],
            reversalOf: null,
            correctionOf: null,
            approval: null,
          },
        },
        activity: [
          { persons: [`customer:${account}`], account: number, direction: 'in', ...money },
        ],
        moved: [account],
      },
    });
  };
  return {
    ...{ branch, folder },
    post(count) {
      ledger.write(() => {
        for (let each = 0; each < count; each++) append();
      });
    },
    postOne: () => ledger.submit(append),
    join: (bundle) =>
      createOfficeLink({
        ...{ ledger, bundle, clock: systemClock, chance: systemChance, code: () => code },
        reads: createOfficeReads(database),
        announcer: { changed: () => undefined },
        report: (where, error) => process.stderr.write(`${where}: ${String(error)}\n`),
      }),
    close() {
      branch.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until head office has everything; rejects after two minutes. */
export async function delivered(branch: OfficeBranch, link: OfficeLink): Promise<void> {
  const end = performance.now() + 120_000;
  while (link.state().received.seq < branch.branch.ledger.head().seq) {
    if (performance.now() > end) throw new Error(`stuck: ${JSON.stringify(link.state())}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
