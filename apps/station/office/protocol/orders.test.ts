// Says wrong things in head office's name to the judge of a branch, and holds each signature to one purpose.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalText } from '#station/bank/canonical.ts';
import { allowanceNote, signInGrantNote } from './allowance.ts';
import { firstBroken, linkTo } from './chain.ts';
import { decisionNote, judgeItems, type Order, orderNote, writeOffNote } from './orders.ts';
import { type Link, nowhere } from './values.ts';

const sign = (note: Buffer): string =>
  createHash('sha256').update('key').update(note).digest('hex');
const isSigned = (note: Buffer, signature: string): boolean => sign(note) === signature;
const question = { branch: '001', isSigned, newest: () => 0 };

const order = (more: Partial<Order> = {}): Order => ({
  ...{ branch: 'all', name: 'policy', version: 1, value: { approvalMinutes: 45 } },
  ...more,
});
const item = (given: Order, signature = sign(orderNote(given))) => ({
  ...{ kind: 'reference', ...given, signature },
});

/** A list of these items, chained as head office chains them. */
function listOf(...items: readonly unknown[]): readonly Link[] {
  const links: Link[] = [];
  for (const each of items) links.push(linkTo(links.at(-1) ?? nowhere, JSON.stringify(each)));
  return links;
}

const reasons = (...items: readonly unknown[]): readonly string[] =>
  judgeItems(listOf(...items), question).refused.map(({ reason, seq }) => `${seq} ${reason}`);

test('what is signed for this branch or for all acts, once and in order', () => {
  const own = order({ branch: '001', version: 2 });
  assert.deepEqual(reasons(item(order()), item(own), item(order({ version: 3 }))), []);
  assert.deepEqual(reasons(item(own), item(order()), item(own)), [
    '2 order-replayed',
    '3 order-replayed',
  ]);
  assert.deepEqual(reasons(item(order({ branch: '002' }))), ['1 order-foreign']);
  const known = judgeItems(listOf(item(order({ version: 7 }))), { ...question, newest: () => 7 });
  assert.equal(known.refused[0]?.reason, 'order-replayed');
});

test('a forged number does not stand in the way of the next true one', () => {
  const forged = item(order({ version: 900 }), 'nobody');
  const { taken, refused } = judgeItems(listOf(forged, item(order({ version: 2 }))), question);
  assert.deepEqual([taken.map(({ seq }) => seq), refused.map(({ seq }) => seq)], [[2], [1]]);
});

test('whatever is bent in an order, its signature is wrong', () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const property = fc.property(value, value, fc.nat(5), (one, other, what) => {
    let text: string;
    let changed: string;
    try {
      text = canonicalText(one as never);
      changed = canonicalText(other as never);
    } catch {
      // A fraction: no order holds one.
      return;
    }
    const given = order({ value: one });
    const signature = sign(orderNote(given));
    assert.deepEqual(reasons(item(given, signature)), []);
    const bent = [
      order({ value: one, name: 'staff' }),
      order({ value: one, version: 2 }),
      order({ value: one, branch: '001' }),
      text === changed ? order({ value: [one] }) : order({ value: other }),
    ][what % 4] as Order;
    assert.deepEqual(reasons(item(bent, signature)), ['1 order-forged']);
  });
  fc.assert(property, { numRuns: 300 });
});

test('no signature of head office serves for something else', () => {
  const account = { branch: '001', number: '1' };
  const allowance = {
    ...{ id: '1', branch: '001', device: 'aa', account, name: '', till: null },
    ...{ amountMinor: '1', currency: 'EUR', issuedAt: 1, expiresAt: 2 },
  };
  const grant = {
    ...{ branch: '001', device: 'aa', user: 'ada', roles: [] },
    ...{ issuedAt: 1, expiresAt: 2 },
  };
  const decision = { branch: '001', exception: '1', action: 'x', note: 'y' };
  const notes = [
    ...[orderNote(order()), writeOffNote({ branch: '001', allowance: '1' })],
    ...[decisionNote(decision), allowanceNote(allowance), signInGrantNote(grant)],
  ].map(String);
  assert.equal(new Set(notes.map((note) => note.split('\n')[0])).size, 5);
  const signed = (note: Buffer) => [
    { kind: 'written-off', allowance: '1', signature: sign(note) },
    { kind: 'decision', exception: '1', action: 'x', note: 'y', signature: sign(note) },
    { kind: 'allowance', allowance, signature: sign(note) },
    { kind: 'grant', grant, signature: sign(note) },
  ];
  assert.equal(reasons(...signed(orderNote(order()))).length, 4);
  assert.equal(reasons(...signed(writeOffNote({ branch: '001', allowance: '1' }))).length, 3);
  assert.equal(reasons(...signed(decisionNote(decision))).length, 3);
  assert.equal(reasons(...signed(allowanceNote(allowance))).length, 3);
  assert.equal(reasons(...signed(signInGrantNote(grant))).length, 3);
  assert.equal(reasons(...signed(writeOffNote({ branch: '002', allowance: '1' }))).length, 4);
});

test('what cannot be read is refused by its place, whatever it is', () => {
  const property = fc.property(fc.jsonValue(), (value) => {
    const { taken, refused } = judgeItems(
      listOf({ kind: 'reference', ...(value as object) }, value),
      question,
    );
    assert.equal(taken.filter(({ seq }) => seq === 1).length, 0);
    for (const each of refused) {
      assert.equal(typeof each.name, 'string');
      assert.ok(Number.isSafeInteger(each.version));
    }
  });
  fc.assert(property, { numRuns: 300 });
  assert.deepEqual(reasons(null), ['1 item-unreadable']);
});

test('a refused item is kept by its name and number where it has them, never by more of its text', () => {
  const keptOf = (given: object) => {
    const [refused] = judgeItems(listOf(given), question).refused;
    return [refused?.name, refused?.version];
  };
  const forged = (more: object) => ({ ...item(order(), 'nobody'), ...more });
  assert.deepEqual(keptOf(forged({ version: 900 })), ['policy', 900]);
  assert.deepEqual(keptOf(forged({ name: 'x'.repeat(200) })), ['x'.repeat(80), 1]);
  assert.deepEqual(keptOf(forged({ name: '', version: 1.5 })), ['unreadable', 0]);
  assert.deepEqual(keptOf({ kind: 'grant', grant: {} }), ['grant', 0]);
});

test('an order without a name or a whole number is refused whoever signed it', () => {
  const believing = { ...question, isSigned: () => true };
  for (const more of [{ name: 7 }, { version: 1.5 }, { version: '2' }]) {
    const { refused } = judgeItems(listOf({ ...item(order()), ...more }), believing);
    assert.deepEqual(
      refused.map(({ reason }) => reason),
      ['order-forged'],
      JSON.stringify(more),
    );
  }
});

test('a chain is broken where a number or a hash does not follow, and not before', () => {
  const links = listOf(1, 2, 3);
  const renumbered = (at: number) =>
    links.map((link, index) => (index === at ? { ...link, seq: link.seq + 1 } : link));
  assert.equal(firstBroken(nowhere, links), null);
  assert.equal(firstBroken(nowhere, renumbered(1)), 2);
  const bent = links.map((link) => (link.seq === 3 ? { ...link, body: '4' } : link));
  assert.equal(firstBroken(nowhere, bent), 3);
});
