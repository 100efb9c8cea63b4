// Tears, forges and loses the witness file, and asks what the comparison then says.

import assert from 'node:assert/strict';
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { copyFileSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeBranch, refuses, witnessOf } from './faults/fixture.ts';
import { checkWitness, createSidecarWitness } from './witness.ts';

const headOf = (seq: number) => ({ seq, hash: new Uint8Array(32).fill(seq % 251) });

test('the newest head comes back, across openings', (context) => {
  const branch = makeBranch(context);
  const witness = witnessOf(branch);
  assert.equal(witness.read(), null);
  for (let seq = 1; seq <= 5; seq += 1) {
    witness.write(headOf(seq));
    assert.deepEqual(witness.read(), headOf(seq));
  }
  witness.close();
  const again = witnessOf(branch);
  again.write(headOf(6));
  assert.deepEqual(witnessOf(branch).read(), headOf(6));
  again.close();
  assert.equal(statSync(join(branch.folder, 'branch.witness')).mode & 0o777, 0o600);
});

test('the seal is HMAC-SHA-256 under the key HKDF derives', (context) => {
  const branch = makeBranch(context);
  const witness = witnessOf(branch);
  witness.write(headOf(9));
  witness.close();
  const record = readFileSync(join(branch.folder, 'branch.witness')).subarray(512, 648);
  const key = Buffer.from(hkdfSync('sha256', branch.key, '', 'qenex teller witness', 32));
  const due = createHmac('sha256', key).update(record.subarray(0, 104)).digest();
  assert.deepEqual(record.subarray(104), due);
});

test('the guard’s quote is kept with the head, and no other length of it', (context) => {
  const branch = makeBranch(context);
  const witness = witnessOf(branch);
  const quote = Uint8Array.from(randomBytes(48));
  witness.write({ ...headOf(1), quote });
  assert.deepEqual(witness.read(), { ...headOf(1), quote });
  witness.write(headOf(2));
  assert.deepEqual(witness.read(), headOf(2), 'no quote of another head is left standing');
  assert.throws(() => witness.write({ ...headOf(3), quote: randomBytes(47) }));
  witness.close();
});

test('a witness of the program before this one is still believed, and only with its seal', (context) => {
  const branch = makeBranch(context);
  const file = join(branch.folder, 'branch.witness');
  const key = Buffer.from(hkdfSync('sha256', branch.key, '', 'qenex teller witness', 32));
  const slots = Buffer.alloc(1024);
  const record = Buffer.alloc(56);
  record.write('QTELWIT1');
  record.writeBigUInt64BE(1n, 8);
  record.writeBigUInt64BE(5n, 16);
  record.set(headOf(5).hash, 24);
  const seal = createHmac('sha256', key).update(record).digest();
  slots.set(Buffer.concat([record, seal]), 512);
  writeFileSync(file, slots);
  assert.deepEqual(witnessOf(branch).read(), headOf(5));
  slots[512 + 30] = (slots[512 + 30] ?? 0) ^ 1;
  writeFileSync(file, slots);
  refuses('witness-damaged', () => witnessOf(branch).read());
});

test('a write torn anywhere leaves the head before it or the new one', (context) => {
  const branch = makeBranch(context);
  const file = join(branch.folder, 'branch.witness');
  const witness = witnessOf(branch);
  witness.write(headOf(1));
  witness.write(headOf(2));
  const before = readFileSync(file);
  witness.write(headOf(3));
  const after = readFileSync(file);
  witness.close();
  fc.assert(
    fc.property(fc.nat(1024), (cut) => {
      writeFileSync(file, Buffer.concat([after.subarray(0, cut), before.subarray(cut)]));
      const seq = witnessOf(branch).read()?.seq;
      assert.ok(seq === 2 || seq === 3, `${seq}`);
    }),
    { numRuns: 100 },
  );
});

test('no flipped bit is taken for a head that was never written', (context) => {
  const branch = makeBranch(context);
  const file = join(branch.folder, 'branch.witness');
  const witness = witnessOf(branch);
  witness.write(headOf(1));
  witness.write(headOf(2));
  witness.close();
  const whole = readFileSync(file);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(7), (byte, bit) => {
      const bytes = Buffer.from(whole);
      bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
      writeFileSync(file, bytes);
      const head = witnessOf(branch).read();
      assert.ok(head !== null && (head.seq === 1 || head.seq === 2));
      assert.deepEqual(head, headOf(head.seq));
    }),
    { numRuns: 300 },
  );
});

test('both slots damaged, another key, or a link in its place is refused', (context) => {
  const branch = makeBranch(context);
  const file = join(branch.folder, 'branch.witness');
  writeFileSync(file, randomBytes(1024));
  refuses('witness-damaged', () => witnessOf(branch).read());
  const mine = witnessOf(makeBranch(context));
  mine.write(headOf(1));
  mine.close();
  const other = createSidecarWitness({ file, key: randomBytes(32) });
  refuses('witness-damaged', () => other.read());
  const linked = join(branch.folder, 'linked');
  copyFileSync(file, linked);
  const link = makeBranch(context);
  symlinkSync(linked, join(link.folder, 'branch.witness'));
  assert.throws(() => witnessOf(link).read(), { code: 'ELOOP' });
});

test('the comparison lets through only logs that hold what was witnessed', (context) => {
  const branch = makeBranch(context);
  const witness = witnessOf(branch);
  const hashAt = (seq: number) => headOf(seq).hash;
  const ask = (headSeq: number, at: (seq: number) => Uint8Array | null, acceptHead?: string) =>
    checkWitness({ witness, headSeq, hashAt: at, acceptHead });
  ask(0, () => null);
  refuses('witness-missing', () => ask(1, hashAt));
  witness.write(headOf(7));
  ask(7, hashAt);
  ask(9, hashAt);
  refuses('log-behind-witness', () => ask(6, hashAt));
  const fileHead = Buffer.from(headOf(6).hash).toString('hex');
  const details = { witnessSeq: 7, fileSeq: 6, fileHead };
  assert.throws(() => ask(6, hashAt), { details });
  refuses('log-behind-witness', () => ask(0, () => null));
  const rewritten = () => new Uint8Array(32);
  refuses('log-not-witnessed', () => ask(7, rewritten));
  refuses('log-not-witnessed', () => ask(9, (seq) => (seq === 7 ? null : headOf(seq).hash)));
  ask(6, hashAt, Buffer.from(headOf(6).hash).toString('hex'));
  refuses('log-behind-witness', () => ask(6, hashAt, Buffer.from(headOf(7).hash).toString('hex')));
  refuses('log-behind-witness', () => ask(0, () => null, ''));
  witness.close();
});
