// What every guard must do, said once and asked of each: in memory, by the module's rules, in the kernel.
import assert from 'node:assert/strict';
import {
  decodeRecord,
  firstDigest,
  firstRegister,
  nextRegister,
  recordBytes,
  recordDigest,
} from './chain.ts';
import { GuardError } from './error.ts';
import {
  accountFlags,
  accountOf,
  type Guard,
  type GuardDevice,
  kinds,
  largest,
  noHash,
  recordKinds,
  roles,
  seals,
  transferFlags,
  transferOf,
  transferStates,
} from './guard.ts';

export interface Check {
  readonly name: string;
  /** Asks a guard that is EMPTY; `device` opens further sessions of it. */
  run(guard: Guard, device: GuardDevice): void | Promise<void>;
}

const device = 'aa'.repeat(16);
const head = { counter: 7n, value: '11'.repeat(32) };
const id = (number: number): string => number.toString(16).padStart(32, '0');

function refused(code: string, result: string | null, work: () => unknown): void {
  assert.throws(work, (error) => {
    assert.ok(error instanceof GuardError, String(error));
    assert.deepEqual([error.code, error.result], [code, result]);
    return true;
  });
}

/** A till with 1,000, a customer with 500 and 300 to spend offline, everything else, and another currency. */
function load(guard: Guard): void {
  guard.loadBegin({ device, previousSeq: 0n, previousDigest: noHash });
  const till = { id: 1n, flags: accountFlags.creditLimited, debitsPosted: 1000n };
  const offline = { offlineSoft: 100n, offlineHard: 300n, offlineCountMax: 2 };
  const customer = { id: 2n, flags: accountFlags.debitLimited, creditsPosted: 500n, ...offline };
  for (const account of [till, customer, { id: 3n }]) {
    guard.createAccount(accountOf({ currency: 978, ...account }));
  }
  guard.createAccount(accountOf({ id: 4n, currency: 840 }));
  guard.loadCommit(4, head);
}

const money = (number: number, kind: number, amountMinor: bigint, more: object = {}) =>
  transferOf({ id: id(number), kind, debit: 3n, credit: 1n, amountMinor, currency: 978, ...more });
const settle = (number: number, kind: number, hold: number, amountMinor = 0n) =>
  transferOf({ id: id(number), kind, pendingId: id(hold), amountMinor });

const sums = (guard: Guard) => {
  const { debitsPosted, creditsPosted, debitsPending, creditsPending } = guard.account(1n);
  return [debitsPosted, creditsPosted, debitsPending, creditsPending].map(Number);
};

const movements: readonly Check[] = [
  {
    name: 'moves money at once, and gives the first receipt again for the same id',
    run(guard) {
      load(guard);
      const first = guard.transfer(money(1, kinds.post, 400n));
      assert.equal(first.result, 'OK');
      assert.deepEqual(sums(guard), [1000, 400, 0, 0]);
      const again = guard.transfer(money(1, kinds.post, 400n));
      assert.deepEqual(again, { ...first, result: 'REPLAYED' });
      refused('EEXIST', 'ID_DIFFERS', () => guard.transfer(money(1, kinds.post, 401n)));
      assert.deepEqual(sums(guard), [1000, 400, 0, 0]);
      assert.equal(guard.lookup(id(1)).state, transferStates.posted);
    },
  },
  {
    name: 'never lets a till pay out more than it has, what is held included',
    run(guard) {
      load(guard);
      refused('EDQUOT', 'INSUFFICIENT_CREDIT', () => guard.transfer(money(1, kinds.post, 1001n)));
      guard.transfer(money(2, kinds.reserve, 700n));
      refused('EDQUOT', 'INSUFFICIENT_CREDIT', () => guard.transfer(money(3, kinds.post, 301n)));
      guard.transfer(money(4, kinds.post, 300n));
      guard.transfer(settle(5, kinds.void, 2));
      guard.transfer(money(6, kinds.post, 700n));
      refused('EDQUOT', 'INSUFFICIENT_CREDIT', () => guard.transfer(money(7, kinds.post, 1n)));
    },
  },
  {
    name: 'posts a hold whole or in part, voids it, and settles it once',
    run(guard) {
      load(guard);
      guard.transfer(money(1, kinds.reserve, 100n));
      guard.transfer(money(2, kinds.reserve, 100n));
      guard.transfer(money(3, kinds.reserve, 100n));
      assert.equal(guard.holds(0n, 10).total, 3);
      guard.transfer(settle(4, kinds.postPending, 1));
      guard.transfer(settle(5, kinds.postPending, 2, 40n));
      guard.transfer(settle(6, kinds.void, 3));
      assert.deepEqual(sums(guard), [1000, 140, 0, 0]);
      refused('ESTALE', 'SETTLED', () => guard.transfer(settle(7, kinds.void, 1)));
      refused('ESRCH', 'NO_PENDING', () => guard.transfer(settle(8, kinds.void, 99)));
      guard.transfer(money(9, kinds.reserve, 10n));
      refused('ERANGE', 'ABOVE_PENDING', () =>
        guard.transfer(settle(10, kinds.postPending, 9, 11n)),
      );
    },
  },
  {
    name: 'takes a batch whole or not at all, and names the leg',
    run(guard) {
      load(guard);
      const legs = [money(1, kinds.post, 600n), money(2, kinds.post, 500n)];
      assert.throws(() => guard.batch(legs), { code: 'EDQUOT', leg: 1 });
      assert.deepEqual(sums(guard), [1000, 0, 0, 0]);
      refused('ESRCH', null, () => guard.lookup(id(1)));
      const good = [money(3, kinds.reserve, 600n), settle(4, kinds.postPending, 3)];
      assert.equal(guard.batch(good).length, 2);
      assert.deepEqual(sums(guard), [1000, 600, 0, 0]);
      assert.ok(guard.batch(good).every(({ result }) => result === 'REPLAYED'));
      refused('EEXIST', 'BATCH_MIXED', () =>
        guard.batch([good[0], money(5, kinds.post, 1n)] as never),
      );
      refused('EINVAL', null, () => guard.batch([]));
      const many = Array.from({ length: 17 }, (_, index) => money(20 + index, kinds.post, 1n));
      refused('EINVAL', null, () => guard.batch(many));
    },
  },
  {
    name: 'bounds what is spent offline, softly and hard, and gives back what was not spent',
    run(guard) {
      load(guard);
      const offline = { debit: 2n, credit: 3n, flags: transferFlags.offline };
      assert.equal(guard.transfer(money(1, kinds.post, 100n, offline)).result, 'OK');
      assert.equal(guard.transfer(money(2, kinds.reserve, 150n, offline)).result, 'SOFT_LIMIT');
      refused('ENETDOWN', 'OFFLINE_AMOUNT', () =>
        guard.transfer(money(3, kinds.post, 51n, offline)),
      );
      refused('ENETDOWN', 'OFFLINE_COUNT', () => guard.transfer(money(4, kinds.post, 1n, offline)));
      guard.transfer(settle(5, kinds.void, 2));
      assert.equal(guard.account(2n).offlineUsed, 100n);
      guard.transfer(money(6, kinds.post, 1n, offline));
      guard.resetOffline(2n, noHash);
      assert.equal(guard.account(2n).offlineCount, 0);
    },
  },
  {
    name: 'opens an allowance while it works, lets it be spent once, and ends it for good',
    run(guard) {
      load(guard);
      guard.attach(roles.teller, 1n);
      guard.seal(seals.limits | seals.attached);
      const worth = { creditsPosted: 300n, offlineSoft: 300n, offlineHard: 300n };
      const allowance = accountOf({
        ...{ id: 2n ** 52n + 7n, currency: 978, flags: accountFlags.debitLimited },
        ...{ ...worth, offlineCountMax: 0xffff_ffff },
      });
      guard.createAccount(allowance);
      refused('EEXIST', null, () => guard.createAccount(allowance));
      const used = { ...allowance, id: 2n ** 52n + 8n, offlineUsed: 1n };
      refused('EINVAL', null, () => guard.createAccount(used));
      const flags = transferFlags.offline;
      const spending = { debit: allowance.id, credit: 3n, flags };
      guard.transfer(money(1, kinds.reserve, 200n, spending));
      const over = money(2, kinds.reserve, 101n, spending);
      refused('EDQUOT', 'INSUFFICIENT', () => guard.transfer(over));
      guard.transfer(money(3, kinds.reserve, 100n, spending));
      guard.transfer(settle(4, kinds.postPending, 1));
      guard.setLimits({ ...allowance, flags: accountFlags.debitLimited | accountFlags.frozen });
      refused('EACCES', 'DEBIT_FROZEN', () => guard.transfer(money(5, kinds.post, 1n, spending)));
      refused('EROFS', null, () => guard.setLimits(allowance));
      guard.transfer(settle(6, kinds.void, 3));
      const { debitsPosted, debitsPending, offlineUsed } = guard.account(allowance.id);
      assert.deepEqual([debitsPosted, debitsPending, offlineUsed], [200n, 0n, 200n]);
    },
  },
];

const errors: readonly Check[] = [
  {
    name: 'says each thing that is wrong with a name of its own',
    run(guard) {
      refused('ENODATA', 'NOT_ACTIVE', () => guard.transfer(money(1, kinds.post, 1n)));
      load(guard);
      const wrong = (code: string, result: string, more: object, kind: number = kinds.post) =>
        refused(code, result, () => guard.transfer(money(1, kind, 1n, more)));
      wrong('EINVAL', 'BAD_FIELD', { amountMinor: 0n });
      wrong('EINVAL', 'BAD_FIELD', { amountMinor: largest + 1n });
      wrong('EINVAL', 'BAD_FIELD', { debit: 0n });
      wrong('EINVAL', 'BAD_FIELD', { currency: 0 });
      wrong('EINVAL', 'BAD_FIELD', { id: '0'.repeat(32) });
      wrong('EINVAL', 'BAD_FIELD', { flags: 4 });
      wrong('EINVAL', 'BAD_FIELD', {}, 9);
      wrong('ELOOP', 'SAME_ACCOUNT', { debit: 1n });
      wrong('ENOENT', 'NO_DEBIT', { debit: 77n });
      wrong('ENOENT', 'NO_CREDIT', { credit: 77n });
      wrong('EXDEV', 'CURRENCY', { credit: 4n });
      wrong('ETIME', 'EXPIRED', { expiresBootNs: 1n }, kinds.reserve);
      refused('ENOENT', null, () => guard.account(77n));
      refused('EISCONN', null, () =>
        guard.loadBegin({ device, previousSeq: 0n, previousDigest: noHash }),
      );
      refused('EEXIST', null, () => guard.createAccount(accountOf({ id: 1n, currency: 978 })));
      assert.deepEqual(sums(guard), [1000, 0, 0, 0]);
    },
  },
  {
    name: 'counts to the largest number and not beyond',
    run(guard) {
      guard.loadBegin({ device, previousSeq: 0n, previousDigest: noHash });
      for (const one of [1n, 3n]) {
        guard.createAccount(accountOf({ id: one, currency: 978, debitsPosted: largest - 1n }));
      }
      guard.loadCommit(2, head);
      guard.transfer(money(1, kinds.post, 1n));
      refused('EOVERFLOW', 'OVERFLOW_DEBIT', () => guard.transfer(money(2, kinds.post, 1n)));
      guard.transfer(money(3, kinds.post, 1n, { debit: 1n, credit: 3n }));
    },
  },
];

const life: readonly Check[] = [
  {
    name: 'keeps what is sealed sealed: limits only tighten, nothing begins anew, strangers only look',
    run(guard, place) {
      load(guard);
      guard.attach(roles.teller, 1n);
      guard.seal(seals.limits | seals.attached);
      const limits = { ...guard.account(2n), offlineHard: 301n };
      refused('EROFS', null, () => guard.setLimits(limits));
      guard.setLimits({ ...limits, offlineHard: 200n });
      assert.equal(guard.account(2n).offlineHard, 200n);
      const stranger = place.open();
      refused('EPERM', 'NOT_PERMITTED', () => stranger.transfer(money(1, kinds.post, 1n)));
      refused('EPERM', null, () => stranger.extend(7n, { counter: 8n, value: head.value }));
      assert.equal(stranger.account(1n).debitsPosted, 1000n);
      refused('EBUSY', null, () => stranger.attach(roles.teller, 1n));
      stranger.close();
    },
  },
  {
    name: 'releases with a session what was to go with it, and keeps every other hold',
    run(guard, place) {
      load(guard);
      const other = place.open();
      other.transfer(money(1, kinds.reserve, 10n, { flags: transferFlags.abandon }));
      other.transfer(money(2, kinds.reserve, 20n));
      other.close();
      assert.deepEqual(
        guard.holds(0n, 10).items.map((hold) => hold.id),
        [id(2)],
      );
      assert.equal(guard.lookup(id(1)).state, transferStates.abandoned);
    },
  },
  {
    name: 'forgets a load that its session did not finish',
    run(guard, place) {
      const other = place.open();
      other.loadBegin({ device, previousSeq: 0n, previousDigest: noHash });
      other.createAccount(accountOf({ id: 9n, currency: 978 }));
      refused('EPERM', null, () => guard.createAccount(accountOf({ id: 8n, currency: 978 })));
      other.close();
      assert.equal(guard.info().state, 'empty');
      load(guard);
    },
  },
  {
    name: 'freezes on a checkpoint that is not its own chain, and only an admin thaws it',
    run(guard) {
      load(guard);
      const { seq, digest } = guard.info();
      guard.checkpoint(seq, digest);
      refused('EBADMSG', null, () => guard.checkpoint(seq, noHash));
      refused('EHOSTDOWN', 'GUARD_FROZEN', () => guard.transfer(money(1, kinds.post, 1n)));
      refused('EPERM', null, () => guard.thaw(noHash));
      guard.attach(roles.admin, 0n);
      guard.thaw(noHash);
      guard.transfer(money(1, kinds.post, 1n));
    },
  },
];

const anchor: readonly Check[] = [
  {
    name: 'extends its register only from where it stands, and says so in a quote',
    run(guard) {
      load(guard);
      const { epoch } = guard.info();
      const next = { counter: 9n, value: '22'.repeat(32) };
      const register = nextRegister(firstRegister(epoch, device, head), next);
      assert.equal(guard.extend(7n, next), register);
      assert.equal(guard.extend(7n, next), register, 'a lost answer is asked again');
      refused('EILSEQ', null, () => guard.extend(7n, { counter: 10n, value: head.value }));
      refused('EILSEQ', null, () => guard.extend(9n, head));
      const quote = guard.quote('99'.repeat(32));
      assert.deepEqual([quote.counter, quote.value, quote.register], [9n, next.value, register]);
      assert.notEqual(guard.quote('98'.repeat(32)).digest, quote.digest);
    },
  },
  {
    name: 'gives its records as a stream that leads from the first digest to the last',
    async run(guard) {
      const empty = guard.info();
      load(guard);
      const first = firstDigest({
        ...{ epoch: empty.epoch, device, previousSeq: 0n, previousDigest: noHash },
      });
      guard.transfer(money(1, kinds.reserve, 5n));
      guard.transfer(settle(2, kinds.postPending, 1));
      const { seq, digest } = guard.info();
      const records = await collect(guard, Number(seq));
      let chained = first;
      for (const bytes of records) {
        chained = recordDigest(chained, bytes);
        assert.equal(decodeRecord(bytes).digest, chained);
      }
      assert.equal(chained, digest);
      const last = decodeRecord(records.at(-1) as Uint8Array);
      assert.deepEqual(
        [last.kind, last.id, last.pendingId, last.amountMinor],
        [recordKinds.postPending, id(2), id(1), 5n],
      );
    },
  },
];

/** Reads the stream until it has so many records. */
async function collect(guard: Guard, count: number): Promise<readonly Uint8Array[]> {
  const all = Promise.withResolvers<void>();
  const records: Uint8Array[] = [];
  const stop = guard.events((bytes) => {
    for (let at = 0; at < bytes.length; at += recordBytes) {
      records.push(bytes.subarray(at, at + recordBytes));
    }
    if (records.length >= count) all.resolve();
  });
  const alive = setInterval(() => undefined, 1000);
  await all.promise;
  clearInterval(alive);
  stop();
  return records;
}

export const checks: readonly Check[] = [...movements, ...errors, ...life, ...anchor];
