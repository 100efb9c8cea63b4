// Spoils logs the way a forger or a failing disk would, and has the verification name the event.
import assert from 'node:assert/strict';
import { hash, sign } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, writeSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import DatabaseDriver, { type Database } from 'better-sqlite3';
import { checkpointNote, deviceKey } from './checkpoint.ts';
import { unlock } from './cipher.ts';
import { createTestChance, eventOf, openBranch } from './ledger-fixture.ts';
import { verifyLog } from './verify.ts';
import { type BadEvent, earlier, verifyRange } from './verify-range.ts';

interface Spoiled {
  readonly file: string;
  readonly key: Buffer;
  /** Works on the file as somebody who has the key but is not the station. */
  spoil(work: (database: Database) => void): void;
}

const count = 700;

/** A closed branch with 700 events, of which numbers 100, 400 and 700 are signed. */
function branch(context: TestContext): Spoiled {
  const { ledger, database, file, key, clock } = openBranch();
  context.after(() => database.close());
  for (let group = 0; group < count / 100; group++) {
    ledger.write(() => {
      for (let each = 0; each < 100; each++) {
        clock.set(clock.now() + 1);
        ledger.append(
          eventOf({}, { type: 'note.taken', data: { text: `número ${group}/${each}` } }),
        );
      }
    });
  }
  ledger.close();
  const forger = new DatabaseDriver(file);
  unlock(forger, key);
  context.after(() => forger.close());
  for (const trigger of forger
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    .pluck()
    .all()) {
    forger.exec(`DROP TRIGGER ${trigger}`);
  }
  forger.pragma('foreign_keys = OFF');
  forger.pragma('ignore_check_constraints = ON');
  return { file, key, spoil: (work) => forger.transaction(() => work(forger))() };
}

async function finds(spoiled: Spoiled, expected: BadEvent | null): Promise<void> {
  const found = await verifyLog({ ...spoiled, threads: 1 });
  assert.deepEqual(found.firstBad, expected);
  assert.equal(found.ok, expected === null);
}

const bodyOf = (database: Database, seq: number) =>
  database.prepare('SELECT body FROM event WHERE seq = ?').pluck().get(seq) as Buffer;

/** Writes the chain anew from an event on, as somebody who knows how it is made would. */
function rechain(database: Database, from: number): void {
  const read = database.prepare('SELECT hash FROM event WHERE seq = ?').pluck();
  const write = database.prepare('UPDATE event SET hash = ? WHERE seq = ?');
  for (let seq = from; seq <= count; seq++) {
    const previous = (read.get(seq - 1) as Buffer | undefined) ?? Buffer.alloc(32);
    const bytes = Buffer.concat([previous, bodyOf(database, seq)]);
    write.run(hash('sha256', bytes, 'buffer'), seq);
  }
}

const rewrite = (database: Database, seq: number, change: (text: string) => string) =>
  database
    .prepare('UPDATE event SET body = ? WHERE seq = ?')
    .run(Buffer.from(change(bodyOf(database, seq).toString())), seq);

test('a log that is whole passes, with its head and its checkpoints', async (context) => {
  const spoiled = branch(context);
  const seen: number[] = [];
  const found = await verifyLog({ ...spoiled, onProgress: (done) => seen.push(done) });
  const { head, ...rest } = found;
  assert.deepEqual(rest, { ok: true, events: count, checkpoints: 3, firstBad: null });
  assert.equal(head.seq, count);
  assert.match(head.hash, /^[0-9a-f]{64}$/);
  assert.equal(seen.at(-1), count);
});

test('an event that was changed is named', async (context) => {
  const spoiled = branch(context);
  spoiled.spoil((database) => rewrite(database, 300, (text) => text.replace('número', 'numero')));
  await finds(spoiled, { seq: 300, why: 'chain-broken' });
  spoiled.spoil((database) =>
    database.prepare('UPDATE event SET hash = zeroblob(32) WHERE seq = 200').run(),
  );
  await finds(spoiled, { seq: 200, why: 'chain-broken' });
});

test('an event that is gone is named, from the middle or from the end', async (context) => {
  const spoiled = branch(context);
  spoiled.spoil((database) => database.prepare('DELETE FROM event WHERE seq > 690').run());
  await finds(spoiled, { seq: 691, why: 'missing' });
  spoiled.spoil((database) => database.prepare('DELETE FROM event WHERE seq = 413').run());
  await finds(spoiled, { seq: 413, why: 'missing' });
});

test('two events that changed places are named', async (context) => {
  const spoiled = branch(context);
  spoiled.spoil((database) => {
    for (const [from, to] of [
      [100, -1],
      [101, 100],
      [-1, 101],
    ])
      database.prepare('UPDATE event SET seq = ? WHERE seq = ?').run(to, from);
  });
  await finds(spoiled, { seq: 100, why: 'chain-broken' });
});

test('a past written anew with a sound chain is betrayed by its checkpoints', async (context) => {
  const spoiled = branch(context);
  spoiled.spoil((database) => {
    rewrite(database, 450, (text) => text.replace('número', 'another'));
    rechain(database, 450);
  });
  await finds(spoiled, { seq: 700, why: 'checkpoint-not-the-event' });
  spoiled.spoil((database) => {
    const stranger = deviceKey(memoryWithSecrets(), createTestChance('stranger'));
    const rows = database.prepare('SELECT seq, at FROM checkpoint WHERE seq >= 450').all() as {
      seq: number;
      at: number;
    }[];
    for (const { seq, at } of rows) {
      const head = database
        .prepare('SELECT hash FROM event WHERE seq = ?')
        .pluck()
        .get(seq) as Buffer;
      const signature = sign(null, checkpointNote({ seq, hash: head }, at), stranger);
      database
        .prepare('UPDATE checkpoint SET hash = ?, signature = ? WHERE seq = ?')
        .run(head, signature, seq);
    }
  });
  await finds(spoiled, { seq: 700, why: 'checkpoint-not-signed' });
});

function memoryWithSecrets(): Database {
  const database = new DatabaseDriver(':memory:');
  database.exec('CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB)');
  return database;
}

test('another spelling of the same event, and a clock that goes back, do not pass', async (context) => {
  const spoiled = branch(context);
  spoiled.spoil((database) => {
    database.prepare('DELETE FROM checkpoint').run();
    rewrite(database, 610, (text) => text.replace(/"at":\d+/, '"at":1'));
    rechain(database, 610);
  });
  await finds(spoiled, { seq: 610, why: 'time-goes-back' });
  spoiled.spoil((database) => {
    rewrite(database, 600, (text) => text.replace('"key":', '"key": '));
    rechain(database, 600);
  });
  await finds(spoiled, { seq: 600, why: 'not-canonical' });
});

test('stretches of several threads find what one does', (context) => {
  const spoiled = branch(context);
  spoiled.spoil((database) => {
    const publicKey = deviceKey(database, createTestChance());
    for (const bad of [1, 2, 256, 257, 350, 351, 699, 700]) {
      const kept = bodyOf(database, bad);
      rewrite(database, bad, (text) => text.replace('"text":"n', '"text":"m'));
      const stretch = (from: number, to: number) =>
        verifyRange(database, { from, to, publicKey }).firstBad;
      const whole = stretch(1, count);
      assert.deepEqual(whole, { seq: bad, why: 'chain-broken' });
      assert.deepEqual(earlier(stretch(1, 350), stretch(351, count)), whole);
      database.prepare('UPDATE event SET body = ? WHERE seq = ?').run(kept, bad);
    }
  });
});

test('several threads that take short stretches in turn miss none of them', async (context) => {
  const spoiled = branch(context);
  const shared = { threads: 2, stretchEvents: 64 };
  const found = await verifyLog({ ...spoiled, ...shared });
  assert.deepEqual(
    { ok: found.ok, events: found.events, checkpoints: found.checkpoints },
    { ok: true, events: count, checkpoints: 3 },
  );
  for (const bad of [count, 129, 64]) {
    spoiled.spoil((database) => {
      rewrite(database, bad, (text) => text.replace('"text":"n', '"text":"m'));
    });
    const { firstBad } = await verifyLog({ ...spoiled, ...shared });
    assert.deepEqual(firstBad, { seq: bad, why: 'chain-broken' });
  }
});

test('verification can be stopped', async (context) => {
  const spoiled = branch(context);
  const stop = new AbortController();
  stop.abort();
  await assert.rejects(verifyLog({ ...spoiled, signal: stop.signal }), { reason: 'cancelled' });
  const later = new AbortController();
  const running = verifyLog({ ...spoiled, signal: later.signal });
  later.abort();
  await assert.rejects(running, { reason: 'cancelled' });
});

test('a first event that names no key is no mistake of ours: its checkpoints are not signed', async (context) => {
  const spoiled = branch(context);
  spoiled.spoil((database) => {
    rewrite(database, 1, (text) => text.replace(/"device":"[0-9a-f]{64}"/, '"device":"nobody"'));
    rechain(database, 1);
    const newHash = database.prepare('SELECT hash FROM event WHERE seq = ?').pluck();
    const repoint = database.prepare('UPDATE checkpoint SET hash = ? WHERE seq = ?');
    for (const seq of [100, 400, 700]) repoint.run(newHash.get(seq), seq);
  });
  await finds(spoiled, { seq: 100, why: 'checkpoint-not-signed' });
});

test('an empty log is whole, and reading it leaves no file open', async (context) => {
  const { database, file, key } = openBranch();
  context.after(() => database.close());
  const open = () => readdirSync('/proc/self/fd').length;
  assert.equal((await verifyLog({ file, key })).ok, true);
  const before = existsSync('/proc/self/fd') ? open() : 0;
  for (let each = 0; each < 5; each++) await verifyLog({ file, key });
  assert.equal(existsSync('/proc/self/fd') ? open() : 0, before);
});

/** Flips a byte in one of the last pages that hold events, as a failing disk would. */
function damagePage({ file, key }: Spoiled): void {
  const reader = new DatabaseDriver(file);
  unlock(reader, key);
  reader.pragma('wal_checkpoint(TRUNCATE)');
  const leaves = reader
    .prepare("SELECT pageno FROM dbstat WHERE name = 'event' AND pagetype = 'leaf' ORDER BY path")
    .pluck()
    .all() as number[];
  const pageBytes = reader.pragma('page_size', { simple: true }) as number;
  reader.close();
  const descriptor = openSync(file, 'r+');
  writeSync(
    descriptor,
    Buffer.from([0xff, 0xff]),
    0,
    2,
    (Number(leaves.at(-9)) - 1) * pageBytes + 700,
  );
  closeSync(descriptor);
}

test('a page without its seal is named by its first event, or by what is bad before it', async (context) => {
  const spoiled = branch(context);
  damagePage(spoiled);
  const { firstBad, ok, head } = await verifyLog({ ...spoiled, threads: 1 });
  assert.deepEqual([ok, head.seq, firstBad?.why], [false, count, 'unreadable']);
  const seq = firstBad?.seq ?? 0;
  assert.ok(seq > 512 && seq < count, `${seq}`);

  const forged = branch(context);
  forged.spoil((database) =>
    rewrite(database, seq - 1, (text) => text.replace('número', 'numero')),
  );
  damagePage(forged);
  await finds(forged, { seq: seq - 1, why: 'chain-broken' });
});
