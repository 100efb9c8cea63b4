// Makes the demonstration branch for real and takes it apart: totals, figures of the tour, proofs of log and ledger.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { formatAccountNumber } from '#contract/account-number.ts';
import { formatAmount, formatMoney } from '#contract/money.ts';
import { valueMinor } from './bank/denominations.ts';
import { feeMinor } from './bank/fees.ts';
import { Refusal } from './bank/refusal.ts';
import { type Branch, branchFile, openBranch } from './branch.ts';
import { createDemonstration } from './demonstrate.ts';
import { demonstrationPeople } from './demonstration/people.ts';
import { floatEur, vaultStock } from './demonstration/purses.ts';
import { playTour } from './demonstration/tour.fixture.ts';
import { tourAccounts } from './demonstration/tour.ts';
import { key, openWindow, portsIn } from './demonstration/window.fixture.ts';
import { createCredentials } from './desk/credentials.ts';
import { audit } from './ledger/audit.ts';
import { createCounterReads } from './ledger/projections/counter.ts';
import { createStaffReads } from './ledger/projections/staff.ts';
import { createSecrets, passwordSecret, pepperSecret } from './ledger/projections/staff-secrets.ts';
import { createTypologyReads } from './ledger/projections/typology.ts';
import { rebuild } from './ledger/rebuild.ts';
import { verifyLog } from './ledger/verify.ts';
import { createStation } from './station.ts';

const root = mkdtempSync(join(tmpdir(), 'qenex-demonstration-'));

const ports = portsIn(join(root, 'one'));
const told: number[] = [];
let branch: Branch;

before(async () => {
  const made = await createDemonstration(ports, {
    progress: (done, total) => void told.push(done / total),
  });
  assert.equal(made, true);
  branch = await openBranch(ports);
});

after(() => {
  branch.close();
  rmSync(root, { recursive: true });
});

function figure(sql: string): number {
  return Number(branch.database.prepare(sql).pluck().get());
}

const headOf = ({ ledger }: Branch) => Buffer.from(ledger.head().hash).toString('hex');

test('progress only grows, and ends with everything done', () => {
  assert.ok(told.length > 10);
  assert.deepEqual(
    told,
    [...told].sort((one, other) => one - other),
  );
  assert.equal(told.at(-1), 1);
});

test('250 customers, 400 accounts, about 12,000 journals, ninety days', () => {
  assert.equal(figure('SELECT count(*) FROM customer'), 250);
  assert.equal(figure('SELECT count(*) FROM account WHERE customer IS NOT NULL'), 400);
  const journals = figure('SELECT count(*) FROM entry');
  assert.ok(journals > 11_500 && journals < 12_500, String(journals));
  assert.equal(figure('SELECT count(*) FROM branch_day WHERE closed IS NOT NULL'), 65);
  assert.equal(figure('SELECT count(*) FROM branch_day WHERE closed IS NULL'), 0);
  const currencies = 'SELECT count(DISTINCT currency) FROM account WHERE customer IS NOT NULL';
  assert.equal(figure(currencies), 4);
  assert.equal(figure("SELECT count(*) FROM balance WHERE state = 'frozen'"), 2);
  assert.equal(figure("SELECT count(*) FROM balance WHERE state = 'dormant'"), 5);
  assert.equal(figure("SELECT count(*) FROM account_owner WHERE role = 'joint'"), 24);
});

test('nothing was refused while it was made, and nothing is left waiting', () => {
  const { approvals, movements } = createCounterReads(branch.database);
  assert.equal(approvals.open().length, 0);
  assert.equal(movements.pending().length, 0);
  const { ledger } = branch;
  const types = new Set(ledger.events(1, ledger.head().seq).map((event) => event.type));
  for (const type of ['command.refused', 'access.denied', 'approval.voided']) {
    assert.ok(!types.has(type), type);
  }
});

test('approvals of each rule were asked for and decided, some of them declined', () => {
  const rules = branch.database
    .prepare<[], string>('SELECT DISTINCT rule FROM approval_reason')
    .pluck()
    .all();
  for (const rule of ['structuring', 'dormant-waking', 'young-account', 'till-difference']) {
    assert.ok(rules.includes(rule), rule);
  }
  assert.ok(figure("SELECT count(*) FROM approval WHERE state = 'declined'") >= 3);
  assert.ok(figure("SELECT count(*) FROM approval WHERE state = 'posted'") >= 30);
  assert.ok(figure("SELECT count(*) FROM entry WHERE kind = 'journal.reversal'") >= 20);
  assert.ok(figure('SELECT count(*) FROM entry WHERE correction_of IS NOT NULL') >= 10);
});

test('large amounts have a price from the next day on, small ones none', () => {
  const { fees } = createCounterReads(branch.database).policies.policy();
  const fee = (task: 'cash.deposit' | 'transfer', amountMinor: bigint) =>
    feeMinor(fees, { task, currency: 'EUR', amountMinor });
  assert.equal(fee('cash.deposit', 999_999n), 0n);
  assert.equal(fee('cash.deposit', 1_500_000n), 1_500n);
  assert.equal(fee('cash.deposit', 90_000_000n), 10_000n);
  assert.equal(fee('transfer', 2_000_000n), 500n);
});

test('about one journal in a hundred is labelled with one of six crimes', () => {
  const labels = createTypologyReads(branch.database).labels();
  assert.equal(new Set(labels.map((label) => label.typology)).size, 6);
  const share = labels.length / figure('SELECT count(*) FROM entry');
  assert.ok(share > 0.008 && share < 0.013, String(share));
});

test('the people of the tour hold its figures to the cent', () => {
  const balanceOf = (name: string, product: string, currency: string) =>
    branch.database
      .prepare<[string, string, string], bigint>(
        `SELECT -posted FROM account JOIN balance ON balance.account = account.id
         WHERE name = ? AND product = ? AND account.currency = ?`,
      )
      .pluck()
      .get(name, product, currency);
  assert.equal(Object.keys(tourAccounts).length, 4);
  assert.equal(balanceOf('Marta Keller', 'checking', 'EUR'), 214_035n);
  assert.equal(balanceOf('Jonas Weber', 'checking', 'EUR'), 1_846_010n);
  assert.equal(balanceOf('Alex Morgan', 'checking', 'USD'), 100_000n);
  assert.equal(balanceOf('Alex Morgan', 'savings', 'USD'), 500_000n);
});

test('the page of the tour says what stands in the branch', () => {
  const page = readFileSync(new URL('../../docs/demonstration.md', import.meta.url), 'utf8');
  const accounts = branch.database
    .prepare<[], { name: string; number: string; currency: string; posted: bigint }>(
      `SELECT name, number, account.currency, posted FROM account JOIN balance ON account = id
       WHERE name IN ('Marta Keller', 'Jonas Weber', 'Alex Morgan')`,
    )
    .all();
  for (const { name, number, currency, posted } of accounts) {
    const row = page.split('\n').find((line) => line.includes(formatAccountNumber(number)));
    assert.ok(row?.includes(name), `${name} ${number}`);
    assert.ok(row?.includes(formatMoney(-posted, currency)), `${row} ${-posted}`);
  }
  for (const { user, name, password, totpSecret } of demonstrationPeople) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${user}\``));
    assert.ok(row?.includes(name) && row.includes(password), user);
    assert.ok(row?.includes(totpSecret ?? 'none'), user);
  }
  const words = page.replace(/\s+/g, ' ');
  for (const [currency, pieces] of [...Object.entries(vaultStock), ['EUR', floatEur] as const]) {
    assert.ok(words.includes(piecesText(pieces, currency)), piecesText(pieces, currency));
  }
});

/** `2400 x 100, 4 x 0.50`, largest first. */
function piecesText(pieces: Readonly<Record<string, number>>, currency: string): string {
  return Object.entries(pieces)
    .sort(([one], [other]) => Number(other) - Number(one))
    .map(([face, count]) => {
      const value = formatAmount(face, currency).replaceAll(',', '').replace(/\.0+$/, '');
      return `${count} x ${value}`;
    })
    .join(', ');
}

test('the vault stands at its usual stock, to be counted by hand', () => {
  const { tills } = createCounterReads(branch.database);
  for (const { account, currency } of tills.vault()?.purses ?? []) {
    const held = Object.entries(branch.ledger.pieces(account)).filter(([, count]) => count > 0);
    assert.deepEqual(
      Object.fromEntries(held),
      Object.entries(vaultStock).find(([each]) => each === currency)?.[1],
    );
  }
});

test('Jonas Weber took 9,700.00 and 9,800.00 in the three days before the tour', () => {
  const { activity } = createCounterReads(branch.database);
  const customer = figure("SELECT id FROM customer WHERE name = 'Jonas Weber'");
  const items = activity.cashOf(`customer:${customer}`, '2026-11-17');
  assert.deepEqual(
    items.map(({ direction, amountMinor }) => `${direction} ${amountMinor}`),
    ['out 970000', 'out 980000'],
  );
});

test('Till 2 is closed and empty, and the vault can give its float of 12,000.00 EUR', () => {
  const { tills } = createCounterReads(branch.database);
  const second = tills.list().find((till) => till.name === 'Till 2');
  assert.equal(second?.state, 'closed');
  assert.deepEqual(second?.currencies, ['EUR']);
  for (const { account } of second?.purses ?? []) {
    assert.equal(valueMinor(branch.ledger.pieces(account)), 0n);
  }
  const vault = tills.vault()?.purses.find((purse) => purse.currency === 'EUR');
  const pieces = branch.ledger.pieces(vault?.account ?? 0);
  for (const face of [20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1]) {
    assert.ok((pieces[String(face)] ?? 0) >= 100, `${face}: ${pieces[String(face)]}`);
  }
});

test('notes and coins are what the ledger says, in every purse', () => {
  const { tills } = createCounterReads(branch.database);
  for (const till of tills.list()) {
    for (const { account, currency } of till.purses) {
      const { pieces, account: read } = branch.ledger;
      assert.equal(
        valueMinor(pieces(account)),
        read(account)?.postedMinor,
        `${till.name} ${currency}`,
      );
    }
  }
});

test('the trial balance is zero in each currency and every invariant holds', () => {
  assert.deepEqual(branch.ledger.totals(), { EUR: 0n, JPY: 0n, KWD: 0n, USD: 0n });
  const { ok, findings } = audit(branch.database);
  assert.ok(ok, JSON.stringify(findings.filter(({ broken }) => broken > 0)));
});

test('the log proves itself, and its projections come out of it again', async () => {
  const file = branchFile(ports.folder);
  const proof = await verifyLog({ file, key });
  assert.equal(proof.firstBad, null);
  assert.ok(proof.checkpoints > 10);
  const projectionsModule = new URL('./projections.ts', import.meta.url);
  const again = await rebuild({ file, key, mode: 'prove', projectionsModule });
  const differing = again.tables.filter((table) => table.before !== table.after);
  assert.deepEqual(differing, []);
});

test('everybody on the card signs in with what the card says; two must change it first', async () => {
  const staff = createStaffReads(branch.database);
  const secrets = createSecrets(branch.database);
  const pepper = secrets.get(pepperSecret) ?? new Uint8Array();
  const cost = { memoryKiB: 8_192, passes: 1, lanes: 1 };
  const credentials = createCredentials({ cost, pepper, chance: ports.chance });
  for (const { user, password, totpSecret } of demonstrationPeople) {
    const row = staff.byUser(user);
    assert.ok(row, user);
    const stored = secrets.get(passwordSecret(row.id));
    const verdict = await credentials.verify(password, Buffer.from(stored ?? []).toString());
    assert.ok(verdict.ok, user);
    assert.ok(row.hasFirstPassword, user);
    assert.equal(row.hasFactor, totpSecret !== null, user);
    assert.equal(row.mustChange, user === 'admin' || user === 'demo', user);
  }
});

test('no event is later than six in the evening before the tour', () => {
  const { ledger } = branch;
  const last = ledger.event(ledger.head().seq);
  assert.ok((last?.at ?? Number.POSITIVE_INFINITY) <= Date.parse('2026-11-19T18:00:00Z'));
});

test('a folder that holds it already is left as it is', async () => {
  branch.close();
  const again = await createDemonstration(ports, { progress: () => assert.fail('made again') });
  assert.equal(again, false);
  branch = await openBranch(ports);
});

test('made a second time it is the same to the last hash, also where a making was cut short', async () => {
  const other = portsIn(join(root, 'two'));
  const begun = await openBranch(other);
  const first = { type: 'demonstration.begun', actor: 'system', data: { seed: 42 } };
  begun.ledger.write(() => begun.ledger.append(first));
  begun.close();
  assert.equal(await createDemonstration(other, { progress: () => undefined }), true);
  assert.equal(await createDemonstration(other, { progress: () => undefined }), false);
  const second = await openBranch(other);
  try {
    assert.equal(second.ledger.head().seq, branch.ledger.head().seq);
    assert.equal(headOf(second), headOf(branch));
  } finally {
    second.close();
  }
});

test('the tour of five minutes goes as its page says', async () => {
  let now = Date.parse('2026-11-20T07:30:00Z');
  const clock = { ...ports.clock, now: () => now };
  const station = await createStation({ ...portsIn(join(root, 'two')), clock });
  try {
    const [ben, sam] = [openWindow(station), openWindow(station)];
    await playTour({
      ...{ ben, sam },
      nextStep() {
        now += 30_000;
        return now;
      },
    });
  } finally {
    await station.close();
  }
});

test('a real branch is refused, and left as it is', async () => {
  const real = portsIn(join(root, 'real'));
  const opened = await openBranch(real);
  const first = { type: 'branch.established', actor: 'system', data: establishment };
  opened.ledger.write(() => opened.ledger.append(first));
  const head = headOf(opened);
  opened.close();
  const reasonOf = (reason: string) => (error: unknown) =>
    error instanceof Refusal && error.reason === reason;
  const options = { progress: () => undefined };
  await assert.rejects(createDemonstration(real, options), reasonOf('real-branch'));
  const after = await openBranch(real);
  assert.equal(headOf(after), head);
  after.close();
  const pretended = { ...portsIn(join(root, 'two')), demonstration: false };
  await assert.rejects(createStation(pretended), reasonOf('demonstration-folder'));
});

const establishment = {
  bank: 'Test Bank',
  code: '001',
  name: 'Riverside',
  country: 'DE',
  baseCurrency: 'EUR',
  currencies: ['EUR'],
};
