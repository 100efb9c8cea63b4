// Cuts the folder transport off between any two steps on disk: each message goes out exactly once.
import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createFolderTransport, type Disk, realDisk } from './folder.ts';

const fresh = () => mkdtempSync(join(tmpdir(), 'qenex-folder-'));

/** A disk that stops for ever after so many steps, as the machine does when its power is cut. */
function dyingDisk(steps: number): Disk {
  let left = steps;
  const step = () => {
    if (left <= 0) throw new Error('the power is cut');
    left -= 1;
  };
  return {
    async write(path, text) {
      step();
      await realDisk.write(path, text);
    },
    async rename(from, to) {
      step();
      await realDisk.rename(from, to);
    },
    async remove(path) {
      step();
      await realDisk.remove(path);
    },
    async settle(folder) {
      step();
      await realDisk.settle(folder);
    },
    exists: realDisk.exists,
  };
}

/** Takes away what lies in `out`, as a gateway does; returns what it saw. */
function gatewayTakes(root: string, seen: string[]): void {
  for (const name of readdirSync(join(root, 'out'))) {
    seen.push(readFileSync(join(root, 'out', name), 'utf8'));
    renameSync(join(root, 'out', name), join(root, `gone-${seen.length}`));
  }
}

test('cut at every step, with a gateway that takes at once or late: out exactly once', async () => {
  for (const isQuick of [true, false]) {
    for (let steps = 0; steps <= 10; steps += 1) {
      const root = fresh();
      const seen: string[] = [];
      const first = await createFolderTransport(root, dyingDisk(steps));
      await first.send('pacs.008-1.xml', 'the message').catch(() => undefined);
      if (isQuick) gatewayTakes(root, seen);
      const second = await createFolderTransport(root);
      await second.send('pacs.008-1.xml', 'the message');
      await second.acknowledge('pacs.008-1.xml');
      gatewayTakes(root, seen);
      assert.deepEqual(seen, ['the message'], `${steps} steps, ${isQuick ? 'quick' : 'late'}`);
      assert.deepEqual(readdirSync(join(root, 'spool')), []);
      rmSync(root, { recursive: true });
    }
  }
});

test('a message asked for again before it is acknowledged does not go again', async () => {
  const root = fresh();
  const transport = await createFolderTransport(root);
  const seen: string[] = [];
  for (let times = 0; times < 3; times += 1) {
    await transport.send('a.xml', 'once');
    gatewayTakes(root, seen);
  }
  assert.deepEqual(seen, ['once']);
  rmSync(root, { recursive: true });
});

test('what is being written, hidden, a link or a folder is not read', async () => {
  const root = fresh();
  const transport = await createFolderTransport(root);
  const inbox = join(root, 'in');
  for (const name of ['.hidden', 'half.tmp', 'half.part', 'b.xml', 'a.xml']) {
    writeFileSync(join(inbox, name), name);
  }
  assert.deepEqual(await transport.waiting(10), ['a.xml', 'b.xml']);
  symlinkSync('/etc/hostname', join(inbox, 'c.xml'));
  mkdirSync(join(inbox, 'd.xml'));
  await assert.rejects(transport.read('c.xml'), { reason: 'not-a-file' });
  await assert.rejects(transport.read('d.xml'), { reason: 'not-a-file' });
  await assert.rejects(transport.read('z.xml'), { reason: 'file-gone' });
  await transport.reject('d.xml', 'no message');
  assert.deepEqual(await transport.waiting(10), ['a.xml', 'b.xml', 'c.xml']);
  await assert.rejects(transport.send('../x.xml', ''), /no name/);
  rmSync(root, { recursive: true });
});

test('two files of one name are both kept, taken in or put aside', async () => {
  const root = fresh();
  const transport = await createFolderTransport(root);
  for (const text of ['one', 'two']) {
    writeFileSync(join(root, 'in', 'a.xml'), text);
    await transport.take('a.xml');
    writeFileSync(join(root, 'in', 'b.xml'), text);
    await transport.reject('b.xml', `no ${text}`);
  }
  assert.deepEqual(readdirSync(join(root, 'archive')).sort(), ['a.xml', 'a.xml.1']);
  assert.equal(readFileSync(join(root, 'rejected', 'b.xml.1.reason.txt'), 'utf8'), 'no two\n');
  rmSync(root, { recursive: true });
});
