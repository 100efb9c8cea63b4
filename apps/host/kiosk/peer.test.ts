// Proves that the owner of the other end of a connection is read from the kernel's table as it stands.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { test } from 'node:test';
import { isOurs, ownerOf } from './peer.ts';

const table = [
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
  '   0: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 1 1',
  '   1: 0100007F:C350 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1001        0 2 1',
].join('\n');

test('the owner is that of the socket at the other end, not of ours', () => {
  assert.equal(ownerOf(table, { localPort: 0x1f90, remotePort: 0xc350 }), 1001);
  assert.equal(ownerOf(table, { localPort: 0xc350, remotePort: 0x1f90 }), 0);
  assert.equal(ownerOf(table, { localPort: 0x1f90, remotePort: 0xc351 }), undefined);
  assert.equal(ownerOf(table, { localPort: 0x1f91, remotePort: 0xc350 }), undefined);
  assert.equal(ownerOf('', { localPort: 1, remotePort: 2 }), undefined);
});

test('a connection that one reading missed is found by the next; one of another user is refused at once', () => {
  const ends = { localPort: 0x1f90, remotePort: 0xc350 };
  const uid = process.getuid?.() ?? 0;
  const rowOf = (owner: number) => table.replace(' 1001 ', ` ${owner} `);
  const asked = (tables: readonly string[]) => {
    let reads = 0;
    const isLet = isOurs(ends, () => tables[reads++] ?? '');
    return { isLet, reads };
  };
  assert.deepEqual(asked(['', rowOf(uid)]), { isLet: true, reads: 2 });
  assert.deepEqual(asked([rowOf(uid + 1), rowOf(uid)]), { isLet: false, reads: 1 });
  assert.deepEqual(asked(['', '', '']), { isLet: false, reads: 3 });
  // Where there is no such table, the ticket alone decides.
  const none = () => {
    throw new Error('ENOENT');
  };
  assert.equal(isOurs(ends, none), true);
});

test('a real connection of our own is ours, one that is not listed is not', async (context) => {
  if (process.platform !== 'linux') return context.skip('the table is of Linux');
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const localPort = (server.address() as AddressInfo).port;
  const client = connect(localPort, '127.0.0.1');
  await new Promise((resolve) => server.once('connection', resolve));
  const ends = { localPort, remotePort: client.localPort ?? 0 };
  assert.equal(ownerOf(readFileSync('/proc/net/tcp', 'utf8'), ends), process.getuid?.());
  assert.ok(isOurs(ends));
  assert.ok(!isOurs({ localPort, remotePort: 1 }));
  client.destroy();
  server.close();
});
