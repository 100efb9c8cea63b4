// Has two programs of other people add up random books: their balances must be ours.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import type { AccountProduct } from './events.ts';
import { exportJournals } from './export.ts';
import { accountData, type Branch, eventOf, journal, leg, openBranch } from './ledger-fixture.ts';
import { balancesBy, oracles } from './oracle-fixture.ts';
import { reversalOf } from './reversal.ts';

const currencies = ['EUR', 'JPY', 'KWD'];
const products: readonly AccountProduct[] = ['checking', 'savings', 'loan', 'capital'];

/** Twelve accounts in currencies of two, no and three digits, and 400 journals between them. */
function randomBooks(context: TestContext, seed: number): Branch {
  const branch = openBranch();
  context.after(() => branch.close());
  branch.database.pragma('synchronous = OFF');
  const { ledger } = branch;
  const accounts = currencies.flatMap((currency, group) =>
    products.map((product, index) => accountData({ id: group * 4 + index + 1, currency, product })),
  );
  ledger.write(() => ledger.append(eventOf({ dateOpened: '2026-11-20', accounts })));
  const amount = fc.oneof(fc.bigInt(1n, 2n ** 53n), fc.bigInt(1n, 100000n));
  const side = fc.tuple(fc.nat(2), fc.nat(3), fc.integer({ min: 1, max: 3 }), amount);
  const journals = fc.sample(fc.array(side, { minLength: 1, maxLength: 4 }), {
    numRuns: 400,
    seed,
  });
  for (const [index, sides] of journals.entries()) {
    const legs = sides.map(([group, from, step, amountMinor]) =>
      leg(
        group * 4 + from + 1,
        group * 4 + ((from + step) % 4) + 1,
        amountMinor,
        currencies[group],
      ),
    );
    ledger.write(() => {
      const { seq } = ledger.append(eventOf({ journal: journal(...legs) }));
      const reversal = reversalOf(seq, journal(...legs));
      if (index % 7 === 0) ledger.append(eventOf({ journal: reversal }));
    });
  }
  return branch;
}

function ours({ ledger }: Branch): ReadonlyMap<string, bigint> {
  const { rows } = ledger.trialBalance();
  const moved = rows.filter(({ postedMinor }) => postedMinor !== 0n);
  return new Map(moved.map((row) => [`${row.product}:${row.number}`, row.postedMinor]));
}

for (const program of oracles) {
  test(`${program} adds the exported books up to our balances`, (context) => {
    const branch = randomBooks(context, 4711);
    const file = join(dirname(branch.file), 'books.journal');
    writeFileSync(file, [...exportJournals(branch.database)].join(''));
    const found = balancesBy(program, file);
    if (found === null) return context.skip(`${program} is not installed`);
    const expected = ours(branch);
    assert.ok(expected.size >= 11);
    assert.deepEqual(new Map([...found].sort()), new Map([...expected].sort()));
    assert.deepEqual(branch.ledger.totals(), { EUR: 0n, JPY: 0n, KWD: 0n });
  });
}
