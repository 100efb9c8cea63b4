// Takes statements in at a real branch: sure lines are matched, doubtful ones proposed, nothing twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryOf } from './counter.ts';
import { at, openedCounter, type TestCounter } from './counter-fixture.ts';

const party = {
  name: 'A',
  iban: 'DE89370400440532013000',
  bic: 'COBADEFF',
  town: '',
  country: 'DE',
};

/** A payment that left by way of the settlement account, with its identifications. */
function paid(desk: TestCounter, endToEndId: string, amountMinor: string): number {
  const { ledger } = desk;
  const id = (number: string) => ledger.accountByNumber(number)?.id as number;
  return ledger.write(() => {
    const { seq } = ledger.moment();
    const leg = {
      ...{ debit: id('OUTWARDEUR'), credit: id('SETTLEMENTEUR') },
      ...{ amountMinor, currency: 'EUR' },
    };
    ledger.append({
      ...{ type: 'journal.posted', actor: '1', key: '', digest: '' },
      data: {
        journal: { legs: [{ ...leg, valueDate: '2026-11-20' }] },
        entry: entryOf({
          ...{ kind: 'payment.outgoing', what: `Payment ${endToEndId}`, amountMinor },
          ...{ currency: 'EUR', valueDate: '2026-11-20' },
        }),
        payments: [
          {
            ...{ direction: 'out', channel: 'sepa', state: 'queued', messageId: `M-${endToEndId}` },
            ...{ messageType: 'pacs.008.001.08', transactionId: `T-${endToEndId}`, uetr: '' },
            ...{ endToEndId, amountMinor, currency: 'EUR', settlementDate: '2026-11-20' },
            ...{ account: 'X', debtor: party, creditor: party, text: '', bulk: null },
          },
        ],
      },
    });
    return seq;
  });
}

const balance = (minor: number) =>
  `${minor < 0 ? 'D' : 'C'}261120EUR${(Math.abs(minor) / 100).toFixed(2).replace('.', ',')}`;

/** An MT940 of the settlement account: entries as [minor units, reference]. */
function statement(name: string, opening: number, entries: readonly (readonly [number, string])[]) {
  const lines = entries.map(([minor, reference]) => {
    const amount = (Math.abs(minor) / 100).toFixed(2).replace('.', ',');
    return `:61:261120${minor < 0 ? 'D' : 'C'}${amount}NTRF${reference}`;
  });
  const closing = opening + entries.reduce((sum, [minor]) => sum + minor, 0);
  const head = [`:20:${name}`, ':25:SETTLE', ':28C:1/1', `:60F:${balance(opening)}`];
  return [...head, ...lines, `:62F:${balance(closing)}`, '-'].join('\r\n');
}

const take = (text: string) => ({ account: 'SETTLEMENTEUR', name: 'day.sta', text });

test('a reference settles a line, an amount proposes one, a person confirms and takes back', async () => {
  const desk = await openedCounter();
  const first = paid(desk, 'E2E-ALPHA', '12500');
  const second = paid(desk, 'E2E-BETA', '7000');
  const text = statement('S1', 0, [
    [-12500, 'E2E-ALPHA'],
    [-7000, 'NONREF'],
    [-250, 'CHARGES'],
  ]);
  const taken = await desk.ask(at.sam, 'reconcile.import', take(text));
  assert.deepEqual(taken, { statements: 1, entries: 3, matched: 1, notes: [] });

  const list = await desk.ask(at.otto, 'reconcile.list', { account: 'SETTLEMENTEUR' });
  assert.deepEqual(
    list.theirs.map((line) => [line.amountMinor, line.proposal?.reason ?? null]),
    [
      ['-7000', 'same amount, same day'],
      ['-250', null],
    ],
  );
  assert.deepEqual([list.ours.map((line) => line.journal), list.unexplainedMinor], [[second], '0']);

  const [open] = list.theirs;
  assert.ok(open?.proposal);
  const pair = { account: 'SETTLEMENTEUR', line: open.key, leg: open.proposal.leg };
  const charges = list.theirs[1]?.key;
  const refused = async (name: 'reconcile.match' | 'reconcile.unmatch', input: object) =>
    (await desk.fault(at.sam, name, input)).reason;
  assert.equal(await refused('reconcile.match', { ...pair, line: charges }), 'match-differs');
  assert.equal(await refused('reconcile.match', { ...pair, leg: pair.leg + 1 }), 'match-differs');
  const nowhere = { ...open.key, position: 99 };
  assert.equal(await refused('reconcile.match', { ...pair, line: nowhere }), 'no-entry');
  assert.equal(await refused('reconcile.unmatch', { line: open.key }), 'not-matched');
  await desk.ask(at.sam, 'reconcile.match', pair);
  assert.equal((await desk.fault(at.rita, 'reconcile.match', pair)).reason, 'matched-already');
  const after = await desk.ask(at.sam, 'reconcile.list', { account: 'SETTLEMENTEUR' });
  assert.deepEqual([after.theirs.length, after.ours.length, after.unexplainedMinor], [1, 0, '0']);
  const { leg } = await desk.ask(at.sam, 'reconcile.unmatch', { line: open.key });
  assert.equal(leg, pair.leg);
  const again = await desk.ask(at.sam, 'reconcile.list', { account: 'SETTLEMENTEUR' });
  assert.deepEqual([again.theirs.length, again.ours.length], [2, 1]);
  assert.notEqual(first, second);
  desk.close();
});

test('what is not a sound statement of this account is refused, and nothing is written', async () => {
  const desk = await openedCounter();
  const good = statement('S1', 0, [[-100, 'X-1']]);
  await desk.ask(at.sam, 'reconcile.import', take(good));
  const before = desk.ledger.head().seq;
  const cases: readonly (readonly [string, object])[] = [
    ['statement-known', take(good)],
    [
      'statement-unbalanced',
      take(statement('S2', 0, [[-100, 'X']]).replace('D261120EUR1,00', 'D261120EUR2,00')),
    ],
    ['statement-unreadable', take('hello')],
    ['statement-unreadable', take('<Document/>')],
    ['statement-currency', take(statement('S3', 0, []).replaceAll('EUR', 'USD'))],
    ['statement-incomplete', take(good.replace(/:60F:.*\r\n/, ''))],
    ['no-nostro', { ...take(good), account: 'VAULTEUR' }],
  ];
  for (const [reason, input] of cases) {
    assert.equal((await desk.fault(at.sam, 'reconcile.import', input)).reason, reason);
  }
  const types = new Set(desk.ledger.events(before + 1, desk.ledger.head().seq).map((e) => e.type));
  assert.deepEqual([...types], ['command.refused']);
  assert.equal((await desk.fault(at.ana, 'reconcile.import', take(good))).code, 'forbidden');
  desk.close();
});

test('a statement that does not follow on the one before says so', async () => {
  const desk = await openedCounter();
  await desk.ask(at.sam, 'reconcile.import', take(statement('S1', 0, [[-100, 'X-1']])));
  const next = take(statement('S2', 500, [[-100, 'X-2']]));
  const { notes } = await desk.ask(at.sam, 'reconcile.import', next);
  assert.match(notes.join(), /one may be missing/);
  desk.close();
});
