// Carries messages through a gateway's folders on disk: each goes out exactly once, across any crash.
import {
  type FileHandle,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  unlink,
} from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal, refuseUnless } from '#station/bank/refusal.ts';
import type { PaymentTransport } from './transport.ts';

/** The steps on disk, so that a test can cut between any two of them. */
export interface Disk {
  /** Writes a file and forces it to the disk. */
  write(path: string, text: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Removes a file; one that is not there is no error. */
  remove(path: string): Promise<void>;
  /** Forces the names in a folder to the disk. */
  settle(folder: string): Promise<void>;
  exists(path: string): Promise<boolean>;
}

/** Larger files are no messages but attacks or mistakes. */
const fileBytesMax = 256 * 1024 * 1024;
const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/;

async function closing<T>(handle: FileHandle, work: (handle: FileHandle) => Promise<T>) {
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}

export const realDisk: Disk = Object.freeze({
  async write(path: string, text: string) {
    await closing(await open(path, 'w', 0o600), async (handle) => {
      await handle.writeFile(text);
      await handle.sync();
    });
  },
  rename,
  async remove(path: string) {
    await unlink(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  },
  async settle(folder: string) {
    await closing(await open(folder, 'r'), (handle) => handle.sync());
  },
  async exists(path: string) {
    return lstat(path).then(
      () => true,
      () => false,
    );
  },
});

export interface FolderTransport extends PaymentTransport {
  /** Folder of each purpose, for who looks after the gateway. */
  readonly folders: Readonly<
    Record<'spool' | 'out' | 'customers' | 'in' | 'archive' | 'rejected', string>
  >;
}

/**
 * A carrier over folders below `root`, made when they are missing: `out` to the networks, `customers` for what is
 * told to customers, `in`. A message is written whole in `spool`; a mark says that its handing over has begun;
 * one rename then hands it over. After a crash, mark without message means it went, so it is never handed over
 * twice, though the gateway may have taken it away meanwhile.
 */
export async function createFolderTransport(
  root: string,
  disk: Disk = realDisk,
): Promise<FolderTransport> {
  const at = (name: string) => join(root, name);
  const folders = {
    ...{ spool: at('spool'), out: at('out'), customers: at('customers'), in: at('in') },
    ...{ archive: at('archive'), rejected: at('rejected') },
  };
  for (const folder of Object.values(folders))
    await mkdir(folder, { recursive: true, mode: 0o700 });

  async function send(name: string, text: string): Promise<void> {
    checkName(name);
    const ready = join(folders.spool, name);
    const mark = `${ready}.handing`;
    const isBegun = await disk.exists(mark);
    if (isBegun && !(await disk.exists(ready))) return;
    if (!isBegun) {
      await disk.write(`${ready}.writing`, text);
      await disk.rename(`${ready}.writing`, ready);
      await disk.settle(folders.spool);
      await disk.write(mark, '');
      await disk.settle(folders.spool);
    }
    // What is said to customers must never travel to a clearing.
    const folder = name.startsWith('pain.') ? folders.customers : folders.out;
    await disk.rename(ready, join(folder, name));
    await disk.settle(folder);
    await disk.settle(folders.spool);
  }

  const free = async (folder: string, name: string): Promise<string> => {
    for (let count = 0; ; count += 1) {
      const path = join(folder, count === 0 ? name : `${name}.${count}`);
      if (!(await disk.exists(path))) return path;
    }
  };

  return Object.freeze({
    folders,
    send,
    acknowledge: (name: string) => disk.remove(join(folders.spool, `${checkName(name)}.handing`)),
    async waiting(most: number) {
      const names = await readdir(folders.in);
      return names
        .filter((name) => !/^\.|\.(?:tmp|part|writing)$/.test(name))
        .sort()
        .slice(0, most);
    },
    read: (name: string) => readPlain(join(folders.in, name), name),
    async take(name: string) {
      await disk.rename(join(folders.in, name), await free(folders.archive, name));
      await disk.settle(folders.archive);
    },
    async reject(name: string, reason: string) {
      const path = await free(folders.rejected, name);
      await disk.write(`${path}.reason.txt`, `${reason}\n`);
      await disk.rename(join(folders.in, name), path);
      await disk.settle(folders.rejected);
    },
  });
}

/** Our own names are made of letters, digits and a few signs, and so never a path. */
function checkName(name: string): string {
  if (!namePattern.test(name)) throw new Error(`${name} is no name for a message`);
  return name;
}

async function readPlain(path: string, name: string): Promise<Uint8Array> {
  const found = await lstat(path).catch(() => null);
  refuseUnless(found, 'file-gone', `The file ${name} has gone before it was read.`);
  refuseUnless(
    found.isFile(),
    'not-a-file',
    `${name} is no plain file: put the message itself here.`,
  );
  if (found.size > fileBytesMax) {
    throw new Refusal(
      'file-too-large',
      `${name} has ${found.size} bytes, ${fileBytesMax} is the most.`,
    );
  }
  return readFile(path);
}
