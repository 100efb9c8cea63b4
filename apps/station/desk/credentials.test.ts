// Attacks the password hashes, then proves that right ones pass, old ones are renewed and imports hold.
import assert from 'node:assert/strict';
import { pbkdf2Sync } from 'node:crypto';
import { test } from 'node:test';
import { parseOptions } from '@node-rs/argon2';
import type { Chance } from '../ports.ts';
import { branchHashCost, createCredentials, storedImport } from './credentials.ts';

const cheap = { memoryKiB: 64, passes: 1, lanes: 1 };
const pepper = new Uint8Array(32).fill(7);
let drawn = 0;
const chance: Chance = {
  bytes: (count) => Uint8Array.from({ length: count }, () => (drawn = (drawn * 31 + 17) % 251)),
};
const credentials = createCredentials({ cost: cheap, chance, pepper });

test('a wrong password, an empty one and one byte more are refused', async () => {
  const stored = await credentials.hash('four unrelated words');
  for (const wrong of [
    'four unrelated word',
    '',
    'four unrelated words ',
    'Four unrelated words',
  ]) {
    assert.deepEqual(await credentials.verify(wrong, stored), { ok: false, rehash: false });
  }
});

test('with nothing stored the answer is no, whatever is typed', async () => {
  assert.deepEqual(await credentials.verify('anything', null), { ok: false, rehash: false });
});

test('a hash is worthless without the pepper', async () => {
  const stored = await credentials.hash('four unrelated words');
  const thief = createCredentials({ cost: cheap, chance, pepper: new Uint8Array(32) });
  assert.equal((await thief.verify('four unrelated words', stored)).ok, false);
});

test('the right password passes, however its letters were composed', async () => {
  const stored = await credentials.hash('Brücke über den Fluß');
  const decomposed = 'Brücke über den Fluß'.normalize('NFD');
  assert.deepEqual(await credentials.verify(decomposed, stored), { ok: true, rehash: false });
});

test('the same password never has the same hash twice', async () => {
  assert.notEqual(
    await credentials.hash('same words here'),
    await credentials.hash('same words here'),
  );
});

test('the branch hashes with argon2id, 64 MiB, three passes, one lane', async () => {
  const real = createCredentials({ cost: branchHashCost, chance, pepper });
  const stored = await real.hash('four unrelated words');
  assert.match(stored, /^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
  const { memoryCost, timeCost, parallelism, saltLen } = parseOptions(stored);
  assert.deepEqual([memoryCost, timeCost, parallelism, saltLen], [65_536, 3, 1, 16]);
  const weak = await credentials.hash('four unrelated words');
  assert.deepEqual(await real.verify('four unrelated words', weak), { ok: true, rehash: true });
});

test('an imported PBKDF2 hash is accepted and asks to be renewed', async () => {
  const salt = 'a1'.repeat(32);
  const made = pbkdf2Sync('AdminPass123!', Buffer.from(salt, 'hex'), 100_000, 32, 'sha256');
  const stored = storedImport({ iterations: 100_000, salt, hash: made.toString('hex') });
  assert.deepEqual(await credentials.verify('AdminPass123!', stored), { ok: true, rehash: true });
  assert.equal((await credentials.verify('AdminPass123?', stored)).ok, false);
});
