// What every keychain of every host must do, as tests an adapter runs over itself.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Keychain } from '#station/ports.ts';

/** One place where a key is kept; each `open` is a new start of the program over the same place. */
export interface KeychainPlace {
  readonly open: () => Keychain;
  /** Everything the keychain has written down there, to look for a key in clear. */
  readonly written: () => readonly Uint8Array[];
}

/** Runs the conformance tests under the given name; `make` gives a fresh place each time. */
export function keychainConformance(
  name: string,
  make: (context: TestContext) => KeychainPlace,
): void {
  test(`${name}: the key has 32 bytes and is not all one value`, async (context) => {
    const key = await make(context).open().databaseKey();
    assert.equal(key.length, 32);
    assert.ok(new Set(key).size > 8);
  });

  test(`${name}: the key stays the same over calls and starts`, async (context) => {
    const place = make(context);
    const keychain = place.open();
    const first = Buffer.from(await keychain.databaseKey());
    assert.deepEqual(Buffer.from(await keychain.databaseKey()), first);
    assert.deepEqual(Buffer.from(await place.open().databaseKey()), first);
  });

  test(`${name}: a caller may wipe what it got`, async (context) => {
    const keychain = make(context).open();
    const key = await keychain.databaseKey();
    const copy = Buffer.from(key);
    key.fill(0);
    assert.deepEqual(Buffer.from(await keychain.databaseKey()), copy);
  });

  test(`${name}: two places have two keys`, async (context) => {
    const one = await make(context).open().databaseKey();
    const other = await make(context).open().databaseKey();
    assert.notDeepEqual(Buffer.from(one), Buffer.from(other));
  });

  test(`${name}: the key is never written down in clear`, async (context) => {
    const place = make(context);
    const key = Buffer.from(await place.open().databaseKey());
    const written = place.written();
    assert.ok(written.length > 0);
    for (const bytes of written) {
      const text = Buffer.from(bytes);
      assert.equal(text.includes(key), false);
      assert.equal(text.includes(key.toString('hex')), false);
      assert.equal(text.includes(key.toString('base64')), false);
    }
  });

  test(`${name}: two callers at once get the same key`, async (context) => {
    const place = make(context);
    const [one, other] = await Promise.all([
      place.open().databaseKey(),
      place.open().databaseKey(),
    ]);
    assert.deepEqual(Buffer.from(one), Buffer.from(other));
  });
}
